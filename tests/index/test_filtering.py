"""Filters let through what they name and nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Document, Filters
from index.filtering import FilterColumns

_DOCUMENTS = [
    Document("a", "", report_id="r1", place="Phú Mỹ", kind="BC", section="II.2"),
    Document(
        "b", "", report_id="r1", place="Phú Mỹ", kind="BC", section="II.2.3", period_end=date(2025, 3, 31)
    ),
    Document("c", "", report_id="r2", place="Tân Hòa", kind="KH", section="II.20"),
    Document(
        "d", "", report_id="r3", section="I", period_start=date(2025, 4, 1), period_end=date(2025, 6, 30)
    ),
]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(report_ids=frozenset({"r1"})), "ab"),
        (Filters(report_ids=frozenset()), ""),
        (Filters(places=frozenset({"phu my"})), "ab"),
        (Filters(kinds=frozenset({"KH"})), "c"),
        (Filters(section="II.2"), "ab"),
        (Filters(section="II"), "abc"),
        (Filters(period=(date(2025, 3, 1), date(2025, 3, 31))), "b"),
        (Filters(period=(date(2025, 6, 30), date(2025, 12, 31))), "d"),
        (Filters(period=(date(2024, 1, 1), date(2024, 12, 31))), ""),
        (Filters(report_ids=frozenset({"r1", "r2"}), section="II.2.3"), "b"),
    ],
)
def test_filters(filters: Filters, expected: str) -> None:
    mask = FilterColumns.of(_DOCUMENTS).mask(filters)
    assert mask is not None
    assert "".join(document.id for document, let in zip(_DOCUMENTS, mask, strict=True) if let) == expected


@pytest.mark.parametrize("filters", [None, Filters()])
def test_no_filter_is_no_mask(filters: Filters | None) -> None:
    assert FilterColumns.of(_DOCUMENTS).mask(filters) is None


@given(
    st.lists(st.tuples(st.sampled_from("pqr"), st.sampled_from(["I", "I.1", "I.10", "II"])), max_size=20),
    st.sets(st.sampled_from("pqr")),
    st.sampled_from(["", "I", "I.1", "II"]),
)
def test_filters_never_leak(rows: list[tuple[str, str]], wanted: set[str], section: str) -> None:
    documents = [
        Document(str(n), "", report_id=report, section=path) for n, (report, path) in enumerate(rows)
    ]
    mask = FilterColumns.of(documents).mask(Filters(report_ids=frozenset(wanted), section=section))
    assert mask is not None
    for document, let in zip(documents, mask, strict=True):
        inside = not section or document.section == section or document.section.startswith(section + ".")
        assert let == (document.report_id in wanted and inside)


def test_merged_and_saved_columns_filter_alike(tmp_path: Path) -> None:
    parts = [FilterColumns.of(_DOCUMENTS[:2]), FilterColumns.of(_DOCUMENTS[2:])]
    kept = [np.array([True, False]), np.array([True, True])]
    FilterColumns.merged(parts, kept).save(tmp_path)
    loaded = FilterColumns.load(tmp_path)
    whole = FilterColumns.of([_DOCUMENTS[0], *_DOCUMENTS[2:]])
    for filters in (Filters(section="II"), Filters(places=frozenset({"Phú Mỹ"})), Filters(kinds=frozenset())):
        ours, theirs = loaded.mask(filters), whole.mask(filters)
        assert ours is not None
        assert theirs is not None
        assert ours.tolist() == theirs.tolist()
