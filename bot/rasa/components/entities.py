"""Rasa's CRF entity extractor, trained on questions only, and on more of them than are written down."""

from __future__ import annotations

import copy
import random
from collections import defaultdict
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.crf_entity_extractor import CRFEntityExtractor
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class QuestionEntityExtractor(CRFEntityExtractor):
    """Finds subjects, periods, places and so on.

    `without_intents` are left out of the training: small talk has words of content outside every entity, and teaches
    that an unknown word is no subject. `exchanges` is how many times every example is used again with entities of the
    same kind from other examples in the place of its own, so that the file of examples stays short enough to read.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The defaults of Rasa's extractor, and ours."""
        return {
            **CRFEntityExtractor.get_default_config(),
            "without_intents": [],
            "exchanges": 0,
            "random_seed": 6,
        }

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on the questions and their exchanged copies."""
        left_out = set(self.component_config["without_intents"])
        questions = [m for m in training_data.training_examples if m.get(INTENT) not in left_out]
        shuffle = random.Random(self.component_config["random_seed"])  # noqa: S311 - not a secret
        copies = exchanged(questions, self.component_config["exchanges"], shuffle)
        return super().train(TrainingData([*questions, *copies]))


def exchanged(examples: list[Message], times: int, shuffle: random.Random) -> list[Message]:
    """`times` copies of each example that has entities, with the entities' tokens taken from other examples."""
    phrases: dict[str, list[list[Token]]] = defaultdict(list)
    for example in examples:
        for entity in example.get(ENTITIES) or []:
            phrases[entity["entity"]].append(_tokens_of(example, entity))
    with_entities = [example for example in examples if example.get(ENTITIES)]
    return [_with_others(example, phrases, shuffle) for _ in range(times) for example in with_entities]


def _tokens_of(example: Message, entity: dict[str, Any]) -> list[Token]:
    tokens = example.get(TOKENS_NAMES[TEXT])
    return [token for token in tokens if entity["start"] <= token.start and token.end <= entity["end"]]


def _with_others(example: Message, phrases: dict[str, list[list[Token]]], shuffle: random.Random) -> Message:
    """A copy of an example with other entities; its tokens are laid out anew, one space apart."""
    entities = sorted(example.get(ENTITIES), key=lambda entity: entity["start"])
    tokens: list[Token] = []
    marked: list[dict[str, Any]] = []
    position = 0
    rest = list(example.get(TOKENS_NAMES[TEXT]))
    for entity in [*entities, None]:
        limit = entity["start"] if entity else float("inf")
        while rest and rest[0].start < limit:
            position = _lay(tokens, rest.pop(0), position)
        if entity:
            rest = [token for token in rest if token.start >= entity["end"]]
            start = position
            for token in shuffle.choice(phrases[entity["entity"]]):
                position = _lay(tokens, token, position)
            marked.append({**entity, "start": start, "end": position - 1})
    text = " ".join(token.text for token in tokens)
    made = copy.copy(example)
    made.data = {**example.data, TEXT: text, ENTITIES: marked, TOKENS_NAMES[TEXT]: tokens}
    for entity in marked:
        entity["value"] = text[entity["start"] : entity["end"]]
    return made


def _lay(tokens: list[Token], token: Token, position: int) -> int:
    """Appends a copy of `token` at `position`; the position behind it and a space comes back."""
    end = position + len(token.text)
    tokens.append(Token(token.text, position, end, data=dict(token.data), lemma=token.lemma))
    return end + 1
