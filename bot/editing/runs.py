"""Acceptance runs in the background: one at a time, each in a process of its own."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bot.editing.desk_store import DeskStore
from bot.editing.questions import Asked
from bot.editing.records import Run, StagedReport
from bot.problems import Problem
from bot.settings import Settings
from knowledge.records import Report

log = logging.getLogger(__name__)
Line = Callable[[Mapping[str, Any]], None]
Work = Callable[[Settings, Report, list[Asked], Line], None]


class Runs:
    """Starts acceptance runs. `work` carries one out, telling its lines; by default a process does."""

    def __init__(self, desk: DeskStore, settings: Settings, *, work: Work | None = None) -> None:
        self._desk, self._settings = desk, settings
        self._process: subprocess.Popen[str] | None = None
        self._work = work or self._in_process
        self._busy = threading.Lock()
        self._closing = False

    def start(
        self, staged: StagedReport, report: Report, asked: list[Asked], *, source: str, editor: str
    ) -> Run:
        """A run that has been started.

        Raises:
            Problem: another one is in progress (run-in-progress).
        """
        if not self._busy.acquire(blocking=False):
            raise Problem(
                "run-in-progress",
                "Đang có một lần chạy thử khác; hãy đợi nó xong. (Another acceptance run is in progress.)",
            )
        total = sum(len(one.turns) for one in asked)
        run = self._desk.start_run(editor=editor, staged=staged, source=source, total=total)
        threading.Thread(target=self._carry_out, args=(run, report, asked), daemon=True).start()
        return run

    def close(self) -> None:
        """End the run in progress, if there is one."""
        self._closing = True
        process = self._process
        if process is not None:
            process.terminate()
        # the thread notes the end of the run before the desk's file is closed
        if self._busy.acquire(timeout=10):
            self._busy.release()

    def _carry_out(self, run: Run, report: Report, asked: list[Asked]) -> None:
        ended: dict[str, str] = {}

        def told(line: Mapping[str, Any]) -> None:
            if "step" in line:
                stage, done, total = line["step"]
                share = {"before": 0.0, "after": 0.5}.get(stage)
                if share is not None:
                    self._desk.step_run(run.id, done=round(run.total * (share + done / max(1, total) / 2)))
            elif "result" in line:
                ended["result"] = json.dumps(line["result"], ensure_ascii=False)
            elif "error" in line:
                ended["error"] = str(line["error"])

        try:
            self._work(self._settings, report, asked, told)
        except Exception:
            log.exception("an acceptance run failed")
        finally:
            self._note_end(run, ended)
            self._busy.release()

    def _note_end(self, run: Run, ended: Mapping[str, str]) -> None:
        if "result" in ended:
            self._desk.end_run(run.id, "done", result=ended["result"])
        else:
            stopped = "Hệ thống dừng khi đang chạy thử; hãy chạy lại." if self._closing else ""
            unknown = "Chạy thử không thành công; xem nhật ký máy chủ."
            self._desk.end_run(run.id, "failed", error=ended.get("error") or stopped or unknown)

    def _in_process(self, settings: Settings, report: Report, asked: list[Asked], told: Line) -> None:
        from bot.editing.run_process import job_of

        with tempfile.TemporaryDirectory() as folder:
            job = Path(folder) / "job.json"
            job.write_text(job_of(settings, report, asked), encoding="utf-8")
            command = [sys.executable, "-m", "bot.editing.run_process", str(job)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:  # noqa: S603
                self._process = process
                for line in process.stdout or ():
                    if line.startswith("{"):
                        told(json.loads(line))
            self._process = None
