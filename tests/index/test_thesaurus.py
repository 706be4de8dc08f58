"""Synonyms: longest match first, both ways, not joined through a shared phrase."""

from __future__ import annotations

import pytest

from index.errors import BadThesaurus
from index.thesaurus import Thesaurus, load, load_for_search, parse
from knowledge.vietnamese import syllables


def _names(thesaurus: Thesaurus, text: str) -> list[set[str]]:
    return [
        {" ".join(name) for name in concept.alternatives} for concept in thesaurus.concepts(syllables(text))
    ]


@pytest.mark.parametrize(
    ("said", "official"),
    [
        ("bằng lái xe", "giấy phép lái xe"),
        ("GPLX", "giấy phép lái xe"),
        ("passport", "hộ chiếu"),
        ("LLTP", "lý lịch tư pháp"),
        ("BHYT", "bảo hiểm y tế"),
        ("UBND", "Ủy ban nhân dân"),
        ("Sở TT&TT", "Sở Thông tin và Truyền thông"),
        ("THCS", "trung học cơ sở"),
        ("cấp 2", "trung học cơ sở"),
        ("gv", "giáo viên"),
        ("tiền", "kinh phí"),
        ("TSLCD", "mạng truyền số liệu chuyên dùng"),
        ("sổ đỏ", "giấy chứng nhận quyền sử dụng đất"),
        ("CCCD", "căn cước công dân"),
        ("phạt nguội", "xử phạt qua hình ảnh"),
        ("lập", "thành lập"),
        ("tốc độ", "băng thông"),
        ("ti le", "phần trăm"),
    ],
)
def test_the_thesaurus_works_both_ways(said: str, official: str) -> None:
    thesaurus = load()
    for one, other in ((said, official), (official, said)):
        [concept] = thesaurus.concepts(syllables(one))
        assert concept.alternatives[0] == tuple(syllables(one))
        names = {" ".join(name).replace("ty le", "ti le") for name in concept.alternatives}
        assert " ".join(syllables(other)).replace("ty le", "ti le") in names


def test_what_is_only_asked_is_understood_and_never_looked_for() -> None:
    thesaurus = Thesaurus([["trẻ em", "bé!", "con nít!"]])
    assert _names(thesaurus, "con nít") == [{"con nit", "tre em"}]
    assert _names(thesaurus, "trẻ em") == [{"tre"}, {"em"}]


def test_a_lone_syllable_that_is_only_asked_is_understood_as_it_is_spelt() -> None:
    thesaurus = Thesaurus([["trẻ em", "bé!"]])
    found = {
        typed: len(thesaurus.concepts(["be"], spelt=[typed])[0].alternatives) for typed in ("bé", "bế", "be")
    }
    assert found == {"bé": 2, "bế": 1, "be": 1}


def test_longest_match_wins_and_every_token_is_in_one_concept() -> None:
    tokens = syllables("tỷ lệ đổi bằng lái xe tháng 3")
    concepts = load().concepts(tokens)
    spans = [(concept.start, concept.end) for concept in concepts]
    assert spans == [(0, 2), (2, 6), (6, 7), (7, 8)]


def test_a_token_without_a_group_is_a_concept_of_itself() -> None:
    [concept] = Thesaurus([]).concepts(["xyz"])
    assert (concept.start, concept.end, concept.alternatives) == (0, 1, (("xyz",),))


def test_an_ambiguous_short_form_means_any_of_its_groups() -> None:
    assert {"hs", "ho so", "hoc sinh"} <= _names(load(), "hs")[0]


def test_groups_are_not_joined_through_a_shared_phrase() -> None:
    thesaurus = Thesaurus([["hồ sơ", "hs"], ["học sinh", "hs"]])
    assert _names(thesaurus, "hồ sơ") == [{"ho so", "hs"}]


def test_typed_diacritics_tell_words_apart_that_fold_alike() -> None:
    thesaurus = Thesaurus([["tiền", "kinh phí"]])
    [told_apart] = thesaurus.concepts(["tien"], spelt=["tiến"])
    [matched] = thesaurus.concepts(["tien"], spelt=["tiền"])
    [bare] = thesaurus.concepts(["tien"], spelt=["tien"])
    assert told_apart.alternatives == (("tien",),)
    assert matched.alternatives == bare.alternatives == (("tien",), ("kinh", "phi"))


def test_concepts_inside_a_longer_one_are_nested() -> None:
    thesaurus = Thesaurus([["làm passport", "cấp hộ chiếu"], ["passport", "hộ chiếu"]])
    tokens = ["lam", "passport"]
    [outer] = thesaurus.concepts(tokens)
    inner = thesaurus.nested(outer, tokens, spelt=tokens)
    assert [concept.alternatives[1] for concept in inner] == [("cap", "ho", "chieu"), ("ho", "chieu")]


def test_the_data_is_broad() -> None:
    assert len(load().groups) > 600


def test_everyday_words_are_for_search_alone() -> None:
    assert _names(load_for_search(), "xí nghiệp") != _names(load(), "xí nghiệp")
    assert len(load_for_search().groups) > len(load().groups) + 300


@pytest.mark.parametrize(
    ("topics", "message"),
    [
        ({"a": ["hồ sơ"]}, "names one phrase"),
        ({"a": ["hồ sơ = "]}, "empty phrase"),
        ({"a": ["hồ sơ = hs", "học sinh = hs"]}, "reads like a phrase of"),
        ({"a": ["tỉnh ủy = TU", "Trung ương = TƯ"]}, "mark the phrase"),
    ],
)
def test_a_thesaurus_that_breaks_its_rules_is_refused(topics: dict[str, list[str]], message: str) -> None:
    with pytest.raises(BadThesaurus, match=message):
        parse(topics)


def test_a_marked_collision_is_taken() -> None:
    assert parse({"a": ["hồ sơ = hs", "học sinh = hs?"]}) == [["hồ sơ", "hs"], ["học sinh", "hs"]]
