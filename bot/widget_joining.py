"""The widget's modules as one, since twenty requests took most of the time until the chat could be used.

Nothing is built: each file stays a plain ES module, and joined they are one more. In it every file is a
function of its own, so that no name of one meets a name of another; they stand in the order of imports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import \{ ([\w ,]+) \} from "\./([\w.]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*$", re.MULTILINE)


def joined(modules: Mapping[str, str], first: str) -> str:
    """A module that does what `first` does. `modules` holds the text of each file by its name.

    A line that starts with a file's name is followed by that file's own lines, one for one.

    Raises:
        ValueError: a file imports itself, or one that there is not, or in a form that is not known here.
    """
    parts: dict[str, str] = {}
    _add(first, modules, parts, ())
    return "".join(parts.values())


def _add(name: str, modules: Mapping[str, str], parts: dict[str, str], asking: tuple[str, ...]) -> None:
    if name in asking or name not in modules:
        wrong = "imports itself" if name in asking else "is not there"
        raise ValueError(f"{' → '.join([*asking, name])}: {name} {wrong}")
    if name in parts:
        return
    text = modules[name]
    for found in _IMPORT.finditer(text):
        _add(found[2], modules, parts, (*asking, name))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(_taken, text))
    if other := _OTHER.search(body):
        raise ValueError(f"{name}: cannot be joined: {other[0]}")
    given = ", ".join(found[2] for found in _EXPORT.finditer(text))
    parts[name] = f"const {_constant(name)} = (() => {{ // {name}\n{body}\nreturn {{ {given} }};\n}})();\n"


def _taken(found: re.Match[str]) -> str:
    """What stands in the place of an import: `{ a as b }` is `{ a: b }` of an object."""
    return f"const {{ {found[1].replace(' as ', ': ')} }} = {_constant(found[2])};"


def _constant(name: str) -> str:
    return "$" + re.sub(r"\W", "_", name.removesuffix(".js"))
