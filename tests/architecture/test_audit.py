"""The audit of the pinned packages, against a server on this PC that answers as osv.dev does."""

from __future__ import annotations

import importlib.util
import json
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KNOWN = {
    "GHSA-good-0001": {
        "id": "GHSA-good-0001",
        "aliases": ["CVE-2026-1"],
        "summary": "A picture may run code",
        "affected": [
            {"package": {"name": "Pillow"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "99.1"}]}]},
            {"package": {"name": "other"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"fixed": "7"}]}]},
        ],
    },
    "GHSA-gone-0002": {"id": "GHSA-gone-0002", "withdrawn": "2026-01-01T00:00:00Z"},
    "GHSA-next-0003": {"id": "GHSA-next-0003", "summary": ""},
}
Answer = Callable[[str, Any], Any]


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lawdesk_audit", ROOT / "tools" / "audit.py")
    assert spec is not None and spec.loader is not None
    module = sys.modules["lawdesk_audit"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Fake:
    """The server: ``answer(path, body)`` says what comes back, ``asked`` what came in."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.answer: Answer = self.usual
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.do_POST()

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(length)) if length else None
                fake.asked.append((self.path, body))
                told = fake.answer(self.path, body)
                self.send_response(200 if told is not None else 503)
                self.end_headers()
                self.wfile.write(told if isinstance(told, bytes) else json.dumps(told).encode())

            def log_message(self, *_words: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def usual(self, path: str, body: Any) -> Any:
        """Know something about Pillow, on two pages, and nothing about anything else."""
        if path != "/v1/querybatch":
            return KNOWN.get(path.rpartition("/")[2])
        results: list[dict[str, Any]] = []
        for query in body["queries"]:
            if query["package"] != {"name": "pillow", "ecosystem": "PyPI"}:
                results.append({})
            elif "page_token" in query:
                results.append({"vulns": [{"id": "GHSA-next-0003"}]})
            else:
                results.append(
                    {"vulns": [{"id": "GHSA-good-0001"}, {"id": "GHSA-gone-0002"}], "next_page_token": "x"}
                )
        return {"results": results}


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    server = Fake()
    monkeypatch.setenv("LAWDESK_OSV", server.url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield server
    server.server.shutdown()
    server.thread.join()
    server.server.server_close()


def test_every_pinned_package_is_asked_about(audit: ModuleType, fake: Fake) -> None:
    fake.answer = lambda _path, body: {"results": [{} for _query in body["queries"]]}
    assert audit.main([]) == 0
    asked = {(one["package"]["name"], one["version"]) for _path, body in fake.asked for one in body["queries"]}
    text = "\n".join(path.read_text(encoding="utf-8") for path in audit.LOCKS.values())
    assert asked == {tuple(line.split(" ")[0].split("==")) for line in text.splitlines() if "==" in line[:60]}
    assert ("sqlalchemy", "2.1.9") in asked and ("pytest", "9.2.0") in asked and len(asked) > 80
    fake.asked.clear()
    assert audit.main(["--ships"]) == 0
    assert "pytest" not in {one["package"]["name"] for _path, body in fake.asked for one in body["queries"]}


def test_what_is_known_is_named_with_the_version_that_mends_it(
    audit: ModuleType, fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.main(["--ships"]) == 1
    first, *lines = capsys.readouterr().out.splitlines()
    assert "2 known advisories" in first and "127.0.0.1" in first
    assert len(lines) == 2 and "GHSA-gone-0002" not in "".join(lines), "a withdrawn one is none"
    assert "pillow" in lines[0] and "CVE-2026-1: A picture may run code; fixed in 99.1" in lines[0]
    assert "GHSA-next-0003" in lines[1] and "no fixed version is named" in lines[1]


@pytest.mark.parametrize(
    "answer",
    [
        lambda _path, _body: None,
        lambda _path, _body: b"<html>log in to this network</html>",
        lambda _path, _body: {"results": []},
        lambda _path, _body: {},
        lambda _path, _body: [],
        lambda _path, body: {"results": [{"next_page_token": "again"} for _query in body["queries"]]},
    ],
)
def test_what_is_no_answer_is_no_all_clear(
    audit: ModuleType, fake: Fake, capsys: pytest.CaptureFixture[str], answer: Answer
) -> None:
    fake.answer = answer
    assert audit.main(["--ships"]) == audit.NOBODY == 5
    assert "nothing is known about the packages now" in capsys.readouterr().out


@pytest.mark.parametrize("server", ["http://127.0.0.1:9", "file:///etc/passwd"])
def test_without_a_connection_it_says_so(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], server: str
) -> None:
    monkeypatch.setenv("LAWDESK_OSV", server)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    before = audit.TRUST.read_text(encoding="utf-8")
    assert audit.main(["--record"]) == audit.NOBODY
    assert server in capsys.readouterr().out and audit.TRUST.read_text(encoding="utf-8") == before


def test_only_the_answer_of_the_database_itself_is_recorded(
    audit: ModuleType, fake: Fake, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    page = tmp_path / "trust.md"
    page.write_text(f"a\n{audit.BEGIN}\nNot run yet.\n{audit.END}\nb\n", encoding="utf-8")
    monkeypatch.setattr(audit, "TRUST", page)
    assert audit.main(["--ships", "--record"]) == 1
    assert "Not run yet." in page.read_text(encoding="utf-8"), "another server's answer is not recorded"
    monkeypatch.setattr(audit, "SERVER", fake.url)
    assert audit.main(["--ships", "--record"]) == 1
    text = page.read_text(encoding="utf-8")
    assert text.startswith("a\n") and text.endswith("\nb\n") and "GHSA-good-0001" in text and "Not run" not in text
    assert audit.main(["--nonsense"]) == 2


def test_the_page_on_trust_has_a_place_for_it(audit: ModuleType) -> None:
    assert "new words" in audit.recorded(audit.TRUST.read_text(encoding="utf-8"), ["new words"])
