"""What a figure counts: the noun phrase that directly follows it ("hồ sơ", "cơ sở khám chữa bệnh")."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from knowledge.vietnamese import fold, nfc

_LONGEST: Final = 5  # syllables looked at after the figure
_PLAUSIBLE: Final = 4  # an unknown noun phrase of more syllables is cut down to its head
_HEAD: Final = 2
_REACH: Final = 24

_SYLLABLE: Final = re.compile(r"(?:[ \t\xa0]{1,2}|[ \t]?\n(?!\n))[*_]{0,2}(?P<syllable>[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]+)")

_TIMES: Final = frozenset({"nam", "thang", "quy"})
_NUMBERED: Final = re.compile(r"\s{1,2}\d{4}(?!\d|\s?[-–]\s?\d)")
# Nouns that reports name in one breath: what follows "xã," in "12 xã, thị trấn" is counted too.
_TOGETHER: Final = (
    ("xã", "phường", "thị trấn", "đặc khu"),
    ("tỉnh", "huyện", "thị xã", "thành phố", "quận"),
    ("thôn", "bản", "ấp", "khóm", "buôn", "làng", "xóm", "tổ dân phố", "khu phố", "khu dân cư"),
    ("sở", "ban", "ngành", "đoàn thể", "địa phương", "đơn vị", "phòng", "cơ quan", "tổ chức", "cá nhân"),
    ("doanh nghiệp", "hợp tác xã", "hộ kinh doanh", "tổ chức", "cá nhân"),
    ("cán bộ", "công chức", "viên chức", "người lao động", "đảng viên", "chiến sĩ"),
    ("phản ánh", "kiến nghị", "khiếu nại", "tố cáo"),
    ("phí", "lệ phí"),
    ("tin", "bài", "ảnh"),
    ("hợp đồng", "giao dịch"),
    ("thuyền viên", "ngư dân"),
)
_BEHIND: Final = re.compile(r",\s{1,2}(?P<word>[^\W\d_]+(?:\s[^\W\d_]+){0,2})")

# Words that end a noun phrase, or that show that none follows.
_BOUNDARIES: Final = frozenset(
    """
    đã được đang sẽ chưa không có còn là thì mà và hoặc hay của cho tại trên dưới trong ngoài với từ đến tới
    về vào ra ở bởi do vì nên để nhằm theo qua bằng như so khi nếu này đó kia nào gì bao mấy thế sao vẫn
    cũng chỉ rất hơn nhất đạt chiếm tăng giảm gồm thuộc giữa sau trước lên xuống cùng bị nộp gửi nhận trở
    mỗi nữa thực phải lại đều tương ứng ước cả cần k ko hok bn dc đc vs ntn à ạ nhỉ nhé vậy rồi xong đâu ai
    """.split()  # noqa: SIM905 - words read better than a list
)
_BOUNDARY_PAIRS: Final = frozenset(
    {
        "tham gia", "tiếp nhận", "đăng ký", "triển khai", "thực hiện", "phát sinh", "giải quyết",
        "hoàn thành", "cập nhật", "kích hoạt", "xác thực", "sử dụng", "phục vụ", "liên quan", "bao gồm",
        "trực tiếp", "thông qua", "tổng cộng", "trong đó", "bao nhiêu", "thế nào", "tiếp tục", "bố trí",
        "ban hành", "cung cấp", "kết nối", "làm việc", "thi hành", "vượt qua", "hưởng ứng", "thành lập",
        "chủ trì", "phối hợp", "nhân dịp", "đi làm",
    }
)  # fmt: skip


@cache
def _known_nouns() -> dict[str, frozenset[str]]:
    """The nouns of data/counted_nouns.txt in lower case, by their folded form."""
    lines = files("knowledge").joinpath("data/counted_nouns.txt").read_text(encoding="utf-8").splitlines()
    nouns: dict[str, set[str]] = {}
    for line in lines:
        noun = nfc(line.strip())
        if noun and not noun.startswith("#"):
            nouns.setdefault(fold(noun), set()).add(noun)
    return {folded: frozenset(written) for folded, written in nouns.items()}


@cache
def _folded_boundaries() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(map(fold, _BOUNDARIES)), frozenset(map(fold, _BOUNDARY_PAIRS))


def noun_after(text: str, start: int) -> tuple[int, int] | None:
    """The span of the noun phrase that follows offset `start` of the NFC `text`, or None."""
    known = known_noun_after(text, start)
    if known:
        return known
    syllables = _phrase(text, start)
    if not syllables:
        return None
    if len(syllables) > _PLAUSIBLE:
        syllables = syllables[:_HEAD]
    first = syllables[0]
    if fold(first["syllable"]) in _TIMES and _NUMBERED.match(text, first.end()):
        return None
    return first.start("syllable"), coordinated_end(text, syllables[-1].end())


def known_noun_after(text: str, start: int) -> tuple[int, int] | None:
    """The span of the longest known noun that follows offset `start`, or None."""
    first = _SYLLABLE.match(text, start)
    if not first:
        return None
    begin = first.start("syllable")
    window = text[begin : begin + 48].replace("\n", " ")
    folded = fold(window)
    for end in _ends(window):
        written = _known_nouns().get(folded[:end])
        if written and (window[:end].lower() in written or window.isascii()):
            if folded[:end] in _TIMES and _NUMBERED.match(text, begin + end):
                return None  # "tuần 12 năm 2025"
            return begin, coordinated_end(text, begin + end)
    return None


def coordinated_end(text: str, end: int) -> int:
    """Where the nouns end that are named in one breath with the one that ends at `end`: "phí, lệ phí"."""
    before = " ".join(text[max(0, end - _REACH) : end].lower().split())
    families = [f for f in _TOGETHER if any(before == n or before.endswith(" " + n) for n in f)]
    while families and (behind := _BEHIND.match(text, end)):
        words = " ".join(behind["word"].lower().split())
        fits = [n for f in families for n in f if words == n or words.startswith(n + " ")]
        if not fits:
            break
        end = behind.start("word") + len(max(fits, key=len))
    return end


def _ends(window: str) -> list[int]:
    """Where words of the window end, the farthest first."""
    ends = [match.end() for match in re.finditer(r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]+", window)]
    return ends[::-1] if len(window) < 48 else ends[-2::-1]


def _phrase(text: str, start: int) -> list[re.Match[str]]:
    """The syllables up to the first boundary word, mark, figure or change from small to capital letters."""
    found: list[re.Match[str]] = []
    position = start
    while len(found) < _LONGEST and (match := _SYLLABLE.match(text, position)):
        word = match["syllable"]
        capital = bool(found) and word[0].isupper() and not found[0]["syllable"][0].isupper()
        if capital or _is_boundary(text, match):
            break
        found.append(match)
        position = match.end()
    return found


def _is_boundary(text: str, match: re.Match[str]) -> bool:
    word = match["syllable"].lower()
    following = _SYLLABLE.match(text, match.end())
    pair = f"{word} {following['syllable'].lower()}" if following else ""
    if text.isascii():
        words, pairs = _folded_boundaries()
        return word in words or pair in pairs
    return word in _BOUNDARIES or pair in _BOUNDARY_PAIRS
