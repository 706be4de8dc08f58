"""What the child that reads a file cannot do."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_CONFINE = (
    "from knowledge.formats.confinement import confine\n"
    "confine(memory_bytes=400_000_000, seconds=5, file_bytes=0, programs={programs})\n"
)


def confined(code: str, *, programs: bool = False) -> str:
    """What a confined child prints last: the name of the error that its code ends in."""
    tried = f"try:\n    {code}\n    print('done')\nexcept BaseException as e:\n    print(type(e).__name__)\n"
    script = _CONFINE.format(programs=programs) + tried
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, text=True, check=False)
    return done.stdout.strip()


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in {"x86_64", "aarch64"},
    reason="no seccomp filter here",
)
@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("import socket; socket.socket(socket.AF_INET)", "PermissionError"),
        ("import socket; socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)", "PermissionError"),
        ("import subprocess; subprocess.run(['true'])", "PermissionError"),
        ("open('/tmp/x-' + str(__import__('os').getpid()), 'wb').write(b'x' * 99999)", "OSError"),
        ("bytearray(10 ** 9)", "MemoryError"),
        ("import socket; socket.socket(socket.AF_UNIX)", "done"),
    ],
)
def test_child_has_no_network_starts_no_program_writes_no_file(code: str, error: str) -> None:
    assert confined(code) == error


def test_programs_may_be_started_for_scans_but_have_no_network() -> None:
    child = "[sys.executable, '-c', 'import socket; socket.socket()']"
    command = f"import subprocess, sys; subprocess.run({child}, check=True)"
    assert confined(command, programs=True) == ("CalledProcessError" if sys.platform == "linux" else "done")
