"""Charts of answers: what the reply says of one, and its pictures, drawn when somebody asks for them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from bot.problems import Problem
from bot.wire import ChartOut, ChartSpec
from bot.worker import Worker

if TYPE_CHECKING:
    from bot.conversations import Conversations

Picture = Literal["svg", "svg-dark", "png"]
# All pictures of the charts that people look at now; the largest takes some hundred kilobytes.
_KEPT = 32
_ALL_NAMED = 5


def chart_out(chart: ChartSpec, message_id: str) -> ChartOut:
    """The chart as the reply has it: words, table, addresses of the pictures."""
    return ChartOut(
        title=chart.title,
        alt=alt_text(chart),
        columns=["Nội dung", "Số liệu"],
        rows=[[label, words] for label, words in zip(chart.labels, chart.printed, strict=True)],
        svg_url=f"/api/v1/charts/{message_id}.svg",
        png_url=f"/api/v1/charts/{message_id}.png",
        source=chart.source,
    )


def alt_text(chart: ChartSpec) -> str:
    """What the picture shows, in words: every figure where they are few, else largest and smallest."""
    kind = "Biểu đồ đường" if chart.kind == "line" else "Biểu đồ thanh"
    rows = list(zip(chart.values, chart.labels, chart.printed, strict=True))
    if len(rows) <= _ALL_NAMED:
        said = "; ".join(f"{label}: {printed}" for _, label, printed in rows)
    else:
        said = f"lớn nhất là {_end(rows, max(chart.values))}; nhỏ nhất là {_end(rows, min(chart.values))}"
    return f"{kind}: {chart.title}. {said[:1].upper()}{said[1:]}. Nguồn: {chart.source}."


def _end(rows: Sequence[tuple[float, str, str]], value: float) -> str:
    """The first of the bars of this value, and whether it is the only one."""
    alike = [f"{label}: {printed}" for one, label, printed in rows if one == value]
    return alike[0] + (" (và mục khác bằng vậy)" if len(alike) > 1 else "")


class ChartPictures:
    """Draws the charts of stored answers, one at a time, and keeps what it drew last."""

    def __init__(self, conversations: Conversations, *, worker: Worker) -> None:
        self._conversations, self._worker = conversations, worker
        self._kept: OrderedDict[tuple[str, Picture], bytes] = OrderedDict()

    async def picture(self, message_id: str, kind: Picture) -> bytes:
        """The picture of an answer's chart.

        Raises:
            Problem: the answer has no chart, or is past its retention (chart-not-found).
        """
        return await self._worker.run(lambda: self._picture(message_id, kind))

    def _picture(self, message_id: str, kind: Picture) -> bytes:
        stored = self._conversations.chart(message_id)
        if stored is None:
            raise Problem(
                "chart-not-found",
                "Câu trả lời này không có biểu đồ, hoặc đã quá hạn lưu. "
                "(This answer has no chart, or is past its retention.)",
            )
        key = (message_id, kind)
        if key not in self._kept:
            self._kept[key] = _drawn(ChartSpec.model_validate_json(stored), kind)
        self._kept.move_to_end(key)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]


def _drawn(chart: ChartSpec, kind: Picture) -> bytes:
    # here and not above: a service that draws nothing must not wait for matplotlib
    from bot import chart_picture

    if kind == "png":
        return chart_picture.png(chart)
    colours = chart_picture.DARK if kind == "svg-dark" else chart_picture.LIGHT
    return chart_picture.svg(chart, alt=alt_text(chart), colours=colours)
