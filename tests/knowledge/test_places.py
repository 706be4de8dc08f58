"""Administrative units by date, and places named in reports and chats."""

from datetime import date
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.places import (
    REFORM,
    Place,
    by_key,
    find_places,
    is_within,
    parent_of,
    place_named,
    provinces,
    units_of,
)
from knowledge.vietnamese import nfc

BEFORE, SINCE = date(2024, 3, 1), REFORM
EVE = date(2025, 6, 30)  # the communes that the tables have are of this day


def province(key: str) -> Place:
    return by_key()[key]


def keys(text: str, *known: str) -> list[str]:
    found = find_places(text, known=[province(key) for key in known])
    return [mention.place.key if mention.place else "?" for mention in found]


def test_there_are_63_provinces_before_the_reform_and_34_since() -> None:
    assert (len(provinces(BEFORE)), len(provinces(SINCE))) == (63, 34)


def test_a_province_has_districts_before_the_reform_and_communes_since() -> None:
    dong_thap = province("dong-thap")
    assert {place.level for place in units_of(dong_thap, BEFORE)} == {"huyen"}
    assert "thành phố Sa Đéc" in [place.full_name for place in units_of(dong_thap, BEFORE)]
    assert {place.level for place in units_of(dong_thap, SINCE)} == {"xa"}


@pytest.mark.parametrize(
    ("key", "day", "count", "there", "gone"),
    [
        ("ha-tinh", date(2023, 12, 5), 13, "huyện Lộc Hà", ""),
        ("ha-tinh", date(2025, 3, 1), 12, "huyện Thạch Hà", "huyện Lộc Hà"),
        ("bac-giang", date(2024, 6, 1), 10, "huyện Yên Dũng", "thị xã Chũ"),
        ("ho-chi-minh", date(2020, 6, 1), 24, "quận 9", "thành phố Thủ Đức"),
        ("an-giang", date(2024, 3, 29), 11, "thị xã Tịnh Biên", ""),
    ],
)
def test_districts_are_those_of_the_day(key: str, day: date, count: int, there: str, gone: str) -> None:
    names = [unit.full_name for unit in units_of(by_key()[key], day)]
    assert len(names) == count
    assert there in names
    assert gone not in names


def test_former_district_is_found_by_its_name() -> None:
    found = find_places("tại huyện Lộc Hà, tỉnh Hà Tĩnh")
    assert [m.place.full_name for m in found if m.place] == ["huyện Lộc Hà", "tỉnh Hà Tĩnh"]


def test_every_district_but_the_islands_without_communes_has_some() -> None:
    without = {
        district.name for province_ in provinces(EVE) for district in units_of(province_, EVE)
        if not units_of(district, EVE)
    }  # fmt: skip
    assert without == {"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"}


def test_districts_and_merged_provinces_have_nothing_below_them_since_the_reform() -> None:
    assert units_of(province("tien-giang"), SINCE) == []
    assert units_of(province("tien-giang/thi-xa-cai-lay"), SINCE) == []


def test_a_district_is_within_its_province_and_by_a_merger_within_another() -> None:
    cai_lay, tien_giang, dong_thap = (
        province("tien-giang/thi-xa-cai-lay"), province("tien-giang"), province("dong-thap"),
    )  # fmt: skip
    assert parent_of(cai_lay) == tien_giang
    assert is_within(cai_lay, tien_giang)
    assert not is_within(tien_giang, cai_lay)
    assert not is_within(cai_lay, dong_thap, BEFORE)
    assert is_within(cai_lay, dong_thap, SINCE)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("trên địa bàn tỉnh Đồng Tháp", "dong-thap"),
        ("o ca mau thi sao", "ca-mau"),
        ("ty le khai sinh o Ca Mau", "ca-mau"),
        ("TP. Hồ Chí Minh", "ho-chi-minh"),
        ("TP.HCM", "ho-chi-minh"),
        ("tphcm", "ho-chi-minh"),
        ("Sài Gòn", "ho-chi-minh"),
        ("BR-VT", "ba-ria-vung-tau"),
        ("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"),
        ("Huế", "hue"),
        ("Thừa Thiên Huế", "hue"),
        ("daklak", "dak-lak"),
        ("Đắk Lắk", "dak-lak"),
        ("TX. Hương Trà", "hue/thi-xa-huong-tra"),
        ("tx huong tra", "hue/thi-xa-huong-tra"),
        ("thành phố Cao Bằng", "cao-bang/thanh-pho-cao-bang"),
        ("Cao Bằng", "cao-bang"),
        ("quận 1", "ho-chi-minh/quan-1"),
        ("huyen sa pa", "lao-cai/thi-xa-sa-pa"),
        ("tỷ lệ khai sinh ở cà mau?", "ca-mau"),
    ],
)
def test_a_place_is_found_however_it_is_written(text: str, key: str) -> None:
    assert keys(text) == [key]


