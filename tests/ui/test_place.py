"""Where a new window stands: in full on a usual screen, over all of a small one, and where it was left."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.ui import place


@pytest.mark.parametrize(
    ("width", "height", "small"),
    [(1366, 728, True), (1366, 768, True), (1920, 780, True), (1920, 1040, False), (800, 800, False)],
)
def test_a_small_screen_is_filled(themed: QApplication, width: int, height: int, small: bool) -> None:
    assert place.no_room(QSize(width, height)) is small


def test_a_window_comes_back_as_it_was_left(themed: QApplication, qtbot: QtBot) -> None:
    left, again, fresh = QWidget(), QWidget(), QWidget()
    for window in (left, again, fresh):
        qtbot.addWidget(window)
    left.resize(701, 502)
    place.restore(again, place.kept(left))
    assert again.size() == QSize(701, 502)
    place.restore(fresh, "no geometry")
    assert fresh.size() == place.USUAL
