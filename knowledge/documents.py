"""Legal documents that a text cites: "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ về …".

Numbers and symbols follow Nghị định 30/2020/NĐ-CP: number / [year /] kind – issuer; a công văn has no kind
code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from knowledge.counted import known_noun_after
from knowledge.dates import DateMention, find_dates
from knowledge.vietnamese import fold, nfc

# Names of kinds by their folded form; the longest fits first.
KINDS: Final = {
    fold(kind): kind
    for kind in (
        "Nghị quyết liên tịch", "Thông tư liên tịch", "Kế hoạch liên tịch", "Kế hoạch liên ngành",
        "Kế hoạch phối hợp",
        "Quy chế phối hợp", "Nghị quyết", "Nghị định", "Quyết định", "Thông tư", "Chỉ thị", "Công văn",
        "Công điện",
        "Điện mật", "Kế hoạch", "Báo cáo", "Tờ trình", "Thông báo", "Hướng dẫn", "Kết luận", "Chương trình",
        "Pháp lệnh",
        "Luật", "Lệnh", "Quy chế", "Quy định", "Quy trình", "Phương án", "Biên bản", "Giấy mời", "Văn bản",
        "Điện",
        "Công thư", "Phiếu chuyển",
    )
}  # fmt: skip
# Kinds that people and reports cite by a number without its symbol: "Nghị quyết 68".
_CITED_BARE: Final = frozenset(
    {
        "nghi quyet", "nghi dinh", "quyet dinh", "thong tu", "chi thi", "cong van", "cong dien", "ke hoach",
        "bao cao", "to trinh", "thong bao",
    }
)  # fmt: skip
# Codes of kinds in a symbol (Phụ lục III of the decree); a symbol without any is a công văn's.
CODES: Final = {
    "NQ": "Nghị quyết", "NQLT": "Nghị quyết liên tịch", "NĐ": "Nghị định", "QĐ": "Quyết định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch", "CT": "Chỉ thị", "QC": "Quy chế", "QyĐ": "Quy định", "TC": "Thông cáo",
    "TB": "Thông báo", "HD": "Hướng dẫn", "CTr": "Chương trình", "KH": "Kế hoạch",
    "KHPH": "Kế hoạch phối hợp",
    "PA": "Phương án", "ĐA": "Đề án", "DA": "Dự án", "BC": "Báo cáo", "BB": "Biên bản", "TTr": "Tờ trình",
    "HĐ": "Hợp đồng", "CĐ": "Công điện", "GM": "Giấy mời", "KL": "Kết luận", "PC": "Phiếu chuyển",
    "QH": "Luật",
}  # fmt: skip
_TYPED_CODES: Final = {
    fold(code): kind for code, kind in CODES.items() if code not in {"DA", "HĐ", "QyĐ", "CTr"}
}

_SYMBOL: Final = r"[A-ZĐ][\w&]*(?:(?:-| -|- | - ?|–|/|\.)[A-ZĐ][\w&]*)*"
_NUMBERED: Final = rf"[0-9]{{1,6}}[a-z]?(?:\s?/\s?(?:19|20)[0-9]{{2}})?\s{{0,2}}/\s?{_SYMBOL}"
# "08-NQ/TU", "05-CT/TW": the party writes the kind behind a dash (Hướng dẫn 36-HD/VPTW).
_PARTY: Final = (
    r"[0-9]{1,6}\s?[-–]\s?(?:NQ|CT|KL|QĐ|KH|BC|TB|HD|CV|QC|QyĐ|QĐi|CTr|CTHĐ|ĐA|TTr|BB|ĐL|QT)"
    r"\s?/\s?[A-ZĐ][\w.]*(?:[-–][A-ZĐ]\w*)*"
)
_TYPED: Final = (
    r"[0-9]{1,6}[a-z]?(?:/(?:19|20)[0-9]{2})?/(?:[a-zđ][\w]*(?:-[a-zđ]\w*)+|cp|ttg|ubnd|hdnd"
    r"|hđnd|qh[0-9]{2})(?!\w)"
)
# A document's number with its symbol; typed in small letters it needs a hyphen or a well-known issuer.
DOCUMENT_NUMBER: Final = re.compile(rf"(?<![\w/])(?:{_NUMBERED}|{_PARTY}|{_TYPED})")

_KIND_BEFORE: Final = re.compile(
    r"(?<!\w)(?P<kind>" + "|".join(sorted(KINDS, key=len, reverse=True)) + r")\s{1,3}(?:so\s{0,2}:?\s{0,2})?$"
)
_NUMBER_WORD_BEFORE: Final = re.compile(r"(?<!\w)so\s{0,2}:?\s{0,2}$")
_BARE: Final = re.compile(
    r"(?<!\w)(?P<kind>" + "|".join(sorted(_CITED_BARE, key=len, reverse=True)) + r")\s(?:so\s{0,2}:?\s{0,2})?"
    r"(?P<number>[0-9]{1,6}(?:/(?:19|20)[0-9]{2})?)(?![\w%/]|[.,-][0-9]|\s?%|\s?[-–]\s?[a-z]{2,4}\s?/)"
)
_LEGAL_SCHEME: Final = re.compile(r"(?<!\w)(?:de an|du an|da|to cong tac)\s{1,3}(?:so\s)?$")
_DATE_LEAD: Final = re.compile(r"[\s,(*_]{0,4}(?:(?:ban hanh|ky|duoc ky)\s)?(?:ngay\s{1,3})?")
_ISSUER_LEAD: Final = re.compile(r"[\s,)*_]{0,4}(?P<word>cua|do|giua)\s{1,3}")
_ABOUT_LEAD: Final = re.compile(
    r"[\s,*_]{0,4}(?:(?P<on>(?:ban hanh )?ve(?: viec)?(?!\w)|v/v|de(?!\w))\s{0,3}|(?=(?:quy dinh|huong dan"
    r"|phe duyet|sua doi|ban hanh|thong qua|"
    r"cong bo|giao|bai bo|thay the|dinh chinh|thanh lap|trien khai|yeu cau|bo sung|quan ly|kien toan)[\s,]))"
)
_ISSUER_END: Final = re.compile(
    r"\s{1,3}(?:ve|v/v|de|quy dinh|huong dan|phe duyet|sua doi|ban hanh|thong qua|cong bo|yeu cau|thanh lap"
    r"|kien toan|"
    r"trien khai|tren|tai|trong|la|co|thi|duoc|da|cho|theo|nhu|nham|bo sung|thay the|bai bo|giao|so"
    r"|ngay)(?!\w)"
    r"|\s(?:va|cung)\s(?=(?:" + "|".join(KINDS) + r")\s(?:so\s)?[0-9])|[;.,:()\[\]?!]|\n\s*\n|\s[-–]\s|$"
)
_ABOUT_END: Final = re.compile(
    r"[;?!]|\n\s*\n|\.(?=\s|$|/)|:\s|\((?:goi|sau day)|[)]|\("
    r"|,\s(?=(?:ubnd|uy ban|hdnd|hoi dong nhan dan|cong an|so|phong|cuc|chi cuc|ban quan ly|van phong"
    r"|bao hiem xa hoi|to cong tac)\s)"
)
_TASK_FORCE: Final = re.compile(r"(?:to cong tac|ban chi dao|to giup viec)$")
# "…, Thanh tra tỉnh Lạng Sơn báo cáo như sau": whose report it is belongs to no subject.
_REPORTS: Final = re.compile(r",\s[^,;.:]{3,80}\s(?:kinh |xin )?bao cao(?:\s[^,;.]{0,60})?\snhu sau")
_LIST_LINK: Final = re.compile(r"[\s,;*_]{0,4}(?:va|cung|va ca)?\s{0,3}")
_LONGEST_CLAUSE: Final = 700
_LONGEST_ISSUER: Final = 120
_REACH: Final = 40
_ASKED_DAY: Final = re.compile(r"\s(?:ngay|nam)\s(?:nao|may|[0-9])")


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A cited document. `number` is without spaces; `text` at `start:end` is kind and number as printed.

    `clause_start:clause_end` reaches to the end of what the text says about it: date, issuer, subject. What a
    list shares ("Quyết định số A và Quyết định số B của UBND tỉnh về …") stands in each member, outside its
    own clause.
    """

    kind: str
    number: str
    issued_on: date | None
    issuer: str
    about: str
    text: str
    start: int
    end: int
    clause_start: int
    clause_end: int


