"""Where the title of a section ends and its text begins.

"" where the label opens a numbered paragraph instead.
"""

from __future__ import annotations

import re

from knowledge.numbers import find_quantities
from knowledge.reading.labels import Label
from knowledge.vietnamese import UPPER

TOP_KINDS = frozenset({"annex", "phan", "chuong", "roman", "capital"})
# Kinds whose title may stand on the line below: "Phần thứ nhất / KẾT QUẢ THỰC HIỆN", "PHỤ LỤC 1 / DANH MỤC
# …".
TITLE_BELOW = frozenset({"annex", "phan", "chuong"})
_TITLE_LENGTH = 450
_COLON_TITLE_LENGTH = 230
_TITLE_BELOW_LENGTH = 200
_SENTENCE_INSIDE = re.compile(rf"[.;]\s+[{UPPER}]")
_COLON = re.compile(r":(?=\s|$)")
# "b) Đã cử 146 người đi đào tạo, gồm: 12 …": the words before the colon are a sentence that leads into a
# list.
_LEAD_IN = re.compile(
    r"(?:^|[\s,;(])(?:gồm|bao gồm|gồm có|cụ thể|như|như sau|sau|sau đây|trong đó|là)\s*$", re.IGNORECASE
)
_NUMBERED_TITLE = re.compile(
    r"(?:Dự án|Tiểu dự án|Nhiệm vụ|Nội dung|Nhóm|Hợp phần|Mục tiêu|Giai đoạn|Chỉ tiêu|Tiêu chí|Chuyên đề)"
    r"(?: số)? \d{1,2}:\s"
)
_MARK = re.compile(r"\s?(?:[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,3}|\[\d{1,3}\]|(?<=[^\W_])\(\d{1,2}\))(?=$|[.:;,])")


def title_of(text: str, label: Label) -> tuple[str, int]:
    """The title of a section that `text` opens, and where its body begins.

    Title "" for a numbered paragraph.
    """
    words = text[label.end :]
    leads_in = _LEAD_IN.search(words.rstrip(": ")) is not None and any(c.isdigit() for c in words)
    if words.endswith(":") and leads_in:
        return "", label.end
    leading = words.endswith(":") and not _SENTENCE_INSIDE.search(words)
    if len(words) <= _TITLE_LENGTH and (leading or _is_bare(words, label)):
        return without_marks(words.strip().rstrip(":. ")), len(text)
    if _is_numbered_title(words):
        return without_marks(words.strip()), len(text)
    colon = _COLON.search(words)
    if colon and 3 <= colon.start() <= _COLON_TITLE_LENGTH and _is_heading(words[: colon.start()]):
        return without_marks(words[: colon.start()].strip()), label.end + colon.end()
    return "", label.end


def _is_numbered_title(words: str) -> bool:
    """Whether a name goes on behind its colon: "Dự án 1: Hỗ trợ đầu tư hạ tầng các huyện nghèo"."""
    if not _NUMBERED_TITLE.match(words) or len(words) > _COLON_TITLE_LENGTH or words[-1:] in {".", ";"}:
        return False
    return not find_quantities(words[words.index(":") :])


def is_title_below(text: str, kind: str) -> bool:
    """Whether `text`, the block after a label without a title, is that title: in capitals, short."""
    return kind in TITLE_BELOW and len(text) <= _TITLE_BELOW_LENGTH and text.isupper()


def without_marks(title: str) -> str:
    """The title without footnote marks at its end."""
    return _MARK.sub("", title).strip()


def _is_heading(words: str) -> bool:
    whole = "; " not in words and words.count("(") == words.count(")")
    return whole and not (_SENTENCE_INSIDE.search(words) or _LEAD_IN.search(words) or _ends_with_count(words))


def _ends_with_count(words: str) -> bool:
    """Whether a count stands right before the colon ("… của 05 phường.

    Phường 1, …"), so that a list follows.
    """
    counts = [q for q in find_quantities(words) if q.kind == "count" and q.counted]
    return bool(counts) and counts[-1].counted_end >= len(words.rstrip())


def _is_bare(words: str, label: Label) -> bool:
    """Whether nothing but a title stands behind the label: no sentence in it and no stop behind it."""
    if label.kind in TOP_KINDS and words.isupper():
        return True
    colon = _COLON.search(words)
    body_behind_colon = colon is not None and bool(words[colon.end() :].strip())
    ended = re.search(r"[.;,…]$|\./\.$", words) is not None
    return (
        not body_behind_colon
        and not _SENTENCE_INSIDE.search(words)
        and (not ended or label.kind in TOP_KINDS)
    )
