"""Cited documents that cannot be as printed."""

from __future__ import annotations

from collections.abc import Callable

from knowledge.records import Report

ReadBody = Callable[[str], Report]


def test_year_in_the_number_that_is_not_the_dates(read: ReadBody) -> None:
    (finding,) = read("Thực hiện Nghị định số 61/2021/NĐ-CP ngày 23/4/2018 của Chính phủ.").findings
    assert (finding.printed, finding.recomputed) == ("61/2021/NĐ-CP", "61/2018/NĐ-CP")


def test_letters_in_another_order_are_one_document_under_two_symbols(read: ReadBody) -> None:
    (finding,) = read(
        "Theo Công văn số 99/BTTTT-THH ngày 26/4/2022 và Hướng dẫn số 99/BTTTT-THH ngày 26/4/2022; "
        "Công văn số 99/BTTTT-TTH ngày 26/4/2022."
    ).findings
    assert (finding.printed, finding.recomputed) == ("99/BTTTT-TTH", "99/BTTTT-THH")


def test_two_agencies_may_issue_the_same_number_on_one_day(read: ReadBody) -> None:
    assert not read(
        "Theo Quyết định số 45/QĐ-UBND ngày 02/01/2024 của UBND tỉnh và Kế hoạch số 45/KH-SYT ngày "
        "02/01/2024 của Sở Y tế."
    ).findings


def test_one_number_with_two_days_of_a_year(read: ReadBody) -> None:
    (finding,) = read(
        "Theo Nghị quyết số 88/NQ-HĐND ngày 06/12/2023 và Nghị quyết số 88/NQ-HĐND ngày 08/12/2023 "
        "của HĐND tỉnh."
    ).findings
    assert (finding.printed, finding.recomputed) == ("08/12/2023", "06/12/2023")


def test_the_same_number_of_another_year_is_another_document(read: ReadBody) -> None:
    assert not read(
        "Theo Kế hoạch số 12/KH-UBND ngày 06/01/2023 và Kế hoạch số 12/KH-UBND ngày 08/01/2024 của UBND tỉnh."
    ).findings


def test_document_dated_after_the_report_that_cites_it(read: ReadBody) -> None:
    (finding,) = read("Theo Quyết định số 77/QĐ-UBND ngày 08/5/2024 của UBND tỉnh.").findings
    assert finding.kind == "document"
    assert finding.formula == "08/05/2024 > 05/04/2024"


def test_one_subject_of_one_day_under_two_numbers_is_found(read: ReadBody) -> None:
    about = "ngày 17/01/2024 về triển khai Đề án phát triển ứng dụng dữ liệu"
    (finding,) = read(f"- Kế hoạch số 45/KH-UBND {about}.\n\n- Kế hoạch số 54/KH-UBND {about}.").findings
    assert (finding.kind, finding.printed, finding.recomputed) == ("document", "54/KH-UBND", "45/KH-UBND")


def test_two_documents_of_one_day_and_a_common_short_subject_are_no_finding(read: ReadBody) -> None:
    assert not read(
        "- Kế hoạch số 45/KH-UBND ngày 17/01/2024 về chuyển đổi số.\n\n"
        "- Kế hoạch số 54/KH-UBND ngày 17/01/2024 về chuyển đổi số."
    ).findings
