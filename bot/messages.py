"""What a person may send: cleaning, limits, and telling apart what is no question. Pure functions."""

from __future__ import annotations

import re
import unicodedata
import uuid

from bot.problems import Problem

CONVERSATION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
# Format characters that show nothing or turn the text around: zero-width, bidirectional, byte order mark.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
# Openings of a turn that leans on the one before; the second line is how they look without diacritics, where
# "con" may also be a noun ("con dấu", "con số").
_FOLLOW_UP = re.compile(
    r"(?:thế|vậy) (?:còn|thì)\b|còn\b|không phải\b|không,|ý (?:tôi|mình|em|là)\b|(?:cái|dịch vụ) (?:đó|này)\b"
    r"|(?:the|vay) (?:con|thi)\b|con\b(?! (?:dau|so|nguoi|duong))|khong phai\b|khong,|y (?:toi|minh|em|la)\b"
)


def clean(message: str, *, max_characters: int) -> str:
    """The message in NFC, without control and invisible characters, trimmed; line breaks stay.

    Raises:
        Problem: nothing is left (message-blank), or more than `max_characters` (message-too-long).
    """
    text = printable(message.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        raise Problem(
            "message-blank",
            "Tin nhắn không có chữ nào; cần từ 1 ký tự. Hãy gõ câu hỏi rồi gửi lại. "
            "(The message is blank; at least 1 character is expected. Type a question and send it again.)",
        )
    if len(text) > max_characters:
        raise Problem(
            "message-too-long",
            f"Tin nhắn dài {len(text)} ký tự; tối đa là {max_characters}. "
            "Hãy rút ngắn hoặc tách thành nhiều câu hỏi. "
            f"(The message has {len(text)} characters; at most {max_characters} are taken. Shorten it.)",
            length=len(text),
            max_length=max_characters,
        )
    return text


def printable(text: str) -> str:
    """The text in NFC without control and invisible characters; line breaks stay, a tab becomes a space."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return "".join(
        c for c in text.replace("\t", " ") if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"}
    )


def conversation_id(given: str | None) -> str:
    """The conversation id to use: the given one, or a new one where none was given.

    Raises:
        Problem: the given id has other characters than letters, digits, ``-`` and ``_``, or is too long.
    """
    if given is None or given == "":
        return uuid.uuid4().hex
    if CONVERSATION_ID.fullmatch(given):
        return given
    raise Problem(
        "conversation-id-invalid",
        "Mã hội thoại chỉ gồm chữ cái không dấu, chữ số, '-' và '_', dài từ 1 đến 64 ký tự. "
        "Bỏ trường này để bắt đầu hội thoại mới. "
        "(A conversation id has 1 to 64 ASCII letters, digits, '-' or '_'. Leave it out to start anew.)",
    )


def has_words(text: str) -> bool:
    """Whether the text holds a letter or a digit: emoji and punctuation alone ask nothing."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def looks_like_followup(text: str) -> bool:
    """Whether the message leans on the turn before ("thế còn khai tử?"), which only Rasa can know."""
    return _FOLLOW_UP.match(text.casefold().strip(" ,.!?")) is not None