def document_key(number: str) -> str:
    """The number for comparison: without spaces, diacritics and case ("331 /BC-UBND" → "331/bc-ubnd")."""
    return "".join(fold(number).replace("–", "-").split())


def find_documents(text: str) -> list[DocumentMention]:
    """The documents that `text` cites, in order of place; offsets into `nfc(text)`."""
    text = nfc(text)
    plain = fold(text)
    dates = {mention.start: mention for mention in find_dates(text) if mention.day}
    found: list[DocumentMention] = []
    # From the last to the first: where a clause ends depends on the documents that follow it.
    for kind, number, start, end in sorted(_numbers(text, plain), key=lambda item: item[2], reverse=True):
        following = found[-1] if found else None
        found.append(_described(text, plain, dates, following, DocumentMention(
            kind, number, None, "", "", text[start:end], start, end, start, end)))  # fmt: skip
    return found[::-1]


def _numbers(text: str, plain: str) -> Iterator[tuple[str, str, int, int]]:
    """Kind, number without spaces, start and end of each cited document."""
    ends: set[int] = set()
    for match in DOCUMENT_NUMBER.finditer(text):
        number = "".join(match.group().split()).replace("–", "-").rstrip(".-/")
        before = plain[max(0, match.start() - _REACH) : match.start()]
        kind = _KIND_BEFORE.search(before)
        if not kind and (_LEGAL_SCHEME.search(before) or not _stands_alone(number)):
            continue
        lead = kind or _NUMBER_WORD_BEFORE.search(before)
        ends.add(match.end())
        start = match.start() - (len(before) - kind.start()) if kind else match.start()
        name = KINDS[kind["kind"]] if kind else kind_of(number) if lead or _stands_alone(number) else ""
        yield name, number, start, match.end()
    for match in _BARE.finditer(plain):
        counted = known_noun_after(text, match.end()) and not _ASKED_DAY.match(plain, match.end())
        if not counted and not _written_as_verb(text, match):
            yield KINDS[match["kind"]], match["number"], match.start(), match.end()


