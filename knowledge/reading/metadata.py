"""What a report says about itself: number, kind, issuer, place, date, period, subject, signatory, recipients.

Follows the layout of Nghị định 30/2020/NĐ-CP. Copies found in the wild often lack the first lines, so
that the issuer is also looked for in the opening sentence ("Ủy ban nhân dân tỉnh báo cáo …") and joined
with the place of the date line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge.dates import find_dates
from knowledge.errors import NoReportNumber
from knowledge.periods import Period, find_periods, month_of, resolve
from knowledge.reading.letterhead import issuer_of, place_of
from knowledge.reading.outline import Outline
from knowledge.vietnamese import LOWER, UPPER, fold

_NUMBER = re.compile(
    r"Số\s*:?\s*(?P<n>\d{1,5})\s*/\s*(?P<symbol>[A-ZĐ]{1,6}(?:\s?[-–]\s?[A-ZĐa-zđ0-9&]{1,12}){0,3})",
    re.IGNORECASE,
)
# The party puts the kind behind a dash: "Số 117-BC/ĐU".
_PARTY_NUMBER = re.compile(
    r"Số\s*:?\s*(?P<n>\d{1,5})\s*[-–]\s*(?P<symbol>[A-ZĐ][A-ZĐa-z]{1,4}\s*/\s*[A-ZĐ]{1,8}(?:[-–][A-ZĐ]{1,8})*)"
)
_KINDS = {
    "BC": "Báo cáo", "KH": "Kế hoạch", "QĐ": "Quyết định", "TB": "Thông báo", "TTr": "Tờ trình",
    "CT": "Chỉ thị", "NQ": "Nghị quyết", "CTr": "Chương trình", "ĐA": "Đề án", "PA": "Phương án",
    "HD": "Hướng dẫn", "BB": "Biên bản",
}  # fmt: skip
_DATE_LINE = re.compile(
    rf"(?P<place>[{UPPER}][^,\d\n]{{1,50}}?(?:\s\d{{1,2}})?),\s*ngày\s+\d{{1,2}}\s+tháng\s+\d{{1,2}}\s+năm\s+\d{{4}}"
)
_TITLE_START = re.compile(rf"^(?:BÁO CÁO|Báo cáo)(?![{LOWER}])\s*(?P<rest>.*)$", re.DOTALL)
_ADDRESSEE = re.compile(r"^Kính gửi\s*:?(?P<to>.*)$", re.DOTALL)
_OFFICE = re.compile(
    r"(?:(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\.?\s+)?(?P<office>(?:PHÓ\s+|TỔ\s+)?"
    r"(?:CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH|CỤC TRƯỞNG|BỘ TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|THỦ TRƯỞNG|CHỦ NHIỆM"
    rf"|HIỆU TRƯỞNG|CHI CỤC TRƯỞNG|THỨ TRƯỞNG|TỔNG GIÁM ĐỐC|BÍ THƯ|PHÓ)[{UPPER} ]*)"
)
# How offices are written in running text; the longest first.
_OFFICES = (
    "Chi cục trưởng", "Chánh Văn phòng", "Chánh Thanh tra", "Tổng Giám đốc", "Chủ tịch", "Giám đốc", "Cục "
    "trưởng",
    "Bí thư", "Bộ trưởng", "Thứ trưởng", "Trưởng phòng", "Trưởng ban", "Hiệu trưởng", "Chủ nhiệm", "Trưởng",
)  # fmt: skip
# A rank or degree may stand before the name.
_RANK = (
    r"(?:(?:Thiếu|Trung|Thượng|Đại) (?:tá|tướng|úy)|(?:PGS\.|GS\.|TS\.|ThS\.|BS\.|BSCKI+\.?|KS\.|CN\.)+)\s*"
)
_PERSON = re.compile(
    rf"(?:{_RANK})?(?:[{UPPER}][{LOWER}]*\.?\s+)?[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]*){{1,4}}"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The identifying data of a report; text fields are "" where the report does not print them."""

    id: str
    number: str
    kind: str
    title: str
    issuer: str
    superior: str
    place: str
    issued_on: date | None
    period: Period | None
    signatory: str
    signatory_title: str
    recipients: tuple[str, ...]
    addressees: tuple[str, ...]


def metadata(read: Outline, *, name: str) -> Metadata:
    """What the outlined report says about itself. Raises NoReportNumber when no line numbers it."""
    number, symbol = _number(read, name)
    issued_on = _issued_on(read)
    title = _title(read)
    date_place = next(
        (m["place"].strip() for line in read.header_lines if (m := _DATE_LINE.search(line))), ""
    )
    issuer, superior = issuer_of(read, date_place)
    signatory, office = _signatory(read)
    return Metadata(
        # With the place: every province has a 10/BC-UBND, and two may be of one day.
        id=_slug("-".join([number, date_place, issued_on.isoformat() if issued_on else ""])),
        number=number,
        kind=_KINDS.get(re.split(r"[-/]", symbol)[0], "Báo cáo"),
        title=title,
        issuer=issuer,
        superior=superior,
        place=place_of(issuer, date_place),
        issued_on=issued_on,
        period=_period(read, title, issued_on),
        signatory=signatory,
        signatory_title=office,
        recipients=_recipients(read),
        addressees=_addressees(read),
    )


