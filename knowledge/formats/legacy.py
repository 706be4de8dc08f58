"""Files of other office programs (.doc, .rtf, .odt), made Word files by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from knowledge.errors import BrokenFile, MissingProgram, ProtectedFile, UnsupportedFormat

_SECTOR = 512
_WORD_MAGIC = b"\xec\xa5"
_ENCRYPTED = 0x01  # second byte of the flags at offset 10 ([MS-DOC] 2.5.2)


def check_container(data: bytes) -> None:
    """Passes an old Word file; says what keeps any other OLE container from being read.

    Raises ProtectedFile (an encrypted .docx is such a container, too), UnsupportedFormat, BrokenFile.
    """
    locked = ProtectedFile(
        "the file is protected with a password",
        remedy="open it, save it without the password, and give that file",
    )
    if _holds(data, "EncryptedPackage") or _holds(data, "EncryptionInfo"):
        raise locked
    if _holds(data, "Workbook") or _holds(data, "Book"):
        raise UnsupportedFormat(
            "an Excel file of before 2007", value=".xls", expected=".xlsx",
            remedy="open it in Excel and save it as .xlsx",
        )  # fmt: skip
    if not _holds(data, "WordDocument"):
        raise BrokenFile("the file is damaged or no Word file", remedy="open it in Word and save it as .docx")
    for at in range(_SECTOR, min(len(data), 400 * _SECTOR), _SECTOR):
        if data[at : at + 2] == _WORD_MAGIC:
            if data[at + 11] & _ENCRYPTED:
                raise locked
            return


def _holds(data: bytes, stream: str) -> bool:
    """Whether the container's directory names a stream."""
    return stream.encode("utf-16-le") + b"\x00\x00" in data


def converted_to_docx(data: bytes) -> bytes:
    """The Word file that LibreOffice makes of `data`. Raises MissingProgram, BrokenFile."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingProgram(
            "reading this old format needs LibreOffice, which is not installed",
            expected=".docx, or the Debian package libreoffice-writer-nogui",
            remedy="install it (apt-get install libreoffice-writer-nogui), "
            "or open the file in Word and save it as .docx",
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source.bin"
        source.write_bytes(data)
        subprocess.run(  # noqa: S603  (a program of this machine; no shell, no name of the person's)
            [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
             "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        made = Path(folder) / "source.docx"
        if not made.exists():
            raise BrokenFile(
                "LibreOffice cannot read the file", remedy="open it in Word and save it as .docx"
            )
        return made.read_bytes()
