"""Writes places.json and communes.json from the dataset of the package `vietnamadminunits`.

Source: the package vietnamadminunits (Tran Ngoc Minh Hieu; MIT licence): the 63 provinces, 696
districts and their communes as they stood before 1 July 2025, and the 34 provinces with their communes since.
The package itself takes a second and several libraries to load; these tables take milliseconds. Run: `python
-m knowledge.data.make_places`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SOURCE = "vietnamadminunits (PyPI), MIT licence, Copyright (c) 2025 Tran Ngoc Minh Hieu"


def main() -> int:
    """Exit code 0 once both files are written; 1 where the package is not installed."""
    package = find_spec("vietnamadminunits")
    if package is None or package.origin is None:
        sys.stderr.write("vietnamadminunits is not installed: pip install vietnamadminunits\n")
        return 1
    data = Path(package.origin).parent / "data"
    merged = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))["DICT_PROVINCE"]
    with sqlite3.connect(data / "dataset.db") as database:
        _write("places.json", {"source": SOURCE, "provinces": _provinces(database, merged)})
        _write(
            "communes.json",
            {"source": SOURCE, "before": _old_communes(database), "since": _new_communes(database)},
        )
    return 0


def _provinces(database: sqlite3.Connection, merged: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Each old province with its districts as [kind.

    Name] and the name of the province that it is in since.
    """
    rows = database.execute(
        "select distinct province, provinceShort, provinceKey, districtType, district, districtCode"
        " from admin_units_legacy order by provinceCode, districtCode"
    )
    names: dict[str, str] = {}
    units: dict[str, dict[str, Any]] = {}
    for full, short, key, kind, district, _ in rows:
        names[key] = short
        unit = units.setdefault(key, {"kind": _kind(full, short), "name": short, "districts": []})
        unit["districts"].append([kind.lower(), _name(kind, district)])
    for new, olds in merged.items():
        for old in olds:
            units[old]["since_2025"] = names[new]
    return list(units.values())


def _old_communes(database: sqlite3.Connection) -> dict[str, dict[str, list[list[str]]]]:
    rows = database.execute(
        "select provinceShort, districtType, district, wardType, ward"
        " from admin_units_legacy where wardType is not null"
        " order by provinceCode, districtCode, wardCode"
    )
    communes: dict[str, dict[str, list[list[str]]]] = defaultdict(lambda: defaultdict(list))
    for province, district_kind, district, kind, name in rows:
        key = f"{district_kind.lower()} {_name(district_kind, district)}"
        communes[province][key].append([kind.lower(), _name(kind, name)])
    return communes


def _new_communes(database: sqlite3.Connection) -> dict[str, list[list[str]]]:
    rows = database.execute(
        "select provinceShort, wardType, ward from admin_units order by provinceCode, wardCode"
    )
    communes: dict[str, list[list[str]]] = defaultdict(list)
    for province, kind, name in rows:
        communes[province].append([kind.lower(), _name(kind, name)])
    return communes


def _name(kind: str, full: str) -> str:
    """The name without its kind.

    The dataset's own short names differ where two units of a province share one.
    """
    return full[len(kind) :].strip()


def _kind(full: str, short: str) -> str:
    return full.removesuffix(short).strip().lower()


def _write(name: str, table: dict[str, Any]) -> None:
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    (HERE / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
