"""Asking for files; tests hand in answers of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from lawdesk.kernel.i18n import _
from lawdesk.outside import let_go, make_ready


def _papers() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def ask_table(parent: QWidget, title: str) -> Path | None:
    """Let the person choose a table to read."""
    return _asked(parent, title, _("Tables (*.xlsx *.xlsm *.csv)"))


def ask_intake(parent: QWidget, title: str) -> Path | None:
    """Let the person choose the file of one matter."""
    return _asked(parent, title, _("Intake files (*.json *.toml)"))


def _asked(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Ask for a file; what will read it gets ready meanwhile."""
    make_ready("openpyxl")
    name, _kind = QFileDialog.getOpenFileName(parent, title, _papers(), kinds)
    if not name:
        let_go()
    return Path(name) if name else None


def ask_target(parent: QWidget, title: str, name: str) -> Path | None:
    """Let the person choose where a table called ``name`` goes; without an ending it becomes .xlsx."""
    kinds = ";;".join(("Excel (*.xlsx)", "CSV (*.csv)"))
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(Path(_papers()) / name), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    if path.suffix.lower() in (".xlsx", ".csv"):
        return path
    return path.with_name(path.name + (".csv" if "csv" in kind else ".xlsx"))


@dataclass(frozen=True)
class Files:
    """The dialogs of this feature; each answers None when the person thinks better of it."""

    open_table: Callable[[QWidget, str], Path | None] = ask_table
    open_intake: Callable[[QWidget, str], Path | None] = ask_intake
    save_table: Callable[[QWidget, str, str], Path | None] = ask_target
