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

_SYLLABLE: Final = re.compile(r"(?:[ \t\xa0]{1,2}|[ \t]?\n(?!\n))[*_]{0,2}(?P<syllable>[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]+)")

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
    return syllables[0].start("syllable"), syllables[-1].end()


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
        if written and (window[:end].lower() in written or window[:end].isascii()):
            return begin, begin + end
    return None


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
