"""Cited documents: kind, number, date, issuer, subject, and what lists share."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import DocumentMention, document_key, find_documents, kind_of
from knowledge.vietnamese import nfc


def only(text: str) -> DocumentMention:
    (document,) = find_documents(text)
    return document


def test_a_full_citation_is_read_into_its_parts() -> None:
    text = "theo Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về thực hiện cơ chế một cửa; các sở"
    document = only(text)
    assert (document.kind, document.number, document.issued_on) == (
        "Nghị định",
        "61/2018/NĐ-CP",
        date(2018, 4, 23),
    )
    assert (document.issuer, document.about) == ("Chính phủ", "thực hiện cơ chế một cửa")
    assert document.text == "Nghị định số 61/2018/NĐ-CP"
    assert text[document.clause_start : document.clause_end].endswith("cơ chế một cửa")


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Công văn số 43/UBND ngày 11/01/2022", "Công văn", "43/UBND"),
        ("Điện mật số 25/ĐK-HT", "Điện mật", "25/ĐK-HT"),
        ("Công điện 104/CĐ-TTg", "Công điện", "104/CĐ-TTg"),
        ("kết quả triển khai 931/BYT-BH của Bộ Y tế", "Công văn", "931/BYT-BH"),
        ("Số: 512 /BC-UBND", "Báo cáo", "512/BC-UBND"),
        (
            "Kế hoạch phối hợp số 43/KHPH-TCTĐA06/CPTWTCTĐA06/CPHN",
            "Kế hoạch phối hợp",
            "43/KHPH-TCTĐA06/CPTWTCTĐA06/CPHN",
        ),
        ("văn bản hướng dẫn số 2622/BYT-CNTT", "Hướng dẫn", "2622/BYT-CNTT"),
        ("Nghị quyết 68.", "Nghị quyết", "68"),
        ("quyết định 2000 ngày nào", "Quyết định", "2000"),
        ("ai ky bao cao 512/bc-ubnd", "Báo cáo", "512/bc-ubnd"),
        ("nghi dinh 61/2018/nd-cp", "Nghị định", "61/2018/nd-cp"),
        ("Luật số 26/2023/QH15", "Luật", "26/2023/QH15"),
    ],
)
def test_kinds_and_numbers_are_read_in_every_form(text: str, kind: str, number: str) -> None:
    document = only(text)
    assert (document.kind, document.number) == (kind, number)


@pytest.mark.parametrize(
    "text",
    ["Đề án 06/CP", "Tổ công tác Đề án 06/CP", "kế hoạch 5 năm", "báo cáo 06 tháng", "08/25 dịch vụ",
     "919/1.576 hồ sơ",
     "08/3/2024", "220/380V", "100 triệu đồng/người", "ra/vào", "và/hoặc"],
)  # fmt: skip
def test_names_counts_and_ratios_are_no_documents(text: str) -> None:
    assert find_documents(text) == []


def test_a_list_shares_issuer_and_subject_but_not_dates() -> None:
    text = (
        "(theo Quyết định số 12/QĐ-UBND ngày 06/9/2016; Quyết định số 34/QĐ-UBND ngày 27/10/2017 "
        "và Quyết định số 56/QĐ-UBND ngày 31/12/2021 của Ủy ban nhân dân tỉnh về phê duyệt điều chỉnh Dự án)."
    )
    documents = find_documents(text)
    assert [document.number for document in documents] == ["12/QĐ-UBND", "34/QĐ-UBND", "56/QĐ-UBND"]
    assert {document.issuer for document in documents} == {"Ủy ban nhân dân tỉnh"}
    assert {document.about for document in documents} == {"phê duyệt điều chỉnh Dự án"}
    assert [document.issued_on for document in documents] == [
        date(2016, 9, 6),
        date(2017, 10, 27),
        date(2021, 12, 31),
    ]


def test_each_document_of_a_list_keeps_its_own_subject() -> None:
    first, second = find_documents(
        "Quyết định số 1/QĐ-UBND của UBND tỉnh về thành lập Tổ công tác "
        "và Quyết định số 2/QĐ-UBND của UBND tỉnh về quy chế."
    )
    assert (first.about, second.about) == ("thành lập Tổ công tác", "quy chế")


def test_a_document_inside_a_subject_stays_in_it_and_is_found_too() -> None:
    outer, inner = find_documents(
        "Nghị định số 107/2021/NĐ-CP của Chính phủ sửa đổi, bổ sung "
        "Nghị định số 61/2018/NĐ-CP của Chính phủ về một cửa."
    )
    assert outer.about.startswith("sửa đổi, bổ sung Nghị định số 61/2018/NĐ-CP")
    assert (inner.issuer, inner.about) == ("Chính phủ", "một cửa")


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Công văn số 5/BTTTT-THH ngày 26/4/2022 của Bộ Thông tin và Truyền thông hướng dẫn kỹ thuật",
         "Bộ Thông tin và Truyền thông"),
        ("Công văn số 2322/TCTĐA06 của Tổ công tác Đề án 06 tỉnh về việc báo cáo",
         "Tổ công tác Đề án 06 tỉnh"),
        ("Kế hoạch số 7/KHPH-UBND giữa Tổ công tác triển khai Đề án 06/CP và Ủy ban nhân dân tỉnh; các",
         "Tổ công tác triển khai Đề án 06/CP và Ủy ban nhân dân tỉnh"),
        ("Chỉ thị số 5/CT-UBND của Chủ tịch\nỦy ban nhân dân tỉnh về đẩy mạnh",
         "Chủ tịch Ủy ban nhân dân tỉnh"),
    ],
)  # fmt: skip
def test_the_issuer_ends_where_the_subject_begins(text: str, issuer: str) -> None:
    assert only(text).issuer == issuer


def test_an_impossible_date_is_not_taken() -> None:
    assert only("Quyết định số 12/QĐ-UBND ngày 31/02/2016").issued_on is None


def test_numbers_compare_without_spaces_marks_and_case() -> None:
    assert document_key("331 /BC-UBND") == document_key("331/bc-ubnd")
    assert document_key("06/QĐ-TTg") == document_key("06/qd-ttg")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("475/QĐ-UBND", "Quyết định"),
        ("43/UBND", "Công văn"),
        ("26/2023/QH15", "Luật"),
        ("5/KH-CAT-PC06", "Kế hoạch"),
    ],
)
def test_the_symbol_tells_the_kind(number: str, kind: str) -> None:
    assert kind_of(number) == kind


PIECES = st.sampled_from(
    ["Quyết định ", "số ", "12", "/", "2018/", "QĐ-UBND", " ngày ", "01/2/2023", " của ", "Bộ Y tế", " về ",
     "; ", " và ", "(", ")", "Nghị quyết 68", "\n"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
def test_offsets_slice_the_text_back_whatever_it_is(text: str) -> None:
    composed = nfc(text)
    for document in find_documents(text):
        assert composed[document.start : document.end] == document.text
        assert document.clause_start <= document.start < document.end <= document.clause_end <= len(composed)


@pytest.mark.parametrize(
    "piece", ["Quyết định ", "1/QĐ-", "1/QĐ ", "12/QĐ-UBND của (", "Nghị quyết 6 ", "1/A - ", "số "]
)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    started = perf_counter()
    find_documents(piece * (30_000 // len(piece)))
    assert perf_counter() - started < 4
