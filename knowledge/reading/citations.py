"""The documents that a report cites and the short forms that it defines, passage by passage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.abbreviations import find_abbreviations
from knowledge.documents import document_key, find_documents
from knowledge.records import Abbreviation, DocumentRef, Passage, Span


def cited_documents(text: str, passages: Sequence[Passage], *, own: str) -> Iterator[DocumentRef]:
    """Each document that a passage cites, in the order of the passages; one cited twice is there twice.

    `own` is the report's own number, which stands on it without a date and cites nothing.
    """
    for passage in passages:
        at = passage.span.start
        for d in find_documents(passage.span.of(text)):
            if d.issued_on is None and document_key(d.number) == document_key(own):
                continue
            yield DocumentRef(
                kind=d.kind, number=d.number, issued_on=d.issued_on, issuer=d.issuer, about=d.about,
                span=Span(at + d.start, at + d.end), clause=Span(at + d.clause_start, at + d.clause_end),
                passage=passage.ordinal,
            )  # fmt: skip


def defined_abbreviations(text: str, passages: Sequence[Passage]) -> Iterator[Abbreviation]:
    """Each definition of a short form; the span covers long and short form as printed."""
    for passage in passages:
        at = passage.span.start
        for a in find_abbreviations(passage.span.of(text)):
            start, end = min(a.start, a.long_start), max(a.end, a.long_end)
            yield Abbreviation(a.short, a.long, Span(at + start, at + end), passage.ordinal)
