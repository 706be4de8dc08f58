"""The administrative units of Viet Nam by date: provinces, districts (until 1 July 2025) and communes.

The tables under `knowledge/data` are made by `knowledge.data.make_places`; they are read when first asked
for.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from knowledge.vietnamese import fold

Level = Literal["tinh", "huyen", "xa"]

# Nghị quyết 202/2025/QH15 and Luật Tổ chức chính quyền địa phương 2025: 34 provinces, no districts.
REFORM: Final = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit. `key` is unique ("a-province/huyen-a-district").

    `parent` is the key it stands in or "".

    `merged_into` names the key of the province that a dissolved one belongs to since the reform, "" for one
    that stayed.
    """

    name: str
    level: Level
    kind: str
    key: str
    parent: str = ""
    merged_into: str = ""

    @property
    def full_name(self) -> str:
        """The name with its kind as in a sentence: "thị xã Cai Lậy"."""
        return f"{self.kind} {self.name}"


def slug(name: str) -> str:
    """The name as a part of a key: "Bà Rịa - Vũng Tàu" → "ba-ria-vung-tau"."""
    return "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())


@cache
def provinces_and_districts() -> tuple[Place, ...]:
    """All provinces and districts as of the eve of the reform, each province before its districts."""
    places: list[Place] = []
    for row in _table("places.json")["provinces"]:
        key = slug(row["name"])
        since = slug(row["since_2025"])
        places.append(Place(row["name"], "tinh", row["kind"], key, "", "" if since == key else since))
        for kind, district in row["districts"]:
            places.append(Place(district, "huyen", kind, f"{key}/{slug(kind)}-{slug(district)}", key))
    return tuple(places)


@cache
def by_key() -> dict[str, Place]:
    """Provinces and districts by key."""
    return {place.key: place for place in provinces_and_districts()}


def provinces(on: date) -> list[Place]:
    """The provinces that there are on a day: 63 before the reform, 34 since."""
    return [p for p in provinces_and_districts() if p.level == "tinh" and (on < REFORM or not p.merged_into)]


def units_of(place: Place, on: date) -> list[Place]:
    """The units directly below a place on a day: districts of a province before the reform, communes since.

    Districts that were dissolved or made earlier are there on the days on which they were; one that only
    became a town or a city shows its last form.
    """
    if place.level == "xa" or (on >= REFORM and (place.level == "huyen" or place.merged_into)):
        return []
    if place.level == "tinh" and on < REFORM:
        changes = [c for c in _changes() if c.province == place.key and on < c.day]
        begun = {key for c in changes for key in c.began}
        last = [p for p in _children()[place.key] if p.key not in begun]
        return [*last, *(p for c in changes for p in c.ended)]
    return list(_communes(place, since=on >= REFORM))


@dataclass(frozen=True, slots=True)
class _Change:
    """The districts of a province that ended on a day, and the keys of those that began."""

    day: date
    province: str
    ended: tuple[Place, ...]
    began: frozenset[str]


def former_districts() -> tuple[Place, ...]:
    """The districts that were dissolved before the eve of the reform."""
    return tuple(place for change in _changes() for place in change.ended)


@cache
def _changes() -> tuple[_Change, ...]:
    """The changes of data/former_districts.txt."""
    text = files("knowledge").joinpath("data/former_districts.txt").read_text(encoding="utf-8")
    out = []
    for line in text.splitlines():
        if line and not line.startswith("#"):
            day, province, ended, began = (part.strip() for part in line.split("|"))
            key = slug(province)
            gone = tuple(_district(key, name) for name in ended.split("; ") if name)
            new = frozenset(_district(key, name).key for name in began.split("; ") if name)
            out.append(_Change(date.fromisoformat(day), key, gone, new))
    return tuple(out)


def _district(province: str, full_name: str) -> Place:
    kind = next(k for k in ("thành phố", "thị xã", "huyện", "quận") if full_name.startswith(k + " "))
    name = full_name.removeprefix(kind + " ")
    return Place(name, "huyen", kind, f"{province}/{slug(kind)}-{slug(name)}", province)


def parent_of(place: Place) -> Place | None:
    """The unit that the place stands in; None for a province."""
    return by_key().get(place.parent)


def is_within(inner: Place, outer: Place, on: date | None = None) -> bool:
    """Whether `inner` is `outer` or lies in it; on a day since the reform, also by a merger of provinces."""
    if inner.key == outer.key or inner.key.startswith(outer.key + "/"):
        return True
    province = by_key().get(inner.key.split("/", 1)[0])
    return on is not None and on >= REFORM and province is not None and province.merged_into == outer.key


@cache
def communes_named(folded: str) -> tuple[Place, ...]:
    """The communes of both times whose folded name is this one."""
    return tuple(_communes_by_name().get(folded, ()))


@cache
def _children() -> dict[str, list[Place]]:
    children: dict[str, list[Place]] = defaultdict(list)
    for place in provinces_and_districts():
        if place.parent:
            children[place.parent].append(place)
    return children


@cache
def _communes(place: Place, *, since: bool) -> tuple[Place, ...]:
    table = _table("communes.json")
    if since:
        rows = table["since"][place.name]
    else:
        province = by_key()[place.parent].name
        rows = table["before"][province].get(place.full_name, [])
    return tuple(
        Place(name, "xa", kind, f"{place.key}/{slug(kind)}-{slug(name)}", place.key) for kind, name in rows
    )


@cache
def _communes_by_name() -> dict[str, list[Place]]:
    named: dict[str, list[Place]] = defaultdict(list)
    for place in provinces_and_districts():
        if place.level == "huyen":
            communes = _communes(place, since=False)
        else:
            communes = () if place.merged_into else _communes(place, since=True)
        for commune in communes:
            named[fold(commune.name)].append(commune)
    return named


@cache
def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads(files("knowledge").joinpath("data", name).read_text(encoding="utf-8"))
    return table
