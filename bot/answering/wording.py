"""Every Vietnamese sentence that an answer is made of. Answers are short, formal and plain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.periods import Period, format_day
from knowledge.records import Report

NOT_FOUND = "Các báo cáo hiện có không nêu nội dung này."
NO_REPORTS = "Hệ thống chưa có báo cáo nào. Đề nghị nạp báo cáo trước khi hỏi."
OUT_OF_SCOPE = (
    "Xin lỗi, tôi chỉ trả lời câu hỏi về nội dung các báo cáo đã nạp. Câu hỏi này nằm ngoài phạm vi đó."
)
UNSAFE = (
    "Xin lỗi, tôi không thực hiện yêu cầu này. Tôi chỉ tra cứu số liệu, nội dung trong các báo cáo "
    "và không cung cấp thông tin riêng của cá nhân."
)
GREETING = "Xin chào! Tôi trả lời câu hỏi về số liệu, nội dung trong các báo cáo, kèm mục nêu số liệu đó."
THANKS = "Rất vui được hỗ trợ. Anh/chị cần tra cứu thêm nội dung nào, xin cứ hỏi."
GOODBYE = "Xin tạm biệt. Chúc anh/chị làm việc hiệu quả."
HELP = (
    "Tôi là trợ lý hỏi đáp về báo cáo. Anh/chị có thể hỏi tỷ lệ, số lượng, danh sách, kinh phí, ngày, "
    "văn bản, so sánh giữa các địa phương hoặc các kỳ; mỗi câu trả lời đều ghi rõ báo cáo và mục."
)
BLOCKED = (
    "Tôi chưa trả lời được câu hỏi này với số liệu có dẫn nguồn đầy đủ. "
    "Đề nghị hỏi cụ thể hơn hoặc xem báo cáo."
)
HOLDINGS = "Các báo cáo hiện có:"
MORE_HOLDINGS = "Còn các báo cáo khác; đề nghị nêu địa phương hoặc kỳ báo cáo."
ASK_BACK = (
    "Anh/chị muốn hỏi nội dung nào? Đề nghị nêu rõ chỉ tiêu, dịch vụ hoặc lĩnh vực cần tra cứu, "
    "kèm địa phương và kỳ báo cáo nếu có."
)
DIFFERENT_SCOPES = "Khi so sánh cần lưu ý: các số liệu thuộc báo cáo, phạm vi và kỳ khác nhau."
RIGHT = "Đúng, báo cáo nêu như vậy:"
RIGHT_BUT_DISAGREES = "Báo cáo nêu như vậy, nhưng số liệu không khớp với phần khác của báo cáo:"
ONLY_PLANNED = "Báo cáo chưa nêu là đã thực hiện; nội dung này là nhiệm vụ, kế hoạch hoặc kiến nghị:"
THEN = "so với kỳ so sánh"
ALL_DONE = "Đã hoàn thành, báo cáo nêu:"
CITED = "Có, báo cáo có nêu văn bản này:"
CAUSES = "Nguyên nhân báo cáo nêu:"
CHECK = "Đề nghị kiểm tra lại."


def source_line(n: int, report: Report, path: str, footnote: str | None) -> str:
    """The source of a quote: report, date, section."""
    note = ", chú thích cuối trang" if footnote else ""
    return f"Nguồn [{n}]: {place_in(report, path)}{note}."


def place_in(report: Report, path: str) -> str:
    """A section of a report: the report's number and date, the section's path."""
    dated = f" ngày {format_day(report.issued_on)}" if report.issued_on else ""
    where = {"mở đầu": "phần mở đầu", "kết": "phần kết"}.get(path, f"mục {path}")
    return f"{report.kind} số {report.number}{dated}, {where}"


def scope_label(report: Report, period: Period | None = None, place: str = "") -> str:
    """For where and when a figure is: at the `place` inside the report's own that it is told of."""
    when = period or report.period
    return ", ".join(part for part in (place or report.place, when.label if when else "") if part)


def quoted(words: str) -> str:
    """The report's own words in quotation marks."""
    return f"“{words.strip()}”"


def understood(told: str, label: str) -> str:
    """Which period a time told from another one ("tháng trước") was taken for."""
    return f"Hiểu “{told.strip().lower()}” là {label}."


