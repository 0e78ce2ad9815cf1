"""What a reader may use, imposed by itself before it sees a file, and what of that each system enforces.

| | Linux | macOS | Windows |
|---|---|---|---|
| time by the clock | the asker ends it | the same | the same |
| time of the processor | RLIMIT_CPU | RLIMIT_CPU | job object |
| memory | RLIMIT_AS | not enforced by the system | job object |
| size of written files | RLIMIT_FSIZE | RLIMIT_FSIZE | no |
| network | a namespace without one, where users may make them | no | no |

On every system Python's audit hook refuses connections, other programs and writing outside the folders named. That
stops a library that does what a file asks; machine code that took the process over is stopped only by the system's
own limits above. The Windows half has not been tried on Windows.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Seconds by the clock and of the processor for one file, megabytes of memory, of an answer, of written files.

    Only ``writes`` (files, or folders with all below them) may be written.
    """

    seconds: float = 60
    cpu_seconds: int = 60
    memory_mb: int = 1024
    answer_mb: int = 128
    written_mb: int = 0
    writes: tuple[str, ...] = ()


class OutOfBoundsError(RuntimeError):
    """A library wanted what a reader may not do."""


def impose(limits: Limits) -> None:
    """Take everything from this process that it does not need; what the system cannot do is left out."""
    if sys.platform == "win32":
        from lawdesk.outside.windows_job import impose_job

        impose_job(limits.cpu_seconds, limits.memory_mb * MEGABYTE)
    else:
        import resource

        for name, amount in (
            ("RLIMIT_AS", limits.memory_mb * MEGABYTE),
            ("RLIMIT_FSIZE", limits.written_mb * MEGABYTE),
            ("RLIMIT_CORE", 0),
            ("RLIMIT_NOFILE", 512),
        ):
            _lower(resource, name, amount)
        _leave_network()
    sys.addaudithook(_refusing(limits.writes))


def begin_file(limits: Limits) -> None:
    """Give the next file its processor time."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource, "RLIMIT_CPU", int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds, soft=True)


def _lower(resource: Any, name: str, amount: int, *, soft: bool = False) -> None:
    kind = getattr(resource, name, None)
    if kind is None:
        return
    _now, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        amount = min(amount, hard)
    try:
        resource.setrlimit(kind, (amount, hard if soft else amount))
    except (OSError, ValueError):  # macOS refuses some: the clock and the processor's time remain
        return


def _leave_network() -> None:
    """Move into a network of one's own, which has none; systems that forbid that to users leave it as it is."""
    if sys.platform == "linux":
        import ctypes

        new_user, new_net = 0x10000000, 0x40000000
        ctypes.CDLL(None, use_errno=True).unshare(new_user | new_net)


_REFUSED = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.startfile",
    "os.kill",
    "ftplib.",
    "urllib.Request",
    "webbrowser.",
)
_CHANGING = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def _refusing(writes: Sequence[str]) -> Any:
    """Return the hook that refuses connections, programs and writing outside ``writes``."""
    allowed = tuple(os.path.realpath(place) for place in writes)
    below = tuple(place + os.sep for place in allowed)

    def inside(path: Any) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return isinstance(path, int)  # a handle that is open already
        found = os.path.realpath(os.fsdecode(path))
        return found in allowed or found.startswith(below)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_REFUSED):
            raise OutOfBoundsError(event)
        if event == "open":
            path, mode, flags = arguments
            writing = bool(flags & _WRITING) if isinstance(flags, int) else bool(set(mode or "") & set("wax+"))
            if writing and path != os.devnull and not inside(path):
                raise OutOfBoundsError(event)
        elif event in _CHANGING and not all(inside(one) for one in arguments if not isinstance(one, int)):
            raise OutOfBoundsError(event)

    return hook
