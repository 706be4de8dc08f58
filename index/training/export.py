"""Writes a static model of ours as a sentence-transformers model: ``python -m index.training.export FOLDER``.

Its texts must be expanded first (`Expansion.tokens`, joined by spaces); it then gives the same vectors as the
index's own reader, and can be trained further, or be put on a hub.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from index.expansion import FIGURE


def export(model: Path, folder: Path) -> None:
    """Write the model in `model` into `folder`."""
    from safetensors.numpy import load_file
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    names = (model / "vocabulary.txt").read_text("utf-8").splitlines()
    # The unknown token never occurs: every token of an expanded text is in the vocabulary.
    tokenizer = Tokenizer(WordLevel({name: row for row, name in enumerate(names)}, unk_token=FIGURE))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    weights = load_file(model / "model.safetensors")
    rows = weights["rows"].astype(np.float32) * weights["scales"][:, None]
    module = StaticEmbedding(tokenizer, embedding_weights=rows)
    SentenceTransformer(modules=[module, Normalize()], device="cpu").save(
        str(folder), create_model_card=False
    )


def main(arguments: list[str]) -> int:
    """0 when the model has been written; 2 without the one argument."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m index.training.export FOLDER\n")
        return 2
    export(Path(__file__).parents[1] / "data" / "model", Path(arguments[0]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
