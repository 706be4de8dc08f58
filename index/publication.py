"""Generation folders on disk: written aside, sealed with checksums, published by one atomic rename, pruned.

    <folder>/current             the name of the published generation
    <folder>/gen-<hash>/         a complete generation; never changed once it has this name
    <folder>/tmp-<random>/       one being written; left behind only by a process that was killed
    <folder>/build.lock          held while building

A process killed at any point leaves `current` naming a complete generation: files reach the disk before the
folder is renamed, and the folder is renamed before `current` is replaced.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from index.errors import GenerationDamaged, GenerationMismatch, NoGeneration

# Raised with every change of what is written, or of how it is worked out: older generations are then built
# again.
FORMAT: Final = 4
_CURRENT: Final = "current"
_MANIFEST: Final = "manifest.json"
# The one published and the one before it, which a reader may be about to open.
_KEPT: Final = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of; `inputs` hashes documents and settings, `files` maps path to sha256."""

    format: int
    inputs: str
    count: int
    model: str
    model_fingerprint: str
    dimension: int
    versions: Mapping[str, str]
    files: Mapping[str, str]


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
    return Manifest(**record)


def verify(generation: Path, manifest: Manifest) -> None:
    """Check every file against its checksum.

    Raises:
        GenerationDamaged: a file is missing or differs.
    """
    for name, expected in manifest.files.items():
        try:
            found = _sha256(generation / name)
        except FileNotFoundError as error:
            raise GenerationDamaged(f"{generation / name} is missing; build the index again") from error
        if found != expected:
            raise GenerationDamaged(
                f"{generation / name} has sha256 {found[:12]}…, expected {expected[:12]}…; "
                "build the index again"
            )


def seal(written: Path, manifest: Manifest) -> Path:
    """The folder of the finished generation: `written` with its manifest, on disk, under its final name."""
    files = {
        path.relative_to(written).as_posix(): _sha256(path)
        for path in sorted(written.rglob("*"))
        if path.is_file()
    }
    record = asdict(manifest) | {"files": files}
    (written / _MANIFEST).write_text(json.dumps(record, ensure_ascii=False, indent=1), "utf-8")
    for path in written.rglob("*"):
        _sync(path)
    _sync(written)
    final = (
        written.parent / f"gen-{hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:16]}"
    )
    if (
        final.exists()
    ):  # the same bytes, published before or sealed by a process that was killed; may be damaged
        shutil.rmtree(final) if not _intact(final) else shutil.rmtree(written)
    if written.exists():
        written.rename(final)
    _sync(final.parent)
    return final


def publish(generation: Path) -> None:
    """Make `generation` the published one, by one atomic rename."""
    folder = generation.parent
    aside = folder / f"tmp-{_CURRENT}"
    aside.write_text(f"{generation.name}\n", "utf-8")
    _sync(aside)
    aside.replace(folder / _CURRENT)
    _sync(folder)


def prune(folder: Path) -> None:
    """Remove what killed builds left behind, and all generations but the published one and the one before."""
    published = current_name(folder)
    others = [path for path in folder.glob("gen-*") if path.name != published]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for stale in [*others[_KEPT - 1 :], *folder.glob("tmp-*")]:
        shutil.rmtree(stale) if stale.is_dir() else stale.unlink(missing_ok=True)


def _intact(generation: Path) -> bool:
    try:
        verify(generation, read_manifest(generation))
    except (GenerationDamaged, GenerationMismatch):
        return False
    return True


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
