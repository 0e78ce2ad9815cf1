"""Copied identifying numbers: marked as secret, gone after a while, never at the cost of what came after."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from lawdesk.ui.clipboard import SECRET_MARKS, clear_secret, copy_secret

NUMBER = "11010519491231002X"


def test_a_secret_carries_the_marks_of_three_systems(qtbot: QtBot) -> None:
    copy_secret(NUMBER)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == NUMBER
    assert all(data.hasFormat(mark) for mark in SECRET_MARKS)
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    clear_secret()


def test_it_is_cleared_after_a_while(qtbot: QtBot) -> None:
    copy_secret(NUMBER, clear_after_ms=20)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "", timeout=5_000)


def test_what_was_copied_since_stays(qtbot: QtBot) -> None:
    copy_secret(NUMBER)
    QGuiApplication.clipboard().setText("别的")
    clear_secret()
    assert QGuiApplication.clipboard().text() == "别的"