def taken_for(told: str, label: str) -> str:
    """Which period a time told from now ("tháng này") was taken for."""
    return f"Hiểu “{told.strip().lower()}” là {label}, kỳ của báo cáo được trích dẫn."


def nothing_for_period(asked: str, there: Sequence[str]) -> str:
    """A refusal for a period that no report covers."""
    have = f" Hiện có số liệu kỳ: {'; '.join(there)}." if there else ""
    return f"Không có số liệu {asked} trong các báo cáo hiện có.{have}"


def nothing_for_place(asked: str, there: Sequence[str]) -> str:
    """A refusal for a place that no report covers."""
    have = f" Hiện có báo cáo của: {'; '.join(there)}." if there else ""
    return f"Các báo cáo hiện có không nêu nội dung này cho {asked}.{have}"


def nothing_about(what: str, report: Report | None) -> str:
    """A refusal for an indicator that the report does not print."""
    where = f"{report.kind} số {report.number} ({scope_label(report)})" if report else "Các báo cáo hiện có"
    return f"{where} không nêu {what}." if what else f"{where} không nêu nội dung này."


def of_period(report: Report) -> str:
    """For which period the figures of a report are, where it prints no day."""
    when = report.period.label if report.period else ""
    name = f"{report.kind} số {report.number} ({report.place})"
    return f"{name} nêu số liệu {when}, không ghi riêng ngày chốt số liệu."


def not_said(numbers: Sequence[str]) -> str:
    """That a figure of the question is not in the statement about its subject."""
    return f"Chưa thấy báo cáo nêu {', '.join(numbers)} ở nội dung này. Báo cáo nêu:"


def not_right(printed: str) -> str:
    """A correction of a figure that the question has wrong."""
    return f"Không đúng: báo cáo nêu {printed}."


def adds_up(formula: str, result: str, unit: str, total: str, *, agrees: bool, printed: bool) -> str:
    """Whether terms come to a total; `printed` tells whether the report itself has that total."""
    whose = "số báo cáo nêu" if printed else "số câu hỏi nêu"
    if agrees:
        return f"Khớp: {formula} = {result} {unit}".rstrip() + f", đúng bằng {whose}."
    return f"Không khớp: {formula} = {result} {unit}".rstrip() + f", {whose} là {total} {unit}".rstrip() + "."


def apart(formula: str, value: str, unit: str) -> str:
    """How far a sum is from its total."""
    return f"Chênh lệch: {formula} = {value} {unit}".rstrip() + "."


def found_in(path: str, titles: Sequence[str]) -> str:
    """Where a figure stands, with what the headings above it are about."""
    return f"Thuộc mục {path}: {' / '.join(titles)}." if titles else ""


def judged(count: int, known: int, label: str, *, lacking: bool) -> str:
    """How many rows of a table have the verdict that is asked for."""
    verdict = "chưa đạt" if lacking else "đạt"
    return f"{capital(label)}: {count}/{known} chỉ tiêu được đánh giá {verdict}:"


def times_of_each(whole: str, each: str, formula: str, times: str) -> str:
    """How often an amount for each is in the whole."""
    return f"{whole} bằng đúng {times} lần mức {each} ({formula} = {times})."


def figure_is_of(printed: str, name: str) -> str:
    """What the figure that the question names is of."""
    return f"Số {printed} trong báo cáo là của: {name}."


def target_reached(reached: bool, *, passed: bool) -> str:
    """Whether a target was reached."""
    if not reached:
        return "Chưa đạt chỉ tiêu, kế hoạch."
    return "Có, vượt chỉ tiêu, kế hoạch." if passed else "Có, đạt chỉ tiêu, kế hoạch."


def not_all_done(printed: str) -> str:
    """That something is done in part."""
    return f"Chưa hết: báo cáo nêu {printed}."


def office_not_named(office: str) -> str:
    """A refusal to say who holds an office that signs no report."""
    return f"Báo cáo không nêu họ tên {office}."


def not_mentioned(number: str) -> str:
    """A refusal for a document that no report mentions."""
    return f"Các báo cáo hiện có không nhắc đến văn bản số {number}."


def not_signed(document: str) -> str:
    """A refusal to say who signed a document that a report only cites."""
    return f"Các báo cáo hiện có không nêu người ký {document}."


def asked_about(words: str) -> str:
    """What is asked of something that the report does speak of."""
    return f"điều được hỏi về {words}"


