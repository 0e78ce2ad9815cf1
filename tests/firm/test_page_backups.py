"""Settings: how the backups stand, trying one out, looking at everything, the printed head."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lawdesk.firm.page import BackupShown, BackupsStand, CheckupShown, Report
from lawdesk.firm.page.backup_area import BackupArea
from lawdesk.firm.page.security import SecurityArea
from lawdesk.kernel.errors import EnvironmentFailure
from tests.firm.conftest import OLD, Window


def standing(window: Window, stand: BackupsStand) -> BackupArea:
    area: BackupArea = window.show("backup")
    area.desk = replace(window.desk, backups_stand=lambda: stand)
    area.read()
    window.settle()
    return area


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("gone", "备份文件夹不在"),
        ("full", "备份磁盘已满"),
        ("read_only", "无法写入"),
        ("failed", "没有成功"),
        ("slow", "耗时很长"),
    ],
)
def test_what_stands_in_the_way_is_said_with_what_to_do(window: Window, condition: str, words: str) -> None:
    area = standing(window, BackupsStand(condition))
    assert words in area.state.words.text() and area.state.isVisible()


def test_the_same_disk_the_sync_folder_and_the_last_trial_are_said(window: Window) -> None:
    tested = datetime(2025, 11, 3, 2, tzinfo=UTC)
    area = standing(window, BackupsStand("good", same_disk=True, sync="坚果云", tested=tested))
    assert "同一块磁盘" in area._advice_note.text() and "坚果云" in area._advice_note.text()
    assert "11月3日" in area.tried.text() and "全部完好" in area.tried.text()
    area = standing(window, BackupsStand("good", tested=tested, trial_failed=True))
    assert "失败" in area.tried.text() and not area._advice_note.isVisible()


def test_a_trial_is_made_and_a_failed_one_said(window: Window) -> None:
    def good(report: Report) -> BackupShown:
        report(1, 2, "")
        return OLD

    def bad(_report: Report) -> BackupShown:
        raise EnvironmentFailure("backup.broken", "The backup {path} is not sound.", path="/b")

    area = standing(window, BackupsStand("good"))
    area.desk = replace(area.desk, try_backup=good)
    area.try_backup()
    window.settle()
    assert "试还原：全部完好" in area.found.words.text() and area.trial.isEnabled()
    area.desk = replace(area.desk, try_backup=bad)
    area.try_backup()
    window.settle()
    assert area.trouble.block is not None and not area.found.isVisible()


def test_everything_is_looked_at_and_each_finding_comes_with_its_advice(window: Window) -> None:
    area: SecurityArea = window.show("security")
    area.desk = replace(window.desk, check_all=lambda _report: CheckupShown((), 63))
    area.checkup.read()
    area.checkup.check()
    window.settle()
    assert "63 个文书均完好" in area.checkup.found.words.text()
    found = (("缺失 2 个文书文件。", "请从备份还原。"),)
    area.desk = replace(window.desk, check_all=lambda _report: CheckupShown(found, 63))
    area.checkup.check()
    window.settle()
    assert area.checkup.found.words.text() == "缺失 2 个文书文件。 请从备份还原。"
    assert area.checkup.button.isEnabled()


def test_the_head_is_printed_and_this_months_one_asked_for(window: Window, tmp_path: Path) -> None:
    written: list[Path] = []
    area: SecurityArea = window.show("security")
    area.desk = replace(
        window.desk,
        print_head=written.append,
        sheet_due=lambda: not written,
        ask_pdf=lambda _parent, _title, name: tmp_path / f"{name}.pdf",
    )
    area.checkup.read()
    window.settle()
    assert area.checkup.due.isVisible()
    area.checkup.print_head()
    window.settle()
    assert [path.name for path in written] == ["LawDesk 2025-11.pdf"]
    assert not area.checkup.due.isVisible() and "保险柜" in window.host.toasts[-1][0]
