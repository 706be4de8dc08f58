"""Breaks files of a format for some minutes: `python -m tests.fuzz docx --minutes 10 [--seed 1]`.

Each file must end in a report or in one ReportError that is no fault of ours, within the limits. What does
not is saved beside, with the number that makes it again.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from knowledge.errors import ReportError
from knowledge.formats.limits import Limits
from knowledge.reading import read_report
from tests.fuzz.mutation import broken_streams, mutated
from tests.fuzz.seeds import FORMATS, seeds

LIMITS = Limits(seconds=30, ocr_seconds=60)


def outcome(data: bytes, form: str, folder: Path) -> str:
    """What reading the file ends in: "report" or the error's name. Raises whatever is a fault of ours."""
    path = folder / f"case.{form}"
    path.write_bytes(data)
    try:
        read_report(path, limits=LIMITS)
    except ReportError as error:
        if len(str(error)) > 2000:
            raise AssertionError(f"a message of {len(str(error))} characters") from error
        # A reader that dies takes only itself along, but should not die.
        return "died" if "broke its reader" in str(error) else type(error).__name__
    return "report"


def variant(good: list[bytes], form: str, number: int) -> bytes:
    """The broken file of this number."""
    random = Random(number)  # noqa: S311  (nothing secret)
    data = random.choice(good)
    if form == "pdf" and random.random() < 0.5:
        return broken_streams(data, random)
    made = mutated(data, random)
    # What is no UTF-8 is refused before it is read: most files of text are kept text.
    return made.decode("utf-8", "ignore").encode() if form in {"html", "txt"} and number % 5 else made


def main() -> int:
    """0 when nothing crashed, hung or died."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("format", choices=FORMATS)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0, help="number of the first file")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="folder for what fails")
    arguments = parser.parse_args()
    until, number, seen, slowest = (
        time.monotonic() + 60 * arguments.minutes,
        arguments.seed,
        Counter[str](),
        0.0,
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good = seeds(arguments.format, folder)
        while time.monotonic() < until and good:
            data, started = variant(good, arguments.format, number), time.monotonic()
            try:
                said = outcome(data, arguments.format, folder)
            except Exception as error:
                said = f"CRASH {type(error).__name__}"
                sys.stderr.write(f"{number}: {error!r}\n")
            if said.startswith(("CRASH", "died", "TooCostly")):
                arguments.keep.mkdir(exist_ok=True)
                (arguments.keep / f"{arguments.format}-{number}").write_bytes(data)
            seen[said] += 1
            slowest = max(slowest, time.monotonic() - started)
            number += 1
    counts = ", ".join(f"{said} {n}" for said, n in seen.most_common())
    sys.stdout.write(f"{arguments.format}: {sum(seen.values())} files; {counts}; slowest {slowest:.1f} s\n")
    return 1 if any(said.startswith(("CRASH", "died")) for said in seen) else 0


if __name__ == "__main__":
    raise SystemExit(main())
