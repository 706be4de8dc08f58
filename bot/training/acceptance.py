"""Learns when a statement is what a question asks for: `bot/answering/data/acceptance.json`.

Run: ``python -m bot.training.acceptance FOLDER=QUESTIONS.yml… > acceptance.json``, each FOLDER the data
of `hoidap --data FOLDER ingest …` over the reports that the questions are about. What it comes to on
questions that were not learned from (five parts, each once left out) is printed beside.
"""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from bot.answering.acceptance import HARDLY, SURE, missing_features, statement_features
from bot.eval import load_items
from bot.settings import load_settings
from bot.training.examples import Example, Recorder, examples

_PARTS, _STEPS, _RATE, _DECAY = 5, 250, 0.03, 2e-3
# What an example of each kind weighs: few questions are there to be refused, and those taken away are many.
_WEIGHT = {"gold": 1.0, "refused": 1.5, "taken away": 0.5}
_Learned = tuple[torch.Tensor, torch.Tensor]


class _Rows:
    """Examples as arrays: statement (n, s), missing (n, most, m), which of those are there (n, most)."""

    def __init__(self, found: Sequence[Example]) -> None:
        described = [statement_features(e.match) for e in found]
        missing = [[missing_features(c, e.match) for c in e.match.missing] for e in found]
        self.statement_names = tuple(described[0])
        self.missing_names = tuple(next(row[0] for row in missing if row))
        most = max(map(len, missing))
        self.there = np.zeros((len(found), most), dtype=np.float32)
        self.missing = np.zeros((len(found), most, len(self.missing_names)), dtype=np.float32)
        for n, row in enumerate(missing):
            for place, values in enumerate(row):
                self.there[n, place], self.missing[n, place] = 1, list(values.values())
        self.statement = np.array([list(d.values()) for d in described], dtype=np.float32)
        self.statement_scale = _scaled(self.statement)
        self.missing_scale = _scaled(self.missing[self.there > 0])
        self.gold = np.array([e.why == "gold" for e in found], dtype=np.float32)
        self.weight = np.array([_WEIGHT[e.why] for e in found], dtype=np.float32)
        self.part = np.array([zlib.crc32(e.question.encode()) % _PARTS for e in found])


def _scaled(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The spread of each column, 1 where it has none."""
    spread: NDArray[np.float32] = values.std(axis=0)
    return np.where(spread > 0, spread, 1).astype(np.float32)


def _likelihood(learned: _Learned, rows: _Rows, chosen: NDArray[np.bool_]) -> torch.Tensor:
    statement, missing = learned
    said = torch.sigmoid(torch.from_numpy(rows.statement[chosen] / rows.statement_scale) @ statement)
    needed = torch.sigmoid(torch.from_numpy(rows.missing[chosen] / rows.missing_scale) @ missing)
    there = torch.from_numpy(rows.there[chosen])
    return said * torch.exp(torch.log1p(-0.9999 * needed * there).sum(dim=1))


def _learn(rows: _Rows, chosen: NDArray[np.bool_]) -> _Learned:
    statement = torch.zeros(rows.statement.shape[1], requires_grad=True)
    missing = torch.zeros(rows.missing.shape[2], requires_grad=True)
    optimiser = torch.optim.Adam([statement, missing], lr=_RATE)
    gold, weight = torch.from_numpy(rows.gold[chosen]), torch.from_numpy(rows.weight[chosen])
    for _ in range(_STEPS):
        p = _likelihood((statement, missing), rows, chosen).clamp(1e-6, 1 - 1e-6)
        loss = torch.nn.functional.binary_cross_entropy(p, gold, weight)
        # The biases, which come first, may be as large as they need.
        loss = loss + _DECAY * ((statement[1:] ** 2).sum() + (missing[1:] ** 2).sum())
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    return statement.detach(), missing.detach()


def _report(found: Sequence[Example], likely: NDArray[np.float32]) -> str:
    """The share taken of each kind of example, for the best statement of each question."""
    lines = []
    for bound in (HARDLY, 0.3, 0.4, SURE, 0.5, 0.6):
        shares = []
        for why in _WEIGHT:
            chosen = [p > bound for e, p in zip(found, likely, strict=True) if e.best and e.why == why]
            shares.append(f"{why} {np.mean(chosen):.3f}")
        lines.append(f"taken above {bound:.2f}: " + ", ".join(shares))
    return "\n".join(lines) + "\n"


def _gather(arguments: Sequence[str]) -> list[Example]:
    found: list[Example] = []
    for argument in arguments:
        folder, _, file = argument.partition("=")
        assistant = Recorder.open(load_settings(data_folder=folder))
        found += examples(assistant, load_items(Path(file)))
        sys.stderr.write(f"{file}: {len(found)} examples\n")
    return found


def _as_json(learned: _Learned, rows: _Rows) -> Mapping[str, Mapping[str, float]]:
    """The weights for features that are not scaled."""
    statement, missing = (part.numpy() for part in learned)
    return {
        "statement": _named(rows.statement_names, statement / rows.statement_scale),
        "missing": _named(rows.missing_names, missing / rows.missing_scale),
    }


def _named(names: Sequence[str], values: NDArray[Any]) -> dict[str, float]:
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}


def main(arguments: Sequence[str]) -> int:
    """Prints the weights; how they do on what was left out goes to standard error."""
    torch.manual_seed(0)
    found = _gather(arguments)
    rows = _Rows(found)
    likely = np.zeros(len(found), dtype=np.float32)
    for part in range(_PARTS):
        learned = _learn(rows, rows.part != part)
        likely[rows.part == part] = _likelihood(learned, rows, rows.part == part).numpy()
    sys.stderr.write(_report(found, likely))
    everything = np.ones(len(found), dtype=bool)
    sys.stdout.write(json.dumps(_as_json(_learn(rows, everything), rows), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
