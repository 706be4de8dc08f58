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


def citation_url(report_id: str, path: str, *, span: Span | None = None, edition: str = "") -> str:
    """The address of a section (or item) in the report's page; with `span` the page lights those words up.

    `edition` (`edition_of`) keeps the address at the version that was cited: offsets of another one would
    light up other words.
    """
    words = f"trich={span.start}-{span.end}" if span else ""
    query = "&".join(part for part in (words, f"ban={edition}" if edition else "") if part)
    place = "#" + quote(section_anchor(path), safe="()")
    return report_url(report_id) + (f"?{query}" if query else "") + place


def edition_of(sha256: str) -> str:
    """What names a version of a report in addresses: the beginning of its text's hash."""
    return sha256[:8]
