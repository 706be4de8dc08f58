from __future__ import annotations

from bot.dialogue_memory import DialogueMemory


def test_last_state_is_recalled_and_no_other_conversations() -> None:
    memory = DialogueMemory()
    memory.keep("a", {"subject": "khai sinh"})
    memory.keep("a", {"subject": "khai tử"})
    assert memory.recall("a") == {"subject": "khai tử"}
    assert memory.recall("b") is None


def test_state_is_forgotten_after_an_hour() -> None:
    clock = [0.0]
    memory = DialogueMemory(now=lambda: clock[0])
    memory.keep("a", {"subject": "khai sinh"})
    clock[0] = 3599
    assert memory.recall("a") is not None
    clock[0] = 3601
    assert memory.recall("a") is None


def test_memory_is_bounded() -> None:
    memory = DialogueMemory()
    for number in range(10_001):
        memory.keep(str(number), {})
    assert memory.recall("0") is None
    assert memory.recall("10000") == {}
