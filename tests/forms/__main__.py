"""How many facts of each report every format gives: `python -m tests.forms`.

Word files and web pages are written from the reports' texts, PDFs printed by LibreOffice and by Chromium,
which draws no rules. A fact is found where kind and figures are the same, and the same in all where its
words, unit, time and place are, too.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from knowledge.reading import read_report
from knowledge.reading.blocks import plain_blocks
from knowledge.reading.source import read_source
from knowledge.records import Fact
from tests.forms.printed import SOFFICE, converted
from tests.forms.web import web_page
from tests.forms.word import word_file
from tests.golden.render import ROOT, SOURCES

CHROMIUM = shutil.which("chromium") or ""
FORMS = {"docx": ".docx", "html": ".html", "pdf, LibreOffice": ".pdf", "pdf, Chromium": ".printed.pdf"}


def main() -> int:
    """0 when every format gives 99% of the facts."""
    sources = [*SOURCES, *sorted((ROOT / "tests" / "questions" / "reports").glob("*.txt"))]
    found, alike, total = Counter[str](), Counter[str](), 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(sources, folder)
        for source in sources:
            facts = read_report(source).facts
            total += len(facts)
            for form, suffix in FORMS.items():
                path = folder / f"{source.stem}{suffix}"
                if path.exists():
                    read = read_report(path).facts
                    found[form] += _common(map(_figures, facts), map(_figures, read))
                    alike[form] += _common(map(_whole, facts), map(_whole, read))
    for form in found:
        sys.stdout.write(f"{form}: {found[form]} of {total} facts, {alike[form]} the same in all\n")
    return 1 if any(100 * n < 99 * total for n in found.values()) else 0


def _write(sources: list[Path], folder: Path) -> None:
    words = []
    for source in sources:
        blocks = plain_blocks(read_source(source).text)
        words.append(folder / f"{source.stem}.docx")
        word_file(blocks, words[-1])
        page = folder / f"{source.stem}.html"
        web_page(blocks, page)
        if CHROMIUM:
            target = f"--print-to-pdf={folder / source.stem}.printed.pdf"
            options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", target)
            subprocess.run([CHROMIUM, *options, page.as_uri()], check=True, capture_output=True, timeout=120)
    if SOFFICE:
        converted(words, folder)


def _common(one: map[tuple[str, ...]], other: map[tuple[str, ...]]) -> int:
    return sum((Counter(one) & Counter(other)).values())


def _figures(fact: Fact) -> tuple[str, ...]:
    return (fact.kind, str(fact.value), str(fact.numerator), str(fact.denominator))


def _whole(fact: Fact) -> tuple[str, ...]:
    when = fact.period.label if fact.period else ""
    return (*_figures(fact), " ".join(fact.indicator.split()), fact.unit, when, str(fact.as_of), fact.place)


if __name__ == "__main__":
    raise SystemExit(main())
