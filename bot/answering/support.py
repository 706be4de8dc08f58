"""What a quoted statement stands under: quoted, too, where an answer names a number of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answering.gate import figures
from bot.answering.quotes import Quote
from bot.answering.shelf import ShelvedReport
from knowledge.records import Passage, Span

_LONGEST = 700


def quoted_besides(quotes: Sequence[Quote], numbers: Sequence[str]) -> list[Quote]:
    """Quotes of the lead-ins, headings and passages of what is quoted that print the numbers.

    "Tính đến hết ngày 31/12/2023:" leads into "Bảo hiểm thất nghiệp: 47.080 người".
    """
    wanted = set(figures(numbers))
    out: list[Quote] = []
    for quote in quotes:
        for near in _around(quote):
            printed = wanted.intersection(figures([near.words]))
            if printed:
                out.append(near)
                wanted -= printed
    return out


def _around(quote: Quote) -> Iterator[Quote]:
    """The lead-ins, headings and passage of a quote, the nearest first."""
    shelved = quote.shelved
    spans = [*reversed(quote.passage.lead), *_headings(shelved, quote.passage), quote.passage.span]
    for span in spans:
        if span.end - span.start <= _LONGEST:
            holder = next((p for p in shelved.report.passages if p.span.covers(span)), quote.passage)
            yield Quote(shelved, holder, span)


def _headings(shelved: ShelvedReport, passage: Passage) -> Iterator[Span]:
    """The headings of a passage's section and of those above it."""
    section = shelved.sections.get(passage.section)
    while section is not None:
        yield section.heading
        section = shelved.sections.get(section.parent) if section.parent else None
