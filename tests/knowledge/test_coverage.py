"""Figures that nothing accounts for are listed."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.coverage import share_read, unread
from knowledge.records import Report

ReadBody = Callable[[str], Report]


def test_names_dates_labels_and_figures_are_accounted_for(read: ReadBody) -> None:
    report = read(
        "(1) Đề án 06/CP: 10/12 hồ sơ (83,33%), PC06, trẻ em dưới 06 tuổi, theo Điều 25.\n\n(2) Quý "
        "I: 5 hồ sơ."
    )
    assert share_read(report) == 1


def test_figure_that_is_read_into_nothing_is_listed(read: ReadBody) -> None:
    report = read("- Đường dây 1.2.3.4 bị sự cố.")
    assert [s.of(report.text) for s in unread(report)]
    assert share_read(report) < 1
