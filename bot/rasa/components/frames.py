"""A question's frame ("tỷ lệ … là bao nhiêu") kept apart from what it is about, whose words are endless.

`FrameWords` tells the entity extractor which words belong to frames; all others look alike to it, so that it
finds a subject that it never saw by what stands around it. `MaskedWords` then puts the kind of an entity in
its place, so that the classifier learns frames ("ty le _subject_ _period_ la bao nhieu"), not subjects.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_WORDS = "frame_words.json"


def _tokens(message: Message) -> list[Token]:
    return message.get(TOKENS_NAMES[TEXT]) or []


def _kinds(message: Message) -> list[tuple[Token, str | None]]:
    """Each token with the kind of the entity that it lies in, or None."""
    entities = message.get(ENTITIES) or []
    found: list[tuple[Token, str | None]] = []
    for token in _tokens(message):
        entity = next((e for e in entities if e["start"] < token.end and token.start < e["end"]), None)
        found.append((token, entity["entity"] if entity else None))
    return found


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class FrameWords(GraphComponent):
    """Marks each token (as `pos`, which the entity extractor can use) with its word, if that is a frame word.

    A frame word stands outside every entity at least `min_count` times in the training data, and in at least
    `min_share` of all its places; the intents in `without_intents` do not count, since small talk has no
    frames.
    """

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, words: list[str]
    ) -> None:
        """`words` are the frame words, none before the training."""
        self._min_count: int = config["min_count"]
        self._min_share: float = config["min_share"]
        self._without_intents = frozenset(config["without_intents"])
        self._storage, self._resource, self._words = storage, resource, frozenset(words)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The defaults of the component."""
        return {"min_count": 4, "min_share": 0.2, "without_intents": []}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FrameWords:
        """An untrained component."""
        return cls(config, model_storage, resource, [])

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ANN401 - Rasa's signature
    ) -> FrameWords:
        """The component with the words that its training found."""
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, words)

    def train(self, training_data: TrainingData) -> Resource:
        """Counts the words outside entities."""
        outside: Counter[str] = Counter()
        anywhere: Counter[str] = Counter()
        for message in training_data.training_examples:
            if message.get(INTENT) not in self._without_intents:
                kinds = _kinds(message)
                anywhere.update(token.text for token, _ in kinds)
                outside.update(token.text for token, kind in kinds if kind is None)
        self._words = frozenset(
            word
            for word, count in outside.items()
            if count >= self._min_count and count >= self._min_share * anywhere[word]
        )
        with self._storage.write_to(self._resource) as folder:
            (folder / _WORDS).write_text(json.dumps(sorted(self._words)), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Marks the tokens of all examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Marks the tokens of the messages."""
        for message in messages:
            for token in _tokens(message):
                token.set("pos", self._mark(token))
        return messages

    def _mark(self, token: Token) -> str:
        if token.text[0].isdigit():
            return token.lemma if "/" not in token.lemma else "0/0"
        return token.text if token.text in self._words else "x"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MaskedWords(GraphComponent):
    """Puts the kind of an entity in the place of its words, in the lemmas; stands behind the extractor.

    The training sees entities as they are annotated, the classifier later as they are found, with faults. So
    every `bare_every`th example stays unmasked, as if nothing had been found; and in the intents of
    `masked_intents`, which have no annotations, the words of every second example that are no frame words are
    masked as a subject, since that is what the extractor will take them for.
    """

    def __init__(self, config: dict[str, Any]) -> None:
        """The settings are described above."""
        self._bare_every: int = config["bare_every"]
        self._masked_intents = frozenset(config["masked_intents"])

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The defaults of the component."""
        return {"bare_every": 4, "masked_intents": []}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MaskedWords:
        """The component; nothing of it is trained."""
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Masks the annotated entities of most examples."""
        for number, message in enumerate(training_data.training_examples):
            if message.get(INTENT) in self._masked_intents:
                if number % 2:
                    _mask((token, _content(token)) for token in _tokens(message))
            elif number % self._bare_every:
                _mask(_kinds(message))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Masks the entities that were found in the messages."""
        for message in messages:
            _mask(_kinds(message))
        return messages


def _content(token: Token) -> str | None:
    return "subject" if token.get("pos") == "x" else None


def _mask(kinds: Iterable[tuple[Token, str | None]]) -> None:
    """Makes the lemma of a run's first token the name of its kind, and empties those of the others."""
    before: str | None = None
    for token, kind in kinds:
        if kind is not None:
            token.lemma = "" if kind == before else f"_{kind}_"
        before = kind
