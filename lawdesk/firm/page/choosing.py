"""Choosing a folder and showing one: the system's own dialogs, so that tests can hand in an answer instead."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Let the person choose a folder."""
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None


def ask_pdf(parent: QWidget, title: str, name: str) -> Path | None:
    """Let the person say where a PDF goes."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, f"{name}.pdf", "PDF (*.pdf)")
    return Path(chosen) if chosen else None


def show_path(path: Path) -> bool:
    """Show a folder with the system's program."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
