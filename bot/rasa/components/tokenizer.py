"""Syllable tokens for Vietnamese, the same with and without diacritics.

underthesea cuts the running text; figures, dates and document symbols are cut first, because its rules tear
them apart (``16/1.166`` → ``16/1 . 166``). A token never spans two words: underthesea's *words* can join
across the end of an entity ("đăng ký kết hôn quý 1" → ``hôn_quý``), so they are not token limits; with
`word_tags` they become a feature.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from components import action_replies
from components.folding import fold

# A document symbol (331/BC-UBND, 61/2018/NĐ-CP), a figure or date (1.576, 58,31, 16/1.166, 20/3/2024).
_WHOLE = re.compile(r"\d+/(?:\d{4}/)?[^\W\d_][\w]*(?:-[^\W_]\w*)*|\d+(?:[.,/]\d+)*", re.UNICODE)
# Runs of letters (with combining marks, where the text is not NFC), of digits, and single signs.
_SYLLABLE = re.compile(
    r"[^\W\d_][^\W\d_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W\d_]*)*|\d+|[^\w\s]|_", re.UNICODE
)
_DIGITS = re.compile(r"\d+")
# Longer messages are cut for the classifier (the action server still gets the whole): underthesea's rules for
# addresses and mail are quadratic in the worst case.
_LONGEST = 2000


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Tokens with folded text (lower case, no diacritics) and exact offsets; digits become 0 in the lemma."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The defaults: no intent splitting, no word tags."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "word_tags": False,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """The packages that this component imports."""
        return ["underthesea"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VietnameseTokenizer:
        """A tokenizer; Rasa's checking of action replies is made fast on the way (see `action_replies`)."""
        action_replies.use_compiled_schema()
        return cls(config)

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of an attribute's text."""
        text = message.get(attribute)[:_LONGEST]
        tokens = [_token(text, start, end) for start, end in spans(text)]
        if self._config["word_tags"] and tokens:
            for token, tag in zip(tokens, _word_tags([text[t.start : t.end] for t in tokens]), strict=True):
                token.set("pos", tag)
        # An empty list would let the featurizers fail; a message of signs that no rule knows is one token.
        return tokens or [Token(fold(text) or "_", 0, len(text))]


def spans(text: str) -> list[tuple[int, int]]:
    """The limits of the tokens of `text`, in order, without overlap; white space belongs to none."""
    found: list[tuple[int, int]] = []
    position = 0
    for whole in _WHOLE.finditer(text):
        if whole.start() and text[whole.start() - 1].isalpha():
            continue  # the digits of "T3" or "C06" belong to what stands before them
        found += _running(text, position, whole.start())
        found.append(whole.span())
        position = whole.end()
    return found + _running(text, position, len(text))


def _running(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The limits of the tokens in ``text[start:end]``: underthesea's tokens, cut into syllables."""
    from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize

    found: list[tuple[int, int]] = []
    position = start
    for piece in tokenize(text[start:end], use_character_normalize=False, use_token_normalize=False):
        at = text.find(piece, position, end)
        if at < 0:  # pragma: no cover - underthesea would have changed the text, which it was told not to
            continue
        found += [(at + m.start(), at + m.end()) for m in _SYLLABLE.finditer(piece)]
        position = at + len(piece)
    return found


def _token(text: str, start: int, end: int) -> Token:
    folded = fold(text[start:end])
    return Token(folded, start, end, lemma=_DIGITS.sub("0", folded))


def _word_tags(pieces: list[str]) -> list[str]:
    """For each syllable, whether a word of underthesea begins (B-W) or goes on (I-W) there."""
    from underthesea.pipeline import word_tokenize as module

    if module.word_tokenize_model is None:
        module.word_tokenize("khởi động")
    return list(module.word_tokenize_model.predict([[piece] for piece in pieces]))
