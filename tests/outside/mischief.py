"""What a reader could do when a file got the better of it; run inside readers by the tests."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lawdesk.kernel.errors import EnvironmentFailure, Problem, Refused, UserError


@dataclass(frozen=True)
class Shape:
    name: str
    size: int


def tell(value: Any) -> Any:
    return value


def shape() -> Shape:
    return Shape("a", 3)


def hang() -> None:
    time.sleep(600)


def spin() -> None:
    while True:
        pass


def swell() -> int:
    held = []
    while True:
        held.append(bytearray(10_000_000))


def crash() -> None:
    os.abort()


def chatter(count: int) -> str:
    return "x" * count


def parts(count: int) -> Iterator[int]:
    yield from range(count)


def half(count: int) -> Iterator[int]:
    yield from range(count)
    raise UserError("half", "Half of it.")


def stumble() -> None:
    raise KeyError("a bug of the library")


def deep() -> Any:
    value: Any = 1
    for _step in range(5000):
        value = [value]
    return value


def refuse(kind: str) -> None:
    if kind == "user":
        raise UserError("a.code", "What {name}.", "Why.", "Next.", name="x")
    if kind == "environment":
        raise EnvironmentFailure("b.code", "What.")
    raise Refused([Problem("c.code", "Not {this}.", "field", "warning", {"this": "so"})], "Title.")


def noise() -> str:
    sys.stdout.write("noise on stdout\n")
    sys.stdout.flush()
    os.write(1, b"more noise")
    os.write(2, b"and on stderr")
    return "heard"


def connect() -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)


def run() -> None:
    subprocess.run([sys.executable, "-c", "1"], check=False)


def fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def write(path: str) -> int:
    return Path(path).write_text("here", encoding="utf-8")


def remove(path: str) -> None:
    Path(path).unlink()


def rename(path: str, target: str) -> None:
    Path(path).rename(target)


def surroundings() -> list[Any]:
    heavy = ("PySide6", "sqlalchemy", "sqlcipher3", "lawdesk.storage", "lawdesk.office", "lawdesk.cases")
    return [sorted(os.environ), [name for name in heavy if name in sys.modules]]


def networks() -> list[str]:
    return sorted(name for _number, name in socket.if_nameindex())


def forge(answer: bytes) -> None:
    """Say something of our own on the pipe the answers go through, then stay silent."""
    for handle in range(3, 30):
        try:
            os.write(handle, struct.pack(">I", len(answer)) + answer)
        except OSError:
            continue
    time.sleep(600)


def flood() -> None:
    """Announce four gigabytes."""
    for handle in range(3, 30):
        try:
            os.write(handle, struct.pack(">I", 0xFFFFFFFF))
        except OSError:
            continue
    time.sleep(600)
