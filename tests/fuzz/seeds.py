"""Good files of each format, to be broken: made from our reports."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from PIL import Image

from knowledge.reading.blocks import plain_blocks
from knowledge.reading.source import read_source
from tests.forms.printed import SOFFICE, converted, scanned
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
        return _pictures(sources[0], folder)
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


def _pictures(source: Path, folder: Path) -> list[bytes]:
    """Noise, and where LibreOffice is installed a part of a page in each format that scanners write."""
    pictures = [_saved(Image.effect_noise((300, 300), 90), "PNG")]
    if not SOFFICE:
        return pictures
    path = folder / "page.docx"
    word_file(plain_blocks(read_source(source).text), path)
    converted([path], folder)
    scanned(path.with_suffix(".pdf"), folder / "page.png", dots=100)
    with Image.open(folder / "page.png") as page:
        part = page.crop((0, 0, page.width, page.height // 3))
    return [*pictures, *(_saved(part, form) for form in ("PNG", "JPEG", "TIFF", "PDF"))]


def _saved(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": [picture]} if form == "TIFF" else {}
    picture.save(out, form, **more)
    return out.getvalue()


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
