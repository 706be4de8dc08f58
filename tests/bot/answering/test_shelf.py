from __future__ import annotations

from pathlib import Path

from bot.answering.shelf import Shelf, ShelvedReport, measured_by, padded
from knowledge.reading import read_report_text
from knowledge.records import Report
from knowledge.store import Store
from tests.bot.answering.conftest import APRIL, MAY


def test_words_are_folded_in_one_spelling_between_single_spaces() -> None:
    assert padded("Tỉ lệ HOÀ giải: 58,31% (đạt)") == " ty le hoa giai 58,31 dat "
    assert padded("") == "  "


def test_every_statement_stands_in_its_passage(shelved: ShelvedReport) -> None:
    text = shelved.report.text
    for evidence in (*shelved.clauses, *shelved.sentences, *shelved.facts, *shelved.passages):
        assert evidence.passage.span.covers(evidence.span)
        assert evidence.quote == evidence.span.of(text)
        assert evidence.quote.strip()


def test_a_figure_has_its_own_words_and_inherits_those_above(shelved: ShelvedReport) -> None:
    (permits,) = [e for e in shelved.facts if e.fact and e.fact.unit == "%" and str(e.fact.value) == "25"]
    assert " giay phep xay dung " in permits.own + permits.near
    assert " dich vu cong truc tuyen " in permits.far
    assert " khai sinh " not in permits.own + permits.near


def test_a_unit_tells_what_is_measured() -> None:
    assert "diện tích" in measured_by("ha")
    assert measured_by("hồ sơ") == ""


def test_a_new_report_is_taken_up_and_old_ones_are_kept(tmp_path: Path, april: Report) -> None:
    store = Store.open(tmp_path / "knowledge.sqlite")
    store.add(april)
    shelf = Shelf(store)
    assert shelf.reload_if_changed()
    assert not shelf.reload_if_changed()
    (before,) = shelf.reports
    store.add(read_report_text(MAY, name="thang-5.txt"))
    assert shelf.reload_if_changed()
    assert {s.report.number for s in shelf.reports} == {"45/BC-UBND", "61/BC-UBND"}
    assert any(s is before for s in shelf.reports)


def test_an_amended_report_replaces_its_statements(tmp_path: Path, april: Report) -> None:
    store = Store.open(tmp_path / "knowledge.sqlite")
    store.add(april)
    shelf = Shelf(store)
    shelf.reload_if_changed()
    store.add(
        read_report_text(
            APRIL.replace("40/50 hồ sơ, đạt tỷ lệ 80%", "45/50 hồ sơ, đạt tỷ lệ 90%"), name="thang-4.txt"
        )
    )
    shelf.reload_if_changed()
    printed = [e.quote for s in shelf.reports for e in s.facts]
    assert not any("40/50" in words for words in printed)
    assert any("45/50" in words for words in printed)
