"""Settings: everything as open files, from the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lawdesk.firm import Actor, Role
from lawdesk.firm.page import ExportShown, Report
from lawdesk.firm.page.backup_area import BackupArea
from lawdesk.kernel.errors import EnvironmentFailure
from tests.firm.conftest import Window


def offered(window: Window, tmp_path: Path, *, fails: bool = False) -> list[Path]:
    """Let the desk export into a folder of the test; return where it was asked to write."""
    asked: list[Path] = []

    def export(target: Path, report: Report) -> ExportShown:
        report(1, 2, "")
        asked.append(target)
        if fails:
            raise EnvironmentFailure("file.disk_full", "{name} could not be written.", name=str(target))
        target.mkdir()
        return ExportShown(str(target), 4211, 63)

    desk = replace(window.desk, export_office=export, ask_folder=lambda _parent, _title: tmp_path)
    area: BackupArea = window.show("backup")
    area.desk = desk
    area.read()
    window.settle()
    return asked


def test_everything_is_exported_into_a_new_folder_and_said(window: Window, tmp_path: Path) -> None:
    asked = offered(window, tmp_path)
    area: BackupArea = window.show("backup")
    assert area.leaving.isVisible()
    for _time in range(2):
        area.leaving.export()
        window.settle()
    assert [path.name for path in asked] == ["LawDesk 导出 2025-11-05", "LawDesk 导出 2025-11-05 (2)"]
    assert "4211 条记录" in area.leaving.found.words.text() and str(asked[1]) in area.leaving.found.words.text()
    assert area.leaving.show_it.isVisible() and area.leaving.button.isEnabled()


def test_a_failed_export_is_said_and_can_be_repeated(window: Window, tmp_path: Path) -> None:
    offered(window, tmp_path, fails=True)
    area: BackupArea = window.show("backup")
    area.leaving.export()
    window.settle()
    assert area.trouble.block is not None and area.leaving.button.isEnabled()
    assert not area.leaving.show_it.isVisible()


def test_who_may_not_export_is_not_offered_it(window: Window, tmp_path: Path) -> None:
    offered(window, tmp_path)
    window.actor[0] = Actor(2, "顾知行", "gu", Role.LAWYER)
    area: BackupArea = window.show("backup")
    area.read()
    window.settle()
    assert not area.leaving.isVisible()