@pytest.mark.parametrize(
    "text",
    ["van ban nao cua bo y te", "IOC la gi", "cho moi nguoi mot the", "danh gia lai ket qua",
     "hai duong truyen", "cao bang bao nhieu",
     "dien bien tinh hinh", "tuong duong bao nhieu", "nang cap da nang", "thống nhất nhận thức", "hòa bình",
     "xã đăng ký", "quan ly nhan su",
     "co quan 1", "con co bao nhieu", "của chủ hộ", "cua chu ho", "kien an ninh", "duong kinh",
     "Ông Lê Văn Bàn", "xa hoi", "do luong"],
)  # fmt: skip
def test_ordinary_words_are_no_places(text: str) -> None:
    assert keys(text) == []


def test_ordinary_words_are_places_after_their_kind() -> None:
    assert keys("huyen van ban") == ["lao-cai/huyen-van-ban"]
    assert keys("o hoa binh") == ["hoa-binh"]


def test_a_name_of_many_provinces_stays_open_with_its_candidates() -> None:
    (mention,) = find_places("huyện Châu Thành")
    assert mention.place is None
    assert len(mention.candidates) > 5
    assert {place.name for place in mention.candidates} == {"Châu Thành"}


def test_a_name_of_many_provinces_is_settled_by_the_text_or_by_what_is_known() -> None:
    assert keys("huyện Châu Thành tỉnh Bến Tre") == ["ben-tre/huyen-chau-thanh", "ben-tre"]
    assert keys("huyen chau thanh", "long-an") == ["long-an/huyen-chau-thanh"]
    assert keys("huyện Châu Thành", "tra-vinh/huyen-cang-long") == ["tra-vinh/huyen-chau-thanh"]


def test_known_places_need_no_further_evidence() -> None:
    assert keys("cai lay co IOC chua") == []
    assert keys("ba tri co IOC chua", "ben-tre") == ["ben-tre/huyen-ba-tri"]
    assert keys("ba tri co IOC chua", "ben-tre/huyen-ba-tri") == ["ben-tre/huyen-ba-tri"]


@pytest.mark.parametrize("text", ["ben tri", "o ben tri", "Bến Tri", "ben tr"])
def test_a_known_place_misprinted_by_one_letter_is_found(text: str) -> None:
    (mention,) = find_places(text + "?", known=[province("ben-tre")])
    assert mention.place == province("ben-tre")
    assert mention.misprint
    assert find_places(text + "?") == []


def test_wrong_marks_on_a_capitalised_name_are_a_misprint() -> None:
    (mention,) = find_places("Bển Tre, ngày 15")
    assert (mention.place, mention.misprint) == (province("ben-tre"), True)


def test_a_glued_syllable_belongs_to_the_word_before_it() -> None:
    assert keys("cong an giang thanh", "kien-giang") == ["kien-giang/huyen-giang-thanh"]


def test_communes_count_with_their_kind_and_are_settled_by_their_district() -> None:
    assert keys("phường Nhị Mỹ, thị xã Cai Lậy", "tien-giang/thi-xa-cai-lay") == [
        "tien-giang/thi-xa-cai-lay/phuong-nhi-my", "tien-giang/thi-xa-cai-lay",
    ]  # fmt: skip


def test_a_district_elsewhere_gives_way_to_a_commune_of_the_known_province() -> None:
    assert keys("Khu công nghiệp Bình Long") == ["binh-phuoc/thi-xa-binh-long"]
    assert keys("Khu công nghiệp Bình Long", "an-giang") == []


def test_the_full_mention_begins_at_its_kind() -> None:
    text = "UBND thị xã Cai Lậy"
    (mention,) = find_places(text)
    assert text[mention.full_start : mention.end] == "thị xã Cai Lậy"
    assert mention.text == "Cai Lậy"


def test_a_place_is_looked_up_by_its_name() -> None:
    assert place_named("cai bè", parent=province("tien-giang")) == province("tien-giang/huyen-cai-be")
    assert place_named("Châu Thành") is None
    assert place_named("Châu Thành", parent=province("long-an")) == province("long-an/huyen-chau-thanh")
    assert place_named("không có đâu") is None


@given(st.sampled_from(sorted(by_key())))
def test_every_unit_is_found_by_its_full_name_in_its_province(key: str) -> None:
    place = by_key()[key]
    home = parent_of(place) or place
    found = find_places(f"tại {place.full_name} năm nay", known=[home])
    assert [mention.place for mention in found] == [place]


PIECES = st.sampled_from(
    [
        "huyện ",
        "tỉnh ",
        "TP.",
        "Châu ",
        "Thành ",
        "xã ",
        "an ",
        "giang ",
        "Huế",
        " - ",
        "\n",
        "cong ",
        "1 ",
        "ben ",
        "tre ",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=20).map("".join)))
def test_offsets_slice_the_text_back_whatever_it_is(text: str) -> None:
    composed = nfc(text)
    for mention in find_places(text, known=[by_key()["an-giang"]]):
        assert composed[mention.start : mention.end] == mention.text
        assert 0 <= mention.full_start <= mention.start
        assert mention.candidates


@pytest.mark.parametrize("piece", ["an ", "châu thành ", "xã ", "huyện Châu ", "ben tri ", "a", "- "])
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    started = process_time()
    find_places(piece * (30_000 // len(piece)), known=[by_key()["ben-tre"]])
    assert process_time() - started < 4
