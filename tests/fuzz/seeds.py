"""Good files of each format, to be broken: made from our reports."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from PIL import Image

from knowledge.reading.blocks import plain_blocks
from knowledge.reading.source import read_source
from tests.forms.printed import SOFFICE, converted
from tests.forms.web import web_page
from tests.forms.word import word_file
from tests.golden.render import SOURCES

FORMATS = ("docx", "pdf", "html", "xlsx", "txt", "image", "doc")
_NAMES = ("huyen-kinh-te-xa-hoi-6-thang", "so-y-te-9-thang", "bao-hiem-xa-hoi-nam")


def seeds(form: str, folder: Path) -> list[bytes]:
    """The files of a format; none where what makes them is not installed."""
    sources = [s for s in SOURCES if s.stem in _NAMES]
    if form == "txt":
        return [s.read_bytes() for s in sources]
    if form == "xlsx":
        return [_workbook(s) for s in sources]
    if form == "image":
        out = io.BytesIO()
        Image.effect_noise((300, 300), 90).save(out, "PNG")
        return [out.getvalue()]
    made = []
    for source in sources:
        blocks = plain_blocks(read_source(source).text)
        path = folder / f"{source.stem}.{'html' if form == 'html' else 'docx'}"
        (web_page if form == "html" else word_file)(blocks, path)
        made.append(path)
    if form in {"pdf", "doc"}:
        if not SOFFICE:
            return []
        converted(made, folder, form)
        made = [path.with_suffix(f".{form}") for path in made]
    return [path.read_bytes() for path in made]


def _workbook(source: Path) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for block in plain_blocks(read_source(source).text):
        sheet.append([c.strip() for c in block.text.strip("|").split("|")])
    sheet.merge_cells("A1:C1")
    book.create_sheet("Biểu 02").append(["TT", "Nội dung", 12.5, 0.25])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
