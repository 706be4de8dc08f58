"""Addresses of places in a report page. Citations and pages both use these."""

from __future__ import annotations

import re
from urllib.parse import quote

from knowledge.records import Span


def section_anchor(path: str) -> str:
    """The HTML id of a section or item path: ``II.2.3.(15)`` → ``muc-II.2.3.(15)``."""
    return "muc-" + re.sub(r"\s+", "_", path.strip()).replace("#", "~")


def footnote_anchor(marker: str, section: str) -> str:
    """The HTML id of a footnote. The section keeps markers apart that a report starts anew on every page."""
    return "chu-thich-" + re.sub(r"\s+", "_", marker.strip()) + "-" + section_anchor(section)


def report_url(report_id: str) -> str:
    """The address of a report's page."""
    return "/reports/" + quote(report_id, safe="")


def citation_url(report_id: str, path: str, *, span: Span | None = None) -> str:
    """The address of a section (or item) in the report's page; with `span` the page lights those words up."""
    words = f"?trich={span.start}-{span.end}" if span else ""
    return report_url(report_id) + words + "#" + quote(section_anchor(path), safe="()")
