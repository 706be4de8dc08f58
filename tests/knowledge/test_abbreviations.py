"""Short forms that a text defines beside their long forms."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.abbreviations import find_abbreviations
from knowledge.vietnamese import nfc


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("giải quyết dịch vụ công (DVC) còn hạn chế", "DVC", "dịch vụ công"),
        ("nền tảng Cơ sở dữ liệu quốc gia về dân cư(CSDLQG về DC)", "CSDLQG về DC",
         "Cơ sở dữ liệu quốc gia về dân cư"),
        ("hệ thống đường truyền số liệu chuyên dùng (TSLCD) của", "TSLCD", "truyền số liệu chuyên dùng"),
        ("Bộ Thông tin và Truyền thông (TTTT)", "TTTT", "Thông tin và Truyền thông"),
        ("Tổ công tác Đề án 06 (TCTĐA06)", "TCTĐA06", "Tổ công tác Đề án 06"),
        ("Trung tâm giám sát, điều hành thông minh (IOC)", "IOC", "Trung tâm giám sát, điều hành thông minh"),
        ("Liên thông qua Nền tảng tích hợp, chia sẻ dữ liệu quốc gia (NDXP) như", "NDXP",
         "Nền tảng tích hợp, chia sẻ dữ liệu quốc gia"),
        ("Hệ thống hỗ trợ thanh toán trực tuyến (PayGov)", "PayGov", "Hệ thống hỗ trợ thanh toán trực tuyến"),
        ("phê duyệt Đề án phát triển ứng dụng dữ liệu (gọi tắt là Đề án 06/CP);", "Đề án 06/CP",
         "Đề án phát triển ứng dụng dữ liệu"),
        ("Ủy ban nhân dân (sau đây gọi tắt là UBND)", "UBND", "Ủy ban nhân dân"),
        ("TTHC (thủ tục hành chính) ở xã", "TTHC", "thủ tục hành chính"),
    ],
)  # fmt: skip
def test_the_long_form_is_found(text: str, short: str, long: str) -> None:
    (found,) = find_abbreviations(text)
    assert (found.short, found.long) == (short, long)
    assert text[found.start : found.end] == short
    assert text[found.long_start : found.long_end] == long


def test_a_long_form_may_run_over_a_line_break() -> None:
    (found,) = find_abbreviations("thủ tục\nhành chính (TTHC)")
    assert found.long == "thủ tục hành chính"


@pytest.mark.parametrize(
    "text",
    [
        "phần mềm (Sở Tư pháp)",
        "ứng dụng (app)",
        "(DVC) đứng đầu",
        "năm (2024)",
        "thẻ (qua thẻ ATM)",
        "xem (Phụ lục 1)",
        "mục (1)",
    ],
)
def test_other_brackets_define_nothing(text: str) -> None:
    assert find_abbreviations(text) == []


def test_initials_are_told_from_a_mere_phrase() -> None:
    by_initials, by_phrase = find_abbreviations("căn cước công dân (CCCD). Trung tâm điều hành (IOC).")
    assert (by_initials.by_initials, by_phrase.by_initials) == (True, False)


@given(st.one_of(st.text(max_size=80), st.text(alphabet="ABCĐabcđ ()., \n06", max_size=80)))
def test_offsets_slice_the_text_back_whatever_it_is(text: str) -> None:
    composed = nfc(text)
    for found in find_abbreviations(text):
        assert composed[found.start : found.end] == found.short
        assert found.long == " ".join(composed[found.long_start : found.long_end].replace("*", "").split())
        assert found.long


@pytest.mark.parametrize(
    "piece", ["(", "(A", "(AB) ", "a (AB) ", "Đề án (Đề án 06) ", "AB ", "dịch vụ công (DVC) "]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    started = perf_counter()
    find_abbreviations(piece * (30_000 // len(piece)))
    assert perf_counter() - started < 4
