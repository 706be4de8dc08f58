"""Who does, leads, is given or asked for what, by the words around the names of organisations and people.

Names that a comma or "và" joins share a role: "phối hợp với Sở A, Sở B và UBND các huyện triển khai …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from knowledge.organisations import OrganisationMention, find_organisations, is_kind
from knowledge.records import Involvement, Passage, Section, Span
from knowledge.sentences import clauses, sentences
from knowledge.vietnamese import UPPER


@dataclass(frozen=True, slots=True)
class RolePattern:
    """A role and the words that give it: those right before the names, or those right behind them."""

    role: str
    pattern: re.Pattern[str]
    example: str


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<!\w))(?:{words})\s*:?\s*$", re.IGNORECASE)


def _behind(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"[\s,]*(?:\([^()]{{0,60}}\)\s*)?(?:{_LEADING}\s+){{0,3}}(?P<act>{words})(?!\w)", re.IGNORECASE
    )


# Words between a name and what it does that say nothing about its role.
_LEADING: Final = (
    r"(?:đã|đang|sẽ|tiếp tục|thường xuyên|chủ động|kịp thời|tích cực|có trách nhiệm|được giao(?: nhiệm vụ)?"
    r"|được phân công|phải|cần|cũng|làm|giao|trực tiếp|khẩn trương|tập trung|đồng thời|hiện|hằng năm"
    r"|định kỳ|nghiêm túc)"
)
_VERBS: Final = (
    r"triển khai|thực hiện|ban hành|tổ chức|tham mưu|xây dựng|cung cấp|phê duyệt|rà soát|hướng dẫn|kiểm tra"
    r"|thanh tra"
    r"|quản lý|vận hành|theo dõi|đôn đốc|tuyên truyền|phối hợp|tiếp nhận|giải quyết|xử lý|cấp|hỗ trợ|đầu tư"
    r"|bố trí"
    r"|làm chủ đầu tư|thành lập|phát động|vận động|thu|chi trả|chi|giải ngân|cập nhật|đồng bộ|kết nối"
    r"|lắp đặt|đào tạo"
    r"|tập huấn|mở|phát hiện|bắt giữ|khởi tố|điều tra|xử phạt|lập|báo cáo|tổng hợp|trình|công bố|đăng ký"
    r"|ký kết|ký"
    r"|bàn giao|khám|điều trị|tiêm|trao|tặng|vay|cho vay|đề xuất|kiến nghị|chỉ đạo|quyết định|giao|yêu cầu"
    r"|nâng cấp"
    r"|thẩm định|thẩm tra|hoàn thành|duy trì|đảm bảo|bảo đảm|chuẩn bị|phụ trách|chịu trách nhiệm|đóng góp"
    r"|ủng hộ"
    r"|tăng cường|đẩy mạnh|chuyển|nộp|gửi|nghiên cứu|thống nhất|thi công|tài trợ|phát hành|sử dụng|áp dụng"
    r"|thí điểm"
    r"|khai thác|rà soát|kiện toàn|bổ nhiệm|quán triệt|phân công|phân bổ|lựa chọn|tiến hành|tiếp công dân"
    r"|tiếp|ra quân"
)
BEHIND: Final = (
    RolePattern("lead", _behind(r"chủ trì"), "Sở Tư pháp chủ trì, phối hợp với Công an tỉnh"),
    RolePattern(
        "standing",
        _behind(r"(?:là|làm|giữ vai trò)?\s*(?:cơ quan|đơn vị|bộ phận)?\s*(?:thường trực|đầu mối)"),
        "Công an tỉnh là cơ quan thường trực",
    ),
    RolePattern(
        "partner",
        _behind(r"phối hợp(?!\s(?:chặt chẽ\s)?(?:với|cùng))"),
        "giao A chủ trì, các đơn vị phối hợp",
    ),
    RolePattern(
        "head",
        _behind(
            r"(?:là|làm|giữ chức(?: vụ)?)\s(?P<office>(?:Phó\s)?(?:Trưởng|Tổ trưởng|Chủ tịch|Chủ nhiệm"
            r"|Trưởng ban|Trưởng đoàn"
            r"|tổ trưởng|trưởng)(?:\s(?:ban|đoàn|Ban|Đoàn|Hội đồng|hội đồng|nhóm)(?:\s[Cc]hỉ đạo)?)?)"
        ),
        "đồng chí Chủ tịch UBND tỉnh làm Trưởng ban",
    ),
    RolePattern(
        "member", _behind(r"(?:là|làm)\s(?:các\s)?(?:thành viên|ủy viên)"), "Giám đốc Sở Y tế là thành viên"
    ),
)
BEFORE: Final = (
    RolePattern(
        "partner",
        _before(
            r"(?<!kế hoạch )(?<!quy chế )(?<!quy trình )(?<!chương trình )(?<!công tác )phối "
            r"hợp(?:\s(?:chặt chẽ|tốt))?(?:\s(?:với|cùng(?:\svới)?|giữa)(?:\scác\scơ quan)?)?"
            r"|cùng phối hợp với"
        ),
        "phối hợp với Sở Y tế",
    ),
    RolePattern(
        "standing",
        _before(r"(?:cơ quan|đơn vị)\s(?:thường trực|đầu mối)[^,;.]{0,50}?(?:\slà|:)?|\(qua|thông qua"),
        "cơ quan thường trực là Công an tỉnh",
    ),
    RolePattern("asked", _before(r"(?:đề nghị|kiến nghị|đề xuất)(?:\s(?:với|lên))?"), "Đề nghị Bộ Công an"),
    RolePattern(
        "source",
        _before(
            r"theo\s(?:báo cáo|số liệu|thống kê|tổng hợp|đề nghị|đề xuất|ý kiến|hướng dẫn|kết luận)\s(?:của"
            r"|từ)"
        ),
        "theo báo cáo của Sở Y tế",
    ),
    RolePattern(
        "assigned",
        _before(
            r"giao(?:\s(?:cho|nhiệm vụ cho|trách nhiệm cho))?|phân công|chỉ đạo|yêu cầu|đôn đốc"
            r"|ủy quyền(?: cho)?"
        ),
        "giao Sở Y tế rà soát",
    ),
    RolePattern(
        "advised",
        _before(r"tham mưu(?:\s(?:cho|giúp|trình))?|báo cáo|trình|kính trình|kính báo cáo"),
        "tham mưu UBND tỉnh ban hành",
    ),
    RolePattern(
        "doer",
        _before(r"(?:được|do|bởi|là do)|đơn vị (?:thực hiện|triển khai|thi công|cung cấp)(?: là)?"),
        "do VNPT cung cấp",
    ),
)
_DOES: Final = _behind(_VERBS)
# "Sở A, Sở B và UBND các huyện", "Sở A (PC06); Sở B".
_JOINT: Final = re.compile(
    r"\s*(?:\([^()]{1,40}\)\s*)?(?:[,;]\s*(?:và\s|cùng(?: với)?\s)?|và\s|cùng(?: với)?\s|hoặc\s)?",
    re.IGNORECASE,
)
_SUBJECT_BEFORE: Final = re.compile(
    r"^(?:[(⁽][^)⁾]{1,3}[)⁾]\s*)?(?:(?:đến nay|hiện nay|hiện|trong|tính đến|từ|thực hiện|ngày|năm|tháng|quý"
    r"|bên cạnh|ngoài ra|đồng thời"
    r"|để|căn cứ|theo|trên cơ sở|nhằm|qua|sau khi|song song|đặc biệt|cụ thể|riêng)(?!\w).*,)?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_TITLE: Final = re.compile(r"(?:các\s)?(?:đồng chí|đ/c|ông|bà)\s*$", re.IGNORECASE)
_TASKS: Final = re.compile(
    r"tổ chức thực hiện|nhiệm vụ|phân công|trách nhiệm|kiến nghị|đề xuất|đề nghị|chương trình công tác"
    r"|phương hướng|giải pháp",
    re.IGNORECASE,
)
_RESULTS: Final = re.compile(r"kết quả|tình hình|ưu điểm|tồn tại|hạn chế", re.IGNORECASE)
_LED: Final = frozenset({"lead", "assigned"})
_ASKING: Final = re.compile(r"kiến nghị|đề xuất|đề nghị", re.IGNORECASE)
# "Phòng Quản lý Thu - Sổ, Thẻ:": capitals that dashes and commas join go on with the name.
_REST_OF_NAME: Final = re.compile(rf"(?:(?:\s?[-–,]\s?|\s(?:và\s)?)[{UPPER}][^\W\d_]*)+")
_HEADING_LEAD: Final = re.compile(
    r"(?:đối với|kiến nghị|đề nghị|đề xuất|giao)(?:\s(?:với|lên))?\s*", re.IGNORECASE
)


def involvements(
    text: str, sections: Sequence[Section], passages: Sequence[Passage]
) -> tuple[Involvement, ...]:
    """Every organisation and person whose role in a statement is told, in reading order."""
    out = [*_of_headings(text, sections, passages)]
    for passage in passages:
        for sentence in sentences(text, passage.span):
            led = False
            for clause in clauses(text, sentence):
                found = list(_of_clause(text, clause, passage.ordinal, led=led))
                led = led or any(i.role in _LED for i in found)
                out += found
    return tuple(sorted(dict.fromkeys(out), key=lambda i: (i.span.start, i.role)))


def _of_clause(text: str, clause: Span, passage: int, *, led: bool) -> Iterator[Involvement]:
    """Those of a clause; `led`: one before it in the sentence says who leads."""
    words = clause.of(text)
    chains = _chains(words, find_organisations(words))
    for i, chain in enumerate(chains):
        begin = chains[i - 1][-1].end if i else 0
        stop = chains[i + 1][0].start if i + 1 < len(chains) else len(words)
        before, behind = _TITLE.sub("", words[begin : chain[0].start]), words[chain[-1].end : stop]
        found = _role(before, behind, _TITLE.sub("", words[: chain[0].start]), led=led)
        if found is None and len(chain) > 1:
            # "theo văn bản của Sở A, UBND huyện báo cáo …": the last name begins a statement of its own.
            chain = chain[-1:]
            found = _role("", behind, _TITLE.sub("", words[: chain[0].start]), led=led)
        if found is None:
            continue
        role, office = found
        led = led or role in _LED
        what = _what(words, chain, role)
        for m in chain:
            yield Involvement(
                m.name, m.kind, role, what, Span(clause.start + m.start, clause.start + m.end), clause,
                passage, _office(m, office),
            )  # fmt: skip


def _office(mention: OrganisationMention, made: str) -> str:
    """A person's office, and what the statement makes them."""
    own = mention.office if mention.office != mention.name or not made else ""
    return "; ".join(part for part in (own, made) if part)


