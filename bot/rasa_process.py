"""The Rasa server as a child of the service: started, watched, started anew when it falls, ended with us."""

from __future__ import annotations

import logging
import socket
import subprocess
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import IO

import httpx

from bot.errors import BotError
from bot.rasa_project import RasaProject, child_environment

log = logging.getLogger(__name__)

HOST = "127.0.0.1"  # loopback, and no setting: Rasa's REST channel lets in whoever can connect
_POLL_SECONDS = 0.3
_LOG_BYTES = 5_000_000
# After the n-th fall in a row; a server that stayed up for a minute has not fallen "in a row".
_BACKOFF_SECONDS = (1.0, 2.0, 5.0, 15.0, 60.0)
_STABLE_SECONDS = 60.0


class RasaStartFailed(BotError):
    """The Rasa server could not be started or did not become ready; `str()` says why and names its log."""


class RasaProcess:
    """A Rasa server for one model. `with RasaProcess(…)` starts and stops it."""

    def __init__(
        self, *, model: Path, port: int, action_url: str, log_path: Path, project: RasaProject | None = None
    ) -> None:
        """`action_url` is where Rasa finds the action server, e.g. ``http://127.0.0.1:8000/rasa/webhook``."""
        if not model.is_file():
            raise ValueError(f"{model} is not a model file")
        self.url = f"http://{HOST}:{port}"
        self._model, self._port, self._action_url = model.resolve(), port, action_url
        self._log_path, self._project = log_path, project or RasaProject()
        self._child: subprocess.Popen[bytes] | None = None
        self._watcher: threading.Thread | None = None
        self._stopping = threading.Event()
        self._changing = threading.Lock()
        self.restarts = 0

    def __enter__(self) -> RasaProcess:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """The process id of the server that runs now."""
        return self._child.pid if self._child else None

    def start(self) -> None:
        """Starts the server and watches it; returns at once (see `wait_ready`).

        Raises:
            RasaStartFailed: the port is taken.
            NotReady: Rasa's environment has not been set up.
        """
        if self._watcher is not None:
            raise RuntimeError("this Rasa process was started before")
        _check_free(self._port)
        self._log_path.parent.mkdir(parents=True, exist_ok=True)
        if self._log_path.exists() and self._log_path.stat().st_size > _LOG_BYTES:
            self._log_path.replace(self._log_path.with_suffix(".old.log"))
        self._child = self._spawn()
        self._watcher = threading.Thread(target=self._watch, name="watch-rasa", daemon=True)
        self._watcher.start()

    def wait_ready(self, timeout_seconds: float) -> None:
        """Returns when the server has loaded its model.

        Raises:
            RasaStartFailed: it did not within `timeout_seconds`, or fell twice on the way.
        """
        deadline = time.monotonic() + timeout_seconds
        with httpx.Client(trust_env=False, timeout=2.0) as http:
            while not _is_ready(http, self.url):
                if self._stopping.is_set() or self.restarts > 1 or time.monotonic() > deadline:
                    raise RasaStartFailed(f"Rasa is not ready: {self._log_tail()} (log: {self._log_path})")
                time.sleep(_POLL_SECONDS)

    def stop(self, *, grace_seconds: float = 5.0) -> None:
        """Ends the server, by force after `grace_seconds`."""
        self._stopping.set()
        with self._changing:
            if self._child is not None:
                _end(self._child, grace_seconds)
        if self._watcher is not None:
            self._watcher.join()

    def _spawn(self) -> subprocess.Popen[bytes]:
        command = self._project.command(
            *(
                "run",
                "--enable-api",
                "--interface",
                HOST,
                "--port",
                str(self._port),
                "--model",
                str(self._model),
            ),
            *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
        )
        environment = child_environment(ACTION_URL=self._action_url, HOIDAP_CHILD="1", LOG_LEVEL="WARNING")
        with self._open_log() as output:
            # Its standard input is the pipe whose closing ends it (see bot/rasa/start.py).
            return subprocess.Popen(  # noqa: S603 - our own command
                command, env=dict(environment), stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT
            )

    def _open_log(self) -> IO[bytes]:
        return self._log_path.open("ab")

    def _watch(self) -> None:
        """Starts the server anew whenever it ends by itself."""
        falls = 0
        while True:
            started = time.monotonic()
            code = self._await_end()
            if self._stopping.is_set():
                return
            falls = 0 if time.monotonic() - started > _STABLE_SECONDS else falls
            pause = _BACKOFF_SECONDS[min(falls, len(_BACKOFF_SECONDS) - 1)]
            falls += 1
            self.restarts += 1
            log.warning("Rasa ended (exit code %s); anew in %s s; its log is %s", code, pause, self._log_path)
            self._stopping.wait(pause)
            with self._changing:  # so that stop() sees either no new server or the whole of it
                if self._stopping.is_set():
                    return
                self._child = self._spawn()

    def _await_end(self) -> int | None:
        child = self._child
        while child is not None and not self._stopping.is_set():
            try:
                child.wait(_POLL_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            _end(child, 0)
            return child.returncode
        return None

    def _log_tail(self) -> str:
        try:
            text = self._log_path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return "it wrote no log"
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return lines[-1][:300] if lines else "its log is empty"


def _end(child: subprocess.Popen[bytes], grace_seconds: float) -> None:
    """Ends a server and closes our end of its pipe; one that has ended is only cleaned up after."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(grace_seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    if child.stdin is not None:
        child.stdin.close()


def _is_ready(http: httpx.Client, url: str) -> bool:
    try:
        reply = http.get(f"{url}/status")
        return reply.status_code == httpx.codes.OK and bool(reply.json().get("model_id"))
    except (httpx.HTTPError, ValueError):
        return False


def _check_free(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise RasaStartFailed(
                f"{HOST}:{port} is taken ({error.strerror}); "
                "end what listens there, or set HOIDAP_RASA_URL to another port"
            ) from None