def _written_as_verb(text: str, match: re.Match[str]) -> bool:
    """Whether an accented text writes the words with other marks than the kind's name: "kế hoách 5"."""
    written = text[match.start("kind") : match.end("kind")]
    return not written.isascii() and written.lower() != KINDS[match["kind"]].lower()


def _stands_alone(number: str) -> bool:
    """Whether a number is a document's without a word before it.

    931/BYT-BH is, 06/CP may be part of a name.
    """
    symbol = re.sub(r"^[0-9]+[a-z]?[/-](?:[0-9]{4}/)?", "", number)
    return "-" in symbol or len(symbol) > 2


def kind_of(number: str) -> str:
    """The kind that the symbol of a number names: "475/QĐ-UBND" is a Quyết định, "43/UBND" a Công văn."""
    symbol = re.sub(r"^[0-9]+[a-z]?[/-](?:[0-9]{4}/)?", "", "".join(number.split()))
    code = re.split(r"[-/.0-9]", symbol, maxsplit=1)[0]
    if code in CODES:
        return CODES[code]
    return _TYPED_CODES.get(fold(code), "Công văn")


def _described(
    text: str,
    plain: str,
    dates: dict[int, DateMention],
    following: DocumentMention | None,
    bare: DocumentMention,
) -> DocumentMention:
    """The document with its date, issuer and subject, its own or those of the list it stands in."""
    limit = min(len(text), bare.end + _LONGEST_CLAUSE)
    position, issued_on = _date_after(plain, dates, bare.end)
    position, issuer = _issuer_after(text, plain, position, limit)
    position, about = _about_after(text, plain, position, limit, following)
    own = replace(bare, issued_on=issued_on, issuer=issuer, about=about, clause_end=position)
    if following and not issuer and not about and _LIST_LINK.fullmatch(plain, position, following.start):
        return replace(own, issuer=following.issuer, about=following.about)
    return own


