"""Pictures of charts, drawn by matplotlib: SVG whose text stays text, and PNG for channels that take no SVG.

Each bar has its label and its printed figure on the line above it, so that forty bars with long names are
readable on a phone. Only `bot.charts` imports this module, when a picture is asked for: importing matplotlib
takes most of a second.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
from lxml import etree
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.patches import Rectangle

if TYPE_CHECKING:
    from bot.wire import ChartSpec

LARGEST_PNG_BYTES = 900_000

# Lengths are CSS pixels at 96 to the inch: the picture is as wide as a phone's chat bubble may be.
_WIDTH, _MARGIN, _GAP, _BAR = 440.0, 16.0, 10.0, 12.0
_INNER = _WIDTH - 2 * _MARGIN
_TITLE, _TEXT, _SMALL = 15.0, 13.0, 11.5
_LEADING = 1.35
_PLOT_HEIGHT, _MOST_TICK_LINES, _LEAST_STEP = 190.0, 3, 52.0
_SVG = "http://www.w3.org/2000/svg"
_RC: dict[Any, Any] = {
    "font.family": "sans-serif",
    # the one that ships with matplotlib has every Vietnamese letter
    "font.sans-serif": ["DejaVu Sans"],
    "svg.fonttype": "none",
    "svg.hashsalt": "hoidap",
    # a "$" in a report is a dollar sign
    "text.parse_math": False,
}
logging.getLogger("matplotlib").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Colours:
    """What a picture is drawn in; words have at least the contrast 4.5 to the paper, a bar 3."""

    ink: str
    quiet: str
    bar: str
    track: str
    paper: str


LIGHT = Colours(ink="#14213a", quiet="#53627a", bar="#0061ec", track="#e4ecf7", paper="#ffffff")
# on the ground of the chat's bubbles in its dark theme
DARK = Colours(ink="#e7edf7", quiet="#a3b1c6", bar="#5c9cff", track="#2e3b50", paper="#1a2333")


def svg(chart: ChartSpec, *, alt: str, colours: Colours = LIGHT) -> bytes:
    """The chart as SVG; its `title` and `desc` say the same to who does not see it."""
    out = io.BytesIO()
    with mpl.rc_context(_RC):
        _figure(chart, colours).savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return _described(out.getvalue(), chart.title, alt)


def png(chart: ChartSpec) -> bytes:
    """The chart as PNG of at most `LARGEST_PNG_BYTES`, as sharp as that allows."""
    content = b""
    for dots_per_inch in (192, 144, 96, 72):
        out = io.BytesIO()
        with mpl.rc_context(_RC):
            _figure(chart, LIGHT).savefig(out, format="png", dpi=dots_per_inch)
        content = out.getvalue()
        if len(content) <= LARGEST_PNG_BYTES:
            break
    return content


def _described(drawn: bytes, title: str, alt: str) -> bytes:
    root = etree.fromstring(drawn, etree.XMLParser(resolve_entities=False, no_network=True))
    for place, (tag, words) in enumerate((("title", title), ("desc", alt))):
        element = etree.Element(f"{{{_SVG}}}{tag}", id=f"chart-{tag}")
        element.text = words
        root.insert(place, element)
    root.set("role", "img")
    root.set("aria-labelledby", "chart-title chart-desc")
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _figure(chart: ChartSpec, colours: Colours) -> Figure:
    """The whole picture: title, unit where the figures do not name it, what is drawn, source."""
    head, foot = _Text(chart.title, _TITLE, bold=True), _Text(f"Nguồn: {chart.source}", _SMALL)
    named = all(chart.unit in words for words in chart.printed)
    unit = None if named else _Text(f"Đơn vị: {chart.unit}", _SMALL)
    body = _Line(chart) if chart.kind == "line" and _Line.fits(chart) else _Bars(chart)
    top = _MARGIN + head.height + (unit.height if unit else 0) + _GAP
    height = top + body.height + _GAP + foot.height + _MARGIN
    figure = Figure(figsize=(_WIDTH / 96, height / 96), dpi=96, facecolor=colours.paper)
    page = figure.add_axes((0, 0, 1, 1))
    page.set_xlim(0, _WIDTH)
    page.set_ylim(height, 0)
    page.set_axis_off()
    head.put(page, _MARGIN, _MARGIN, colour=colours.ink)
    if unit:
        unit.put(page, _MARGIN, _MARGIN + head.height, colour=colours.quiet)
    body.draw(page, top, colours)
    foot.put(page, _MARGIN, top + body.height + _GAP, colour=colours.quiet)
    return figure


class _Text:
    """Words broken into lines of at most `width`."""

    def __init__(self, words: str, size: float, *, bold: bool = False, width: float = _INNER) -> None:
        self.size, self.bold = size, bold
        self.lines = _wrapped(words, size, bold=bold, width=width)
        self.width = max(_width(line, size, bold=bold) for line in self.lines)
        self.height = len(self.lines) * size * _LEADING

    def put(self, page: Axes, x: float, y: float, *, colour: str, align: str = "left") -> None:
        """Write the lines with their upper corner at x, y."""
        for number, line in enumerate(self.lines):
            page.text(
                x, y + (number * _LEADING + 1) * self.size, line, fontsize=self.size * 0.75, color=colour,
                fontweight="bold" if self.bold else "normal", ha=align, va="baseline",
            )  # fmt: skip


class _Bars:
    """A bar below each label and its figure; negative ones grow to the left of the common zero."""

    def __init__(self, chart: ChartSpec) -> None:
        self._values = chart.values
        self._figures = [
            _Text(_fraction_whole(words), _TEXT, bold=True, width=_INNER * 0.45) for words in chart.printed
        ]
        self._labels = [
            _Text(words, _TEXT, width=_INNER - _GAP - figure.width)
            for words, figure in zip(chart.labels, self._figures, strict=True)
        ]
        self._rows = [
            max(label.height, figure.height) + 3 + _BAR + _GAP
            for label, figure in zip(self._labels, self._figures, strict=True)
        ]
        self.height = sum(self._rows) - _GAP

    def draw(self, page: Axes, top: float, colours: Colours) -> None:
        """Draw the rows from `top` down."""
        least, most = min(0.0, *self._values), max(0.0, *self._values)
        scale = _INNER / ((most - least) or 1.0)
        zero = _MARGIN - least * scale
        rows = zip(self._labels, self._figures, self._values, self._rows, strict=True)
        for label, words, value, row in rows:
            label.put(page, _MARGIN, top, colour=colours.ink)
            words.put(page, _WIDTH - _MARGIN, top, colour=colours.ink, align="right")
            y = top + row - _GAP - _BAR
            page.add_patch(Rectangle((_MARGIN, y), _INNER, _BAR, color=colours.track, lw=0))
            # a value of nothing still shows where it starts
            length = value * scale if abs(value * scale) > 1.5 else 1.5
            page.add_patch(Rectangle((zero, y), length, _BAR, color=colours.bar, lw=0))
            top += row


class _Line:
    """A line through periods, each point with its printed figure, each label below."""

    def __init__(self, chart: ChartSpec) -> None:
        step = _INNER / max(1, len(chart.labels))
        self._values, self._printed, self._step = chart.values, chart.printed, step
        self._labels = [_Text(words, _SMALL, width=max(step - 4, 40)) for words in chart.labels]
        lines = min(_MOST_TICK_LINES, max(len(label.lines) for label in self._labels))
        self._foot = lines * _SMALL * _LEADING
        self.height = _PLOT_HEIGHT + self._foot

    @staticmethod
    def fits(chart: ChartSpec) -> bool:
        """Whether the points are far enough apart for their figures; else they are drawn as bars."""
        step = _INNER / max(1, len(chart.labels))
        return step >= _LEAST_STEP and all(
            _width(words, _SMALL, bold=True) < 1.6 * step for words in chart.printed
        )

    def draw(self, page: Axes, top: float, colours: Colours) -> None:
        """Draw the line from `top` down."""
        least, most = min(0.0, *self._values), max(0.0, *self._values)
        room, span = _PLOT_HEIGHT - 40, (most - least) or 1.0
        xs = [_MARGIN + (i + 0.5) * self._step for i in range(len(self._values))]
        ys = [top + 30 + room - (value - least) / span * room for value in self._values]
        base = top + 30 + room + least / span * room
        page.plot([_MARGIN, _WIDTH - _MARGIN], [base, base], color=colours.track, lw=1.2)
        page.plot(xs, ys, color=colours.bar, lw=2, marker="o", markersize=5)
        for number, (x, y) in enumerate(zip(xs, ys, strict=True)):
            # neighbours that would touch are written at two heights
            above = 8 if number % 2 == 0 or self._step > 70 else 20
            page.text(
                x, y - above, self._printed[number], fontsize=_SMALL * 0.75, color=colours.ink,
                fontweight="bold", ha="center", va="baseline",
            )  # fmt: skip
            label = self._labels[number]
            del label.lines[_MOST_TICK_LINES:]
            label.put(page, x, top + _PLOT_HEIGHT, colour=colours.quiet, align="center")


def _wrapped(words: str, size: float, *, bold: bool, width: float) -> list[str]:
    """The words in lines of at most `width`; a word that is longer by itself is cut."""
    lines, line = [], ""
    for word in _cut(words.replace("\n", " ").split(" "), size, bold=bold, width=width):
        longer = f"{line} {word}" if line else word
        if line and _width(longer, size, bold=bold) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _fraction_whole(words: str) -> str:
    """The figure with its bracket held together: "58,31% (919/1.576 hồ sơ)" breaks before the bracket."""
    head, bracket, rest = words.partition(" (")
    return head + bracket + rest.replace(" ", "\u00a0")


def _cut(words: Sequence[str], size: float, *, bold: bool, width: float) -> list[str]:
    out = []
    for word in words:
        rest = word
        while len(rest) > 1 and _width(rest, size, bold=bold) > width:
            keep = len(rest) - 1
            while keep > 1 and _width(rest[:keep], size, bold=bold) > width:
                keep -= 1
            out.append(rest[:keep])
            rest = rest[keep:]
        out.append(rest)
    return out


def _width(words: str, size: float, *, bold: bool = False) -> float:
    font = get_font(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")))
    font.set_size(size * 0.75, 96)
    font.set_text(words, 0.0)
    return float(font.get_width_height()[0]) / 64
