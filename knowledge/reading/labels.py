"""The labels that open a section, an item or a bullet: one table of named patterns.

Each entry names the line of a report (or of the decree on document format, 30/2020/NĐ-CP) that asks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.vietnamese import UPPER, fold

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(frozen=True, slots=True)
class Label:
    """What opens a block: the label's kind, the label as it goes into a path, where the words begin."""

    kind: str
    text: str
    end: int


@dataclass(frozen=True, slots=True)
class LabelPattern:
    """A kind of label, its pattern (group ``label``), and a line that shows it."""

    kind: str
    pattern: re.Pattern[str]
    example: str


_GAP = r"(?=\s|$)"

PATTERNS: tuple[LabelPattern, ...] = (
    LabelPattern(
        "phan",
        re.compile(
            r"(?P<label>phần\s+(?:thứ\s+)?(?:nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|[ivx]+|\d{1,2}"
            r"|(?-i:[A-E])))"
            r"(?![\w,])\s*[.:)\-–]?\s*",
            re.I,
        ),
        "Phần thứ hai",
    ),
    LabelPattern(
        "chuong",
        re.compile(r"(?P<label>chương\s+(?:[ivx]+|\d{1,2}))(?![\w,])\s*[.:)\-–]?\s*", re.I),
        "Chương II",
    ),
    LabelPattern("annex", re.compile(r"(?P<label>Trang tính \d{1,3})\.\s"), "Trang tính 2. Biểu 01"),
    LabelPattern(
        "roman", re.compile(r"(?P<label>[IVX]{1,6})\s*[.)/:\-–]" + _GAP + r"\s*"), "II. KẾT QUẢ THỰC HIỆN"
    ),
    LabelPattern(
        "capital", re.compile(r"(?P<label>[A-HKLMNĐ])\s*[.)/]" + _GAP + r"\s*"), "A. TÌNH HÌNH CHUNG"
    ),
    LabelPattern(
        "arabic",
        re.compile(
            r"(?P<label>\d{1,2}(?:\.\d{1,2}){1,4})\.?\)?" + _GAP + r"(?!\s*(?:%|Mbps|tỷ|triệu|nghìn)\b)\s*"
        ),
        "2.3. Kết quả tiếp nhận",
    ),
    LabelPattern("arabic", re.compile(r"(?P<label>\d{1,2})\s*[.)/]" + _GAP + r"\s*"), "1. Ưu điểm"),
    # "1- Về kinh tế", but not "5- 7 ngày".
    LabelPattern("arabic", re.compile(rf"(?P<label>\d{{1,2}})-\s+(?=[{UPPER}])"), "1- Về kinh tế"),
    LabelPattern(
        "letter", re.compile(r"(?:[-–]\s*)?(?P<label>[a-zđ])\s*[.)/]" + _GAP + r"\s*"), "đ) Cổng DVC"
    ),
    LabelPattern(
        "item",
        re.compile(r"(?:[-–+]\s*)?(?P<label>[(⁽](?:\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})[)⁾])\s*"),
        "⁽¹⁾ Xác nhận CMND",
    ),
    LabelPattern("plus", re.compile(r"(?P<label>\+)\s+"), "+ Trong nội bộ tỉnh như"),
    LabelPattern("star", re.compile(r"(?P<label>\*)\s+"), "* Về thể chế"),
    LabelPattern("dash", re.compile(r"(?P<label>[-–—•▪●○‣])\s+"), "- Lĩnh vực y tế"),
)

SECTION_KINDS = frozenset({"annex", "phan", "chuong", "roman", "capital", "arabic", "letter"})
BULLET_LEVEL = {"star": 1, "item": 2, "dash": 2, "plus": 3}

ANNEX = re.compile(
    r"(?P<label>(?:phụ\s+lục|mẫu\s+biểu|biểu\s+mẫu|biểu|mẫu)(?:\s+số)?(?:\s+(?:\d{1,3}[a-z]?"
    r"|[ivx]+))?)(?![\w,])\s*[.:)\-–]?\s*",
    re.I,
)


def opening_label(text: str, *, annexes: bool = False) -> Label | None:
    """The label that opens `text`, or None. `annexes`.

    Whether an annex may begin here (after the signature).
    """
    if annexes and (m := ANNEX.match(text)) and len(text) < 300:
        return Label("annex", _capitalised(m["label"]), m.end())
    for entry in PATTERNS:
        m = entry.pattern.match(text)
        if m:
            return Label(entry.kind, _printed(entry.kind, m["label"]), m.end())
    return None


def _printed(kind: str, label: str) -> str:
    if kind == "item":
        return "(" + label[1:-1].translate(_SUPERSCRIPTS).lstrip("0") + ")"
    if kind in {"phan", "chuong"}:
        return _capitalised(label)
    return label


def _capitalised(label: str) -> str:
    """As in "PHẦN THỨ HAI" → "Phần thứ hai"; a Roman or Arabic number keeps its letters."""
    words = " ".join(label.split()).split(" ")
    out = [
        w.upper() if i and re.fullmatch(r"[ivx]+|[a-e]", fold(w)) else w.lower() for i, w in enumerate(words)
    ]
    out[0] = out[0].capitalize()
    return " ".join(out)
