"""Figures that name a thing and count nothing: "Đề án 06", "Điều 25", "mức độ 3", "(15)", "2.1.", "24FO"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knowledge.counted import known_noun_after
from knowledge.vietnamese import fold

# Words after which a figure is a name, by their folded form, with the spelling an accented text must use.
_NAMING: Final = {
    "đề án", "điều", "khoản", "mục", "chương", "mức độ", "cấp độ", "phiên bản", "pha", "phụ lục",
    "biểu", "biểu số",
    "mẫu số", "mẫu biểu", "mẫu biểu số", "bảng", "hình", "trang", "nghị quyết", "nghị định", "quyết định",
    "công văn",
    "chỉ thị", "thông tư", "công điện", "lần thứ", "thứ", "kỳ họp thứ", "khóa", "quốc lộ", "tỉnh lộ",
    "đường tỉnh", "đường huyện", "hương lộ", "huyện lộ", "đường số", "tuyến đường số", "cầu số", "lô số",
    "gói thầu số", "ql", "đt",
    "covid", "điểm số",
    "văn bản số", "công văn số", "quyết định số", "nghị quyết số", "nghị định số", "kế hoạch số",
    "chỉ thị số", "dvc mức",
    "tài khoản số", "hotline", "tổng đài", "phòng số", "vneid mức", "bước", "báo cáo số",
    "tuyến số", "buýt số", "trạm số", "kênh số", "đội số",
    "cấp độ an toàn", "nhà số", "từ số", "đến số", "hẻm số", "ngõ số", "kiệt số", "thửa số", "tờ số",
}  # fmt: skip
# Words that may also stand before a count: "nhóm 1" but "nhóm 25 dịch vụ", "lần 2" but "tăng gấp 2 lần".
_MAYBE_NAMING: Final = {
    "nhóm", "lần", "mức", "tổ", "phòng", "lớp", "loại", "hạng", "giai đoạn", "kế hoạch", "khối", "thôn",
    "ấp", "khóm", "xóm", "phần", "buôn", "làng", "tiểu khu", "khu vực", "khu", "lô", "dự án",
    "tiểu dự án", "hợp phần", "tiêu chí", "gói thầu", "cụm",
    "mục tiêu quốc gia",
    "mẫu", "quận", "phường", "khu phố", "tuần", "tuổi", "mũi", "báo cáo", "đợt", "tầng", "điểm", "câu",
}  # fmt: skip

# Words that end like a naming one and are none: "dự phòng 10", "thời điểm 5".
_NOT_NAMING: Final = {
    "dự phòng",
    "văn phòng",
    "quốc phòng",
    "thời điểm",
    "địa điểm",
    "bằng mức",
    "số lớp",
    "một phần",
    "thành phần",
    "cổ phần",
    "tổng lô",
    "số khu",
    "số cụm",
    "mô hình cụm",
    "tổng lớp",
    "tài khoản",
    "chuyển khoản",
    "mỗi tuần",
    "hằng tuần",
    "hàng tuần",
    "một tuần",
    "số tuổi",
}
# Without their marks these are other words: "bang 99" is rather "bằng 99", "thu 5" a sum collected.
_NOT_UNMARKED: Final = {"bảng", "hình", "phần", "thứ", "khóa", "pha", "trang"}
# (the words of a text with diacritics, the words of one without), first the certain ones.
_TABLES: Final = tuple(
    ({word: word for word in words}, {fold(word): word for word in words - _NOT_UNMARKED})
    for words in (_NAMING, _MAYBE_NAMING)
)
_EXCEPTIONS: Final = frozenset({*_NOT_NAMING, *map(fold, _NOT_NAMING)})
_ITEM_BEFORE: Final = re.compile(r"(?:^|\n)[ \t>*_#+•–-]{0,12}[(⁽]?$")
_ITEM_AFTER: Final = re.compile(r"[.)⁾](?=\s|$|\*)|[.)⁾](?=[^\W\d_])")
_BRACKETED_ITEM: Final = re.compile(r"[)⁾]\s?[*_]{0,2}[^\W\d_]")
# "ĐT.261", "Km 72+300", "20-04D", "vắc xin 5 trong 1": names written with figures.
_CODES: Final = (
    re.compile(r"(?<!\w)(?:ĐT|QL|TL|HL|ĐH)[.\s-]\s?\d{1,4}[A-ZĐ]?(?!\w)"),
    re.compile(r"(?<!\w)[Kk][Mm]\s?\d{1,4}\s?\+\s?\d{1,4}(?!\w)"),
    re.compile(r"(?<![\w.,/])\d{1,3}-\d{1,4}[A-ZĐ](?!\w)"),
    re.compile(
        r"(?<![\w.,/])\d{1,2} trong 1"
        r"(?![\w/]|[.,]\d|\s(?:ngày|tuần|tháng|quý|năm|giờ|lần|đợt|ca|xã|huyện)(?!\w))"
    ),
)
_REACH: Final = 24
_QUOTED: Final = 32
_QUOTE_OPENS: Final = re.compile(r"(?<!\S)(?P<mark>[\"“])[^\"“”.;:%]*$")
_QUOTE_CLOSES: Final = re.compile(r"[^\"“”.;:%]{0,32}?(?P<mark>[\"”])")
_PAIRS: Final = {"\"": "\"", "“": "”"}


@dataclass(frozen=True, slots=True)
class Label:
    """A figure that names something. `word` is the word before it ("Điều").

    "" for an item's label or a model's name.
    """

    text: str
    start: int
    end: int
    word: str


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where names stand that are written with figures: of roads, places along them, offices, vaccines."""
    return [m.span() for pattern in _CODES for m in pattern.finditer(text)]


