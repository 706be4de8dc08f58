from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from bot.facts_table import FactFilter, rows, to_csv, to_xlsx
from knowledge.records import Report


@pytest.fixture
def hostile(report: Report) -> Report:
    """The report with an indicator that a spreadsheet would run."""
    facts = tuple(replace(fact, indicator='=HYPERLINK("http://x")') for fact in report.facts)
    return replace(report, facts=facts)


def test_rows_show_the_printed_figure_and_its_place(report: Report) -> None:
    table = list(rows([report], FactFilter(section="II.1.(2)")))
    assert table
    for row in table:
        start, end = row.url.partition("?trich=")[2].partition("#")[0].split("-")
        assert report.text[int(start) : int(end)] == row.printed


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (FactFilter(section="II.1"), True),
        (FactFilter(section="II"), True),
        (FactFilter(section="I"), False),
        (FactFilter(text="BIEU DIEN"), True),
        (FactFilter(text="bieu dien cap phep"), True),
        (FactFilter(place="hoa lac"), True),
        (FactFilter(period="tháng 4/2025"), False),
        (FactFilter(text="bến bãi"), False),
        (FactFilter(report_id="other"), False),
        (FactFilter(kind="money"), False),
    ],
)
def test_filter_takes_what_it_names(report: Report, wanted: FactFilter, found: bool) -> None:
    assert bool([row for row in rows([report], wanted) if "90" in row.printed]) is found


def test_no_cell_of_a_csv_is_a_formula(hostile: Report) -> None:
    cells = [
        cell for line in csv.reader(io.StringIO(to_csv(rows([hostile])).decode("utf-8-sig"))) for cell in line
    ]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_no_cell_of_a_workbook_is_a_formula(hostile: Report) -> None:
    sheet = load_workbook(io.BytesIO(to_xlsx(rows([hostile])))).active
    assert sheet is not None
    cells = [cell for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if str(cell.value).startswith("=")} <= {"s"}
    assert "f" not in {cell.data_type for cell in cells}