def _chains(words: str, mentions: Sequence[OrganisationMention]) -> list[list[OrganisationMention]]:
    """The mentions, those together that a comma or "và" joins."""
    chains: list[list[OrganisationMention]] = []
    for mention in mentions:
        between = words[chains[-1][-1].end : mention.start] if chains else ""
        same = chains and chains[-1][-1].kind == mention.kind
        if same and between.strip() and _JOINT.fullmatch(between):
            chains[-1].append(mention)
        else:
            chains.append([mention])
    return chains


def _role(before: str, behind: str, all_before: str, *, led: bool) -> tuple[str, str] | None:
    """The role that the words around a name give it, and the office that they make somebody.

    None where they tell none.
    """
    for entry in BEHIND:
        m = entry.pattern.match(behind)
        if m and (entry.role != "partner" or led):
            return entry.role, m.groupdict().get("office") or ""
    for entry in BEFORE:
        if entry.pattern.search(before):
            return _checked(entry.role, before, behind)
    if _DOES.match(behind) and _SUBJECT_BEFORE.match(all_before):
        return "doer", ""
    return None


def _checked(role: str, before: str, behind: str) -> tuple[str, str] | None:
    """The role, unless what follows says otherwise: "do UBND tỉnh" must be followed by what it does."""
    if role == "doer" and not _DOES.match(behind):
        return None
    if role in {"advised", "assigned"} and re.search(
        r"(?:số|công tác|chế độ|sự|theo)\s+\w+(?:\s\w+)?\s*$", before.lower()
    ):
        return None
    return role, ""


