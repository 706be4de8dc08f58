"""Periods of time as reports and people name them: tháng 3, quý I/2024, 6 tháng đầu năm, từ đầu năm, cùng kỳ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included. `label` is its Vietnamese name ("tháng 3/2024")."""

    start: date
    end: date
    label: str

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends before it starts: {self.start} to {self.end}; swap the two")

    def contains(self, other: Period | date) -> bool:
        """Whether the day or the whole of the other period lies within this one."""
        if isinstance(other, Period):
            return self.start <= other.start and other.end <= self.end
        return self.start <= other <= self.end

    def overlaps(self, other: Period) -> bool:
        """Whether the two share at least one day."""
        return self.start <= other.end and other.start <= self.end

    def same(self, other: Period) -> bool:
        """Whether both cover the same days, whatever they are called."""
        return self.start == other.start and self.end == other.end
