"""Generations and segments on disk: written aside, sealed with checksums, published by one atomic rename.

    <folder>/current             the name of the published generation
    <folder>/gen-<hash>/         a generation: a manifest that names its segments; never changed
    <folder>/seg-<hash>/         a segment, of one or several generations; never changed
    <folder>/tmp-<random>/       one being written; left behind only by a process that was killed
    <folder>/build.lock          held while building
    <folder>/namespace           tells its vectors from others' in a shared store (Milvus only)

A process killed at any point leaves `current` naming a complete generation: files reach the disk before a
folder is renamed, segments are renamed before their generation is, and that before `current` is replaced.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from index.errors import GenerationDamaged, GenerationMismatch, NoGeneration

# Raised with every change of what is written, or of how it is worked out: older generations are then built
# again.
FORMAT: Final = 6
_CURRENT: Final = "current"
_MANIFEST: Final = "manifest.json"
_RECORD: Final = "segment.json"
# The one published and the one before it, which a reader may be about to open.
_KEPT: Final = 2


@dataclass(frozen=True, slots=True)
class Used:
    """A segment of a generation, and the sources in it that are gone."""

    name: str
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of: its segments, and the version of each source that is in them.

    `setup` is what the segments depend on beside their documents: packages, prompts, the vector store.
    """

    format: int
    count: int
    model: str
    model_fingerprint: str
    dimension: int
    setup: str
    sources: Mapping[str, str]
    segments: tuple[Used, ...]


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the folder's build lock; a second builder waits."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def new_folder(folder: Path) -> Path:
    """A fresh folder to write a generation in."""
    return Path(tempfile.mkdtemp(prefix="tmp-", dir=folder))


def current_name(folder: Path) -> str:
    """The name of the published generation.

    Raises:
        NoGeneration: nothing has been published.
        GenerationDamaged: `current` does not hold a generation's name.
    """
    try:
        name = (folder / _CURRENT).read_text("utf-8").strip()
    except FileNotFoundError as error:
        raise NoGeneration(
            f"no index has been published in {folder}; build one first (hoidap ingest)"
        ) from error
    if not name.startswith("gen-") or "/" in name:
        raise GenerationDamaged(f"{folder / _CURRENT} holds {name!r}, expected gen-…; build the index again")
    return name


def read_manifest(generation: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        GenerationDamaged: there is none, or it cannot be read.
        GenerationMismatch: it was written by another version of the format.
    """
    try:
        record = json.loads((generation / _MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise GenerationDamaged(
            f"{generation / _MANIFEST} cannot be read ({error}); build the index again"
        ) from error
    if record.get("format") != FORMAT:
        raise GenerationMismatch(
            f"{generation} has index format {record.get('format')!r}, this version reads {FORMAT}; "
            "build the index again"
        )
    segments = tuple(Used(used["name"], tuple(used["gone"])) for used in record.pop("segments"))
    return Manifest(**record, segments=segments)


def read_segment(folder: Path, *, verified: bool = True) -> dict[str, Any]:
    """The record of a segment, whose files are as they were written.

    Unless `verified`, only their sizes are compared: reading all of them again for each report that comes
    would cost more with every report.

    Raises:
        GenerationDamaged: a file is missing or differs from its checksum.
    """
    try:
        record: dict[str, Any] = json.loads((folder / _RECORD).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise GenerationDamaged(
            f"{folder / _RECORD} cannot be read ({error}); build the index again"
        ) from error
    for name, (size, expected) in record["files"].items():
        _verify(folder / name, size, expected if verified else "")
    return record


def _verify(path: Path, size: int, expected: str) -> None:
    try:
        found = path.stat().st_size, _sha256(path) if expected else ""
    except FileNotFoundError as error:
        raise GenerationDamaged(f"{path} is missing; build the index again") from error
    if found != (size, expected):
        raise GenerationDamaged(
            f"{path} has {found[0]} bytes, sha256 {found[1][:12]}…, expected {size}, {expected[:12]}…; "
            "build the index again"
        )


def seal_segment(written: Path, record: Mapping[str, Any]) -> Path:
    """The folder of the finished segment: `written` with its record, on disk, under its final name."""
    files = {path.name: [path.stat().st_size, _sha256(path)] for path in sorted(written.iterdir())}
    return _sealed(written, _RECORD, {**record, "files": files}, prefix="seg")


def seal_generation(folder: Path, manifest: Manifest) -> Path:
    """The folder of the finished generation, on disk, under its final name."""
    return _sealed(new_folder(folder), _MANIFEST, asdict(manifest), prefix="gen")


def _sealed(written: Path, name: str, record: Mapping[str, Any], *, prefix: str) -> Path:
    (written / name).write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
    for path in written.iterdir():
        _sync(path)
    _sync(written)
    digest = hashlib.sha256(json.dumps(record, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()
    final = written.parent / f"{prefix}-{digest[:16]}"
    if final.exists():  # the same, written before or by a process that was killed: it may be damaged
        shutil.rmtree(written if _intact(final, prefix) else final)
    if written.exists():
        written.rename(final)
    _sync(final.parent)
    return final


def _intact(folder: Path, prefix: str) -> bool:
    try:
        read_segment(folder) if prefix == "seg" else read_manifest(folder)
    except (GenerationDamaged, GenerationMismatch):
        return False
    return True


def publish(generation: Path) -> None:
    """Make `generation` the published one, by one atomic rename."""
    folder = generation.parent
    aside = folder / f"tmp-{_CURRENT}"
    aside.write_text(f"{generation.name}\n", "utf-8")
    _sync(aside)
    aside.replace(folder / _CURRENT)
    _sync(folder)


def prune(folder: Path) -> set[str]:
    """Remove what killed builds left, all generations but the published and the one before, their segments.

    Returns what the vector store knows the vectors by that nothing in this folder uses any more.
    """
    published = current_name(folder)
    others = [path for path in folder.glob("gen-*") if path.name != published]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    stale = others[_KEPT - 1 :]
    used = {name for kept in (folder / published, *others[: _KEPT - 1]) for name in _segments(kept)}
    unused = [path for path in folder.glob("seg-*") if path.name not in used]
    gone = {key for path in unused for key in _vectors_of(path)}
    for path in [*stale, *folder.glob("tmp-*"), *unused]:
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return gone - {key for name in used for key in _vectors_of(folder / name)}


def _vectors_of(segment: Path) -> Sequence[str]:
    try:
        return [read_segment(segment, verified=False)["vectors"]]
    except GenerationDamaged:
        return []


def namespace(folder: Path) -> str:
    """What tells the vectors of this index from those of others in a store that several share."""
    path = folder / "namespace"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(4), "utf-8")
    return path.read_text("utf-8")


def _segments(generation: Path) -> Sequence[str]:
    """The names of a generation's segments; none of one that cannot be read, which nobody can open either."""
    try:
        return [used.name for used in read_manifest(generation).segments]
    except (GenerationDamaged, GenerationMismatch):
        return []


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Force a file's or folder's content onto the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
