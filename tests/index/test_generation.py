"""Generations: published whole or not at all, rebuilt on change, refused when they do not fit."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from index import Document, EmbedderSettings, build, open_current
from index.errors import BadDocuments, GenerationDamaged, GenerationMismatch, NoGeneration
from index.generation import synchronise

_STAGES = ("segment", "lexical", "embed", "merge", "publish", "prune")

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
build(documents, Path(sys.argv[1]), progress=progress)
"""


def _copy(folder: Path, tmp_path: Path) -> Path:
    copied = tmp_path / "index"
    shutil.copytree(folder, copied)
    return copied


def _current(folder: Path) -> Path:
    return folder / (folder / "current").read_text().strip()


def _segment(folder: Path) -> Path:
    manifest = json.loads((_current(folder) / "manifest.json").read_text())
    return folder / str(manifest["segments"][-1]["name"])


@pytest.mark.parametrize("stage", _STAGES)
def test_killed_at_any_stage_a_whole_generation_serves(folder: Path, tmp_path: Path, stage: str) -> None:
    copied = _copy(folder, tmp_path)
    before = open_current(copied).search("đổi bằng lái xe", k=1)
    arguments = [sys.executable, "-c", _CHILD, str(copied), stage]
    child = subprocess.run(arguments, check=False, env=os.environ)
    assert child.returncode == -signal.SIGKILL
    hits = open_current(copied).search("đổi bằng lái xe", k=1)
    if stage == "prune":  # past the rename of `current`: the new one serves
        assert len(open_current(copied)) == 3
    else:
        assert hits == before
    generation = build([Document("after#0", "Sau sự cố")], copied)
    assert generation.count == len(open_current(copied)) == 1
    assert not list(copied.glob("tmp-*"))


def test_an_unchanged_build_is_skipped(folder: Path, tmp_path: Path, documents: list[Document]) -> None:
    copied = _copy(folder, tmp_path)
    told: list[str] = []
    again = build(documents, copied, progress=lambda stage, *_: told.append(stage))
    assert (again.built, again.count, told) == (False, len(documents), [])


def test_what_is_damaged_is_built_again_even_if_nothing_changed(
    folder: Path, tmp_path: Path, documents: list[Document]
) -> None:
    copied = _copy(folder, tmp_path)
    damaged = _segment(copied) / "vectors.faiss"
    damaged.write_bytes(damaged.read_bytes()[:-4] + b"1234")
    assert build(documents, copied).built
    assert open_current(copied).search("đổi bằng lái xe", k=1)[0].id == "r1#0"


def _reports(names: str) -> list[Document]:
    """For each name a report of fifty passages."""
    return [
        Document(f"{name}#{number}", f"Chỉ tiêu {number} của đơn vị {name}{name}{name}", report_id=name)
        for name in names
        for number in range(50)
    ]


def test_only_new_reports_are_indexed_and_the_rest_is_merged(tmp_path: Path) -> None:
    build(_reports("ab"), tmp_path)
    told: list[tuple[str, int]] = []
    build(_reports("abc"), tmp_path, progress=lambda stage, done, _: told.append((stage, done)))
    assert ("segment", 50) in told
    assert max(done for stage, done in told if stage == "segment") == 50
    index = open_current(tmp_path)
    assert len(index) == 150
    assert index.search("chỉ tiêu 7 của đơn vị ccc", k=1)[0].id == "c#7"


def test_a_report_is_removed_replaced_and_added_without_indexing_the_others(tmp_path: Path) -> None:
    build(_reports("abcd"), tmp_path)
    changed = [replace(d, text=d.text.replace("ddd", "eee")) for d in _reports("d")]
    asked: list[str] = []
    build(
        [*_reports("bc"), *changed], tmp_path, progress=lambda stage, done, _: asked.append(f"{stage}{done}")
    )
    assert "segment50" in asked
    assert "segment51" not in asked
    index = open_current(tmp_path)
    assert len(index) == 150
    assert index.search("chỉ tiêu 7 của đơn vị eee", k=1)[0].id == "d#7"
    assert not {hit.id[0] for hit in index.search("đơn vị aaa ddd", k=150)} & {"a"}


def test_only_changed_sources_are_asked_for(tmp_path: Path) -> None:
    sources = {name: _reports(name) for name in "abc"}
    asked: list[str] = []

    def documents_of(name: str) -> list[Document]:
        asked.append(name)
        return sources[name]

    synchronise({"a": "1", "b": "1"}, documents_of, tmp_path)
    synchronise({"a": "1", "b": "2", "c": "1"}, documents_of, tmp_path)
    assert asked == ["a", "b", "b", "c"]
    assert not synchronise({"a": "1", "b": "2", "c": "1"}, documents_of, tmp_path).built


def test_history_does_not_change_what_is_found(tmp_path: Path) -> None:
    build(_reports("abcd"), tmp_path / "once")
    for names in ("a", "ax", "abx", "abc", "abcd"):
        build(_reports(names), tmp_path / "often")
    once, often = open_current(tmp_path / "once"), open_current(tmp_path / "often")
    for question in ("chỉ tiêu 7 của đơn vị ccc", "don vi bbb chi tieu 3"):
        assert once.search(question, k=1)[0].id == often.search(question, k=1)[0].id


