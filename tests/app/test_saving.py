"""What the status bar says is so, and leaving loses nothing that was typed or asked for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractScrollArea

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.office import Office, open_office
from lawdesk.storage.database import Database
from lawdesk.timesheet import EntryFilter
from tests.app.conftest import Lived, Open
from tests.journeys.conftest import end
from tests.offices import PASSPHRASE


def opened(lived: Lived) -> Office:
    return open_office(lived.place, passphrase=PASSPHRASE)


def test_the_status_bar_tells_saved_not_saved_and_saved_again(
    enter: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = enter()
    assert "已保存" not in hands.seen(), "nothing was written yet"
    hands.press("Ctrl+5")
    hands.settle()
    hands.type("30分钟 阅卷 @栩岳")
    hands.press("Return")
    hands.see("已保存 10:00:00")

    real = Database._run
    full = EnvironmentFailure("disk.full", "The disk is full. The last step was not saved.")

    def refuse(self: Database, actor: object, action: str) -> object:
        if action.startswith("time"):
            raise full
        return real(self, actor, action)

    monkeypatch.setattr(Database, "_run", refuse)
    hands.type("45分钟 会见当事人 @栩岳")
    hands.press("Return")
    hands.see("未保存：磁盘已满")
    assert "已保存 10:00:00" not in hands.seen()
    hands.see("会见当事人")
    monkeypatch.setattr(Database, "_run", real)
    hands.press("Return")
    hands.see("已记 0:45：会见当事人", "已保存 10:00:00")
    assert "未保存" not in hands.seen()


def test_a_read_that_fails_is_not_called_unsaved(enter: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    hands = enter()
    hands.press("Ctrl+5")
    hands.settle()
    hands.type("30分钟 阅卷 @栩岳")
    hands.press("Return")
    hands.see("已保存 10:00:00")
    office = hands.window.seat.office

    def lost(*_args: object, **_more: object) -> None:
        raise EnvironmentFailure("server.lost", "The connection to the office's database was lost.")

    monkeypatch.setattr(type(office.cases.queries), "list_cases", lost)
    hands.press("Ctrl+2")
    hands.see("连接")
    assert "已保存 10:00:00" in hands.seen() and "未保存" not in hands.seen()


def test_leaving_carries_out_what_waits_in_line(enter: Open, lived: Lived) -> None:
    hands = enter()
    time, actor, tasks = hands.window.seat.office.timesheet, hands.window.seat.actor, hands.program.tasks
    for number in range(40):
        line = f"{number + 1}分钟 第{number + 1}件事"
        tasks.run(lambda line=line: time.quick_entry(actor, line, case_id=lived.case_id), owner=hands.window)
    end(hands.program)
    office = opened(lived)
    day = date(2025, 11, 6)
    kept = {entry.narrative for entry in office.timesheet.queries.entries(actor, EntryFilter(first=day, last=day))}
    office.close()
    assert {f"第{number + 1}件事" for number in range(40)} <= kept


def test_leaving_keeps_a_draft_typed_a_moment_ago(enter: Open, lived: Lived) -> None:
    hands = enter()
    hands.press("Ctrl+Shift+N")
    hands.settle()
    hands.type("青禾农业科技有限公司")
    actor = hands.window.seat.actor
    end(hands.program)
    office = opened(lived)
    draft = office.cases.load_draft(actor, "new-case")
    office.close()
    assert draft is not None and draft["clients"][0]["name"] == "青禾农业科技有限公司"


def test_leaving_keeps_a_field_typed_a_moment_ago(enter: Open, lived: Lived) -> None:
    hands = enter(last_login="admin")
    hands.palette("人员")
    hands.tab_to("人员")
    hands.press("End", "Return")
    hands.settle()
    hands.fill("电话", "021-55550000")
    end(hands.program)
    office = opened(lived)
    people = office.firm.queries.people(office.firm.queries.actor_by_login("admin"))
    office.close()
    assert "021-55550000" in [person.phone for person in people]


def test_leaving_while_files_come_in_stores_them_all(enter: Open, lived: Lived, tmp_path: Path) -> None:
    hands = enter()
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(12):
        (folder / f"证据{number:02}.txt").write_bytes(bytes([number]) * 200_000)
    hands.window.shell.go("cases", case_id=lived.case_id, tab="documents")
    hands.settle()
    hands.drop(hands.named(QAbstractScrollArea, "文书"), sorted(folder.iterdir()), wait=False)
    end(hands.program)
    office = opened(lived)
    actor = office.firm.queries.actor_by_login("gu")
    found = [row.name for row in office.documents.queries.documents(actor, lived.case_id)]
    checked = office.documents.check_vault(office.firm.queries.actor_by_login("admin"))
    office.close()
    assert len([name for name in found if name.startswith("证据")]) == 12
    assert not checked.missing and not checked.mismatched
