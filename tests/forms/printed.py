"""PDFs and pictures made from Word files by LibreOffice, as an office prints and scans them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

SOFFICE = shutil.which("soffice") or ""
_LOCKED = (
    'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
    '"DocumentOpenPassword":{"type":"string","value":"mat khau"}}'
)


def converted(paths: Sequence[Path], folder: Path, to: str = "pdf") -> None:
    """Converts the files into the folder; `to` is a suffix of LibreOffice's, or "locked" for a PDF."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    form = _LOCKED if to == "locked" else to
    command = [
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        str(folder),
        *map(str, paths),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def scanned(pdf: Path, picture: Path, *, dots: int = 200) -> None:
    """Saves the first page of a PDF as a picture of so many dots an inch."""
    with pypdfium2.PdfDocument(pdf) as document:
        document[0].render(scale=dots / 72, grayscale=True).to_pil().save(picture)
