from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.errors import UsageError
from bot.eval import cites, grade, grade_items, invented_numbers, load_items, occurs
from bot.eval_table import failures, share_correct, table

CITATION = {
    "report_number": "45/BC-UBND",
    "section": "II.1.(2)",
    "quote": "đạt 80%\n(40/50 hồ sơ)",
    "issued_on": "2025-05-09",
}
REPLY = {"status": "answered", "text": "Đạt 80% [1].", "citations": [CITATION], "computed": []}
ITEM = {
    "id": "q",
    "type": "rate",
    "turns": ["tỷ lệ?"],
    "expect": ["80"],
    "status": "answered",
    "cite": {"report": "45/BC-UBND", "section": "II.1"},
}
TEXTS = {"45/bc-ubnd": "đạt8040" + "50hồsơ"}


@pytest.mark.parametrize(
    ("needle", "text", "found"),
    [
        ("58,31", "đạt 58,31%.", True),
        ("58,31", "đạt 158,31%", False),
        ("58,31", "đạt 58,312%", False),
        ("58,31", "đạt 58,31, còn", True),
        ("31", "58,31", False),
        ("8", "8.030", False),
        ("hồ sơ", "Hồ\u00a0SƠ", True),
    ],
)
def test_number_occurs_only_as_a_whole_number(needle: str, text: str, found: bool) -> None:
    assert occurs(needle, text) is found


@pytest.mark.parametrize(
    ("wanted", "section", "found"),
    [
        ("II.2", "II.2.3.(15)", True),
        ("II.2", "II.20", False),
        ("II.2.3.(15)", "II.2.3", False),
        ("mở đầu", "Mở đầu", True),
        ("kết", "kết", True),
        ("", "IX", True),
    ],
)
def test_section_matches_label_by_label(wanted: str, section: str, found: bool) -> None:
    citation = {"report_number": "45 /BC-UBND", "section": section}
    assert cites({"report": "45/BC-UBND", "section": wanted}, citation) is found


def test_right_answer_is_right_in_every_column() -> None:
    verdicts, wrong = grade(ITEM, REPLY, TEXTS)
    assert all(verdicts.values())
    assert wrong == []


@pytest.mark.parametrize(
    ("item", "reply", "column", "said"),
    [
        ({"expect": ["81"]}, {}, "answer", "lacks '81'"),
        ({"any": [["một", "hai"]]}, {}, "answer", "lacks 'một | hai'"),
        ({"forbid": ["80"]}, {}, "answer", "says '80'"),
        ({"status": ["not_found", "clarify"]}, {}, "status", "expected not_found or clarify"),
        ({"cite": {"report": "46/BC-UBND"}}, {}, "cite", "does not cite 46/BC-UBND"),
        ({}, {"text": "Đạt 80% trên 99 xã."}, "figures", "figure from nowhere: 99"),
    ],
)
def test_each_fault_fails_its_column_and_the_item(
    item: dict[str, Any], reply: dict[str, Any], column: str, said: str
) -> None:
    verdicts, wrong = grade(ITEM | item, REPLY | reply, TEXTS)
    assert not verdicts[column]
    assert not verdicts["correct"]
    assert any(said in line for line in wrong)


def test_quote_that_the_report_lacks_is_noticed() -> None:
    reply = REPLY | {"citations": [CITATION | {"quote": "đạt 81%"}]}
    assert not grade(ITEM | {"expect": []}, reply | {"text": "Đạt."}, TEXTS)[0]["quotes"]


def test_second_citation_counts_for_comparisons_only() -> None:
    also = {"cite_also": {"report": "46/BC-UBND"}}
    assert grade(ITEM | also, REPLY, TEXTS)[0]["cite"]
    assert not grade(ITEM | also | {"type": "compare"}, REPLY, TEXTS)[0]["cite"]


@pytest.mark.parametrize(
    "text",
    [
        "40/50 hồ sơ",
        "ngày 9/5/2025",
        "tháng 05",
        "1. Mục đầu\n2. Mục sau",
        "theo [1], [2]",
        "báo cáo 45/BC-UBND",
    ],
)
def test_number_with_a_source_is_not_invented(text: str) -> None:
    assert invented_numbers(ITEM, REPLY | {"text": text}) == []


def test_computed_value_and_asked_number_are_known() -> None:
    reply = REPLY | {"text": "Còn 7 trong 13 là 53,8%", "computed": [{"value": "53,8%", "formula": "7 / 13"}]}
    assert invented_numbers(ITEM, reply) == []
    assert invented_numbers(ITEM | {"turns": ["so với 1.234?"]}, REPLY | {"text": "1.234 và 1.235"}) == [
        "1.235"
    ]


class Parrot:
    def converse(self, turns: Sequence[str], report: Callable[[float], None]) -> Mapping[str, Any]:
        for _ in turns:
            report(10.0)
        return REPLY


def test_table_has_a_line_for_each_type_and_one_for_all() -> None:
    items = [ITEM, ITEM | {"id": "r", "type": "count", "expect": ["9"], "turns": ["a", "b"]}]
    graded = grade_items(items, Parrot(), TEXTS, step=lambda *_: None)
    lines = table(graded).splitlines()
    assert [line.split()[:3] for line in lines[1:4]] == [
        ["count", "1", "0.0%"],
        ["rate", "1", "100.0%"],
        ["ALL", "2", "50.0%"],
    ]
    assert lines[-1] == "turns 3  p50 10.0 ms  p95 10.0 ms  max 10.0 ms  transport errors 0"
    assert share_correct(graded) == 50.0
    assert "--- r [count] a → b" in "\n".join(failures(graded))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not valid YAML"),
        ("a: 1", "expected a list"),
        ("- {id: q}", "item 1: expected"),
        ("", "expected a list"),
    ],
)
def test_file_of_another_shape_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "q.yml"
    path.write_text(text)
    with pytest.raises(UsageError, match=said):
        load_items(path)


def test_only_the_types_asked_for_are_loaded(tmp_path: Path) -> None:
    path = tmp_path / "q.yml"
    path.write_text("- {id: a, type: rate, turns: [x]}\n- {id: b, type: list, turns: [y]}")
    assert [item["id"] for item in load_items(path, only=["list"])] == ["b"]
