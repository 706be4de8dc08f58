from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.answering.charts import Bar, chart_of
from bot.answering.records import Answer, Chart
from bot.answering.reply import Draft, finish
from bot.answering.shelf import ShelvedReport


def bars(shelved: ShelvedReport) -> list[Bar]:
    rates = [e for e in shelved.facts if e.fact and e.fact.kind == "ratio" and e.fact.unit == "%"]
    return [
        Bar(e.fact.indicator, e.fact.value or Decimal(0), e.fact.span.of(e.report.text), e)
        for e in rates
        if e.fact
    ]


def test_a_ranking_draws_the_group_from_the_asked_end(converse: Callable[..., list[Answer]]) -> None:
    chart = converse("dịch vụ nào ở Hà Nam tháng 4/2024 có tỷ lệ thấp nhất?")[0].chart
    assert chart is not None
    assert (chart.kind, chart.unit) == ("bar", "%")
    assert chart.values == (Decimal(16), Decimal(25), Decimal(80), Decimal(90))
    assert chart.labels[-1] == "Đăng ký khai sinh"
    assert chart.printed[0].startswith("16%")
    assert chart.source == "Báo cáo số 45/BC-UBND ngày 28/4/2024, mục II.1"


def test_a_comparison_draws_a_bar_for_each_side(converse: Callable[..., list[Answer]]) -> None:
    chart = converse("so sánh tỷ lệ đăng ký khai sinh của Hà Nam và Ninh Thuận tháng 4/2024")[0].chart
    assert chart is not None
    assert chart.values == (Decimal(90), Decimal(75))
    assert "45/BC-UBND" in chart.source
    assert "8/BC-UBND" in chart.source


def test_two_bars_are_no_ranking(shelved: ShelvedReport) -> None:
    assert chart_of(bars(shelved)[:2], title="Dịch vụ", unit="%", least=3)[0] is None


def test_a_chart_with_a_number_from_nowhere_is_left_out_and_logged(
    shelved: ShelvedReport, caplog: pytest.LogCaptureFixture
) -> None:
    chart, drawn = chart_of(bars(shelved), title="Dịch vụ", unit="%")
    assert chart is not None
    draft = Draft("answered", ["Có."], chart=chart, drawn=drawn)
    assert finish(draft, question="", state={}).chart == chart
    draft.chart = replace(chart, printed=("91%", *chart.printed[1:]))
    with caplog.at_level(logging.WARNING):
        assert finish(draft, question="", state={}).chart is None
    assert "91" in caplog.text


def test_labels_and_values_are_one_to_one() -> None:
    with pytest.raises(ValueError, match="2 labels, 1 values"):
        Chart("bar", "Dịch vụ", "%", ("a", "b"), (Decimal(1),), ("1",), "")
