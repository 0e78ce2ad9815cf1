"""The other side of the door: a process that opens one file after the other and answers with plain data.

Started by :mod:`lawdesk.outside.door` only. It hears tasks on its standard input (from LawDesk, so they may be
objects), says answers on its standard output (to LawDesk, so they are plain), each behind four bytes of length.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from lawdesk.kernel.errors import EnvironmentFailure, LawDeskError, Refused, UserError
from lawdesk.kernel.files import file_failure
from lawdesk.outside.limits import Limits, begin_file, impose
from lawdesk.outside.plain import encode

LENGTH = struct.Struct(">I")
FAMILIES: dict[str, type[LawDeskError]] = {"user": UserError, "environment": EnvironmentFailure}


def main() -> None:
    """Hear a task, answer it, until the asker hangs up."""
    hearing, saying = _own_pipes()
    limits: Limits = pickle.loads(_hear(hearing))
    preload: tuple[str, ...] = pickle.loads(_hear(hearing))
    impose(limits)
    for name in preload:
        with contextlib.suppress(Exception):  # the task itself will say what is wrong
            importlib.import_module(name)
    while task := _hear(hearing):
        target, arguments, options = pickle.loads(task)
        begin_file(limits)
        for kind, value in _done(target, arguments, options):
            _say(saying, kind, value, limits.answer_mb << 20)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Take the pipes for ourselves: what a library prints or asks goes nowhere."""
    hearing, saying = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for handle in (0, 1, 2):
        os.dup2(nowhere, handle)
    os.close(nowhere)
    sys.dont_write_bytecode = True
    return hearing, saying


def _done(target: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield parts and result of a task, or why there is none."""
    module, _colon, name = target.partition(":")
    try:
        result = getattr(importlib.import_module(module), name)(*arguments, **options)
        if isinstance(result, Iterator):
            for part in result:
                yield "part", part
            result = None
        yield "done", result
    except MemoryError:
        yield "memory", None
    except Refused as error:
        problems = [(one.code, one.message, one.field, one.severity, one.params) for one in error.problems]
        yield "refused", [error.what, problems]
    except (UserError, EnvironmentFailure) as error:
        family = next(name for name, kind in FAMILIES.items() if isinstance(error, kind))
        yield "error", [family, error.code, error.what, error.why, error.hint, error.params]
    except OSError as error:
        failure = file_failure(error, Path(os.fsdecode(error.filename or "?")))
        yield "error", ["environment", failure.code, failure.what, failure.why, failure.hint, failure.params]
    except Exception as error:
        yield "broken", type(error).__name__


def _say(saying: BinaryIO, kind: str, value: Any, most: int) -> None:
    try:
        answer = encode([kind, value])
    except MemoryError:
        answer = encode(["memory", None])
    except (TypeError, ValueError, RecursionError) as error:
        answer = encode(["broken", type(error).__name__])
    if len(answer) > most:
        answer = encode(["answer", None])
    saying.write(LENGTH.pack(len(answer)) + answer)
    saying.flush()


def _hear(hearing: BinaryIO) -> bytes:
    head = hearing.read(LENGTH.size)
    return hearing.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""
