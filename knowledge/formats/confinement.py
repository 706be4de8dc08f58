"""What the reading child takes away from itself before it looks at a file: memory, time, files, network.

The network is taken away by a seccomp filter (Linux, `man 2 seccomp`), which needs no privileges, cannot be
taken back, and holds for every program that the child starts.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys
from dataclasses import dataclass

_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | 13, 0x80000000  # 13: EACCES
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_AF_UNIX = 1
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_X32 = 0x40000000


@dataclass(frozen=True, slots=True)
class _Calls:
    """Numbers of system calls on one architecture; io_uring could open sockets of its own."""

    audit: int
    socket: int
    ptrace: int
    io_uring_setup: int
    programs: tuple[int, ...]


_ARCHITECTURES = {
    "x86_64": _Calls(0xC000003E, socket=41, ptrace=101, io_uring_setup=425, programs=(59, 322)),
    "aarch64": _Calls(0xC00000B7, socket=198, ptrace=117, io_uring_setup=425, programs=(221, 281)),
}


def confine(*, memory_bytes: int, seconds: float, file_bytes: int, programs: bool) -> None:
    """Limits this process and its children; `programs` says whether it may start others (Tesseract)."""
    limit = int(seconds) + 2
    _set(resource.RLIMIT_AS, memory_bytes)
    _set(resource.RLIMIT_CPU, limit)
    _set(resource.RLIMIT_FSIZE, file_bytes)
    _set(resource.RLIMIT_CORE, 0)
    _set(resource.RLIMIT_NOFILE, 256)
    _deny_network(programs=programs)


def _set(what: int, value: int) -> None:
    _, hard = resource.getrlimit(what)
    new = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(what, (new, new))


def _deny_network(*, programs: bool) -> None:
    """Refuses sockets other than local ones from here on; does nothing where there is no seccomp."""
    calls = _ARCHITECTURES.get(platform.machine())
    if sys.platform != "linux" or calls is None:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    program = _program(calls, programs=programs)
    instructions = ctypes.create_string_buffer(b"".join(program), 8 * len(program))
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(instructions))
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    libc.prctl(_SET_SECCOMP, _FILTER, ctypes.c_char_p(header), 0, 0)


def _program(calls: _Calls, *, programs: bool) -> list[bytes]:
    """The filter, one packed instruction a system call: refused ones, then `socket` by its family."""
    refused = [calls.ptrace, calls.io_uring_setup, *(() if programs else calls.programs)]
    out = [
        _instruction(_LOAD, 0, 0, _ARCHITECTURE_AT),
        _instruction(_IF_EQUAL, 1, 0, calls.audit),
        _instruction(_RETURN, 0, 0, _KILL),
        _instruction(_LOAD, 0, 0, _NUMBER_AT),
    ]
    # Each test stands before the two tests of `socket` and before "allow"; it jumps over them to "refuse".
    tests = [(_IF_AT_LEAST, _X32), *((_IF_EQUAL, number) for number in refused)]
    for i, (test, number) in enumerate(tests):
        out.append(_instruction(test, len(tests) - i - 1 + 4, 0, number))
    return [
        *out,
        _instruction(_IF_EQUAL, 0, 2, calls.socket),
        _instruction(_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        _instruction(_IF_EQUAL, 0, 1, _AF_UNIX),
        _instruction(_RETURN, 0, 0, _ALLOW),
        _instruction(_RETURN, 0, 0, _REFUSE),
    ]


def _instruction(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
