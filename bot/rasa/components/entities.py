"""Finds what a question is about: a conditional random field over frame words, patterns and word forms.

Why not Rasa's own extractor: it keeps its training data in the model and trains again whenever the model is
loaded, which would be half a minute at every start; and it knows no conjunctions of neighbouring words, which
tell "số hồ sơ" (a count) from "số hóa" (a subject).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

Labelled = list[tuple[Token, str]]

_MODEL = "entities.crfsuite"
_OUTSIDE = "O"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class QuestionEntities(GraphComponent, EntityExtractorMixin):
    """Subjects, periods, places and so on, with exact offsets.

    `without_intents` are left out of the training: they have words of content outside every entity, and would
    teach that an unknown word is no subject. `exchanges` is how many times every example is used again with
    entities of the same kind from other examples in place of its own, so that the file of examples stays
    short enough to read.
    """

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: bytes | None = None
    ) -> None:
        """`model` is crfsuite's, None before the training."""
        self._config, self._storage, self._resource = config, storage, resource
        # crfsuite reads the bytes where they are and holds no reference: they must outlive the tagger.
        self._model = model
        self._tagger = _opened(model) if model else None

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The defaults of the component; c1 and c2 weigh the L1 and L2 penalties."""
        return {
            "without_intents": [],
            "exchanges": 1,
            "c1": 0.02,
            "c2": 0.3,
            "max_iterations": 120,
            "random_seed": 6,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """The package that brings pycrfsuite; Rasa wants one whose distribution has the module's name."""
        return ["sklearn_crfsuite"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionEntities:
        """An untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,  # noqa: ANN401 - Rasa's signature
    ) -> QuestionEntities:
        """The component as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, (folder / _MODEL).read_bytes())

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on the questions and their exchanged copies."""
        import pycrfsuite

        left_out = set(self._config["without_intents"])
        questions = [
            _labelled(message)
            for message in training_data.training_examples
            if message.get(INTENT) not in left_out and message.get(TOKENS_NAMES[TEXT])
        ]
        shuffle = random.Random(self._config["random_seed"])  # noqa: S311 - not a secret
        trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
        trainer.set_params(
            {
                "c1": self._config["c1"],
                "c2": self._config["c2"],
                "max_iterations": self._config["max_iterations"],
                "feature.possible_transitions": True,
            }
        )
        for labelled in [*questions, *exchanged(questions, self._config["exchanges"], shuffle)]:
            trainer.append(features([token for token, _ in labelled]), [label for _, label in labelled])
        with self._storage.write_to(self._resource) as folder:
            trainer.train(str(folder / _MODEL))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities of the messages."""
        for message in messages:
            found = self.add_extractor_name(self._entities(message))
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _entities(self, message: Message) -> list[dict[str, Any]]:
        tokens = message.get(TOKENS_NAMES[TEXT]) or []
        if self._tagger is None or not tokens:
            return []
        labels = self._tagger.tag(features(tokens))
        text = message.get(TEXT)
        entities = []
        for kind, run in _runs(list(zip(tokens, labels, strict=True))):
            if kind is not None:
                start, end = run[0].start, run[-1].end
                entities.append({"entity": kind, "start": start, "end": end, "value": text[start:end]})
        return entities


def _opened(model: bytes) -> Any:  # noqa: ANN401 - pycrfsuite has no types
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    return tagger


def features(tokens: list[Token]) -> list[list[str]]:
    """The features of each token: frame words up to three away, neighbours joined, patterns, word forms."""
    marks = [token.get("pos") or "x" for token in tokens]
    padded = ["<3", "<2", "<1", *marks, ">1", ">2", ">3"]
    patterns = [[name for name, hit in (token.get("pattern") or {}).items() if hit] for token in tokens]
    return [_features_at(i, tokens, padded, patterns) for i in range(len(tokens))]


def _features_at(i: int, tokens: list[Token], padded: list[str], patterns: list[list[str]]) -> list[str]:
    at = i + 3
    found = [f"p{d}={padded[at + d]}" for d in range(-3, 4)]
    found += [f"j{d}={padded[at + d]}|{padded[at + d + 1]}" for d in range(-2, 2)]
    found += [f"r{d}={name}" for d in range(-2, 3) if 0 <= i + d < len(tokens) for name in patterns[i + d]]
    found += [f"w{d}={tokens[i + d].text}" for d in range(-1, 2) if 0 <= i + d < len(tokens)]
    return found


def _labelled(example: Message) -> Labelled:
    """The example's tokens, each with O or with B- or I- and the kind of the entity that it lies in."""
    entities = example.get(ENTITIES) or []
    labelled: Labelled = []
    for token in example.get(TOKENS_NAMES[TEXT]):
        entity = next((e for e in entities if e["start"] < token.end and token.start < e["end"]), None)
        if entity is None:
            labelled.append((token, _OUTSIDE))
        else:
            labelled.append((token, ("B-" if token.start <= entity["start"] else "I-") + entity["entity"]))
    return labelled


def _runs(labelled: Labelled) -> Iterator[tuple[str | None, list[Token]]]:
    """The entities' kinds and tokens in order; a token outside every entity comes alone, with None."""
    kind: str | None = None
    run: list[Token] = []
    for token, label in labelled:
        if run and not (label.startswith("I-") and label[2:] == kind):
            yield kind, run
            run = []
        if label == _OUTSIDE:
            yield None, [token]
        else:
            kind = label[2:]
            run.append(token)
    if run:
        yield kind, run


def exchanged(examples: list[Labelled], times: int, shuffle: random.Random) -> list[Labelled]:
    """`times` copies of each example that has entities, with those of other examples in their places."""
    phrases: dict[str, list[list[Token]]] = defaultdict(list)
    for example in examples:
        for kind, run in _runs(example):
            if kind is not None:
                phrases[kind].append(run)
    copies = []
    for example in [e for e in examples if any(label != _OUTSIDE for _, label in e)] * times:
        copy: Labelled = []
        for kind, run in _runs(example):
            tokens = run if kind is None else shuffle.choice(phrases[kind])
            copy += [(token, _label(kind, first=at == 0)) for at, token in enumerate(tokens)]
        copies.append(copy)
    return copies


def _label(kind: str | None, *, first: bool) -> str:
    return _OUTSIDE if kind is None else ("B-" if first else "I-") + kind
