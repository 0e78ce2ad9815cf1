"""Nothing leaks through an ethical wall on the command line: every command that lists, shows or exports.

Each is run as somebody outside the wall before the walled case exists and after; the outputs and the files written
must be the same. A new command has to be placed among those that read, with its arguments, or those that do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typer

from lawdesk.cli import main
from lawdesk.cli.app import app
from lawdesk.cli.session import OPTIONS
from lawdesk.kernel.i18n import language, set_language
from lawdesk.office import DEMO_CLOCK, open_office
from lawdesk.storage.state import set_state
from tests.offices import PASSPHRASE, START, Firm
from tests.walls.conftest import MARK, NUMBER, OPEN_CLIENT, OPEN_OTHER, Walled, open_case, plant
from tests.walls.test_no_leaks import text_of

HIDDEN = "（2025）民字第002号"
READS: dict[str, tuple[tuple[str, ...], ...]] = {
    "office info": ((), ("--json",)),
    "party list": ((), (MARK,), ("公开",)),
    "conflicts check": ((OPEN_CLIENT,), (OPEN_CLIENT, "--json")),
    "conflicts list": ((), ("--json",)),
    "conflicts certificate": (("1", "OUT.pdf"), ("2", "OUT.pdf"), ("3", "OUT.pdf")),
    "conflicts again": (("2",),),
    "deadlines reminders": ((), ("--json",)),
    "deadlines register": (("OUT.pdf",),),
    "deadlines sheet": (("1", "OUT.pdf"), (HIDDEN, "OUT.pdf")),
    "deadlines list": ((), ("--everything",), ("--json",)),
    "deadlines export": (("OUT.ics",),),
    "case list": ((), ("--json",), ("--words", MARK)),
    "case show": ((HIDDEN,), (MARK,), ("民字",)),
    "case package": ((HIDDEN, "--format", "docx", "--out", "OUT.docx"),),
    "time list": ((), ("--json",)),
    "time report": tuple(
        ("--from", "2025-10-01", "--to", "2025-12-31", "--by", by, "--format", "csv", "--out", "OUT.csv")
        for by in ("lawyer", "case", "client", "activity")
    ),
    "time start": ((HIDDEN,),),
    "time add": ((HIDDEN, "1h 起草"),),
    "case add-file": ((HIDDEN, "README.md"),),
    "deadlines check": (("3",), ("4",)),
    "deadlines requests": ((),),
    "deadlines deputies": ((),),
    "deadlines ladder": ((),),
    "calendar closed": ((),),
    "wall list": ((), ("--ended", "--json")),
    "wall insiders": (("1",), ("1", "--json"), ("1", "--add", "gu")),
    "wall asked": ((), ("--everything", "--json")),
    "wall lift": (("1", "--reason", "x"),),
    "wall raise": (("--case", HIDDEN, "--reason", "x"), ("--party", f"{MARK}机械有限公司", "--reason", "x")),
    "party declared": (("gu",), ("gu", "--json")),
    "wall answer": (("1", "free"),),
    "rights list": ((), ("--json",)),
    "rights case": (
        (HIDDEN,),
        ("公开买卖合同纠纷", "--json"),
        (HIDDEN, "--access", "office"),
        (HIDDEN, "--join", "gu"),
    ),
}
"""Every command whose answer could tell of cases, with arguments that could lead behind the wall."""
OTHERS = frozenset(
    {"demo", "office create", "office import", "office passphrase", "office own-passphrase", "office code"}
    | {
        "office reset-passphrase",
        "office check",
        "party import",
        "party merge",
        "party unmerge",
        "party former",
        "party take-back",
    }
    | {"conflicts batch", "conflicts consent", "conflicts rerun", "deadlines extend", "deadlines turn"}
    | {"deadlines deputy", "deadlines court-calendar", "deadlines rules", "deadlines compute", "deadlines batch"}
    | {"deadlines record", "deadlines rule set", "deadlines rule remove", "calendar import", "calendar show"}
    | {"calendar close", "fees kinds", "fees compute", "fees interest", "case new", "case import", "time stop"}
    | {"backup create", "backup folder", "backup status", "backup trial", "backup list", "backup verify"}
    | {"backup restore", "audit verify", "audit sheet", "audit compare", "export", "office key"}
    | {"rights grant", "rights take"}
    | {"deadlines done", "deadlines waive", "deadlines reopen", "deadlines move", "deadlines adjourn"}
    | {f"privacy {words}" for words in ("find", "export", "erase", "unblock", "compact", "returned")}
    | {f"privacy hold {words}" for words in ("add", "lift", "list")}
    | {f"privacy log {words}" for words in ("add", "answer", "list")}
    | {f"privacy disposal {words}" for words in ("class", "propose", "drop", "list", "sign", "run")}
    | {f"privacy breach {words}" for words in ("add", "example", "list", "notice", "told")}
)
"""What writes, counts by the law alone, or is for who keeps the office (backup, audit, export, check) or answers
for its personal data: texts behind a wall are read for them, too, and told without content (tests/privacy)."""


@pytest.fixture
def outsider(file_office: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walled]:
    spoken = language()
    firm, lawyer = file_office.office.firm, file_office.lawyer
    number = firm.add_person(file_office.director, name="岳行之", login="yue", role=lawyer.role)
    with file_office.office.database.write(file_office.director, "test.clock") as work:
        set_state(work.session, DEMO_CLOCK, START.isoformat())
        work.not_audited()
    case = open_case(file_office, file_office.lawyer, (OPEN_CLIENT, OPEN_OTHER), tmp_path, "公开")
    insider = replace(file_office.lawyer, person_id=number, name="岳行之", login="yue")
    for name, value in (
        ("LAWDESK_OFFICE", file_office.place),
        ("LAWDESK_PASSPHRASE", PASSPHRASE),
        ("LAWDESK_USER", "gu"),
        ("LAWDESK_LANG", "zh"),
        ("LAWDESK_CONFIG", str(tmp_path / "config")),
    ):
        monkeypatch.setenv(name, value)
    yield Walled(file_office, insider, file_office.lawyer, case)
    OPTIONS.office = OPTIONS.login = None
    set_language(spoken)


def commands() -> set[str]:
    """Return every command by its words."""

    def walk(group: object, before: tuple[str, ...] = ()) -> Iterator[str]:
        for name, command in getattr(group, "commands", {}).items():
            if hasattr(command, "commands"):
                yield from walk(command, (*before, name))
            else:
                yield " ".join((*before, name))

    return set(walk(typer.main.get_command(app)))


def said(capture: pytest.CaptureFixture[str], folder: Path) -> dict[str, str]:
    """Run every reading command and return what it printed and wrote."""
    found = {}
    for command, ways in READS.items():
        for arguments in ways:
            for old in folder.glob("OUT.*"):
                old.unlink()
            placed = [str(folder / one) if one.startswith("OUT.") else one for one in arguments]
            capture.readouterr()
            code = main([*command.split(), *placed])
            out, err = capture.readouterr()
            assert code != 70, (command, err)
            files = "".join(text_of(path) for path in sorted(folder.glob("OUT.*")))
            words = f"{code}\n{out}\n{err}\n{files}"
            found[f"{command} {arguments}"] = re.sub(
                r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,64}|DTSTAMP:\w+|\d\d:\d\d(:\d\d)?|\d+ B", "~", words
            )
    return found


def test_every_command_is_placed() -> None:
    known = commands()
    assert known - set(READS) - OTHERS == set()  # a new command: does it tell of cases?
    assert set(READS) | OTHERS <= known


def test_no_command_tells_of_what_is_behind_the_wall(
    outsider: Walled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = said(capsys, tmp_path)
    plant(outsider, tmp_path)
    after = said(capsys, tmp_path)
    assert [call for call, words in after.items() if str(NUMBER) in words] == []
    assert [call for call, words in after.items() if words != before[call]] == []


def test_a_check_of_a_walled_name_sends_to_the_director(
    outsider: Walled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plant(outsider, tmp_path)
    assert main(["conflicts", "check", f"{MARK}机械有限公司"]) in (0, 1)
    out, _err = capsys.readouterr()
    assert "请询问主任" in out and "民字" not in out and "代表" not in out
    office = open_office(outsider.firm.place, passphrase=PASSPHRASE, clock=outsider.firm.clock)
    assert len(office.walls.queries.questions(outsider.director)) == 1
    office.close()
