from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.case import Case
from bot.answering.matching import credit_of, match
from bot.answering.shelf import Evidence, ShelvedReport, padded
from bot.answering.weights import Weights
from bot.understanding.question import Concept


def phrase(*ways: str, parts: tuple[Concept, ...] = ()) -> Concept:
    return Concept(0, 9, tuple(tuple(way.split()) for way in ways), parts)


@pytest.fixture
def evidence(shelved: ShelvedReport) -> Callable[..., Evidence]:
    def make(own: str, *, far: str = "", near: str = "", wide: str = "") -> Evidence:
        first = shelved.report.passages[0]
        return Evidence(
            shelved, first, first.span, padded(own), padded(near), padded(far), None, padded(wide)
        )

    return make


WEIGHTS = Weights(0, {})


def test_own_words_count_more_than_inherited_and_those_more_than_near_ones(
    evidence: Callable[..., Evidence],
) -> None:
    wanted = phrase("khai tu")
    own, is_own = credit_of(wanted, evidence("đăng ký khai tử"))
    far, far_own = credit_of(wanted, evidence("đăng ký", far="khai tử"))
    near, _ = credit_of(wanted, evidence("đăng ký", near="khai tử"))
    wide, _ = credit_of(wanted, evidence("đăng ký", wide="khai tử"))
    assert own > far > near > wide > 0
    assert is_own
    assert not far_own


def test_what_is_not_said_counts_nothing(evidence: Callable[..., Evidence]) -> None:
    assert credit_of(phrase("khai tu"), evidence("đăng ký khai sinh")) == (0.0, False)
    assert credit_of(phrase("khai tu"), evidence("khai báo, tử tuất"))[0] < 1.0


def test_syllables_inside_others_are_not_said(evidence: Callable[..., Evidence]) -> None:
    assert credit_of(phrase("khai"), evidence("triển khaitoàn"))[0] == 0.0


def test_a_synonym_counts_a_little_less_than_what_was_typed(evidence: Callable[..., Evidence]) -> None:
    wanted = phrase("bang lai", "giay phep lai xe")
    typed, _ = credit_of(wanted, evidence("đổi bằng lái"))
    synonym, own = credit_of(wanted, evidence("đổi giấy phép lái xe"))
    assert typed > synonym > 0.9
    assert own


def test_a_phrase_counts_by_its_parts_only_if_all_are_said(evidence: Callable[..., Evidence]) -> None:
    wanted = phrase("giay phep xay dung", parts=(phrase("giay phep"), phrase("xay dung")))
    both, _ = credit_of(
        wanted, evidence("giấy phép cho nhà thầu, sau đó là việc của ngành nông thôn khi xây dựng")
    )
    one, _ = credit_of(wanted, evidence("giấy phép lái xe"))
    assert both > 0.5
    assert one == 0.0


def test_coverage_is_the_share_said_and_names_what_is_missing(evidence: Callable[..., Evidence]) -> None:
    birth, passport = phrase("khai sinh"), Concept(10, 19, (("ho", "chieu"),))
    found = match(evidence("đăng ký khai sinh"), [birth, passport], WEIGHTS)
    assert found.missing == (passport,)
    assert found.owned == (birth,)
    assert 0 < found.coverage < 1
    assert match(evidence("đăng ký khai sinh"), [birth], WEIGHTS).coverage == 1.0


def test_the_statement_with_fewer_other_words_is_the_better_one(evidence: Callable[..., Evidence]) -> None:
    wanted = [phrase("khai sinh")]
    short = evidence("đăng ký khai sinh")
    long = evidence("liên thông đăng ký khai sinh, thường trú, cấp thẻ bảo hiểm y tế cho trẻ em")
    assert match(short, wanted, WEIGHTS).score > match(long, wanted, WEIGHTS).score


def test_carried_concepts_are_wished_for_not_required(evidence: Callable[..., Evidence]) -> None:
    wanted, carried = [phrase("ho so")], [phrase("khai tu")]
    without = match(evidence("hồ sơ"), wanted, WEIGHTS, carried=carried)
    with_it = match(evidence("hồ sơ", far="khai tử"), wanted, WEIGHTS, carried=carried)
    assert without.coverage == with_it.coverage == 1.0
    assert with_it.score > without.score


def test_neighbours_of_the_question_that_are_neighbours_in_the_statement_are_better(
    evidence: Callable[..., Evidence],
) -> None:
    wanted = [Concept(0, 3, (("doi",),)), Concept(4, 12, (("ho", "chieu"),))]
    together = match(evidence("việc đổi hộ chiếu trong tháng"), wanted, WEIGHTS)
    apart = match(evidence("việc hộ chiếu trong tháng đổi"), wanted, WEIGHTS)
    assert together.score > apart.score


def test_a_figure_of_the_report_is_found_by_its_name_in_other_words(case_of: Callable[..., Case]) -> None:
    best = case_of("tỷ lệ cấp GPXD của Hà Nam tháng 4/2024?").facts()[0]
    assert best.evidence.fact is not None
    assert str(best.evidence.fact.value) == "25"


def test_syllable_typed_with_diacritics_is_no_other_one(
    case_of: Callable[..., Case], shelved: ShelvedReport
) -> None:
    said = next(e for e in shelved.sentences if "số hóa sổ hộ tịch" in e.quote)
    typed = [case_of(f"{word} hộ tịch").question.concepts[0] for word in ("sổ", "sợ")]
    assert [c.spelt for c in typed] == ["sổ", "sợ"]
    assert [credit_of(c, said)[0] > 0 for c in typed] == [True, False]
