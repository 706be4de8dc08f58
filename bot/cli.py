"""The command line: `hoidap COMMAND …`. Exit codes: 0 done, 1 the work failed, 2 wrong usage."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib.metadata import version

from bot.commands import (
    accept,
    ask,
    check,
    evaluate,
    export,
    ingest,
    reports,
    serve,
    settings_list,
    train,
    zalo,
)
from bot.errors import BotError, SettingsError, UsageError
from bot.settings import load_settings

COMMANDS = (ingest, check, ask, serve, evaluate, accept, reports, export, train, zalo, settings_list)


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code of the command that `argv` (or the process's arguments) names."""
    arguments = build_parser().parse_args(argv)
    try:
        settings = load_settings(data_folder=arguments.data)
        _log(settings.log_level)
        code: int = arguments.run(arguments, settings)
    except (UsageError, SettingsError) as error:
        return _fail(error, code=2)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader (head, less) has gone: nothing more to say
        return 1
    except _expected() as error:
        return _fail(error, code=1)
    return code


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="hoidap",
        description="Answers questions about administrative reports in Vietnamese, with their sources.",
    )
    parser.add_argument("--version", action="version", version=f"hoidap {version('hoidap')}")
    parser.add_argument("--data", metavar="FOLDER", help="folder of what is built and stored (default: var)")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.register(commands)
    return parser


def _log(level: str) -> None:
    """Log our own packages at the level that is set; libraries only where something is wrong."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for package in ("bot", "index", "knowledge"):
        logging.getLogger(package).setLevel(level)


def _expected() -> tuple[type[Exception], ...]:
    """The errors whose text is made for people; any other is a fault of ours and shows its trace."""
    from index.errors import SearchError
    from knowledge.errors import KnowledgeError

    return (BotError, KnowledgeError, SearchError, OSError)


def _fail(error: Exception, *, code: int) -> int:
    print(f"hoidap: {error}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
