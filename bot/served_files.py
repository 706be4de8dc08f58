"""Files that a browser gets from memory: compressed once, all of one version, which stands in their address.

So a browser may keep them for good and never mixes the files of two releases, and no request waits until
one is read or compressed.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

_MEDIA_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class ServedFile:
    """A file's bytes as they are, and compressed."""

    plain: bytes
    gzipped: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class ServedFiles:
    """Every file by its name, and the version of them all."""

    version: str
    files: Mapping[str, ServedFile]


def version_of(contents: Mapping[str, bytes]) -> str:
    """A version that is another one whenever a name or a byte of these is."""
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def served_file(name: str, content: bytes) -> ServedFile:
    """The file, ready to be sent; its type is told by the name's ending."""
    # mtime 0: the same file is the same bytes, whenever it was compressed
    return ServedFile(content, gzip.compress(content, mtime=0), _MEDIA_TYPES[name.rpartition(".")[2]])
