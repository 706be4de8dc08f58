"""Generations: published whole or not at all, rebuilt on change, refused when they do not fit."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index import Document, EmbedderSettings, build, open_current
from index.errors import BadDocuments, GenerationDamaged, GenerationMismatch, NoGeneration

_STAGES = ("segment", "lexical", "fit", "embed", "seal", "publish", "prune")

# A child that kills itself with SIGKILL when the build reaches a stage.
_CHILD = """
import os, signal, sys
from pathlib import Path
from index import Document, EmbedderSettings, build

def progress(stage, done, total):
    if stage == sys.argv[2]:
        os.kill(os.getpid(), signal.SIGKILL)

texts = ["Nội dung mới về thuế", "Nội dung mới về đất đai", "Nội dung mới về y tế"]
documents = [Document(f"new#{n}", text) for n, text in enumerate(texts)]
build(documents, Path(sys.argv[1]), embedder=EmbedderSettings(model=sys.argv[3]), progress=progress)
"""


def _copy(folder: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "index"
    shutil.copytree(folder, copied)
    return copied


def _current(folder: Path) -> Path:
    return folder / (folder / "current").read_text().strip()


@pytest.mark.parametrize("stage", _STAGES)
def test_killed_at_any_stage_a_whole_generation_serves(
    folder: Path, ready: EmbedderSettings, tmp_path: Path, stage: str
) -> None:
    copied = _copy(folder, tmp_path)
    before = open_current(copied).search("đổi bằng lái xe", k=1)
    model = "" if stage == "fit" else ready.model
    arguments = [sys.executable, "-c", _CHILD, str(copied), stage, model]
    child = subprocess.run(arguments, check=False, env=os.environ)
    assert child.returncode == -signal.SIGKILL
    hits = open_current(copied).search("đổi bằng lái xe", k=1)
    if stage == "prune":  # past the rename of `current`: the new one serves
        assert len(open_current(copied)) == 3
    else:
        assert hits == before
    generation = build([Document("after#0", "Sau sự cố")], copied, embedder=ready)
    assert generation.count == len(open_current(copied)) == 1
    assert not list(copied.glob("tmp-*"))


def test_an_unchanged_build_is_skipped(folder: Path, tmp_path: Path, documents: list[Document]) -> None:
    copied = _copy(folder, tmp_path)
    questions = ["tỷ lệ đổi bằng lái xe?", "bao nhiêu tổ công tác?"]
    told: list[str] = []
    again = build(
        documents, copied, training_questions=questions, progress=lambda stage, *_: told.append(stage)
    )
    assert (again.built, again.count, told) == (False, len(documents), [])


def test_a_changed_document_is_rebuilt_with_the_model_that_has_seen_the_others(
    folder: Path, tmp_path: Path, documents: list[Document]
) -> None:
    copied = _copy(folder, tmp_path)
    model = open_current(copied)._opened.embedder.fingerprint
    changed = [*documents[:-1], replace(documents[-1], text="Bàn giao hai mươi xe cứu thương")]
    questions = ["tỷ lệ đổi bằng lái xe?", "bao nhiêu tổ công tác?"]
    told: set[str] = set()
    built = build(changed, copied, training_questions=questions, progress=lambda stage, *_: told.add(stage))
    assert built.built
    assert told == {"segment", "lexical", "embed", "seal", "publish", "prune"}
    index = open_current(copied)
    assert index._opened.embedder.fingerprint == model
    assert index.search("xe cứu thương")[0].id == documents[-1].id


def test_the_model_is_fitted_anew_when_it_has_not_seen_a_third(folder: Path, tmp_path: Path) -> None:
    told: set[str] = set()
    documents = [Document(str(number), f"Một nội dung khác hẳn số {number}") for number in range(4)]
    build(documents, _copy(folder, tmp_path), progress=lambda stage, *_: told.add(stage))
    assert "fit" in told


def test_an_open_index_takes_up_a_new_generation(
    folder: Path, ready: EmbedderSettings, tmp_path: Path
) -> None:
    copied = _copy(folder, tmp_path)
    index = open_current(copied)
    assert index.reload_if_changed() is False
    build([Document("new#0", "Thu ngân sách"), Document("new#1", "Trồng rừng")], copied, embedder=ready)
    assert index.search("trồng rừng", k=1)[0].id != "new#1"
    assert index.reload_if_changed() is True
    assert index.search("trồng rừng", k=1)[0].id == "new#1"


def test_a_new_generation_that_cannot_be_opened_leaves_the_old_one_serving(
    folder: Path, ready: EmbedderSettings, tmp_path: Path
) -> None:
    copied = _copy(folder, tmp_path)
    index = open_current(copied)
    build([Document("new#0", "Thu ngân sách")], copied, embedder=ready)
    (_current(copied) / "dense.faiss").write_bytes(b"")
    with pytest.raises(GenerationDamaged, match="sha256"):
        index.reload_if_changed()
    assert index.search("đổi bằng lái xe", k=1)[0].id == "r1#0"


def test_old_generations_are_pruned(folder: Path, ready: EmbedderSettings, tmp_path: Path) -> None:
    copied = _copy(folder, tmp_path)
    for number in range(4):
        build([Document("x", f"Lần thứ {number}")], copied, embedder=ready)
    assert len(list(copied.glob("gen-*"))) == 2


@pytest.mark.parametrize("count", [0, 1, 5])
def test_tiny_collections_can_be_built_and_searched(tmp_path: Path, count: int) -> None:
    generation = build([Document(f"d#{n}", f"Chỉ tiêu thứ {n}") for n in range(count)], tmp_path)
    hits = open_current(tmp_path).search("chỉ tiêu")
    assert (generation.count, len(hits)) == (count, count)


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoGeneration, match="hoidap ingest"):
        open_current(tmp_path)


def test_two_documents_with_one_id_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDocuments, match="'a'"):
        build([Document("a", "một"), Document("a", "hai")], tmp_path)
    assert not (tmp_path / "current").exists()


def test_another_format_is_refused_and_rebuilt(folder: Path, ready: EmbedderSettings, tmp_path: Path) -> None:
    copied = _copy(folder, tmp_path)
    manifest = _current(copied) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 0}))
    with pytest.raises(GenerationMismatch, match="format 0"):
        open_current(copied)
    assert build([Document("a", "một")], copied, embedder=ready).built


def test_another_model_in_the_setting_is_refused(folder: Path) -> None:
    with pytest.raises(
        GenerationMismatch, match="made with the model 'fitted', the setting names '/some/model'"
    ):
        open_current(folder, embedder=EmbedderSettings(model="/some/model"))


def test_another_version_of_the_model_is_refused(folder: Path, tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(_current(folder) / "model", model)
    settings = EmbedderSettings(model=str(model))
    build([Document("a", "hồ sơ"), Document("b", "đất đai")], tmp_path / "index", embedder=settings)
    assert open_current(tmp_path / "index", embedder=settings).search("ho so")[0].id == "a"
    (model / "modules.json").write_text((model / "modules.json").read_text() + "\n")
    with pytest.raises(GenerationMismatch, match="another version of the model"):
        open_current(tmp_path / "index", embedder=settings)


@pytest.mark.parametrize(("name", "message"), [("dense.faiss", "sha256"), ("documents.jsonl", "sha256")])
def test_a_damaged_file_is_named(folder: Path, tmp_path: Path, name: str, message: str) -> None:
    copied = _copy(folder, tmp_path)
    (_current(copied) / name).write_bytes(b"x")
    with pytest.raises(GenerationDamaged, match=f"{name}.*{message}"):
        open_current(copied)


def test_a_missing_file_is_named(folder: Path, tmp_path: Path) -> None:
    copied = _copy(folder, tmp_path)
    (_current(copied) / "spelt.impacts.npy").unlink()
    with pytest.raises(GenerationDamaged, match=r"spelt\.impacts\.npy is missing"):
        open_current(copied)


def test_a_pointer_that_names_nothing_is_refused(folder: Path, tmp_path: Path) -> None:
    copied = _copy(folder, tmp_path)
    (copied / "current").write_text("../elsewhere")
    with pytest.raises(GenerationDamaged, match=r"\.\./elsewhere"):
        open_current(copied)