def _number(read: Outline, name: str) -> tuple[str, str]:
    for line in read.header_lines[:40]:
        m = _NUMBER.search(line)
        party = _PARTY_NUMBER.search(line)
        found = m or party
        if found:
            symbol = re.sub(r"\s+", "", found["symbol"]).replace("–", "-")
            return f"{found['n']}{'/' if m else '-'}{symbol}", symbol
    raise NoReportNumber(
        "no line numbers the document",
        file=name,
        value=(read.header_lines or ("",))[0][:60],
        expected='a line such as "Số: 12/BC-UBND" before the first part',
        remedy="add the line and ingest the file again",
    )


def _issued_on(read: Outline) -> date | None:
    for line in read.header_lines[:40]:
        if _DATE_LINE.search(line) or fold(line).startswith("ngay "):
            found = [d for d in find_dates(line) if d.value]
            if found:
                return found[0].value
    return None


def _title(read: Outline) -> str:
    """The subject below the word BÁO CÁO, up to the addressees or the first long paragraph."""
    words: list[str] = []
    lines = read.header_lines
    # A copy may print the word above the letterhead as well: the subject stands below the last one.
    alone = [i for i, line in enumerate(lines) if line.strip() == "BÁO CÁO"]
    for line in lines[alone[-1] if alone else 0 :]:
        if not words:
            m = _TITLE_START.match(line)
            if m:
                rest = m["rest"].strip()
                words = ["Báo cáo", rest.lower() if rest.isupper() else rest]
            continue
        if _ADDRESSEE.match(line) or len(line) > 300 or (len(words) > 2 and line.endswith((".", ":", ";"))):
            break
        words.append(line)
        if len(words) > 5:
            break
    return " ".join(w for w in words if w)


def _period(read: Outline, title: str, issued_on: date | None) -> Period | None:
    """The period that the title names, else the closing, else the opening sentence.

    Else the month of issue.
    """
    year = issued_on.year if issued_on else None
    closing = [line for line in read.closing_lines if fold(line).startswith("tren day la")]
    opening = [line for line in read.header_lines if len(line) > 100]
    for text in (title, *closing, *opening):
        for mention in find_periods(text, default_year=year):
            period = mention.period or resolve(mention, year)
            # A span of years ("giai đoạn 2022 - 2025") names a programme, not what the report covers.
            whole_years = period is not None and (period.end - period.start).days >= 400
            if period and mention.kind == "span" and fold(mention.text).startswith("nam hoc"):
                return _school_year(period)
            # "tuần 11 (từ ngày 10/3 đến ngày 14/3/2025)"
            days = period is not None and period.label.startswith("từ ")
            if period and not whole_years and (days or mention.kind not in {"span", "same_period"}):
                return period
    return month_of(issued_on.year, issued_on.month) if issued_on else None


def _school_year(years: Period) -> Period:
    """A school year runs from 1 September to 31 May; "Năm học 2023 - 2024" is not the calendar years."""
    start, end = years.start.year, years.end.year
    return Period(date(start, 9, 1), date(end, 5, 31), f"năm học {start}-{end}")


def _addressees(read: Outline) -> tuple[str, ...]:
    out: list[str] = []
    listing = False
    for i, line in enumerate(read.header_lines):
        m = _ADDRESSEE.match(line)
        if m:
            listing = True
            out.append(m["to"].strip(" .;:"))
        elif listing and i and re.match(r"^[-–+]\s", line):
            out.append(line[1:].strip(" .;"))
    return tuple(o for o in out if o)


def _recipients(read: Outline) -> tuple[str, ...]:
    out: list[str] = []
    listing = False
    for line in read.closing_lines:
        if line.startswith("Nơi nhận"):
            listing = True
            out += [part.strip(" -;.") for part in re.split(r"[;\n]", line[len("Nơi nhận") :].lstrip(" :"))]
        elif listing and re.match(r"^[-–•+]", line):
            out.append(line.lstrip("-–•+ ").strip(" ;.,"))
        elif listing:
            break
    return tuple(o for o in out if o and not o.startswith("Lưu"))


def _signatory(read: Outline) -> tuple[str, str]:
    """The name and the office of who signed.

    The last office printed is the signatory's own ("KT. CHỦ TỊCH / PHÓ …").
    """
    office, name = "", ""
    for line in read.closing_lines:
        offices = [m["office"].strip() for m in _OFFICE.finditer(line)]
        if offices and not line.startswith("-"):
            office, name = offices[-1], ""
            rest = line[line.rfind(offices[-1]) + len(offices[-1]) :].strip()
            name = rest if _PERSON.fullmatch(rest) else ""
        elif office and _PERSON.fullmatch(line):
            name = line
    return name, _office(office)


def _office(capitals: str) -> str:
    """The office as running text writes it: "PHÓ CHÁNH THANH TRA" → "Phó Chánh Thanh tra"."""
    usual = {office.lower(): office for office in _OFFICES}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(usual)})(?!\w)")
    words = pattern.sub(lambda m: usual[m.group()], " ".join(capitals.lower().split()))
    return words[:1].upper() + words[1:]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
