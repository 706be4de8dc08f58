"""As many passages as wanted: sentences of the project's reports, two at a time, with other figures."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import index.segmentation
from index import Document
from index.segmentation import sentences
from tests.bench.collections import paraphrases

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_PLACES = (
    "An Giang", "Bình Định", "Cà Mau", "Đồng Tháp", "Gia Lai", "Hà Giang", "Kiên Giang", "Lâm Đồng",
    "Nghệ An", "Phú Yên", "Quảng Ngãi", "Sóc Trăng", "Tây Ninh", "Thái Bình", "Vĩnh Long", "Yên Bái",
)  # fmt: skip
_PER_REPORT = 250


def passages(count: int) -> Iterator[Document]:
    """`count` passages, the same ones every time, in reports of 250."""
    chance = random.Random(1)  # noqa: S311  # repeatable
    documents = [document for document in paraphrases().documents if len(document.text) > 40]
    pool = [
        (document, piece) for document in documents for piece in sentences(document.text) or [document.text]
    ]
    for number in range(count):
        (document, first), (_, second) = chance.choice(pool), chance.choice(pool)
        text = _FIGURE.sub(lambda _: str(chance.randint(1, 99_999)), f"{first} {second}"[:600])
        report = f"r{number // _PER_REPORT}"
        place = _PLACES[(number // _PER_REPORT) % len(_PLACES)]
        yield replace(document, id=f"{report}#{number}", text=text, report_id=report, place=place, figures=1)


def segment_each_sentence_once() -> None:
    """Let the word segmenter see each sentence once: generated passages repeat them by the thousand.

    What is found is nearly the same; only benchmarks that are not about segmentation do this.
    """
    found = cache(index.segmentation.words)

    def words(text: str) -> list[str]:
        pieces = index.segmentation.sentences(_FIGURE.sub("0", text)) or [_FIGURE.sub("0", text)]
        return [word for piece in pieces for word in found(piece)]

    index.segmentation.words = words
