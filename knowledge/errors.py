"""The errors that reading and storing reports can raise.

KnowledgeError
├── ReportError           a report cannot be read; carries file, line, value, what was expected and what to do
│   ├── EmptyReport       nothing to read in it
│   ├── NotText           bytes that are not UTF-8 text
│   ├── LegacyEncoding    text in a font encoding from before Unicode (TCVN3, VNI)
│   ├── NoReportNumber    no "Số: …/BC-…" line
│   ├── UnsupportedFormat a file type that no reader takes
│   ├── ProtectedFile     a password is needed
│   ├── BrokenFile        damaged, truncated, or not what its format asks for
│   ├── TooCostly         more time, memory, pages or text than a report may take
│   └── MissingProgram    Tesseract or LibreOffice is needed and not installed
└── StoreError            the SQLite file cannot be opened, is of another version, or lacks what was asked for
"""

from __future__ import annotations

from typing import Any


class KnowledgeError(Exception):
    """Base of every error of this package."""


class ReportError(KnowledgeError):
    """A report that cannot be read; `str()` names file, line, value, expectation and remedy."""

    def __init__(
        self,
        what: str,
        *,
        file: str = "",
        line: int | None = None,
        value: str = "",
        expected: str = "",
        remedy: str = "",
    ) -> None:
        self.what, self.file, self.line = what, file, line
        self.value, self.expected, self.remedy = value, expected, remedy
        super().__init__(str(self))

    @property
    def about(self) -> dict[str, Any]:
        """The arguments that make this error again, for another process."""
        return {
            "what": self.what, "file": self.file, "line": self.line, "value": self.value,
            "expected": self.expected, "remedy": self.remedy,
        }  # fmt: skip

    def __str__(self) -> str:
        where = self.file + (f":{self.line}" if self.line else "")
        parts = [f"{where}: {self.what}" if where else self.what]
        if self.value:
            parts.append(f"found {self.value!r}")
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.remedy:
            parts.append(self.remedy)
        return "; ".join(parts)


class EmptyReport(ReportError):
    """The file holds no text."""


class NotText(ReportError):
    """The file's bytes are not UTF-8 text."""


class NoReportNumber(ReportError):
    """The text has no line that numbers the document."""


class UnsupportedFormat(ReportError):
    """No reader takes this type of file."""


class LegacyEncoding(ReportError):
    """The text is written in a font encoding from before Unicode."""


class ProtectedFile(ReportError):
    """The file opens with a password only."""


class BrokenFile(ReportError):
    """The file is damaged or is not what its format asks for."""


class TooCostly(ReportError):
    """Reading the file takes more time, memory, pages or text than a report may take."""


class MissingProgram(ReportError):
    """A program that reading this file needs is not installed."""


def error_named(name: str, about: dict[str, Any]) -> ReportError:
    """The error of that class as another process raised it; a BrokenFile where the name is no class here."""
    kind = globals().get(name)
    if isinstance(kind, type) and issubclass(kind, ReportError):
        return kind(**about)
    return BrokenFile(**about)


class StoreError(KnowledgeError):
    """The store cannot be opened or does not hold what was asked for."""
