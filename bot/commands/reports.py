"""`hoidap reports list|remove|rollback`: the stored reports and their versions, as at the editor's desk."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.errors import UsageError
from bot.problems import Problem
from bot.settings import Settings

if TYPE_CHECKING:
    from argparse import _SubParsersAction

    from bot.editing.changes import Changes
    from knowledge.store import Store, StoredVersion


def register(commands: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("reports", help="list, remove and roll back stored reports")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="every report with its versions, removed ones too")
    listing.set_defaults(run=_list)
    removing = actions.add_parser("remove", help="answer without a report; its versions stay readable")
    removing.set_defaults(run=_remove)
    rolling = actions.add_parser("rollback", help="answer from an earlier version, or from a removed report")
    rolling.add_argument("--version", type=int, metavar="N", help="which one (default: the one before)")
    rolling.set_defaults(run=_roll_back)
    for action in (removing, rolling):
        action.add_argument("report", metavar="REPORT", help="its id or its number, as `list` prints them")


def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    store = _store(settings)
    for report_id in [s.id for s in store.reports()] + [line.report_id for line in store.withdrawn()]:
        history = store.history(report_id)
        removed = "" if any(line.active for line in history) else "  (removed)"
        print(f"{history[0].number}  {report_id}{removed}")
        for line in history:
            mark = "*" if line.active else " "
            counts = f"{line.facts} facts, {line.findings} findings"
            print(f"  {mark} version {line.version}  {line.added_at[:16]}  {line.source_name}, {counts}")
    return 0


def _remove(arguments: argparse.Namespace, settings: Settings) -> int:
    line = _named(_store(settings), arguments.report)[0]
    _change(settings, lambda changes: changes.remove(line.report_id, editor=_who()))
    print(f"removed {line.number}; `hoidap reports rollback {line.report_id}` takes it back")
    return 0


def _roll_back(arguments: argparse.Namespace, settings: Settings) -> int:
    history = _named(_store(settings), arguments.report)
    version = arguments.version or _one_before(history)
    _change(settings, lambda changes: changes.roll_back(history[0].report_id, version, editor=_who()))
    print(f"{history[0].number}: answers come from version {version}")
    return 0


def _one_before(history: list[StoredVersion]) -> int:
    """The version before the one that counts, or the last one of a removed report."""
    active = next((line.version for line in history if line.active), None)
    earlier = [line.version for line in history if active is None or line.version < active]
    if not earlier:
        raise UsageError(f"{history[0].number}: there is no version before version {active}")
    return earlier[0]


def _store(settings: Settings) -> Store:
    from knowledge.store import Store

    return Store.open(settings.knowledge_path)


def _named(store: Store, name: str) -> list[StoredVersion]:
    """The history of the report of that id or number.

    Raises:
        UsageError: there is none, or there are several of that number.
    """
    if history := store.history(name):
        return history
    lines = [(s.id, s.number) for s in store.reports()]
    lines += [(line.report_id, line.number) for line in store.withdrawn()]
    ids = [report_id for report_id, number in lines if number.casefold() == name.casefold()]
    if len(ids) == 1:
        return store.history(ids[0])
    found = ", ".join(ids) or "none"
    raise UsageError(f"{name!r}: expected id or number of one report, found {found}; see `reports list`")


def _change(settings: Settings, act: Callable[[Changes], None]) -> None:
    from bot.editing.changes import Changes
    from bot.editing.desk_store import DeskStore

    desk = DeskStore.open(settings.desk_path)
    try:
        act(Changes(_store(settings), desk, settings))
    except Problem as problem:
        raise UsageError(problem.detail) from None
    finally:
        desk.close()


def _who() -> str:
    try:
        return f"{getpass.getuser()} (dòng lệnh)"
    except (KeyError, OSError):
        return "(dòng lệnh)"
