"""Figures and documents of a report that contradict each other.

One rule a function, all of them listed in `RULES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.checks.against import KINDS, check_against, is_series
from knowledge.checks.complements import complementary_parts
from knowledge.checks.days import as_of_after_report, impossible_day
from knowledge.checks.documents import (
    dated_after_report,
    one_document_two_dates,
    one_document_two_symbols,
    one_subject_two_numbers,
    year_of_number,
)
from knowledge.checks.lengths import length_of_list
from knowledge.checks.prose import parts_in_prose
from knowledge.checks.rates import rate_of_count
from knowledge.checks.ratios import percentage_of_ratio
from knowledge.checks.remainders import remainder_of_ratio
from knowledge.checks.sums import parts_of_list
from knowledge.checks.tables import rate_column, total_row
from knowledge.checks.text_tables import text_against_table
from knowledge.records import Finding, Report

Rule = Callable[[Report], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    percentage_of_ratio,
    rate_of_count,
    complementary_parts,
    parts_of_list,
    parts_in_prose,
    remainder_of_ratio,
    length_of_list,
    total_row,
    rate_column,
    year_of_number,
    one_document_two_symbols,
    one_document_two_dates,
    one_subject_two_numbers,
    dated_after_report,
    impossible_day,
    as_of_after_report,
    text_against_table,
)

__all__ = ["KINDS", "RULES", "Rule", "check", "check_against", "is_series"]


def check(report: Report) -> tuple[Finding, ...]:
    """What every rule finds in a report whose facts, listings and documents were read, in reading order."""
    found = [finding for rule in RULES for finding in rule(report)]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.span.start, f.span.end, f.kind)))
