"""What an editor sees of a report before it is published: what was read, and what it would change."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Literal

from bot.editing.records import StagedReport
from bot.facts_table import rows
from bot.library import report_out
from bot.report_page import finding_lines, outline
from bot.wire import FactOut
from bot.wire_desk import ChangedFact, FindingOfReport, OutlineLine, StagedOut, StagedPreview, VersionOut
from knowledge.errors import StoreError
from knowledge.records import Report
from knowledge.store import Store, StoredVersion

_SHOWN_CHANGES = 200


def staged_out(staged: StagedReport) -> StagedOut:
    """The line of a staged report in the list."""
    return StagedOut(
        id=staged.id,
        at=staged.at,
        editor=staged.editor,
        file_name=staged.file_name,
        report_id=staged.report_id,
        number=staged.number,
    )


def preview(staged: StagedReport, report: Report, store: Store) -> StagedPreview:
    """Everything that was read, beside the version that counts now where there is one."""
    try:
        current = store.report(report.id)
    except StoreError:
        current = None
    facts = list(rows([report]))
    before = list(rows([current])) if current else []
    changed, added, removed = compared(before, facts)
    return StagedPreview(
        staged=staged_out(staged),
        becomes=_becomes(report, current),
        report=report_out(report),
        signatory=" ".join(part for part in (report.signatory_title, report.signatory) if part),
        outline=[OutlineLine(label=s.label, title=s.title, depth=s.depth) for s in outline(report)],
        facts=facts,
        findings=[
            FindingOfReport(text=f.text, printed=f.printed, recomputed=f.recomputed, section=f.section)
            for f in finding_lines(report)
        ],
        warnings=[*report.warnings, *gaps(report)],
        changed=list(islice(changed, _SHOWN_CHANGES)) if current else [],
        added_facts=len(added) if current else 0,
        removed_facts=len(removed) if current else 0,
        text=report.text,
    )


def version_out(line: StoredVersion) -> VersionOut:
    """A stored version as the desk lists it."""
    return VersionOut(
        version=line.version,
        active=line.active,
        added_at=line.added_at,
        source_name=line.source_name,
        facts=line.facts,
        findings=line.findings,
    )


def gaps(report: Report) -> list[str]:
    """What a report should have and was not found in it: the editor sees it before people do."""
    wanting = [
        (not report.place, "Không nhận ra địa phương; câu hỏi theo nơi sẽ không tìm thấy báo cáo này."),
        (not report.period, "Không nhận ra kỳ báo cáo; câu hỏi theo kỳ sẽ không tìm thấy báo cáo này."),
        (not report.issued_on, "Không nhận ra ngày ban hành."),
        (not report.issuer, "Không nhận ra cơ quan ban hành."),
        (len(report.sections) < 2, "Không nhận ra các mục; có thể tệp đã mất đánh số khi chuyển đổi."),
        (not report.facts, "Không đọc được số liệu nào."),
    ]
    return [sentence for missing, sentence in wanting if missing]


def compared(
    before: Iterable[FactOut], after: Iterable[FactOut]
) -> tuple[list[ChangedFact], list[FactOut], list[FactOut]]:
    """The figures that are printed otherwise, those that are new, and those that are gone."""
    old, new = _keyed(before), _keyed(after)
    changed = [
        ChangedFact(section=row.section, indicator=row.indicator, before=old[key].printed, after=row.printed)
        for key, row in new.items()
        if key in old and old[key].printed != row.printed
    ]
    added = [row for key, row in new.items() if key not in old]
    removed = [row for key, row in old.items() if key not in new]
    return changed, added, removed


def _keyed(facts: Iterable[FactOut]) -> dict[tuple[str, ...], FactOut]:
    """Facts by what they are figures of; those of one name are told apart by their order."""
    out: dict[tuple[str, ...], FactOut] = {}
    for fact in facts:
        name = (fact.section, fact.kind, fact.indicator, fact.place)
        number = 0
        while (*name, str(number)) in out:
            number += 1
        out[*name, str(number)] = fact
    return out


def _becomes(report: Report, current: Report | None) -> Literal["new", "replaces", "unchanged"]:
    if current is None:
        return "new"
    return "unchanged" if current == report else "replaces"
