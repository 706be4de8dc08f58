"""What goes wrong at the made-up Zalo, drawn from a seed so that a run can be repeated."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

Fault = Literal["none", "busy", "unavailable", "lost_before", "lost_after"]


@dataclass(frozen=True, slots=True)
class Rates:
    """How often what goes wrong, as shares of one; times in seconds.

    `busy` is error -32, `unavailable` HTTP 503; of `lost` replies, half belong to requests that were
    carried out. `duplicate` and `shuffle` are of webhooks: delivered twice, and held back for up to
    `shuffle_seconds`.
    """

    busy: float = 0.0
    unavailable: float = 0.0
    lost: float = 0.0
    slow: float = 0.0
    slow_seconds: float = 0.5
    duplicate: float = 0.0
    shuffle: float = 0.0
    shuffle_seconds: float = 0.1


class Faults:
    """Draws faults."""

    def __init__(self, rates: Rates, *, seed: int = 0) -> None:
        self.rates, self._random = rates, random.Random(seed)  # noqa: S311 - no secret

    def of_call(self) -> Fault:
        """What goes wrong with a call of the API."""
        drawn, rates = self._random.random(), self.rates
        kinds: tuple[tuple[Fault, float], ...] = (
            ("busy", rates.busy),
            ("unavailable", rates.unavailable),
            ("lost_before", rates.lost / 2),
            ("lost_after", rates.lost / 2),
        )
        for fault, rate in kinds:
            if drawn < rate:
                return fault
            drawn -= rate
        return "none"

    def delay(self) -> float:
        """Seconds that a call takes longer."""
        return self.rates.slow_seconds if self._random.random() < self.rates.slow else 0.0

    def copies(self) -> int:
        """How many times an event is delivered."""
        return 2 if self._random.random() < self.rates.duplicate else 1

    def held_back(self) -> float:
        """Seconds for which an event is held back, so that later ones overtake it."""
        held = self._random.random() < self.rates.shuffle
        return self._random.uniform(0, self.rates.shuffle_seconds) if held else 0.0
