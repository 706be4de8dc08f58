"""Masking of personal numbers, before a message is handed on, stored or logged.

Masked: citizen identity (CCCD, 12 digits), old identity cards (CMND, 9), social insurance (BHXH, 10; BHYT
cards, two letters and 13 digits), passports, telephone numbers, bank accounts and e-mail addresses. Left
alone: grouped figures (1.234.567.890), document numbers, dates, and bare figures that a unit of money or a
counted thing follows.
"""

from __future__ import annotations

import re

_GAP = r"[ \u00a0.\-]?"
_BEFORE = r"(?<!\w)(?<!\d[.,/\-])"
_AFTER = r"(?!\w)(?![.,/\-]\d)"
_UNITS = (
    "đồng", "dong", "vnđ", "vnd", r"đ\b", "triệu", "trieu", "tỷ", "tỉ", r"ty\b", "nghìn", "nghin", "ngàn",
    "hồ sơ", "ho so", "lượt", "luot", "người", "nguoi", "%",
)  # fmt: skip
# Words that announce a personal number: digits behind them are masked however they are grouped.
_ANNOUNCING = (
    "cccd", "cmnd", "cmt",
    "căn cước(?: công dân)?", "can cuoc(?: cong dan)?", "chứng minh(?: nhân dân| thư)?",
    "chung minh(?: nhan dan| thu)?", "định danh(?: cá nhân)?", "dinh danh(?: ca nhan)?", "bhxh", "bhyt",
    "mã số thuế", "ma so thue", "mst", "tài khoản", "tai khoan", "stk", "hộ chiếu", "ho chieu", "passport",
    "sđt", "sdt", "điện thoại", "dien thoai",
)  # fmt: skip
_BETWEEN = r"(?:\s*(?:số|so|là|la|của tôi|cua toi|:|=)){0,3}\s*"
# "thẻ BHYT là 12.345.678" is a count: no personal number begins with a group of one or two digits.
_NO_FIGURE = r"(?![1-9]\d?(?:\.\d{3})+(?![\d.]))"
_NO_UNIT = rf"(?!\s*(?:{'|'.join(_UNITS)}))"

_PREFIX = rf"(?:\(?\+\s?84\)?{_GAP}|84{_GAP}|0)"

# In the order of trial: a pattern that says more comes before one that says less.
_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), replacement)
    for pattern, replacement in (
        (r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+", "[email]"),
        (
            rf"\b((?:{'|'.join(_ANNOUNCING)}){_BETWEEN}){_NO_FIGURE}[a-z]{{0,2}}\d(?:{_GAP}\d){{7,18}}(?!\d)",
            r"\1[số cá nhân]",
        ),
        (rf"{_BEFORE}[a-z]{{2}}{_GAP}\d(?:{_GAP}\d){{12}}{_AFTER}", "[số thẻ BHYT]"),
        # 12 digits in groups of three or four, as on the card; shorter groups would be a row of counts
        (rf"{_BEFORE}0\d\d{_GAP}\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}{_AFTER}", "[số định danh]"),
        (rf"{_BEFORE}0\d{{3}}{_GAP}\d{{4}}{_GAP}\d{{4}}{_AFTER}", "[số định danh]"),
        # a telephone number in groups of three and more, for the same reason
        (rf"{_BEFORE}{_NO_FIGURE}{_PREFIX}[235789]\d{{0,3}}(?:{_GAP}\d{{3,4}}){{2}}{_AFTER}", "[điện thoại]"),
        (rf"{_BEFORE}{_NO_FIGURE}{_PREFIX}[235789]\d{{0,3}}{_GAP}\d{{6,8}}{_AFTER}", "[điện thoại]"),
        (rf"{_BEFORE}[a-z]\d{{7,8}}{_AFTER}", "[số hộ chiếu]"),
        (rf"{_BEFORE}[1-9]\d\d[ \-]\d{{3}}[ \-]\d{{3}}{_AFTER}{_NO_UNIT}", "[số cá nhân]"),
        (rf"{_BEFORE}\d{{9,19}}{_AFTER}{_NO_UNIT}", "[số cá nhân]"),
    )
)


# What stands in a message that has been masked already.
_MASKED = re.compile(r"\[(?:email|điện thoại|số (?:cá nhân|thẻ BHYT|định danh|hộ chiếu))\]")


def mask(text: str) -> str:
    """The text with every personal number replaced by a bracketed word that says what stood there."""
    for pattern, replacement in _PATTERNS:
        text = pattern.sub(replacement, text)
    return text


def without_personal(text: str) -> str:
    """The text without the clauses that give a personal number; masked where nothing else would be left."""
    clauses = re.split(r"(?<=[,;.?!\n])\s+", text)
    kept = [c for c in clauses if mask(c) == c and not _MASKED.search(c)]
    return text if len(kept) == len(clauses) else " ".join(kept) or mask(text)
