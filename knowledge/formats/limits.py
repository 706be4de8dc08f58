"""What reading one file may cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Time in seconds (`ocr_seconds` for scans and for conversions), memory and text in bytes, pages.

    Files are compared with `file_bytes` before they are opened.
    """

    seconds: float = 60.0
    ocr_seconds: float = 600.0
    memory_bytes: int = 1_500_000_000
    file_bytes: int = 200_000_000
    text_bytes: int = 3_000_000
    pages: int = 500


DEFAULT_LIMITS = Limits()