def test_small_segments_are_merged_and_large_ones_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.writing._SMALL", 100)
    monkeypatch.setattr("index.writing.LARGEST", 300)
    names = "abcdefghij"
    for count in range(1, len(names) + 1):
        build(_reports(names[:count]), tmp_path)
    sizes = [len(part.segment) for part in open_current(tmp_path)._serving.segments]
    assert sum(sizes) == 500
    assert max(sizes) <= 300
    assert len(sizes) <= 4


def test_a_segment_that_has_lost_most_is_written_anew(tmp_path: Path) -> None:
    build(_reports("abc"), tmp_path)
    build(_reports("a"), tmp_path)
    [part] = open_current(tmp_path)._serving.segments
    assert (len(part.segment), part.live) == (50, None)


def test_searching_goes_on_while_generations_come_and_go(tmp_path: Path) -> None:
    build(_reports("a"), tmp_path)
    index = open_current(tmp_path)
    failures: list[BaseException] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                assert index.search("chỉ tiêu 7 của đơn vị aaa", k=1)[0].id == "a#7"
                index.reload_if_changed()
            except BaseException as error:
                failures.append(error)
                raise

    thread = threading.Thread(target=ask)
    thread.start()
    for names in ("ab", "abc", "ac", "acde"):
        build(_reports(names), tmp_path)
    stop.set()
    thread.join()
    assert not failures
    index.reload_if_changed()
    assert len(index) == 200


def test_an_open_index_takes_up_a_new_generation(folder: Path, tmp_path: Path) -> None:
    copied = _copy(folder, tmp_path)
    index = open_current(copied)
    assert index.reload_if_changed() is False
    build([Document("new#0", "Thu ngân sách"), Document("new#1", "Trồng rừng")], copied)
    assert index.search("trồng rừng", k=1)[0].id != "new#1"
    assert index.reload_if_changed() is True
    assert index.search("trồng rừng", k=1)[0].id == "new#1"


def test_a_new_generation_that_cannot_be_opened_leaves_the_old_one_serving(
    folder: Path, tmp_path: Path
) -> None:
    copied = _copy(folder, tmp_path)
    index = open_current(copied)
    build([Document("new#0", "Thu ngân sách")], copied)
    (_segment(copied) / "vectors.faiss").write_bytes(b"")
    with pytest.raises(GenerationDamaged, match="has 0 bytes"):
        index.reload_if_changed()
    assert index.search("đổi bằng lái xe", k=1)[0].id == "r1#0"


def test_old_generations_are_pruned(folder: Path, tmp_path: Path) -> None:
    copied = _copy(folder, tmp_path)
    for number in range(4):
        build([Document("x", f"Lần thứ {number}")], copied)
    assert len(list(copied.glob("gen-*"))) == 2
    assert len(list(copied.glob("seg-*"))) == 2


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


def test_another_format_is_refused_and_rebuilt(folder: Path, tmp_path: Path) -> None:
    copied = _copy(folder, tmp_path)
    manifest = _current(copied) / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 0}))
    with pytest.raises(GenerationMismatch, match="format 0"):
        open_current(copied)
    assert build([Document("a", "một")], copied).built


def test_another_model_in_the_setting_is_refused(folder: Path) -> None:
    with pytest.raises(
        GenerationMismatch, match="made with the model 'built-in', the setting names '/some/model'"
    ):
        open_current(folder, embedder=EmbedderSettings(model="/some/model"))


def test_another_version_of_the_model_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "model"
    shutil.copytree(str(files("index") / "data" / "model"), model)
    settings = EmbedderSettings(model=str(model))
    build([Document("a", "hồ sơ"), Document("b", "đất đai")], tmp_path / "index", embedder=settings)
    assert open_current(tmp_path / "index", embedder=settings).search("ho so")[0].id == "a"
    (model / "expansion.json").write_text((model / "expansion.json").read_text() + "\n")
    with pytest.raises(GenerationMismatch, match="another version of the model"):
        open_current(tmp_path / "index", embedder=settings)


def test_other_prompts_are_refused(folder: Path) -> None:
    with pytest.raises(GenerationMismatch, match="other packages, prompts"):
        open_current(folder, embedder=EmbedderSettings(query_prefix="query: "))


@pytest.mark.parametrize("name", ["vectors.faiss", "ids.json", "segment.json"])
def test_a_damaged_file_is_named(folder: Path, tmp_path: Path, name: str) -> None:
    copied = _copy(folder, tmp_path)
    (_segment(copied) / name).write_bytes(b"x")
    with pytest.raises(GenerationDamaged, match=f"{name}.*build the index again"):
        open_current(copied)


def test_a_missing_file_is_named(folder: Path, tmp_path: Path) -> None:
    copied = _copy(folder, tmp_path)
    (_segment(copied) / "spelt.codes.npy").unlink()
    with pytest.raises(GenerationDamaged, match=r"spelt\.codes\.npy is missing"):
        open_current(copied)


def test_a_pointer_that_names_nothing_is_refused(folder: Path, tmp_path: Path) -> None:
    copied = _copy(folder, tmp_path)
    (copied / "current").write_text("../elsewhere")
    with pytest.raises(GenerationDamaged, match=r"\.\./elsewhere"):
        open_current(copied)
