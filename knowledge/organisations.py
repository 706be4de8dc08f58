"""Organisations and people that a text names, with the whole of their names.

"Sở Lao động - Thương binh và Xã hội", "Công an các huyện, thị xã", "đồng chí Lê Văn A, Phó Chủ tịch UBND
tỉnh". A name begins with the word of a kind ("Sở", "Công an"), goes on with capitals and with the small words
that belong to its field, and ends before what the organisation does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from knowledge.counted import known_noun_after
from knowledge.vietnamese import LOWER, UPPER, nfc

Kind = Literal["organisation", "person"]

# Many of a kind: "các sở, ban, ngành và UBND các huyện", "các phòng chuyên môn", "các đơn vị liên quan".
_MANY: Final = re.compile(
    r"(?<!\w)[Cc]ác\s(?:(?:sở|phòng|cơ quan|bộ|ban)(?:,\s(?:ban|ngành|phòng|đơn vị|địa phương|đoàn thể))*"
    r"(?:\s(?:ban|ngành|chuyên môn|đơn vị|và đoàn thể))*|đơn vị|địa phương|ngành"
    r"|tổ chức(?: chính trị - xã hội)"
    r"|cơ sở (?:khám, chữa bệnh|y tế|giáo dục)|trường học|doanh nghiệp(?: viễn thông)?|chủ đầu tư)"
    r"(?:\s(?:có\s)?liên quan|\strực thuộc|\scấp tỉnh|\scấp huyện|\sthuộc (?:tỉnh|huyện|thị xã|thành phố))*"
    r"(?!\w)"
)
_STEP: Final = re.compile(r"(?P<link>\s?[-–]\s?|,\s|\s)(?P<word>[^\W_]+)")
_UNITS: Final = re.compile(
    r"\s(?:(?:các|cấp|của các|một số)\s)?(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn"
    r"|đặc khu|thôn|ấp"
    r"|khu vực|TP\.?|TX\.?)"
    r"(?:,\s(?:tỉnh|thành phố|thị xã|huyện|quận|xã|phường|thị trấn|đặc khu)|\svà\s(?:thành phố|thị xã"
    r"|thị trấn"
    r"|phường|xã|đặc khu))*(?!\w)"
)
_PROPER: Final = re.compile(
    rf"\s[{UPPER}][^\W\d_]*(?:\s[{UPPER}][^\W\d_]*|\s?-\s?[{UPPER}][^\W\d_]*|\s\d{{1,2}}(?![\w.,/%]))*"
)
# "Tổ công tác triển khai Đề án 06": what a task force is for belongs to its name.
_TASK_FORCE: Final = re.compile(r"(?:Tổ|Ban|Đoàn)\s[^\W\d_]+\s[^\W\d_]+$")
_TASK: Final = re.compile(
    rf"\s(?:triển khai(?:\sthực hiện)?|thực hiện)(?=\s(?:Đề án|Dự án|Chương trình"
    rf"|Nghị quyết)\s)[^\W\d_\s]*(?:\s[{UPPER}]"
    r"[^\W\d_]*|\sán|\strình|\squyết|\smục tiêu quốc gia|\s\d{1,3}(?:/[A-Z]{2,3})?)*"
)
# Small words with which a name never goes on: what follows is what the organisation does.
_STOPS: Final = frozenset(
    """
    chủ phối đã đang sẽ được là làm có không chưa cần phải tiếp triển thực ban tham mưu hướng rà tăng
    báo trình đề yêu giao theo về với cho của tại trong ngoài trên dưới từ đến khi nếu để nhằm do bởi vì nên
    mà thì này đó kia cùng cũng vẫn chịu cung cấp xây hoàn tổng thường đôn kiểm xử giải quyết tuyên vận
    căn nghiên bố trí cử lập đưa đầu nêu gồm bao như cụ hiện nay ngày số năm tháng quý còn chỉ thống nhất
    trả nhận gửi chuyển khẩn duy phát rất đảm bảo hằng hàng ký ra mở khai sử và hoặc quản phục hỗ tổ
    """.split()  # noqa: SIM905 - words read better than a list
)
_PERSON: Final = re.compile(
    r"(?<!\w)(?:[Đđ]ồng chí|[Đđ]/[Cc]|[ÔôOo]ng|[Bb]à)\s"
    rf"(?P<name>[{UPPER}][{LOWER}]+(?:\s[{UPPER}][{LOWER}]*){{1,4}})"
)
_OFFICE_WORDS: Final = (
    r"(?:Phó\s)?(?:Bí thư|Chủ tịch|Giám đốc|Trưởng|Chánh|Chi cục trưởng|Cục trưởng|Tổ trưởng|Hiệu trưởng"
    r"|Tổng Giám đốc"
    r"|Chủ nhiệm|Viện trưởng|Đội trưởng|Thứ trưởng|Bộ trưởng|Chỉ huy trưởng|Thủ trưởng|Người đứng đầu)"
)
_OFFICE_AFTER: Final = re.compile(
    rf"\s?[,(–-]\s?(?P<office>(?:Ủy viên[^,;()]{{2,60}},\s)?{_OFFICE_WORDS}(?!\w))"
)
_OFFICE_HOLDER: Final = re.compile(
    rf"(?<!\w)(?:(?:[Đđ]ồng chí|các đồng chí|[Đđ]/[Cc])\s)?(?P<name>{_OFFICE_WORDS}(?:\s(?:Ban|ban|phòng"
    rf"|đoàn|thanh tra"
    r"|văn phòng|Văn phòng|Công an))?(?=\s(?:UBND|HĐND|Ủy ban|Tỉnh ủy|Huyện ủy|Thành ủy|Thị ủy|Đảng ủy|Sở"
    r"|Ban|Công an|các|Hội|BHXH|xã|phường|huyện"
    r"|tỉnh|thành|thị"
    r"|Chỉ đạo|Phòng|phòng|cơ quan|đơn vị)(?!\w)))"
)
# "đồng chí Phó Chủ tịch Lê Thị Bích Hạnh": the office may stand before the name.
_OFFICE_FIRST: Final = re.compile(
    rf"(?<!\w)(?:[Đđ]ồng chí|[Đđ]/[Cc]|[ÔôOo]ng|[Bb]à)\s(?P<office>{_OFFICE_WORDS}(?:\s(?:phòng|ban"
    rf"|UBND|HĐND|xã|phường"
    rf"|huyện|tỉnh|thị trấn|Công an))*)\s(?P<name>[{UPPER}][{LOWER}]+(?:\s[{UPPER}][{LOWER}]*){{1,4}})"
)
# What a name that goes on in small letters ends before: "Phòng Hành chính tư pháp chủ trì".
_ACTS: Final = re.compile(
    r"(?:\s(?P<word>[^\W\d_A-ZĐ]+)){1,3}?(?=\s(?:chủ trì|phối hợp|đã|đang|sẽ|tiếp tục|là (?:cơ quan"
    r"|đơn vị)|ra quân)(?!\w))"
)
_SCHEME_BEFORE: Final = re.compile(r"(?:án|quyết|số|Phòng|phòng)$")
# "Phòng Nghiệp vụ 3", "Đội Quản lý thị trường số 2"
_NUMBERED_UNIT: Final = re.compile(rf"(?<!\w)(?:Phòng|Đội|Tổ|Trạm|Khu)\s[{UPPER}][^,;.()\d]{{1,40}}$")
_SCHOOL: Final = re.compile(r"(?<!\w)Trường\s[^,;.()\d]{3,55}$")
_LONGEST: Final = 110
_LONGEST_FIELD: Final = 70


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """An organisation or a person in a text; `office` is a person's office as printed beside the name."""

    kind: Kind
    name: str
    start: int
    end: int
    office: str = ""


