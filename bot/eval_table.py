"""The result of a grading as text: a line for each type of question, then sizes and times."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from bot.eval import COLUMNS, Graded


def table(graded: Sequence[Graded]) -> str:
    """The table of shares by type and in all, with the length of answers and the time of turns below it."""
    head = f"{'type':<14}{'n':>4}  " + "".join(f"{name:>8}" for name in COLUMNS)
    kinds = sorted({str(one.item.get("type")) for one in graded})
    lines = [head, *(_row(kind, [g for g in graded if str(g.item.get("type")) == kind]) for kind in kinds)]
    lines.append(_row("ALL", graded))
    lengths = [len(str(g.reply.get("text") or "")) for g in graded if g.reply.get("status") == "answered"]
    if lengths:
        lines.append(
            f"answered replies: median {statistics.median(lengths):.0f} characters, longest {max(lengths)}"
        )
    lines += _times(graded)
    return "\n".join(lines)


def share_correct(graded: Sequence[Graded]) -> float:
    """The percentage of items that are correct; 0 for none."""
    return 100 * sum(one.verdicts["correct"] for one in graded) / max(1, len(graded))


def failures(graded: Sequence[Graded]) -> Iterator[str]:
    """A paragraph for each item that is not correct: the turns, what is wrong, and what was replied."""
    for one in graded:
        if not one.verdicts["correct"]:
            said = str(one.reply.get("text") or one.reply.get("error") or "")
            cited = [f"{c.get('report_number')} {c.get('section')}" for c in one.reply.get("citations") or []]
            yield (
                f"--- {one.item.get('id')} [{one.item.get('type')}] "
                + " → ".join(map(str, one.item["turns"]))[:300]
            )
            yield "    " + "; ".join(one.wrong)
            yield f"    reply: {said[:400]!r}"
            yield f"    cited: {', '.join(cited) or 'nothing'}"


def _row(name: str, rows: Sequence[Graded]) -> str:
    shares = "".join(f"{100 * sum(g.verdicts[c] for g in rows) / max(1, len(rows)):7.1f}%" for c in COLUMNS)
    return f"{name:<14}{len(rows):>4}  {shares}"


def _times(graded: Sequence[Graded]) -> list[str]:
    times = sorted(ms for one in graded for ms in one.milliseconds)
    errors = sum(one.reply.get("status") == "error" for one in graded)
    if not times:
        return [f"transport errors {errors}"] if errors else []
    p95 = times[int(0.95 * (len(times) - 1))]
    return [
        f"turns {len(times)}  p50 {statistics.median(times):.1f} ms  p95 {p95:.1f} ms  "
        f"max {times[-1]:.1f} ms  transport errors {errors}"
    ]
