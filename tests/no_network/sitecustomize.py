"""Forbids this process every network address but the machine's own.

Python imports a module of this name at its start. tests/conftest.py puts this folder on PYTHONPATH, so the
rule also holds in the child processes of the tests (the service, Rasa), which run on Python 3.10 and 3.11. An
audit hook cannot be taken out again, sees every socket of the process, and acts before a packet leaves.
"""

from __future__ import annotations

import ipaddress
import sys


class NetworkBlocked(RuntimeError):
    """A test, or what it started, called out. No OSError: network code expects and swallows those."""


def _is_own(host: object) -> bool:
    """Whether `host` is this machine: loopback, any address ("", None), or of a family without hosts."""
    name = host.decode() if isinstance(host, bytes) else host
    if not isinstance(name, str) or name in {"", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _refuse_others(event: str, args: tuple[object, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        # (socket, address); the address of an IP socket is a tuple, that of a unix socket a path.
        target = args[1] if len(args) > 1 else None
        host = target[0] if isinstance(target, tuple) and target else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = args[0]
    else:
        return
    if not _is_own(host):
        raise NetworkBlocked(f"{event} to {host!r}: tests reach nothing but this machine")


sys.addaudithook(_refuse_others)