def find_organisations(text: str) -> list[OrganisationMention]:
    """The organisations and people that `text` names, in order of place; offsets into `nfc(text)`."""
    text = nfc(text)
    found: list[OrganisationMention] = []
    position = 0
    for mention in sorted(_candidates(text), key=lambda m: (m.start, -m.end)):
        if mention.start >= position:
            found.append(mention)
            position = mention.end
    return found


def _candidates(text: str) -> Iterator[OrganisationMention]:
    for m in _PERSON.finditer(text):
        end, office = _office(text, m.end())
        yield OrganisationMention("person", m["name"], m.start("name"), end, office)
    for m in _OFFICE_FIRST.finditer(text):
        yield OrganisationMention("person", m["name"], m.start("name"), m.end(), m["office"])
    for m in _OFFICE_HOLDER.finditer(text):
        end = _end_of_office(text, m.end())
        if end > m.end():
            name = _one_line(text[m.start("name") : end])
            yield OrganisationMention("person", name, m.start("name"), end, name)
    for m in _MANY.finditer(text):
        yield OrganisationMention("organisation", _one_line(m.group()), m.start(), m.end())
    for m in _head().finditer(text):
        end = _end_of_name(text, m.end())
        if end > m.end() or m.group() in _kinds("*"):
            yield OrganisationMention("organisation", _one_line(text[m.start() : end]), m.start(), end)


def _office(text: str, position: int) -> tuple[int, str]:
    """Where the office printed behind a person's name ends, and its words; the position and "" for none."""
    m = _OFFICE_AFTER.match(text, position)
    if not m:
        return position, ""
    end = _end_of_office(text, m.end())
    return end, _one_line(text[m.start("office") : end])


def _end_of_office(text: str, position: int) -> int:
    """Where an office goes on to: the body that it is of ("Giám đốc Sở Y tế")."""
    gap = re.match(r"\s(?:Thường trực\s|thường trực\s)?", text[position : position + 20])
    if not gap:
        return position
    at = position + gap.end()
    for pattern in (_head(), _MANY):
        if m := pattern.match(text, at):
            return _end_of_name(text, m.end()) if pattern is not _MANY else m.end()
    if (unit := _UNITS.match(text, at - 1)) is not None:
        proper = _PROPER.match(text, unit.end())
        return proper.end() if proper else unit.end()
    return _end_of_name(text, position)


