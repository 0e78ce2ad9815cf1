"""The command line run inside the test: arguments in; exit code, stdout and stderr out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lawdesk.cli import main
from lawdesk.cli.session import OPTIONS
from lawdesk.kernel.i18n import language, set_language
from lawdesk.office import DEMO_CLOCK
from lawdesk.storage.state import set_state
from tests.offices import PASSPHRASE, START, Firm


@dataclass(frozen=True)
class Ran:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """Return the one JSON document on stdout."""
        return json.loads(self.out)


class Line:
    """The command line with an environment of its own."""

    def __init__(self, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self._capture, self._patch = capture, patch

    def set(self, **environment: str | None) -> None:
        for name, value in environment.items():
            if value is None:
                self._patch.delenv(name, raising=False)
            else:
                self._patch.setenv(name, value)

    def __call__(self, *arguments: str | Path) -> Ran:
        self._capture.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = self._capture.readouterr()
        return Ran(code, out, err)

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        ran = self(*arguments, "--json")
        assert ran.code == code, ran.err
        return ran.document


@pytest.fixture
def bare(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Line]:
    """The command line on a PC that never saw LawDesk, in English."""
    line, spoken = Line(capsys, monkeypatch), language()
    line.set(LAWDESK_OFFICE=None, LAWDESK_USER=None, LAWDESK_PASSPHRASE=None, LAWDESK_LANG="en")
    line.set(LAWDESK_CONFIG=str(tmp_path / "config"), LAWDESK_NO_KEYRING="1", XDG_DATA_HOME=str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    yield line
    set_language(spoken)
    OPTIONS.office = OPTIONS.login = None


@pytest.fixture
def line(bare: Line, file_office: Firm) -> Line:
    """The command line on an office whose director acts, on 5 November 2025 whenever the test runs."""
    with file_office.office.database.write(file_office.director, "test.clock") as work:
        set_state(work.session, DEMO_CLOCK, START.isoformat())
        work.not_audited()
    bare.set(LAWDESK_OFFICE=file_office.place, LAWDESK_PASSPHRASE=PASSPHRASE)
    return bare


CASE = {
    "title": "买卖合同纠纷",
    "received_on": "2025-11-03",
    "matter_type": "民事",
    "cause": "买卖合同纠纷",
    "stage": "一审",
    "clients": [{"name": "晨湖示例科技有限公司", "kind": "organization", "role": "原告"}],
    "adverse": [{"name": "刘𬀩", "kind": "person", "role": "被告"}],
    "court": "青岚市望江区人民法院",
    "case_number": "（2025）岚0302民初1187号",
    "amount_yuan": 1260000,
    "team": {"lead": "顾知行", "assistants": []},
}


def written(tmp_path: Path, content: Any, name: str = "收案.json") -> Path:
    path = tmp_path / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def case(line: Line, tmp_path: Path) -> Line:
    """An office with one case, （2025）民字第001号."""
    ran = line("case", "new", "--from", written(tmp_path, CASE))
    assert (ran.code, ran.out) == (0, "（2025）民字第001号 晨湖示例科技诉刘𬀩\n"), ran.err
    return line
