from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import mask, without_personal

DIGITS = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("CCCD của tôi là 089 204 001 234 nhé", "CCCD của tôi là [số cá nhân] nhé"),
        ("cccd: 089204001234", "cccd: [số cá nhân]"),
        ("số 089204001234 là ai", "số [số định danh] là ai"),
        ("089.204.001.234", "[số định danh]"),
        ("0892 0400 1234", "[số định danh]"),
        ("CMND 371234567", "CMND [số cá nhân]"),
        ("giấy số 371 234 567", "giấy số [số cá nhân]"),
        ("so bhxh 8912345678", "so bhxh [số cá nhân]"),
        ("thẻ GD4797912345678", "thẻ [số thẻ BHYT]"),
        ("gọi 0912345678", "gọi [điện thoại]"),
        ("gọi +84 912 345 678 gấp", "gọi [điện thoại] gấp"),
        ("gọi (+84)912345678", "gọi [điện thoại]"),
        ("sđt 0912.345.678", "sđt [số cá nhân]"),
        ("0296 3852 345", "[điện thoại]"),
        ("hộ chiếu C1234567", "hộ chiếu [số hộ chiếu]"),
        ("tra C12345678 giúp", "tra [số hộ chiếu] giúp"),
        ("stk 19001234567890", "stk [số cá nhân]"),
        ("gửi về nguyen.van+a@tinh.gov.vn.", "gửi về [email]."),
        ("a@b.vn, 0912345678", "[email], [điện thoại]"),
    ],
)
def test_personal_number_is_masked(typed: str, kept: str) -> None:
    assert mask(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "tỷ lệ 5.111/6.194 hồ sơ đạt 82,52% tháng 3/2024",
        "báo cáo 45/BC-UBND ngày 29/3/2024",
        "kinh phí 1.234.567.890 đồng",
        "kinh phí 96651000000 đồng",
        "kinh phí 84.300.500.000 đồng",
        "so sánh 2022 2023 2024",
        "từ 01-01-2024 đến 02-02-2024",
        "có 12.345.678 thẻ BHYT",
        "thẻ BHYT là 12.345.678",
        "Nghị định 61/2018/NĐ-CP",
        "tổng đài 19001234",
        "các tổ 01 02 03 04 05 06",
    ],
)
def test_figure_of_a_report_is_left_alone(typed: str) -> None:
    assert mask(typed) == typed


@given(DIGITS, st.sampled_from(["", " ", ".", "-"]), st.text(" .,;:?!\n", max_size=3))
def test_no_identity_number_survives_however_it_is_grouped(rest: str, gap: str, around: str) -> None:
    number = "0" + rest[:2] + gap + rest[2:5] + gap + rest[5:8] + gap + rest[8:] + "12"
    digits = "".join(c for c in mask(f"xin hỏi{around} {number} {around}ạ") if c.isdigit())
    assert len(digits) < 12


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once = mask(text)
    assert mask(once) == once


def test_clause_of_a_message_that_was_masked_already_is_left_out() -> None:
    masked = mask("CCCD của tôi là 079203001234, tỷ lệ cấp hộ chiếu là bao nhiêu?")
    assert without_personal(masked) == "tỷ lệ cấp hộ chiếu là bao nhiêu?"
