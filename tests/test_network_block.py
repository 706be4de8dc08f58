"""The network block itself: without these, every "nothing calls out" would hold by assumption."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

# Documentation addresses (RFC 5737, RFC 3849, RFC 2606): nobody answers there, so a broken block fails, too.
OUTSIDE = [(socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")]
RASA_PYTHON = Path(__file__).parents[1] / "bot" / "rasa" / ".venv" / "bin" / "python"


@pytest.mark.parametrize(("family", "host"), OUTSIDE)
def test_connection_to_another_machine_is_refused(family: int, host: str) -> None:
    with socket.socket(family) as outgoing, pytest.raises(RuntimeError, match="nothing but this machine"):
        outgoing.connect((host, 443))


@pytest.mark.parametrize(("family", "host"), OUTSIDE)
def test_datagram_to_another_machine_is_refused(family: int, host: str) -> None:
    with socket.socket(family, socket.SOCK_DGRAM) as outgoing, pytest.raises(RuntimeError, match="sendto"):
        outgoing.sendto(b"x", (host, 53))


def test_name_of_another_machine_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="getaddrinfo"):
        socket.getaddrinfo("example.org", 443)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_loopback_is_open(host: str) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection((host, server.getsockname()[1]), timeout=5) as outgoing,
    ):
        assert outgoing.getpeername()[0] == "127.0.0.1"


def test_unix_sockets_are_open(tmp_path: Path) -> None:
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as outgoing:
        server.bind(path)
        server.listen()
        outgoing.connect(path)
        assert outgoing.getpeername() == path


@pytest.mark.parametrize(
    "python",
    [
        pytest.param(Path(sys.executable), id="service"),
        pytest.param(RASA_PYTHON, id="rasa"),
    ],
)
def test_child_processes_are_blocked_too(python: Path) -> None:
    call_out = "import socket; socket.create_connection(('192.0.2.1', 443), timeout=1)"
    child = subprocess.run([python, "-c", call_out], capture_output=True, text=True, check=False)
    assert child.returncode == 1
    assert "NetworkBlocked" in child.stderr
