"""The words of a query in a text, for pages that show why something was found."""

from __future__ import annotations

from bot.report_page import Piece
from knowledge.vietnamese import TOKEN, fold, nfc, syllables

# Words of every sentence: lit up everywhere they would say nothing.
# As written: without diacritics "tu" may be "từ" or "tử".
_FAINT = frozenset(
    {
        "bao", "các", "có", "cho", "của", "đã", "đến", "được", "là", "nào", "nhiêu", "những", "tại", "theo",
        "trong", "từ", "và", "về", "với",
    }
)  # fmt: skip


def lit_words(text: str, query: str) -> tuple[Piece, ...]:
    """The text in pieces, those marked that are words of the query, with or without diacritics."""
    telling = [word for word in nfc(query).lower().split() if word not in _FAINT]
    wanted = set(syllables(" ".join(telling) or query))
    text = nfc(text)
    out: list[Piece] = []
    at = 0
    for found in TOKEN.finditer(fold(text)):
        if found.group() in wanted:
            out += [Piece(text[at : found.start()]), Piece(text[found.start() : found.end()], marked=True)]
            at = found.end()
    return tuple(piece for piece in (*_joined(out), Piece(text[at:])) if piece.text)


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Marked words that only a space keeps apart, as one."""
    out: list[Piece] = []
    for piece in pieces:
        if len(out) > 1 and piece.marked and out[-2].marked and out[-1].text == " ":
            out[-2:] = [Piece(out[-2].text + " " + piece.text, marked=True)]
        else:
            out.append(piece)
    return out
