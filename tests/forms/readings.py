"""What two readings of one report must share, whatever format each was read from."""

from __future__ import annotations

import re

from knowledge.records import Report
from tests.golden.render import lines

_MARKERS = re.compile(r"(?:[⁰¹²³⁴-⁹]{1,3}|\[\d{1,3}\]|\(1\))(?= (?:mở đầu|kết|[A-ZĐ]))")


def reading(report: Report) -> list[str]:
    """Everything that is read from the report; how a footnote's mark is printed differs by format."""
    return [
        _MARKERS.sub("¹", line, count=1) if line[:1] in "[(⁰¹²³⁴⁵⁶⁷⁸⁹" else line for line in lines(report)
    ]
