"""The tokens on disk: both replaced in one step, under a lock that holds across processes."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.channels.zalo.errors import SecretsUnsafe
from bot.channels.zalo.private_files import read_private, write_private


@dataclass(frozen=True, slots=True)
class Tokens:
    """Both tokens.

    `renewing_since` is set while a renewal is under way: one that a crash cut short leaves it behind.
    `refused` says that Zalo took this refresh token no more.
    """

    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    expires_at: float
    saved_at: float = 0.0
    renewing_since: float = 0.0
    refused: bool = False

    def left_seconds(self) -> float:
        """How long the access token still lives by its own account."""
        return self.expires_at - time.time()


class TokenFile:
    """The file `tokens.json` of a folder and the lock beside it."""

    def __init__(self, folder: Path) -> None:
        self.path, self._lock_path = folder / "tokens.json", folder / "tokens.lock"

    def load(self) -> Tokens | None:
        """The tokens, or None where nobody has logged in yet.

        Raises:
            SecretsUnsafe: others may read the file, or it is damaged.
        """
        if not self.path.exists():
            return None
        try:
            return Tokens(**json.loads(read_private(self.path)))
        except (ValueError, TypeError):
            raise SecretsUnsafe(f"{self.path}: is damaged; run `hoidap zalo login`") from None

    def save(self, tokens: Tokens) -> None:
        """Put the tokens on the disk; they are not to be used before. Raises OSError."""
        members = {name: getattr(tokens, name) for name in Tokens.__slots__}
        write_private(self.path, json.dumps(members))

    def changed(self) -> tuple[int, int]:
        """A mark that is another one after each save, by whichever process."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return (0, 0)
        return (status.st_mtime_ns, status.st_ino)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock, waiting for whoever has it; the system frees it when a process dies."""
        descriptor = os.open(self._lock_path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def fresh(tokens: Tokens) -> Tokens:
    """The tokens as just received, with the time of now and no mark of an earlier renewal."""
    return replace(tokens, saved_at=time.time(), renewing_since=0.0, refused=False)