def _what(words: str, chain: Sequence[OrganisationMention], role: str) -> str:
    """What a role is about: what stands behind the names, with the words before "do" where it has those."""
    behind = words[chain[-1].end :].strip(" ,;:.()-–")
    if role in {"doer", "source", "standing"} and not behind[:1].isupper():
        before = words[: chain[0].start].strip(" ,;:.()-–")
        passive = re.search(r"\s*(?:do|bởi|được)$", before)
        if passive or role != "doer":
            return " ".join(f"{before[: passive.start()] if passive else before} {behind}".split())
    return " ".join((behind or words[: chain[0].start].strip(" ,;:.()-–")).split())


def _of_headings(
    text: str, sections: Sequence[Section], passages: Sequence[Passage]
) -> Iterator[Involvement]:
    """Those that a heading names in a part about tasks or requests: "1. Công an tỉnh", "Đối với Bộ Y tế"."""
    titles = {s.path: s for s in sections}
    first = {p.section: p for p in reversed(passages)}
    for section in sections:
        mentions = _whole_title(section.title)
        passage = first.get(section.path)
        if not mentions or passage is None or passage.span.start < section.heading.end - 1:
            continue
        above = _above(section, titles)
        if not _TASKS.search(above):
            continue
        role = "doer" if _RESULTS.search(above) else "asked" if _ASKING.search(above) else "assigned"
        at = text.find(section.title, section.heading.start)
        if at < 0:
            continue
        for m in mentions:
            yield Involvement(
                m.name, m.kind, role, " ".join(passage.span.of(text).split()).rstrip(" .;"),
                Span(at + m.start, at + m.end), Span(section.heading.start, passage.span.end),
                passage.ordinal, m.office,
            )  # fmt: skip


def _whole_title(title: str) -> list[OrganisationMention]:
    """The names that make up a title; none where it says anything else."""
    mentions = find_organisations(title)
    if not mentions and is_kind(title):
        return [OrganisationMention("organisation", title, 0, len(title))]  # "4. Văn phòng: …"
    if not mentions:
        return []
    lead = title[: mentions[0].start]
    if lead and not _HEADING_LEAD.fullmatch(lead):
        return []
    joined = all(_JOINT.fullmatch(title[a.end : b.start]) for a, b in pairwise(mentions))
    rest = title[mentions[-1].end :].rstrip(" :.")
    if joined and len(mentions) == 1 and _REST_OF_NAME.fullmatch(rest):
        whole = mentions[0].name + rest
        return [replace(mentions[0], name=whole, end=mentions[0].end + len(rest))]
    return mentions if joined and not rest.strip() else []


def _above(section: Section, titles: dict[str, Section]) -> str:
    """The titles of the sections above this one, and the words of its own before the names."""
    out = section.title if _HEADING_LEAD.match(section.title) else ""
    while section.parent in titles:
        section = titles[section.parent]
        out += " / " + section.title
    return out
