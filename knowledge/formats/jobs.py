"""The readers by job: what a file turns out to be inside decides, not its name."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.errors import UnsupportedFormat

STARTS_PROGRAMS = frozenset({"pdf-ocr", "image-ocr", "convert"})


class Again(Exception):
    """The file needs another job, one that may take longer."""

    def __init__(self, job: str) -> None:
        super().__init__(job)
        self.job = job


def run_job(job: str, data: bytes, *, name: str, pages: int) -> str:
    r"""The text of `data`, pages divided by ``\f``. Raises ReportError, or Again for another job."""
    jobs: dict[str, Callable[[], str]] = {
        "zip": lambda: _zip(data),
        "ole": lambda: _ole(data),
        "rtf": lambda: _convert_later(),
        "convert": lambda: _converted(data),
        "html": lambda: _html(data, name),
        "pdf": lambda: _pdf(data, pages),
        "pdf-ocr": lambda: _scanned(data, pages),
        "image": lambda: _image_later(),
        "image-ocr": lambda: _image(data, pages),
    }
    if job not in jobs:
        raise unsupported(job)
    return jobs[job]()


def unsupported(kind: str) -> UnsupportedFormat:
    """The error for a file that no reader takes."""
    return UnsupportedFormat(
        "no reader takes this type of file",
        value=kind,
        expected="Word, PDF, HTML, Excel, an image of a page, or plain text",
        remedy="save the report as .docx, .pdf or plain text (UTF-8) and give that file",
    )


def _zip(data: bytes) -> str:
    from knowledge.formats.docx import read_docx
    from knowledge.formats.package import Package

    package = Package(data)
    if package.is_word:
        return read_docx(package)
    if package.is_workbook:
        from knowledge.formats.xlsx import read_xlsx

        return read_xlsx(package)
    if package.is_open_document:
        raise Again("convert")
    raise unsupported("a ZIP archive that is no Word or Excel file")


def _ole(data: bytes) -> str:
    from knowledge.formats.legacy import check_container

    check_container(data)
    raise Again("convert")


def _convert_later() -> str:
    raise Again("convert")


def _converted(data: bytes) -> str:
    from knowledge.formats.docx import read_docx
    from knowledge.formats.legacy import converted_to_docx
    from knowledge.formats.package import Package

    return read_docx(Package(converted_to_docx(data)))


def _html(data: bytes, name: str) -> str:
    from knowledge.formats.html import read_html

    return read_html(data, name=name)


def _pdf(data: bytes, pages: int) -> str:
    from knowledge.formats.pdf import read_pdf

    text = read_pdf(data, pages=pages)
    if text is None:
        raise Again("pdf-ocr")
    return text


def _scanned(data: bytes, pages: int) -> str:
    from knowledge.formats.scans import read_scanned_pdf

    return read_scanned_pdf(data, pages=pages)


def _image_later() -> str:
    raise Again("image-ocr")


def _image(data: bytes, pages: int) -> str:
    from knowledge.formats.scans import read_image

    return read_image(data, pages=pages)
