from __future__ import annotations

import csv
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import yaml

from bot.cli import main
from knowledge.store import Store

GOOD = """Số: 45/BC-UBND

Hòa Lạc, ngày 15 tháng 5 năm 2025

BÁO CÁO
Kết quả chuyển đổi số tháng 5/2025

I. KẾT QUẢ

1. Dịch vụ công

- Cấp thẻ thư viện: Đã tiếp nhận 40/50 hồ sơ, đạt tỷ lệ 80%.

- Cấp phép biểu diễn: Đã tiếp nhận 9/10 hồ sơ, đạt tỷ lệ 70%.
"""


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("HOIDAP_"):
            monkeypatch.delenv(name)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "bao-cao.txt").write_text(GOOD, "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one report, made by the command itself."""
    folder = tmp_path_factory.mktemp("built")
    path = folder / "bao-cao.txt"
    path.write_text(GOOD, "utf-8")
    assert main(["--data", str(folder / "var"), "ingest", str(path)]) == 0
    return folder / "var"


def test_reports_once_ingested_answer_questions(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(built), "ask", "tỷ lệ cấp thẻ thư viện tháng 5/2025?"]) == 0
    said = capsys.readouterr().out
    assert "80%" in said
    assert "45/BC-UBND, mục I.1" in said


def test_ingesting_once_more_changes_nothing(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (built / "index/current").read_text()
    path = built.parent / "bao-cao.txt"
    assert main(["--data", str(built), "ingest", str(path)]) == 0
    said = capsys.readouterr().out
    assert "unchanged  bao-cao.txt: 45/BC-UBND" in said
    assert "index unchanged" in said
    assert (built / "index/current").read_text() == before


def test_file_that_cannot_be_read_is_named_and_harms_nothing(
    built: Path, reports: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (reports / "a.txt").write_bytes(b"dong mot\n\xff\xfe")
    (reports / "b.txt").write_text("")
    (reports / "c.txt").write_text("không có số")
    assert main(["--data", str(built), "ingest", str(reports)]) == 1
    captured = capsys.readouterr()
    assert "a.txt:2: the file is not UTF-8 text; found 'ff fe'" in captured.out
    assert "b.txt: the file holds no text" in captured.out
    assert "c.txt: no line numbers the document" in captured.out
    assert "1 of 4 files read" in captured.out
    assert "Traceback" not in captured.out + captured.err
    assert len(Store.open(built / "knowledge.sqlite").reports()) == 1


def test_nothing_is_published_where_nothing_could_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("")
    assert main(["--data", str(tmp_path / "var"), "ingest", str(tmp_path / "a.txt")]) == 1
    assert "nothing to answer from" in capsys.readouterr().out
    assert not (tmp_path / "var/index/current").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ingest", "nowhere"], "nowhere: no such file or folder"),
        (["check", "nowhere"], "nowhere: no such file or folder"),
        (["export", "facts.doc"], "found the ending '.doc', expected .xlsx or .csv"),
        (["export", "no/such/facts.csv"], "no such folder"),
        (["eval", "nowhere.yml"], "nowhere.yml: cannot be read"),
    ],
)
def test_wrong_usage_exits_with_2_and_a_sentence(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--data", str(tmp_path), *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["dance"], ["serve", "--port", "99999"], ["ask"]])
def test_wrong_arguments_exit_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert "usage: hoidap" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["ask", "tỷ lệ?"], ["serve"], ["export", "x.csv"], ["eval", "q.yml"]])
def test_what_needs_reports_says_how_to_bring_them(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("q.yml").write_text("- {id: q, type: rate, turns: [x]}")
    assert main(["--data", str(tmp_path / "var"), *arguments]) == 1
    assert "hoidap ingest" in capsys.readouterr().err


def test_blank_question_is_refused(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(built), "ask", "  "]) == 2
    assert "blank" in capsys.readouterr().err


def test_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("HOIDAP_PORT", "many")
    assert main(["settings"]) == 2
    assert "HOIDAP_PORT" in capsys.readouterr().err


def test_settings_are_listed_with_default_and_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["settings"]) == 0
    assert "HOIDAP_PORT (default: 8000)" in capsys.readouterr().out


def test_check_prints_figures_that_do_not_add_up(reports: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(reports)]) == 0
    said = capsys.readouterr().out
    assert "printed 70%, recomputed 90%" in said
    assert "bao-cao.txt:14: I.1: " in said
    assert main(["check", "--strict", "--format", "json", str(reports)]) == 1
    (checked,) = json.loads(capsys.readouterr().out)
    assert (checked["number"], checked["error"]) == ("45/BC-UBND", None)
    assert [(f["line"], f["page"], f["recomputed"]) for f in checked["findings"]] == [(14, None, "90%")]
    (reports / "b.txt").write_text("")
    assert main(["check", str(reports)]) == 1


def test_ledger_is_exported(built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "facts.csv"
    assert main(["--data", str(built), "export", str(path)]) == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert {"80", "70"} <= {line["Giá trị"] for line in lines}
    assert main(["--data", str(built), "export", str(path), "--report", "none"]) == 2
    assert "45-bc-ubnd" in capsys.readouterr().err


def test_eval_fails_under_the_threshold_only(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = [
        {
            "id": "q1",
            "type": "rate",
            "turns": ["tỷ lệ cấp thẻ thư viện?"],
            "expect": ["80"],
            "status": "answered",
        },
        {"id": "q2", "type": "rate", "turns": ["tỷ lệ cấp thẻ thư viện?"], "expect": ["81"]},
    ]
    path = tmp_path / "questions.yml"
    path.write_text(yaml.safe_dump(questions, allow_unicode=True), "utf-8")
    command = ["--data", str(built), "eval", str(path), "--fails"]
    assert main([*command, "--min-correct", "50"]) == 0
    said = capsys.readouterr().out
    assert "ALL              2     50.0%" in said
    assert "lacks '81'" in said
    assert main([*command, "--min-correct", "51"]) == 1
    assert "50.0% correct, expected at least 51%" in capsys.readouterr().err


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_served_chat_answers_and_ends_when_asked(built: Path) -> None:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "bot.cli",
        "--data",
        str(built),
        "serve",
        "--no-rasa",
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        try:
            assert service.stdout.readline() == f"hoidap is ready: http://127.0.0.1:{port}/\n"
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=20) as http:
                assert http.get("/readyz").status_code == 200
                reply = http.post("/api/v1/chat", json={"message": "tỷ lệ cấp thẻ thư viện?"}).json()
                hits = http.get("/api/v1/search", params={"q": "bieu dien"}).json()["hits"]
            assert "80" in reply["text"]
            assert "biểu diễn" in hits[0]["text"]
        finally:
            service.send_signal(signal.SIGTERM)
            service.communicate(timeout=20)
    assert service.returncode == 0


def test_taken_port_is_named_with_the_way_out(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["--data", str(built), "serve", "--no-rasa", "--port", str(port)]) == 1
    signal.signal(signal.SIGTERM, before)
    assert f"127.0.0.1:{port} cannot be listened on" in capsys.readouterr().err
