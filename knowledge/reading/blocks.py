"""The blocks (paragraphs, bullets, items, footnote bodies) of a plain text, its cut sentences made whole.

Extracted text is hard-wrapped, splits sentences at page ends and prints a page's footnotes between the
halves.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from knowledge.reading.labels import opening_label
from knowledge.reading.layout import Layout, layout

_BLANK = re.compile(r"\n[ ]*\n")
_FOOTNOTE = re.compile(r"(?P<marker>[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|\[\d{1,3}\]|\(\d{1,2}\))\s*(?=\S)")
_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
_RULE = re.compile(r"[-_=*–—\s]{3,}|\.{5,}")  # a line drawn below the letterhead
_SENTENCE_END = re.compile(r"[.;:!?…]['\"”’)\]]*$|\./\.$|[→:]$")
_END_REACH = 40
_LABEL_END = 3  # a label that opens a piece may stand behind a dash: "- (4) Đăng ký tạm trú"
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SIGNATURE = re.compile(r"(?:Kính gửi|Nơi nhận|T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.|Q\.)")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like piece. `footnote` is the marker of a footnote's body, "" for running text.

    `apart`: a table's row that a blank line divides from the row before it.
    """

    text: str
    footnote: str = ""
    apart: bool = False


def plain_blocks(text: str) -> list[Block]:
    """The blocks of a cleaned plain text, in reading order, sentences made whole.

    Footnote bodies come last.
    """
    body: list[str] = []
    notes: list[Block] = []
    marks = _marks(text)
    page = layout(text)
    # Which of the tables' rows, counted through, begin behind a blank line.
    apart, rows = set[int](), 0
    for paragraph in _BLANK.split("\n".join(page.lines)):
        apart.add(rows)
        for piece in _unwrap(paragraph, page):
            rows += piece.startswith("|")
            m = _FOOTNOTE.match(piece)
            if m and m["marker"] in marks:
                notes.append(Block(piece[m.end() :], footnote=m["marker"]))
            elif not _PAGE_NUMBER.fullmatch(piece) and not _RULE.fullmatch(piece):
                body.append(piece)
    row = itertools.count()
    return [Block(p, apart=p.startswith("|") and next(row) in apart) for p in _mend(body)] + notes


def _marks(text: str) -> set[str]:
    """The footnote marks that stand behind a word of the running text, not only at a line's start."""
    marks = set(re.findall(r"(?<=[\w,.;:)”\"])\s?([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|\[\d{1,3}\])(?!⁾)", text))
    # "2,46 tỷ đồng(1)." with one "(1) …" at the foot of a page; several would be the items of lists.
    for n in set(re.findall(r"(?<=[^\W_])\((\d{1,2})\)(?=[\s.,;:]|$)", text)):
        if len(re.findall(rf"^[^\S\n]*\({n}\)\s", text, re.MULTILINE)) == 1:
            marks.add(f"({n})")
    return marks


def _unwrap(paragraph: str, page: Layout) -> list[str]:
    """The pieces of one blank-line-separated paragraph.

    A labelled line starts a piece, other lines may continue it.
    """
    pieces: list[str] = []
    before = ""
    lines = [" ".join(raw.split()) for raw in paragraph.split("\n")]
    last_second = max((i for i, line in enumerate(lines) if _holds_item(line, 2)), default=-1)
    for i, line in enumerate(lines):
        if not line:
            continue
        joins = bool(pieces) and (
            (not _starts_piece(line, pieces[-1]) and _goes_on(line, before, page))
            or (page.is_full(before) and _is_inside(line, pieces[-1], last_second >= i))
        )
        if joins:
            pieces[-1] += " " + line
        else:
            pieces.append(line)
        before = line
    return pieces


def _is_inside(line: str, piece: str, second_follows: bool) -> bool:
    """Whether what looks like a label only came to stand at the start of a full page's wrapped line.

    `second_follows`: an item "(2)" stands inside this line or one below it.
    """
    label = opening_label(line)
    if label is None:
        return False
    if label.kind == "item":
        n = int(label.text.strip("()") or 0)
        return _holds_item(piece, n - 1) if n > 1 else second_follows
    # "nông – lâm / – ngư nghiệp", "giai đoạn 2022 / – 2025": no bullet begins so.
    after = line[label.end :][:1]
    goes_on = after.islower() or (after.isdigit() and piece[-1:].isdigit())
    return label.kind == "dash" and goes_on and not _SENTENCE_END.search(piece)


def _holds_item(words: str, n: int) -> bool:
    """Whether the label of an item stands inside the words, not where they begin."""
    pattern = rf"[⁽(](?:0?{n}|{str(n).translate(_SUPERSCRIPT)})[⁾)]"
    return any(m.start() > _LABEL_END for m in re.finditer(pattern, words))


def _goes_on(line: str, before: str, page: Layout) -> bool:
    """Whether `line` continues the line `before` it.

    That one is full, or ends or this one begins inside a sentence.
    """
    if page.is_full(before):
        return True
    first = next((c for c in line if c.isalpha() or c.isdigit()), "")
    return first.islower() or (before.endswith((",", "-")) and not first.isdigit())


def _starts_piece(line: str, before: str) -> bool:
    if opening_label(line) or _FOOTNOTE.match(line) or line.startswith("|") or before.startswith("|"):
        return True
    if _SIGNATURE.match(line) or _is_capitals(before) or _is_capitals(line):
        labelled = opening_label(before)
        # "I. CÔNG TÁC CHỈ ĐẠO / TRIỂN KHAI": a heading in capitals that the page's width wrapped.
        return not (labelled and _is_capitals(before) and _is_capitals(line))
    return False


def _is_capitals(line: str) -> bool:
    if not line.isupper():  # what most lines end at, before their letters are looked at one by one
        return False
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 3 and all(c.isupper() for c in letters)


def _mend(pieces: list[str]) -> list[str]:
    """`pieces` with those joined that a page break or a footnote had cut in the middle of a sentence."""
    out: list[str] = []
    for piece in pieces:
        if out and _continues(out[-1], piece):
            out[-1] += " " + piece
        else:
            out.append(piece)
    return out


def _continues(before: str, piece: str) -> bool:
    """Whether `piece` goes on with the sentence that `before` leaves open."""
    if (
        _SENTENCE_END.search(before[-_END_REACH:])
        or opening_label(piece)
        or piece.startswith("|")
        or before.startswith("|")
    ):
        return False
    if _is_capitals(before) or _is_capitals(piece) or _SIGNATURE.match(piece):
        return False
    first = next((c for c in piece if c.isalpha() or c.isdigit()), "")
    if first.islower() or before.endswith(","):
        return True
    label = opening_label(before)
    # A long unlabelled paragraph that ends without a stop was cut before a name: "… doanh nghiệp tỉnh An /
    # Giang 4.245 …".
    # A labelled one without a stop is a heading, unless it is far too long for one.
    return len(before) > (400 if label else 120)
