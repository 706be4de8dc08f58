"""Pages from templates, every text in them escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.static_files import static_address

TEMPLATES = Path(__file__).parent / "web" / "templates"

KIND_NAMES = {
    "ratio": "Tỷ lệ có tử số, mẫu số",
    "rate": "Tỷ lệ",
    "count": "Số lượng",
    "money": "Kinh phí",
    "bandwidth": "Băng thông",
    "measure": "Số đo",
    "date": "Ngày",
    "change": "Tăng, giảm",
}


def page(template: str, *, status_code: int = 200, **values: object) -> HTMLResponse:
    """The template with these values as a response."""
    return HTMLResponse(_environment().get_template(template).render(**values), status_code)


@cache
def _environment() -> Environment:
    # autoescape for every template: no text of a report or a person reaches a page as markup
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static_address
    environment.filters["day"] = day
    environment.filters["zip"] = zip
    environment.filters["kind"] = lambda kind: KIND_NAMES.get(kind, kind)
    return environment


def day(stamp: str | None) -> str:
    """An ISO date as it is written in Vietnam: 2024-03-29 becomes 29/3/2024; "" for none."""
    if not stamp:
        return ""
    year, month, date = stamp[:10].split("-")
    return f"{int(date)}/{int(month)}/{year}"
