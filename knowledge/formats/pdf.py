"""The words and rules of a PDF's pages, by pdfium; scripts and forms are never run."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from knowledge.errors import BrokenFile, ProtectedFile, TooCostly
from knowledge.formats.page import Page, Rule, Word, with_raised_marks
from knowledge.formats.paragraphs import text_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_FEWEST_CHARACTERS = 20
_MOST_CHARACTERS = 60_000
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 2_000
_THIN = 2.5
_Letter = tuple[str, float, float, float, float, bool]  # sign, left, right, baseline, size, bold


def read_pdf(data: bytes, *, pages: int) -> str | None:
    r"""The text of the PDF, pages divided by ``\f``; None where a page is a picture.

    Raises ProtectedFile, BrokenFile, or TooCostly for more than `pages` pages.
    """
    document = open_pdf(data, pages=pages)
    read = []
    for number in range(len(document)):
        page = document[number]
        found = page_of(page)
        if is_picture(page, found):
            return None
        read.append(found)
        page.close()
    return text_of(read)


def open_pdf(data: bytes, *, pages: int) -> PdfDocument:
    """The document. Raises ProtectedFile, BrokenFile, TooCostly."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ProtectedFile(
                "the PDF is protected with a password",
                remedy="save it without the password and give that file",
            ) from error
        raise BrokenFile(
            "the PDF is damaged or was cut off",
            value=str(error)[:100],
            remedy="print or save it anew as a PDF",
        ) from error
    if len(document) > pages:
        raise TooCostly(
            "the PDF has too many pages", value=str(len(document)), expected=f"at most {pages}",
            remedy="split it into reports",
        )  # fmt: skip
    return document


def is_picture(page: PdfPage, found: Page) -> bool:
    """Whether a page shows a picture where its text should be, or text that cannot be told from signs."""
    letters = sum(len(w.text) for w in found.words)
    unknown = sum(c in "\ufffd" or unicodedata.category(c) == "Co" for w in found.words for c in w.text)
    if letters >= _FEWEST_CHARACTERS:
        return 5 * unknown > letters
    area = 0.0
    for i, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
        left, bottom, right, top = item.get_bounds()
        area += abs((right - left) * (top - bottom))
        if i > 500:
            break
    return area > 0.3 * found.width * found.height


def page_of(page: PdfPage) -> Page:
    """The words and rules of a page."""
    width, height = page.get_size()
    words = with_raised_marks(list(_words(page, height)))
    return Page(width, height, words, list(_rules(page, width, height)))


def _words(page: PdfPage, height: float) -> Iterator[Word]:
    """The words in the order in which the file draws them."""
    text = page.get_textpage()
    letters: list[_Letter] = []
    for letter in _letters(text, height):
        if letters and (letter is None or _is_apart(letters[-1], letter)):
            yield _word(letters)
            letters = []
        if letter is not None:
            letters.append(letter)
    if letters:
        yield _word(letters)
    text.close()


def _letters(text: Any, height: float) -> Iterator[_Letter | None]:  # noqa: ANN401  (pdfium's text page)
    """The letters with their places; None between words."""
    fonts: dict[bytes, bool] = {}
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    for i in range(min(text.count_chars(), _MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text, i)
        if code in {2, 0xFFFE}:
            code = ord("-")  # pdfium's sign for a hyphen at a line's end
        if code <= 32 or code in {0xA0, 0xFFFF, 0xAD} or 0xD800 <= code < 0xE000:
            yield None
            continue
        if not raw.FPDFText_GetLooseCharBox(text, i, box) or not raw.FPDFText_GetCharOrigin(text, i, x, y):
            continue
        raw.FPDFText_GetMatrix(text, i, matrix)
        size = raw.FPDFText_GetFontSize(text, i) * math.hypot(matrix.c, matrix.d)
        if size > 0 and abs(raw.FPDFText_GetCharAngle(text, i) % 6.2832) < 0.1:
            yield chr(code), box.left, box.right, height - y.value, size, _is_bold(text, i, fonts)


def _is_bold(text: Any, i: int, fonts: dict[bytes, bool]) -> bool:  # noqa: ANN401  (pdfium's text page)
    name, flags = ctypes.create_string_buffer(80), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, i, name, 80, flags)
    return fonts.setdefault(name.value, b"bold" in name.value.lower())


def _is_apart(before: _Letter, letter: _Letter) -> bool:
    size = max(before[4], letter[4])
    gap = letter[1] - before[2]
    combining = unicodedata.combining(letter[0]) != 0
    moved = abs(letter[3] - before[3]) > 0.1 * size or abs(letter[4] - before[4]) > 0.15 * size
    return not combining and (moved or gap > 0.2 * size or gap < -1.2 * size)


def _word(letters: list[_Letter]) -> Word:
    words = unicodedata.normalize("NFC", "".join(letter[0] for letter in letters))
    left, right = min(x[1] for x in letters), max(x[2] for x in letters)
    return Word(words, left, right, letters[0][3], max(x[4] for x in letters), bold=letters[0][5])


def _rules(page: PdfPage, width: float, height: float) -> Iterator[Rule]:
    """The straight rules that are drawn: thin boxes, edges of boxes, strokes."""
    for i, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if i > _MOST_OBJECTS:
            return
        left, bottom, right, top = item.get_bounds()
        yield from _straight(left, height - top, right, height - bottom)
        if right - left > _THIN and top - bottom > _THIN and not (right - left > 0.97 * width):
            yield from _edges(item, height)


def _straight(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """A rule where the box is thin."""
    if y1 - y0 <= _THIN < x1 - x0:
        middle = (y0 + y1) / 2
        yield Rule(x0, middle, x1, middle)
    elif x1 - x0 <= _THIN < y1 - y0:
        middle = (x0 + x1) / 2
        yield Rule(middle, y0, middle, y1)


def _edges(item: Any, height: float) -> Iterator[Rule]:  # noqa: ANN401  (pdfium's page object)
    """The horizontal and vertical strokes of a path that is more than one rule."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    if not stroke.value:
        return
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    before: tuple[float, float] | None = None
    for i in range(min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = matrix.on_point(x.value, y.value)
        if before is not None and raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO:
            (ax, ay), (bx, by) = before, point
            yield from _straight(min(ax, bx), height - max(ay, by), max(ax, bx), height - min(ay, by))
        before = point