def is_quoted_name(text: str, start: int, end: int) -> bool:
    """Whether the figure stands in a short quoted name: chiến dịch "30 ngày đêm", mô hình “3 không”."""
    opened = _QUOTE_OPENS.search(text[max(0, start - _QUOTED) : start])
    closed = _QUOTE_CLOSES.match(text, end)
    return opened is not None and closed is not None and _PAIRS[opened["mark"]] == closed["mark"]


def is_item_label(text: str, start: int, end: int) -> bool:
    """Whether the figure numbers a heading or an item: "2.1. ", "(15) Cấp …", "3)"."""
    if end - start > 8 or "," in text[start:end]:
        return False
    before = text[max(0, start - _REACH) : start]
    if _ITEM_BEFORE.search(before) and _ITEM_AFTER.match(text, end):
        return True
    return before[-1:] in {"(", "⁽"} and end - start <= 2 and bool(_BRACKETED_ITEM.match(text, end))


def naming_word(text: str, start: int, end: int) -> str:
    """The word before the figure that makes it a name ("điều"), or ""."""
    window = text[max(0, start - _REACH) : start].lower()
    for maybe, (spelt, unmarked) in enumerate(_TABLES):
        word = _ending(window, unmarked if text.isascii() else spelt)
        if word and not (maybe and known_noun_after(text, end)):
            return word
    return ""


def _ending(window: str, spelt: dict[str, str]) -> str:
    """The longest of the words with which the window ends."""
    words = _last_words(window)
    for count in range(min(4, len(words)), 0, -1):
        phrase = " ".join(words[-count:])
        if phrase in _EXCEPTIONS:
            return ""
        if phrase in spelt:
            return spelt[phrase]
    return ""


def _last_words(window: str) -> list[str]:
    """The last words before a figure, nearest last; none where a mark or a figure stands between."""
    tail = re.search(r"(?:[^\W\d_]+[ \t\xa0\n]{1,2}){0,3}[^\W\d_]+[ \t\xa0\n-]{0,2}$", window)
    return tail.group().replace("-", " ").split() if tail else []
