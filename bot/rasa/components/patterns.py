"""Rasa's regex features over the folded text, so that a pattern matches with and without diacritics."""

from __future__ import annotations

from typing import Any

import scipy.sparse
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.featurizers.sparse_featurizer.regex_featurizer import RegexFeaturizer
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from components.folding import fold, strip_marks


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class FoldedRegexFeaturizer(RegexFeaturizer):
    """Features for the patterns and look-up tables of the training data, one for each name."""

    def train(self, training_data: TrainingData) -> Resource:
        """Takes the patterns from the training data, without diacritics and joined by name.

        Joined, because Rasa's featurizer keeps for a token only the verdict of the last pattern of a name.
        """
        super().train(training_data)
        joined: dict[str, list[str]] = {}
        for pattern in self.known_patterns:
            joined.setdefault(pattern["name"], []).append(f"(?:{strip_marks(pattern['pattern'])})")
        self.known_patterns = [{"name": name, "pattern": "|".join(parts)} for name, parts in joined.items()]
        self._persist()
        return self._resource

    def _features_for_patterns(
        self, message: Message, attribute: str
    ) -> tuple[scipy.sparse.coo_matrix | None, scipy.sparse.coo_matrix | None]:
        text = message.get(attribute)
        if not text:
            return None, None
        tokens: list[Any] = message.get(TOKENS_NAMES[attribute], [])
        # The tokens are the message's own: the pattern marks that the extractor reads are set on them.
        folded = Message({attribute: fold(text), TOKENS_NAMES[attribute]: tokens})
        return super()._features_for_patterns(folded, attribute)
