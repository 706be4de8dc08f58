"""Web pages made from reports: paragraphs, tables, footnotes that are linked both ways."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

from knowledge.reading.blocks import Block
from knowledge.tables import is_rule

_HEAD = '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{}</title></head><body>'
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def web_page(blocks: Sequence[Block], path: Path) -> None:
    """Writes the blocks of a report as a web page."""
    notes = [b.footnote for b in blocks if b.footnote]
    out = [_HEAD.format("Báo cáo"), "<script>var x = 'not a word of it';</script>"]
    rows: list[str] = []
    for block in [*blocks, Block("")]:
        if block.text.startswith("|"):
            rows.append(block.text)
            continue
        if rows:
            out.append(_table(rows))
            rows = []
        if block.footnote:
            i = notes.index(block.footnote)
            out.append(f'<p id="n{i}">{html.escape(block.text)} <a href="#m{i}">↩</a></p>')
        elif block.text:
            out.append(f"<p>\n  {_with_marks(html.escape(block.text), notes)}\n</p>")
    path.write_text("\n".join(out) + "</body></html>", "utf-8")


def _with_marks(words: str, notes: Sequence[str]) -> str:
    for i, mark in enumerate(notes):
        shown = mark.translate(_SUPERSCRIPTS)
        link = f'<a id="m{i}" href="#n{i}">{shown}</a>'
        if mark[0] not in "[(":
            link = f"<sup>{link}</sup>"
        words = re.sub(rf"(?<![⁽ ]){re.escape(mark)}(?!⁾)", link, words, count=1)
    return words


def _table(rows: Sequence[str]) -> str:
    lines = []
    for row in rows:
        if not is_rule(row):
            cells = (html.escape(c.strip()) for c in row.strip().strip("|").split("|"))
            lines.append("<tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr>")
    return f"<table><tbody>{''.join(lines)}</tbody></table>"