def _date_after(plain: str, dates: dict[int, DateMention], position: int) -> tuple[int, date | None]:
    lead = _DATE_LEAD.match(plain, position)
    mention = dates.get(lead.end()) if lead else None
    return (mention.end, mention.value) if mention and mention.value else (position, None)


def _issuer_after(text: str, plain: str, position: int, limit: int) -> tuple[int, str]:
    lead = _ISSUER_LEAD.match(plain, position, limit)
    if not lead:
        return position, ""
    stop = _issuer_end(text, plain, lead.end(), min(limit, lead.end() + _LONGEST_ISSUER))
    end = _trimmed_end(text, lead.end(), stop)
    return (end, _one_line(text[lead.end() : end])) if end > lead.end() else (position, "")


def _issuer_end(text: str, plain: str, start: int, limit: int) -> int:
    """Where the issuer's name ends: a capital word ("Đề án") and the task of a task force belong to it."""
    for stop in _ISSUER_END.finditer(plain, start, limit):
        word = stop.group().strip()
        if word[:1].isalpha() and text[stop.end() - len(word)].isupper():
            continue
        if word == "trien khai" and _TASK_FORCE.search(plain, start, stop.start()):
            continue
        return stop.start()
    return start


def _about_after(
    text: str, plain: str, position: int, limit: int, following: DocumentMention | None
) -> tuple[int, str]:
    lead = _ABOUT_LEAD.match(plain, position, limit)
    if not lead or text[max(0, lead.end() - 3) : lead.end()].strip().startswith("Đ"):  # "Đề án", not "để"
        return position, ""
    if following and following.about and _listed(plain, following.start):
        limit = min(limit, following.start)
    stop = _clause_end(plain, lead.end(), limit)
    reports = _REPORTS.search(plain, lead.end(), stop)
    end = _trimmed_end(text, lead.end(), reports.start() if reports else stop)
    return (end, _one_line(text[lead.end() : end])) if end > lead.end() else (position, "")


def _listed(plain: str, start: int) -> bool:
    """Whether a document follows as the next of a list ("… và Quyết định số …") and not inside a subject."""
    return bool(re.search(r"[,;]\s{0,3}(?:va\s)?$|\sva\s{1,3}$", plain[max(0, start - 8) : start]))


def _clause_end(plain: str, position: int, limit: int) -> int:
    """The end of the clause from `position`: its stop, or a bracket that was opened before it."""
    depth = 0
    while stop := _ABOUT_END.search(plain, position, limit):
        mark = stop.group()
        if mark == "(":
            depth += 1
        elif mark == ")" and depth:
            depth -= 1
        elif not depth or "\n" in mark:
            return stop.start()
        position = stop.end()
    return limit


def _trimmed_end(text: str, start: int, end: int) -> int:
    """`end` moved before trailing spaces, commas, emphasis marks and a dangling "và"."""
    piece = text[start:end].rstrip(" \t\n\xa0,*_;")
    for word in (" và", " cùng"):
        piece = piece.removesuffix(word)
    return start + len(piece.rstrip(" \t\n\xa0,*_;"))


def _one_line(piece: str) -> str:
    return " ".join(piece.replace("*", "").split())
