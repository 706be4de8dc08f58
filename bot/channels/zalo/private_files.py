"""Files that only we may read, written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bot.channels.zalo.errors import SecretsUnsafe


def make_private_folder(path: Path) -> None:
    """Make the folder, for us alone; one that is there already is closed to others."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)


def read_private(path: Path) -> str:
    """The text of a file that nobody else may read.

    Raises:
        SecretsUnsafe: others may read it, it is somebody else's, or it is not there.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise SecretsUnsafe(f"{path}: cannot be read ({error.strerror}); make it with mode 0600") from None
    with os.fdopen(descriptor, encoding="utf-8") as file:
        status = os.fstat(descriptor)  # of the file that is open: no time to swap it between check and use
        mode = stat.S_IMODE(status.st_mode)
        if mode & 0o077:
            raise SecretsUnsafe(f"{path}: mode is {mode:04o}, expected 0600; run `chmod 600 {path}`")
        if status.st_uid not in (os.geteuid(), 0):
            raise SecretsUnsafe(f"{path}: belongs to user {status.st_uid}, expected {os.geteuid()} or root")
        return file.read()


def write_private(path: Path, text: str) -> None:
    """Replace the file by `text` in one step: after a crash it holds all of the old or all of the new."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.part")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # the rename itself, or a power cut could bring the old file back
    finally:
        os.close(folder)