def _end_of_name(text: str, position: int) -> int:
    """Where the name goes on to from the end of its first words."""
    end = position
    kind = next((k for k in _kinds("~") if text.endswith(k, 0, position)), "")
    if _TASK_FORCE.search(text[max(0, position - 20) : position]) and (task := _TASK.match(text, position)):
        end = task.end()
    while end - position < _LONGEST:
        unit = _UNITS.match(text, end)
        if unit:
            proper = _PROPER.match(text, unit.end())
            return proper.end() if proper and not _head().match(text, unit.end() + 1) else unit.end()
        grown = _field_end(text, end, small=end == position and bool(kind)) or _word_end(
            text, end, position=position
        )
        if grown is None:
            break
        end = grown
    acts = _ACTS.match(text, end) if end > position else None
    if acts and not any(word.lower() in _STOPS for word in acts.group().split()):
        return acts.end()
    return end


def _field_end(text: str, end: int, *, small: bool) -> int | None:
    """Where the longest known field that begins behind `end` ends, None where none does.

    It begins with a capital, unless `small`.
    """
    if text[end : end + 1] not in {" ", "\n"} or not (small or text[end + 1 : end + 2].isupper()):
        return None
    window = text[end + 1 : end + 1 + _LONGEST_FIELD].lower().replace("\n", " ")
    for cut in [m.end() for m in re.finditer(r"[^\W_]+", window)][::-1]:
        if window[:cut] in _fields() and (end + 1 + cut >= len(text) or not text[end + 1 + cut].isalnum()):
            return end + 1 + cut
    return None


def _word_end(text: str, end: int, *, position: int) -> int | None:
    """Where a name goes on with one more word.

    A capital, a capital behind "và" or a dash, the small second syllable of a field, the figure of a scheme.
    """
    first = end == position
    step = _STEP.match(text, end)
    if not step or step["link"] == ", ":
        return None
    word, link = step["word"], step["link"].strip()
    if word == "và" and not link:
        after = _STEP.match(text, step.end())
        joins = after is not None and after["link"] == " " and after["word"][0].isupper()
        return after.end() if after and joins and not _head().match(text, after.start("word")) else None
    if word[0].isupper():
        return None if link and _head().match(text, step.start("word")) else step.end()
    if word[0].isdigit():
        named = _SCHEME_BEFORE.search(text[max(0, end - 8) : end]) or (
            _NUMBERED_UNIT.search(text[max(0, end - 50) : end]) and not known_noun_after(text, step.end())
        )
        # "Trường Tiểu học Hòa Tiến 1 và …", "Trường Mầm non 22A phối hợp"
        school = _SCHOOL.search(text[max(0, end - 60) : end]) and not known_noun_after(text, step.end())
        return step.end() if not link and (named or (school and len(word) <= 3)) else None
    before = text[max(0, end - 40) : end].split(" ")[-2:]
    # The second syllable of "Y tế", of no "Bình Dương": a name of people or places is all in capitals.
    own = len(before) < 2 or not before[0][:1].isupper() or end - position == len(before[-1]) + 1
    second = not first and not link and before[-1][:1].isupper() and own and word not in _STOPS
    return step.end() if second else None


@cache
def _kinds(mark: str = "") -> frozenset[str]:
    """The kinds of data/organisation_kinds.txt, all of them or those that bear the mark."""
    return frozenset(
        line.rstrip(" *~")
        for line in _lines("organisation_kinds.txt")
        if mark in line[len(line.rstrip(" *~")) :]
    )


def is_kind(words: str) -> bool:
    """Whether the words are no more than a kind: "Văn phòng", "Thanh tra"."""
    return words in _kinds() and " " in words


@cache
def _head() -> re.Pattern[str]:
    """What a name begins with: a kind, a lone syllable only before a capital."""
    kinds = sorted(_kinds(), key=len, reverse=True)
    several = "|".join(re.escape(k) for k in kinds if " " in k or k.isupper() or len(k) > 6)
    single = "|".join(re.escape(k) for k in kinds if " " not in k)
    return re.compile(rf"(?<![\w-])(?:(?:{several})(?!\w)|(?:{single})(?=\s[{UPPER}]))")


def _lines(name: str) -> list[str]:
    """The lines of a table under data, without its comments."""
    lines = files("knowledge").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [nfc(line.strip()) for line in lines if line.strip() and not line.startswith("#")]


@cache
def _fields() -> frozenset[str]:
    """The fields of data/organisation_fields.txt."""
    return frozenset(_lines("organisation_fields.txt"))


def _one_line(words: str) -> str:
    return " ".join(words.split())
