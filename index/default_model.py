"""The model that the build fits itself, kept over generations while it has seen most of the passages."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.embedding import StaticEmbedder
from index.lexical import LexicalLeg
from index.query import analyse
from index.records import Document, Progress
from index.segmentation import Segmented, spelt_syllables, text_key
from index.thesaurus import Thesaurus
from knowledge.vietnamese import fold

# The name of the fitted model in manifests and settings.
FITTED: Final = "fitted"

_FOLDER: Final = "model"
_SEEN: Final = "model.seen.json"
# The model is fitted anew when it has not seen a third of the passages: the cost of all fits together then
# stays in proportion to the passages. In between, new words fall into its hash buckets.
_KNOWN_ENOUGH: Final = 2 / 3


@dataclass(frozen=True, slots=True)
class Material:
    """What the model is fitted on: documents, the same segmented, training questions, synonyms."""

    documents: Sequence[Document]
    segmented: Sequence[Segmented]
    questions: Sequence[str]
    thesaurus: Thesaurus


def open_fitted(generation: Path) -> StaticEmbedder:
    """The fitted model of a generation."""
    return StaticEmbedder(generation / _FOLDER, name=FITTED)


def provide(
    written: Path, material: Material, lexical: LexicalLeg, *, previous: Path | None, progress: Progress
) -> StaticEmbedder:
    """The fitted model, put into `written`: that of the previous generation if it will do."""
    if previous is not None and _will_do(previous, material):
        shutil.copytree(previous / _FOLDER, written / _FOLDER)
        shutil.copy(previous / _SEEN, written / _SEEN)
        return open_fitted(written)
    from index.fitting import fit, save
    from index.fitting_pairs import training_pairs

    pairs = training_pairs(
        material.documents,
        material.questions,
        material.thesaurus,
        find=lambda question: _best(lexical, question, material.thesaurus),
    )
    save(fit(_texts(material), pairs, progress=progress), written / _FOLDER)
    seen = {
        "texts": [text_key(document.text) for document in material.documents],
        "taught": _taught(material),
    }
    (written / _SEEN).write_text(json.dumps(seen), "utf-8")
    return open_fitted(written)


def _will_do(previous: Path, material: Material) -> bool:
    """Whether the model of `previous` was taught the same and has seen enough of the documents."""
    if not (previous / _SEEN).is_file():
        return False
    seen = json.loads((previous / _SEEN).read_text("utf-8"))
    texts = frozenset(seen["texts"])
    known = sum(text_key(document.text) in texts for document in material.documents)
    return seen["taught"] == _taught(material) and known >= _KNOWN_ENOUGH * len(material.documents)


def _taught(material: Material) -> str:
    """A hash of the questions and synonyms."""
    taught = json.dumps([list(material.questions), material.thesaurus.groups])
    return hashlib.sha256(taught.encode()).hexdigest()


def _texts(material: Material) -> list[list[str]]:
    """The folded syllables of everything the vocabulary is taken from."""
    others = [document.heading for document in material.documents]
    others += material.questions
    others += [phrase for group in material.thesaurus.groups for phrase in group]
    texts = [list(body.folded) for body in material.segmented]
    texts += [[fold(syllable) for syllable in spelt_syllables(text)] for text in others]
    return [text for text in texts if text]


def _best(lexical: LexicalLeg, question: str, thesaurus: Thesaurus) -> int | None:
    """The document that answers best by words; None for a question without a word of any."""
    _, folded = lexical.scores(analyse(question, thesaurus))
    return int(folded.argmax()) if folded.size and folded.max() > 0 else None