def nearest_section(report: Report, path: str, title: str) -> str:
    """Where the nearest thing to what was asked stands."""
    return f"Nội dung gần nhất: {report.kind} số {report.number}, mục {path} – {title.strip()}."


def near_miss(words: str) -> str:
    """What a report does say, beside a refusal."""
    return f"Nội dung gần nhất trong báo cáo: {quoted(words)}"


def which_one(what: str) -> str:
    """A question back where several things fit."""
    return f"Câu hỏi phù hợp với nhiều nội dung{what}. Anh/chị muốn hỏi nội dung nào?"


def formatted_day(day: date) -> str:
    """A date as reports print it: 08/3/2024 becomes 8/3/2024."""
    return format_day(day)


def capital(words: str) -> str:
    """The words with a capital first letter, the others as they are."""
    return words[:1].upper() + words[1:]


def footnote(marker: str, words: str) -> str:
    """The words of a footnote beside the sentence that bears its mark."""
    return f"Chú thích {marker}: {quoted(words)}"


_ROLES = {
    "lead": "chủ trì",
    "partner": "phối hợp",
    "standing": "thường trực, đầu mối",
    "assigned": "được giao",
    "asked": "được đề nghị",
    "doer": "thực hiện",
    "advised": "được tham mưu, trình",
    "head": "đứng đầu",
}


def in_role(role: str, names: Sequence[str], report: Report) -> str:
    """Who it is, in which role, before the statement that says so."""
    whom = ", ".join(dict.fromkeys(capital(" ".join(n.split())) for n in names))
    return f"{whom} – {_ROLES.get(role, 'được nêu')} ({scope_label(report)})."


def counted(report: Report, title: str, number: int) -> str:
    """How many members an enumeration has, before their names."""
    return f"{number:02d}: {capital(title.strip().rstrip(':'))} ({scope_label(report)}):"


def sentence_case(title: str) -> str:
    """A title that is printed in capitals only, in small letters; any title with a capital first."""
    return capital(title.lower() if title.isupper() else title)


def brief_of(report: Report) -> str:
    """The question for a report in brief."""
    return f"Tóm tắt {report.kind.lower()} số {report.number} ({report.place})"


def joined(names: Sequence[str]) -> str:
    """Names as one enumeration: "A, B và C"."""
    return " và ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def listed(names: Sequence[str]) -> str:
    """That the places are in a list of the report."""
    return f"Có. {joined(names)} thuộc danh sách báo cáo đã nêu"


def listed_as_lacking(names: Sequence[str]) -> str:
    """That the places are in the list of those that have not, where it is asked whether they have."""
    return f"Chưa. {joined(names)} thuộc danh sách báo cáo nêu là chưa có hoặc chưa xong"


def not_listed(names: Sequence[str], *, lacking: bool) -> str:
    """That the places are outside a list of the report; `lacking`: a list of those that have not."""
    if lacking:
        return f"{joined(names)} ngoài danh sách chưa có hoặc chưa xong mà báo cáo đã nêu"
    return f"Chưa thấy nêu. {joined(names)} ngoài danh sách báo cáo đã nêu"


def named(report: Report) -> str:
    """A report by its number and place."""
    return f"{report.kind} số {report.number} ({report.place})"


def issued(report: Report) -> str:
    """When a report was issued."""
    if report.issued_on is None:
        return f"{named(report)} không in ngày ban hành"
    return f"{named(report)} ban hành ngày {format_day(report.issued_on)}"


def issued_first(report: Report, *, last: bool) -> str:
    """That a report was issued before or after the others."""
    return f"{issued(report)}, {'sau' if last else 'trước'} báo cáo còn lại."


def same_day(reports: Sequence[Report]) -> str:
    """That reports were issued on the same day."""
    day = reports[0].issued_on
    return f"Cùng ban hành ngày {format_day(day) if day else ''}: {joined([named(r) for r in reports])}."


def issued_by(report: Report) -> str:
    """Whose report it is."""
    return f"{named(report)} do {report.issuer or report.place} ban hành."


def kept(report: Report, where: Sequence[str]) -> str:
    """Where a report says that it is kept."""
    return f"{named(report)}: {'; '.join(where)}." if where else f"{named(report)} không ghi nơi lưu."


def at_address(addresses: Sequence[str]) -> str:
    """The addresses in the web that a report prints."""
    return f"Địa chỉ: {', '.join(addresses)}"
