"""The front door for files from outside: asks a reader, waits as long as is reasonable, takes plain data."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from types import TracebackType
from typing import Any

from lawdesk.kernel.errors import Cancelled, LawDeskError, Problem, Refused, UserError
from lawdesk.kernel.i18n import N_
from lawdesk.outside.limits import Limits
from lawdesk.outside.plain import decode
from lawdesk.outside.worker import FAMILIES, LENGTH

_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from lawdesk.outside.worker import main; main()"
_KEPT = ("SYSTEMROOT", "WINDIR", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""All a reader sees of the environment: no passphrase, no office."""
_LOOK = 0.1  # seconds between two looks at whether somebody stopped it
_NOT_READ = N_("{name} was not read.")
_ANOTHER = N_("Ask for a new one, or copy its content into a new file. The office was not touched.")

Cancel = Callable[[], bool]


class Reader:
    """One process that reads files of one source; ends with the ``with`` block, and at the first harm.

    It is started when it is first asked. ``preload`` are libraries it loads while it waits.
    """

    def __init__(self, limits: Limits | None = None, preload: tuple[str, ...] = ()) -> None:
        self.limits = limits or Limits()
        self._preload = preload
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes | None] = queue.Queue(maxsize=4)
        self._over = threading.Event()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Start the process if none is waiting."""
        if self._process is not None and self._process.poll() is None:
            return
        paths = [os.path.abspath(path) for path in sys.path]  # noqa: PTH100 - "" means here
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-X", "utf8", "-c", _BOOT, json.dumps(paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers, self._over = queue.Queue(maxsize=4), threading.Event()
        most = (self.limits.answer_mb << 20) + 64
        listening = (self._process, self._answers, self._over, most)
        threading.Thread(target=_listen, args=listening, daemon=True).start()
        self._tell(self.limits)
        self._tell(self._preload)

    def ask(
        self,
        target: str,
        *arguments: Any,
        name: str = "",
        shapes: tuple[type, ...] = (),
        cancel: Cancel | None = None,
        **options: Any,
    ) -> Any:
        """Return what the function ``target`` (``module:name``) says; ``name`` is the file's, for messages.

        Raises what it raised, UserError ``outside.…`` when it broke, hung or wanted too much, and Cancelled.
        """
        return _last(self.stream(target, *arguments, name=name, shapes=shapes, cancel=cancel, **options))

    def stream(
        self,
        target: str,
        *arguments: Any,
        name: str = "",
        shapes: tuple[type, ...] = (),
        cancel: Cancel | None = None,
        **options: Any,
    ) -> Generator[Any, None, Any]:
        """Yield the parts a generator says, one after the other; raises as :meth:`ask` does.

        Only the time spent waiting for it counts.
        """
        self.start()
        self._tell((target, arguments, options))
        left, finished = self.limits.seconds, False
        try:
            while True:
                began = time.monotonic()
                answer = self._answer(name, left, cancel)
                left -= time.monotonic() - began
                kind, value = _opened(answer, shapes, name)
                if kind == "part":
                    yield value
                    continue
                if kind == "done":
                    finished = True
                    return value
                error = _why(kind, value, name, self.limits)
                finished = not error.code.startswith("outside.") or error.code == "outside.syntax"
                raise error
        finally:
            if not finished:
                self.close()  # it hung, broke, was stopped, or nobody wants the rest

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            self._over.set()
            process.kill()
            process.wait()
            assert process.stdin is not None
            with contextlib.suppress(OSError):
                process.stdin.close()

    def _tell(self, what: Any) -> None:
        task = pickle.dumps(what)
        process = self._process
        assert process is not None and process.stdin is not None
        with contextlib.suppress(OSError):  # it is gone already: the lack of an answer will say so
            process.stdin.write(LENGTH.pack(len(task)) + task)
            process.stdin.flush()

    def _answer(self, name: str, seconds: float, cancel: Cancel | None) -> bytes:
        process = self._process
        assert process is not None
        deadline = time.monotonic() + seconds
        while True:
            if cancel is not None and cancel():
                raise Cancelled
            try:
                answer = self._answers.get(timeout=min(_LOOK, max(0.0, deadline - time.monotonic())))
            except queue.Empty:
                if time.monotonic() < deadline:
                    continue
                raise _too_slow(name, self.limits) from None
            if answer is None:
                raise _gone(process.wait(), name, self.limits)
            return answer


def read(
    target: str,
    *arguments: Any,
    name: str = "",
    shapes: tuple[type, ...] = (),
    cancel: Cancel | None = None,
    limits: Limits | None = None,
    **options: Any,
) -> Any:
    """Read one file in a reader of its own; see :meth:`Reader.ask`."""
    with _taken(limits) as reader:
        return reader.ask(target, *arguments, name=name, shapes=shapes, cancel=cancel, **options)


def stream(
    target: str,
    *arguments: Any,
    name: str = "",
    shapes: tuple[type, ...] = (),
    cancel: Cancel | None = None,
    limits: Limits | None = None,
    **options: Any,
) -> Iterator[Any]:
    """Read one file in a reader of its own, part by part; see :meth:`Reader.stream`."""
    with _taken(limits) as reader:
        yield from reader.stream(target, *arguments, name=name, shapes=shapes, cancel=cancel, **options)


_spare: list[Reader] = []
_spare_lock = threading.Lock()


def make_ready(*preload: str) -> None:
    """Start a reader for the next :func:`read` with ordinary limits: called where a file is about to be chosen.

    It has seen no file, and sees one only.
    """
    with _spare_lock:
        if not _spare:
            reader = Reader(preload=preload)
            reader.start()
            _spare.append(reader)


def let_go() -> None:
    """End the reader that waits, if there is one."""
    with _spare_lock:
        while _spare:
            _spare.pop().close()


def _taken(limits: Limits | None) -> Reader:
    if limits is None or limits == Limits():
        with _spare_lock:
            if _spare:
                return _spare.pop()
    return Reader(limits)


atexit.register(let_go)


def _listen(
    process: subprocess.Popen[bytes], answers: queue.Queue[bytes | None], over: threading.Event, most: int
) -> None:
    """Pass on what the reader says; None at its end. An answer longer than announced is its end."""

    def offer(answer: bytes | None) -> None:
        while not over.is_set():
            with contextlib.suppress(queue.Full):
                answers.put(answer, timeout=1)
                return

    assert process.stdout is not None
    with process.stdout as pipe, contextlib.suppress(OSError):
        while len(head := pipe.read(LENGTH.size)) == LENGTH.size:
            length = LENGTH.unpack(head)[0]
            if length > most or len(answer := pipe.read(length)) < length:
                break
            offer(answer)
    process.kill()
    offer(None)


def _last(told: Generator[Any, None, Any]) -> Any:
    """Return what a stream ends with."""
    while True:
        try:
            next(told)
        except StopIteration as end:
            return end.value


def _opened(answer: bytes, shapes: tuple[type, ...], name: str) -> tuple[str, Any]:
    try:
        kind, value = decode(answer, shapes)
    except (ValueError, TypeError):
        raise _broke(name, "ValueError") from None
    return str(kind), value


def _why(kind: str, value: Any, name: str, limits: Limits) -> LawDeskError:
    """Return the error an answer means."""
    try:
        if kind == "error":
            family, code, what, why, hint, params = value
            return FAMILIES[family](code, what, why, hint, **params)
        if kind == "refused":
            return Refused([Problem(*problem) for problem in value[1]], value[0])
    except (TypeError, ValueError, KeyError):
        return _broke(name, "ValueError")
    if kind == "memory":
        return UserError(
            "outside.memory",
            _NOT_READ,
            N_("Reading it took more than {megabytes} MB of memory; it may have been made to do harm."),
            _ANOTHER,
            name=name,
            megabytes=limits.memory_mb,
        )
    if kind == "answer":
        return UserError(
            "outside.answer",
            _NOT_READ,
            N_("It holds far more than any such file."),
            N_("Split it into several files."),
            name=name,
        )
    return _broke(name, str(value)[:60])


def _too_slow(name: str, limits: Limits) -> UserError:
    return UserError(
        "outside.time",
        _NOT_READ,
        N_("Reading it took longer than {seconds} seconds; it may have been made to do harm."),
        _ANOTHER,
        name=name,
        seconds=round(limits.seconds),
    )


def _gone(code: int, name: str, limits: Limits) -> UserError:
    """Return the error for a reader that ended without an answer."""
    if sys.platform != "win32" and code == -signal.SIGXCPU:
        return _too_slow(name, limits)
    return _broke(name, f"{code}")


def _broke(name: str, reason: str) -> UserError:
    return UserError(
        "outside.broken",
        _NOT_READ,
        N_("It is damaged: the program that reads it broke off ({reason})."),
        _ANOTHER,
        name=name,
        reason=reason,
    )
