"""The words that say what a figure is.

Those before it, the noun it counts, those behind it that still belong to it.
"""

from __future__ import annotations

import re

from knowledge.counted import coordinated_end
from knowledge.numbers import Quantity

# Words between two figures that tie the second to a statement of its own.
_POST_END = re.compile(
    r"[,;()\[]|\.(?=\s|$)|:(?=\s)|\s(?:so\s+với|cao\s+hơn|thấp\s+hơn)(?=\s)"
    r"|\s(?:đạt(?!\s(?:chuẩn|giải|danh|yêu))|(?<!lấn )(?<!xâm )chiếm|còn|trong đó|và"
    r"|(?<!đối )với|(?<!mặt )(?<!văn )(?<!cân )(?<!công )bằng|tương đương|tăng|giảm|vượt)\s"
)
_MARKS = re.compile(r"[⁽]?[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}[⁾]?|\[\d{1,3}\]|(?<=[^\W_])\(\d{1,2}\)")
_PRE_EDGE = re.compile(r"^[\s,;:.()\[\]–\-|/]+|[\s,;:(\[|/]+$")
_TRAILING = re.compile(
    r"\s+(?:là|đạt|được|có|(?<!đối )với|(?<!mặt )(?<!văn )(?<!cân )(?<!công )bằng"
    r"|(?<!chứng )(?<!đình )(?<!địa )(?<!tín )chỉ|(?<!cao )(?<!thấp )hơn|gần|khoảng|ước"
    r"|từ|ít nhất|tối thiểu|tối đa|đạt tỷ lệ|tỷ lệ|chiếm tỷ lệ|chiếm|trên|dưới|so)$",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^(?:(?:gồm|bao gồm|gồm có|cụ thể|chi tiết|như sau|và|trong (?:đó|số đó|số này)(?:\s*,?\s*(?:có"
    r"|gồm)(?!\w))?)"
    r"(?!\w)[\s:,]*"
    # "(tăng 18 vụ so với quý II), làm chết 05 người": what the figure before was compared with.
    r"|so với\s[^,;]*?(?:[,;)]+\s*|\svà(?=\s|$)))",
    re.IGNORECASE,
)
# "(giá so sánh 2010), tăng 4,07%": what a bracket says that closes before the figure.
_CLOSED = re.compile(r"^[^()]*\)[\s,;:.]*")
_OPEN_BRACKET = re.compile(r"^(?P<before>.*)\((?P<inside>[^()]*)$", re.DOTALL)
_EMPTY = frozenset({
    "là", "đạt", "bằng", "và bằng", "và", "có", "với", "được", "đạt tỷ lệ", "tỷ lệ", "so", "chiếm",
    "ước", "còn", "hơn", "gần", "khoảng", "trên", "dưới", "mới", "chỉ",
})  # fmt: skip
_CHANGE = re.compile(
    r"(?:^|[\s,;(])(?P<way>tăng|giảm|vượt|gấp|cao hơn|thấp hơn)(?:\s+(?!từ|lên|xuống|còn)[^\W\d_]+){0,2}\s*$",
    re.IGNORECASE,
)
# Words behind a figure that only lead to the next one: "12 lớp tuyên truyền cho 300 lượt người".
_LEADS_ON = re.compile(
    r"(?:^|\s)(?:cho|tại|với|của|ở|về|để|từ|đến|theo|ít nhất|tối thiểu|tối đa|trên|dưới|khoảng|hơn|gần|là"
    r"|và|có|xuống|(?<!trở )lên|còn)$",
    re.IGNORECASE,
)
_RATE_PER = re.compile(r"/(?:năm|tháng|quý|ngày|tuần)")  # "46%/tổng số" is a share
_PER = re.compile(r"(?:\s?/\s?[^\W\d_]+(?:\s(?:dân|người|năm|tháng))?)+(?![\w/])")
_SIGN = re.compile(r"[(;,]\s?(?P<sign>[-–−+])$")
_WAYS = {
    "tăng": "increase",
    "vượt": "increase",
    "gấp": "increase",
    "cao hơn": "increase",
    "giảm": "decrease",
    "thấp hơn": "decrease",
}


def change_of(before: str) -> str:
    """One of "increase" and "decrease" where the words before a figure make it a change, else ""."""
    m = _CHANGE.search(before)
    return _WAYS[m["way"].lower()] if m else ""


def is_sign_before(text: str, quantity: Quantity) -> str:
    """What a sign in a bracket before a percentage says: "(-11,34%)" is a decrease; "" for no sign."""
    before = text[max(0, quantity.start - 3) : quantity.start]
    m = _SIGN.search(before)
    return "" if m is None else "increase" if m["sign"] == "+" else "decrease"


def words_behind(text: str, quantity: Quantity, limit: int, following: Quantity | None) -> tuple[str, int]:
    """The words behind a figure that belong to it, and where they end."""
    start = max(quantity.end, quantity.counted_end)
    per = _PER.match(text, start)
    start = per.end() if per else start
    stop = min(limit, following.start) if following else limit
    m = _POST_END.search(text, start, stop)
    while m and m.group() == "," and (further := coordinated_end(text, m.start())) > m.start():
        m = _POST_END.search(text, further, stop)
    end = m.start() if m else stop
    words = " ".join(_PRE_EDGE.sub("", _MARKS.sub("", text[start:end])).split())
    return _LEADS_ON.sub("", words), end


def per_unit(text: str, quantity: Quantity) -> str:
    """What a figure is per, with its stroke ("tạ/ha" → "/ha"); "" where it is per nothing."""
    m = _PER.match(text, max(quantity.end, quantity.counted_end))
    if not m or quantity.denominator is not None:
        return ""
    per = "/" + m.group().split("/", 1)[1].strip()
    return per if quantity.kind != "percent" or _RATE_PER.match(per) else ""


def clean_words(words: str) -> str:
    """The words without marks, edges and verbs that only lead to the figure.

    "" where nothing else is left.
    """
    words = _PRE_EDGE.sub("", _CLOSED.sub("", _PRE_EDGE.sub("", _MARKS.sub("", words))))
    while (shorter := _LEADING.sub("", words)) != words:
        words = _PRE_EDGE.sub("", shorter)
    while (shorter := _TRAILING.sub("", words)) != words:
        words = _PRE_EDGE.sub("", shorter)
    bracket = _OPEN_BRACKET.match(words)
    if bracket:
        # "Giá vật tư tăng cao (phân bón tăng 18%": the figure is said of what stands in its bracket.
        words = bracket["inside"].strip() or bracket["before"].strip()
    words = " ".join(words.split())
    return "" if words.lower() in _EMPTY else words


def joined(*parts: str) -> str:
    """The parts that are not empty, in one line."""
    return " ".join(part for part in parts if part)
