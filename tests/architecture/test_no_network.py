"""LawDesk works with the cable out: nothing in it opens a connection by itself.

The only connections are those the user asks for by name: psycopg to the firm's own PostgreSQL server and keyring
to the desktop's keyring, both inside those libraries.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NETWORK = {
    "aiohttp",
    "asyncio",
    "ftplib",
    "http",
    "httpx",
    "imaplib",
    "poplib",
    "PySide6.QtNetwork",
    "PySide6.QtNetworkAuth",
    "PySide6.QtWebEngineCore",
    "PySide6.QtWebEngineWidgets",
    "PySide6.QtWebSockets",
    "requests",
    "smtplib",
    "socket",
    "socketserver",
    "ssl",
    "telnetlib",
    "urllib.request",
    "urllib3",
    "webbrowser",
    "xmlrpc",
}


def imported(source: str) -> Iterator[str]:
    """Yield the full name of everything a file imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)


def network(source: str) -> list[str]:
    return [name for name in imported(source) if any(f"{name}.".startswith(f"{part}.") for part in NETWORK)]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "lawdesk").rglob("*.py")), ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_nothing_opens_a_connection(path: Path) -> None:
    assert network(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "import socket",
        "from urllib import request",
        "from PySide6.QtNetwork import QTcpSocket",
        "import http.client",
    ],
)
def test_a_connection_is_seen(line: str) -> None:
    assert network(f"def later():\n    {line}\n")


def test_taking_an_address_apart_is_no_connection() -> None:
    assert network("from urllib.parse import urlsplit\nfrom PySide6 import QtGui\n") == []
