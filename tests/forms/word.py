"""Word documents as Word itself stores them: generated numbers, real footnotes, merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentType
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from knowledge.reading.blocks import Block
from knowledge.tables import is_rule

_LEVELS = (
    ("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"),
)  # fmt: skip
_LABELS = (r"([IVX]+)\.", r"(\d+)\.", r"(\d+)\.(\d+)\.", r"([a-z])\)")
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_LIST_ID, _BULLETS_ID = "77", "78"


class WordFile:
    """A Word document that is put together paragraph by paragraph."""

    def __init__(self) -> None:
        self.document: DocumentType = Document()
        self._counts = [0] * len(_LEVELS)
        self._notes: dict[str, str] = {}
        add_list(self.document, _LIST_ID, _LEVELS)
        add_list(self.document, _BULLETS_ID, (("bullet", "-"),))

    def paragraph(self, text: str, notes: Sequence[Block] = ()) -> Paragraph:
        """Adds a paragraph; a label that Word would count to is left to Word, marks become footnotes."""
        level, words = self._counted(text)
        paragraph = self.document.add_paragraph()
        if text.startswith("- "):
            number(paragraph, _BULLETS_ID, 0)
            words = text[2:]
        elif level is not None:
            number(paragraph, _LIST_ID, level)
        self._words(paragraph, words, notes)
        return paragraph

    def table(self, rows: Sequence[str]) -> None:
        """Adds a table made of `| a | b |` lines."""
        cells = [[c.strip() for c in row.strip().strip("|").split("|")] for row in rows if not is_rule(row)]
        table = self.document.add_table(len(cells), max(map(len, cells)), style="Table Grid")
        for row, line in zip(table.rows, cells, strict=True):
            for cell, words in zip(row.cells, line, strict=False):
                cell.text = words

    def save(self, path: Path) -> None:
        """Writes the document with its footnotes."""
        if self._notes:
            add_footnotes(self.document, self._notes)
        self.document.save(str(path))

    def _counted(self, text: str) -> tuple[int | None, str]:
        """The list level whose next number `text` opens with, and the words behind it."""
        for level, label in enumerate(_LABELS):
            m = re.match(label + r"\s+", text)
            if not m or (level == 1 and re.match(_LABELS[2], text)):
                continue
            counts = [*self._counts[:level], self._counts[level] + 1, *([0] * (len(_LEVELS) - level - 1))]
            if m.group().strip() == _label(level, counts):
                self._counts = counts
                return level, text[m.end() :]
        return None, text

    def _words(self, paragraph: Paragraph, words: str, notes: Sequence[Block]) -> None:
        bodies = {n.footnote: n.text for n in notes}
        marks = "|".join(re.escape(m) for m in sorted(bodies, key=len, reverse=True))
        for part in re.split(f"(?<![⁽¹])({marks})(?![⁾])", words) if marks else [words]:
            if part in bodies:
                key = str(len(self._notes) + 1)
                self._notes[key] = bodies[part]
                paragraph._p.append(
                    parse_xml(f'<w:r {nsdecls("w")}>{_RAISED}<w:footnoteReference w:id="{key}"/></w:r>')
                )
            else:
                paragraph.add_run(part)


def word_file(blocks: Sequence[Block], path: Path) -> None:
    """Writes the blocks of a report as a Word document."""
    out = WordFile()
    notes = [b for b in blocks if b.footnote]
    rows: list[str] = []
    titled = False  # what follows the word "báo cáo" is bold, as it always is
    for block in [*(b for b in blocks if not b.footnote), Block("")]:
        if block.text.startswith("|"):
            rows.append(block.text)
            continue
        if rows:
            out.table(rows)
            rows = []
        if block.text:
            paragraph = out.paragraph(block.text, notes)
            titled = block.text == "BÁO CÁO" or (
                titled and len(block.text) < 130 and block.text[-1] not in ":."
            )
            for run in paragraph.runs:
                run.bold = titled
    out.save(path)


def add_list(
    document: DocumentType, list_id: str, levels: Sequence[tuple[str, str]], extra: str = ""
) -> None:
    """Adds a numbered list with a format and a template for each level; `extra` goes into its w:num."""
    root = document.part.numbering_part.element
    forms = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{list_id}">{forms}</w:abstractNum>'
    first = root.find(qn("w:num"))
    first.addprevious(parse_xml(abstract))
    num = f'<w:num {nsdecls("w")} w:numId="{list_id}"><w:abstractNumId w:val="{list_id}"/>{extra}</w:num>'
    root.append(parse_xml(num))


def number(paragraph: Paragraph, list_id: str, level: int) -> None:
    """Puts a paragraph into a list."""
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(xml))


def add_footnotes(document: DocumentType, notes: dict[str, str]) -> None:
    """Adds the part with the footnotes, by their ids."""
    bodies = "".join(
        f'<w:footnote w:id="{key}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {words}</w:t>'
        "</w:r></w:p></w:footnote>"
        for key, words in notes.items()
    )
    separator = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    blob = f"<w:footnotes {nsdecls('w')}>{separator}{bodies}</w:footnotes>".encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _label(level: int, counts: Sequence[int]) -> str:
    n = counts[level]
    if level == 0:
        return f"{_ROMAN[n]}." if n < len(_ROMAN) else ""
    if level == 3:
        return f"{chr(ord('a') + n - 1)})"
    return ".".join(str(c) for c in counts[1 : level + 1]) + "."
