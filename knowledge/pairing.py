"""Which figures of a clause belong together: a ratio and its percentage, a count and the rate said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.context import ENUMERATOR
from knowledge.indicators import change_of
from knowledge.numbers import Quantity
from knowledge.records import Fact

_RATIO_WORDS = re.compile(r"đạt|tỷ lệ|tỉ lệ|chiếm|tương đương|bằng|tỷ trọng|\(", re.IGNORECASE)
# "748.699 thửa, đạt tỷ lệ 61,90%", "10 học sinh (1%)"; "743 hồ sơ), tỷ lệ trực tuyến đạt 97%" is of
# something else.
_SAID_OF = re.compile(
    r"(?:[^;:()]*[,(])?\s*(?:đã\s+)?(?:đạt|chiếm|bằng|tương đương)?\s*(?:tỷ lệ|tỉ lệ|tỷ trọng)?"
    r"\s*(?:là|đạt|khoảng|gần|hơn|trên)?\s*[-–−+]?",
    re.IGNORECASE,
)
_OTHER_RATE = re.compile(
    r"[,;]\s(?:trong đó\s|với\s)?(?:tỷ lệ|tỉ lệ)\s"
    r"(?!là(?!\w)|đạt|khoảng|trên|dưới|hơn|gần|tương|bằng|chiếm)[^\W\d_]+",
    re.IGNORECASE,
)
# "28.615 thí sinh, đạt 20.307 thí sinh, tỷ lệ 70,97%": what came of those before, and the share that it is.
_CAME_OF = re.compile(
    r"[^,;:()\d]{0,30},\s(?:kết quả\s|trong đó\s)?(?:có\s|đã\s)?(?P<verb>đạt|đỗ|đậu|trúng tuyển"
    r"|hoàn thành|tốt nghiệp"
    r"|được (?:duyệt|chấp nhận|giải quyết|công nhận)|giải quyết|xử lý)(?:\s(?:được|xong|yêu cầu))?\s",
    re.IGNORECASE,
)
_SHARE = re.compile(r"[^,;:()\d]{0,20},?\s(?:đạt|chiếm)?\s?(?:tỷ|tỉ) lệ\s(?:là\s|đạt\s)?", re.IGNORECASE)
_SHARE_ENDS = re.compile(r"\s*(?:[,;.](?!\d)|\n|$)")
_SENTENCE = 300
_SAID_WITHIN = 70
_PAIRED_WITHIN = 90
_BRACKET = re.compile(r"\([^()]*\)")
_OPEN_ENDED = frozenset({">", "<", ">=", "<="})


def in_bracket(before: str) -> bool:
    """Whether a bracket is open behind these words of a clause; an enumerator's own does not count."""
    words = ENUMERATOR.sub("", before)
    return words.count("(") > words.count(")")


def paired_rate(text: str, ratio: Quantity, following: Quantity | None) -> Quantity | None:
    """The percentage that goes with a ratio: "919/1.576 hồ sơ, đạt tỷ lệ 58,31%"."""
    if ratio.kind != "ratio" or following is None or following.kind != "percent":
        return None
    between = text[ratio.end : following.start]
    paired = len(between) < _PAIRED_WITHIN and _RATIO_WORDS.search(between) and not change_of(between)
    # "09/16 khoản thu đạt khá (trên 60% dự toán)": a bound that says which ones are meant.
    if following.bound in _OPEN_ENDED and not _about(ratio, following):
        return None
    # "22/22 xã có trạm phát sóng, tỷ lệ bản có sóng di động 95,4%": a rate of something else.
    if _OTHER_RATE.search(between) and not _about(ratio, following):
        return None
    return following if paired else None


def _about(ratio: Quantity, rate: Quantity) -> bool:
    """Whether the percentage is the ratio's own, but for a point."""
    if not ratio.denominator:
        return False
    return abs(ratio.value * 100 / ratio.denominator - rate.value) <= 1


def whole_before(text: str, q: Quantity, part: Fact, counts: Sequence[Fact]) -> Fact | None:
    """The count of which `part` is the share that the percentage says, where no other can be meant.

    `counts` are those of the clause before the percentage. One more of the same thing leaves it open.
    """
    if q.kind != "percent" or not part.counted or not _SHARE.fullmatch(text, part.span.end, q.start):
        return None
    others = [c for c in counts if c is not part and c.kind == "count"]
    alike = [c for c in others if _same_thing(c.counted, part.counted)]
    if len(alike) != 1 or not _SHARE_ENDS.match(text, q.end):
        return None
    whole = alike[0]
    between = _CAME_OF.fullmatch(text, whole.span.end, part.span.start)
    if between is None or between["verb"].lower() in whole.indicator.lower():
        return None
    # "Tổng số 800 hồ sơ; tiếp nhận 500 hồ sơ, giải quyết 300 hồ sơ, tỷ lệ …": a whole in a clause before.
    said = re.split(r"[.!?]\s|\n", text[max(0, whole.span.start - _SENTENCE) : whole.span.start])[-1]
    if re.search(rf"\d\s{re.escape(part.counted)}(?!\w)", said):
        return None
    fits = whole.value is not None and part.value is not None and 0 < part.value <= whole.value
    return whole if fits and not whole.role and not whole.bound else None


def _same_thing(whole: str, part: str) -> bool:
    """Whether "thí sinh dự thi" and "thí sinh" count the same thing."""
    return whole == part or whole.startswith(part + " ")


def counted_before(text: str, q: Quantity, previous: Fact | None) -> Fact | None:
    """The count that a percentage is said of: "748.699 thửa, đạt tỷ lệ 61,90%"."""
    if q.kind != "percent" or previous is None:
        return None
    changed = previous.kind == "change" and previous.unit not in {"%", "điểm phần trăm"}
    if previous.kind != "count" and not changed:
        return None
    between = _BRACKET.sub("", text[previous.span.end : q.start])
    return previous if len(between) < _SAID_WITHIN and _SAID_OF.fullmatch(between) else None
