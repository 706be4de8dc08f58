"""Turns a report's file into a `Report`: source → blocks → repaired text → outline → passages → metadata."""

from knowledge.reading.report import read_report, read_report_text, read_with_source

__all__ = ["read_report", "read_report_text", "read_with_source"]
