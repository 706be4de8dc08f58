"""Who issued a report, and below whom: its letterhead, or its opening sentence where a copy lacks that."""

from __future__ import annotations

import re

from knowledge.place_names import named
from knowledge.places import place_named
from knowledge.reading.outline import Outline
from knowledge.vietnamese import UPPER, fold

_AGENCY = (
    r"(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân|HĐND|Sở|Ban|Bộ|Công an|Cục|Chi cục|Phòng"
    r"|Văn phòng|Tổng cục|Bảo hiểm xã hội|BHXH|Thanh tra|Trung tâm|Tổ công tác|Tổ Công tác|Tòa án|Viện|Trường"
    r"|Bệnh viện|Điện lực|Công ty|Tổng công ty|Kho bạc|Ngân hàng|Hạt Kiểm lâm|Hạt|Bưu điện|Viễn thông"
    r"|Hải quan"
    r"|Viện kiểm sát|Ủy ban Mặt trận|Ủy ban MTTQ|Đảng bộ|Quận ủy|Thị ủy|Tòa án|Đài|Ban Chỉ đạo|Đảng ủy"
    r"|Huyện ủy|Thành ủy|Tỉnh ủy|Liên đoàn|Hội|Đoàn)"
)
_UNIT = r"(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu|TP\.?|TX\.?)"
# "Phòng Giáo dục và Đào tạo quận … báo cáo": the agency's own words end before the verb; a clause may not
# come between.
_REPORTS = re.compile(
    rf"(?<!\w)(?P<issuer>{_AGENCY}(?!\w)(?:\s(?!(?:về|việc|của|để|theo|yêu"
    rf"|{_AGENCY})\b)[^\s,;.:()]+){{0,10}}?)"
    r"\s+(?:xin\s+|kính\s+|trân\s+trọng\s+)?(?:tổng\s+hợp\s+)?(?:,\s*)?báo\s+cáo"
)
_LETTERHEAD_LINES = 10
_STATE = re.compile(r"CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐỘC LẬP|ĐẢNG CỘNG SẢN VIỆT NAM|BÁO CÁO$|SỐ\s?:?\s?\d")
# The rest of an agency's name on the next line of the letterhead: "SỞ LAO ĐỘNG - THƯƠNG BINH / VÀ XÃ HỘI".
_JOINS = re.compile(rf"VÀ\s|[-–]\s|{_UNIT}\s(?!.*(?:SỞ|PHÒNG)\s)", re.IGNORECASE)
_HEADER_AGENCY = re.compile(rf"^(?:{_AGENCY})\b.*$", re.IGNORECASE)


def issuer_of(read: Outline, date_place: str) -> tuple[str, str]:
    """The issuing agency and the one above it.

    The unit's name is taken from the date line where the text omits it.
    """
    lines = (*read.header_lines, *read.closing_lines)
    head = _letterhead(read)
    sentence = next((m["issuer"] for line in lines if (m := _REPORTS.search(line))), "")
    printed = _as_printed(head[-1], " ".join(lines)) if head else ""
    if not printed or (sentence and fold(sentence).startswith(fold(printed))):
        printed = sentence or printed
    issuer = re.sub(r"^(?:UBND|Uỷ ban nhân dân)(?=\s|$)", "Ủy ban nhân dân", printed)
    above = _as_printed(head[0], " ".join(lines)) if len(head) > 1 else ""
    superior = re.sub(r"^(?:UBND|Ubnd)(?=\s)", "Ủy ban nhân dân", above)
    if re.search(rf"(?<!\w){_UNIT}$", issuer) and date_place:
        issuer = f"{issuer} {date_place}"
    unit = re.search(rf"(?<!\w){_UNIT}\s+[{UPPER}].*$", superior)
    if issuer and unit and not re.search(rf"(?<!\w){_UNIT}(?!\w)", issuer):
        name = re.sub(rf"^{_UNIT}\s+", "", unit.group())
        issuer = f"{issuer.removesuffix(name).rstrip()} {unit.group()}"  # "Sở Du lịch Ninh Bình"
    return issuer, superior


def _letterhead(read: Outline) -> list[str]:
    """The agencies of the letterhead, the issuer last; one that runs over two lines is one."""
    out: list[str] = []
    goes_on = False
    for line in read.header_lines[:_LETTERHEAD_LINES]:
        if line.upper() != line or len(line) > 120 or not any(c.isalpha() for c in line):
            goes_on = False
            continue
        if _STATE.match(line):
            goes_on = False
        elif _HEADER_AGENCY.match(line) and not (goes_on and _JOINS.match(line)):
            out.append(line)
            goes_on = True
        elif out and _continues_name(out, line, adjacent=goes_on):
            out[-1] += " " + line
    return out[:2]


def _continues_name(out: list[str], line: str, *, adjacent: bool) -> bool:
    """Whether a line of the letterhead goes on with the last agency's name."""
    if adjacent and (_JOINS.match(line) or out[-1].endswith(("-", ",", " VÀ"))):
        return True
    return len(out) == 1 and re.match(rf"{_UNIT}\s", line, re.IGNORECASE) is not None


def _as_printed(capitals: str, text: str) -> str:
    """`capitals` as the running text writes it ("SỞ Y TẾ" → "Sở Y tế"), else in the usual case."""
    at = next(
        (m.start() for m in re.finditer(re.escape(capitals), text, re.IGNORECASE) if m.group() != capitals),
        -1,
    )
    return text[at : at + len(capitals)] if at >= 0 else _sentence_case(capitals)


def place_of(issuer: str, date_place: str) -> str:
    """The administrative unit that the issuer is of, else the place of the date line."""
    m = re.search(rf"(?<!\w){_UNIT}\s+[{UPPER}\d].*$", issuer)
    if m or not date_place:
        return m.group() if m else ""
    found = place_named(date_place)
    # Whether a district was a town on that day the tables do not tell.
    province = found is not None and found.level == "tinh" and found.name == date_place
    return found.full_name if found and province else date_place


def _sentence_case(line: str) -> str:
    """As in "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH LÂM ĐỒNG" → "Sở Giáo dục và Đào tạo tỉnh Lâm Đồng"."""
    lower = " ".join(line.lower().split())
    field = re.match(r"(?:sở|phòng|bộ|cục|chi cục|ban)\s", lower)
    if field:
        lower = re.sub(r"(?<=\bvà )\w|(?<=- )\w|(?<=, )\w", lambda m: m.group().upper(), lower)
        lower = lower[: field.end()] + lower[field.end() : field.end() + 1].upper() + lower[field.end() + 1 :]
    lower = re.sub(r"\b(ubnd|hđnd|bhxh)\b", lambda m: m.group().upper(), lower)
    lower = re.sub(r"(?<=\s)(?:điện lực|công an|bưu điện|sở)(?=\s)", lambda m: m.group().capitalize(), lower)
    m = re.search(r"\b(tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn)\s+(?!hội|ủy|đoàn)(.+)$", lower)
    at = m.start(2) if m else _place_at(lower)
    lower = lower[:at] + lower[at:].title()
    lower = lower.replace("việt nam", "Việt Nam")
    return lower[:1].upper() + lower[1:]


def _place_at(lower: str) -> int:
    """Where the name of a province or district begins with which the words end ("điện lực mộc châu")."""
    words = lower.split(" ")
    for count in range(min(4, len(words) - 1), 0, -1):
        name = " ".join(words[-count:])
        if any(place.name.lower() == name for place in named().get(fold(name), ())):
            return len(lower) - len(name)
    return len(lower)
