"""Scans and photographs of pages, read by Tesseract (Vietnamese) and laid out as the pages of a PDF are."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from knowledge.errors import BrokenFile, MissingProgram, TooCostly
from knowledge.formats.page import Page, Rule, Word
from knowledge.formats.paragraphs import text_of
from knowledge.formats.pdf import is_picture, open_pdf, page_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DPI = 300
_POINTS = 72 / _DPI
_A4_WIDTH = 2480  # at 300 dots an inch
_MOST_PIXELS = 60_000_000
_LEAST_SURE = 30.0
_RULE_LENGTH = 150


def read_scanned_pdf(data: bytes, *, pages: int) -> str:
    """The text of a PDF whose pages are (partly) pictures. Raises MissingProgram, TooCostly, BrokenFile."""
    program = _tesseract()
    document = open_pdf(data, pages=pages)
    read = []
    for number in range(len(document)):
        page = document[number]
        found = page_of(page)
        if is_picture(page, found):
            width, height = page.get_size()
            scale = min(_DPI / 72, (_MOST_PIXELS / max(1.0, width * height)) ** 0.5)
            picture = page.render(scale=scale, grayscale=True).to_pil()
            found = _page(program, picture)
        read.append(found)
        page.close()
    return text_of(read)


def read_image(data: bytes, *, pages: int) -> str:
    """The text of a picture, all pages of a TIFF. Raises MissingProgram, TooCostly, BrokenFile."""
    program = _tesseract()
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS // 2  # Pillow refuses twice that
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as picture:
            read = []
            for number, frame in enumerate(ImageSequence.Iterator(picture)):
                if number >= pages:
                    raise TooCostly("the picture has too many pages", expected=f"at most {pages}")
                read.append(_page(program, ImageOps.exif_transpose(frame)))
    except Image.DecompressionBombError as error:
        raise TooCostly(
            "the picture is too large", expected=f"at most {_MOST_PIXELS:,} pixels",
            remedy="scan it at 300 dots an inch",
        ) from error  # fmt: skip
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise BrokenFile(
            "the picture is damaged or was cut off", value=str(error)[:100], remedy="scan the page anew"
        ) from error
    return text_of(read)


def _tesseract() -> str:
    """The path of Tesseract. Raises MissingProgram where it or its Vietnamese is not installed."""
    install = "install it (apt-get install tesseract-ocr tesseract-ocr-vie), or give the report as .docx"
    program = shutil.which("tesseract")
    if program is None:
        raise MissingProgram(
            "the file is a scan, and Tesseract is not installed",
            expected="the Debian packages tesseract-ocr and tesseract-ocr-vie", remedy=install,
        )  # fmt: skip
    known = subprocess.run(  # noqa: S603  (Tesseract itself; nothing of the file is in the command)
        [program, "--list-langs"], capture_output=True, check=False, text=True
    )
    if "vie" not in known.stdout.split():
        raise MissingProgram(
            "the file is a scan, and Tesseract cannot read Vietnamese",
            expected="the Debian package tesseract-ocr-vie", remedy=install,
        )  # fmt: skip
    return program


def _page(program: str, picture: Image.Image) -> Page:
    """The words and rules of a picture of a page, upright and at about 300 dots an inch."""
    grey = picture.convert("L")
    scale = _A4_WIDTH / max(1, min(grey.size))
    if scale > 1.3 or scale < 0.6:
        grey = grey.resize((max(1, round(grey.width * scale)), max(1, round(grey.height * scale))))
    turned = _turned(program, grey)
    if turned:
        grey = grey.rotate(-turned, expand=True, fillcolor=255)
    table = _run(program, grey, "--psm", "4", "-l", "vie", "--dpi", str(_DPI), "tsv")
    words = list(_words(table))
    pixels = np.asarray(grey) < 128
    rules = [*_rules(pixels, across=True), *_rules(pixels.T, across=False)]
    return Page(grey.width * _POINTS, grey.height * _POINTS, words, rules)


def _turned(program: str, grey: Image.Image) -> int:
    """By how many degrees clockwise the page must be turned to stand upright; 0 where that is not told."""
    said = _run(program, grey, "--psm", "0", "-l", "osd", "--dpi", str(_DPI))
    values = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    try:
        sure = float(values.get("Orientation confidence", "0")) > 2
        return int(values.get("Rotate", "0")) if sure else 0
    except ValueError:
        return 0


def _run(program: str, grey: Image.Image, *options: str) -> str:
    image = io.BytesIO()
    grey.save(image, "PPM")
    done = subprocess.run(  # noqa: S603  (Tesseract itself; the picture comes by stdin)
        [program, "stdin", "stdout", *options], input=image.getvalue(), capture_output=True, check=False
    )
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> Iterator[Word]:
    """The words of Tesseract's table (TSV); those of one line stand on one baseline."""
    rows = csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    base, size = 0.0, 0.0
    for row in rows:
        left, top, width, height = (int(row[k] or 0) for k in ("left", "top", "width", "height"))
        if row["level"] == "4":
            base, size = (top + 0.8 * height) * _POINTS, min(0.75 * height * _POINTS, 16.0)
        text = (row["text"] or "").strip()
        if row["level"] == "5" and text and float(row["conf"] or 0) >= _LEAST_SURE and set(text) - set("|_—"):
            yield Word(text, left * _POINTS, (left + width) * _POINTS, base, size)


def _rules(dark: NDArray[np.bool_], *, across: bool) -> Iterator[Rule]:
    """The runs of dark pixels along the first axis that are long enough to be rules."""
    for at in range(0, dark.shape[0], 2):
        line = dark[at]
        if int(line.sum()) < _RULE_LENGTH:
            continue
        edges = np.flatnonzero(np.diff(np.concatenate(([0], line.view(np.int8), [0]))))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if end - start >= _RULE_LENGTH:
                y, x0, x1 = at * _POINTS, float(start) * _POINTS, float(end) * _POINTS
                yield Rule(x0, y, x1, y) if across else Rule(y, x0, y, x1)
