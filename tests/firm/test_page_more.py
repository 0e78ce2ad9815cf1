"""An area that another feature brings: there for whom it is, and who else may, for everybody else."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from lawdesk.firm.page import MoreArea, SettingsPage
from lawdesk.firm.page.guest import GuestArea
from lawdesk.kernel.events import Changed
from lawdesk.ui import Page
from tests.firm.conftest import Window


class Brought(QWidget):
    """What a feature brings; remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[object] = []
        QVBoxLayout(self).addWidget(QLabel("这里"))

    def read(self) -> None:
        self.asked.append("read")

    def refresh(self, change: Changed | None) -> None:
        self.asked.append(change)

    def narrow(self, narrow: bool) -> None:
        self.asked.append(narrow)


def shown(window: Window) -> tuple[GuestArea, list[Brought]]:
    """Return the area as the person who acts sees it, and what was made for it."""
    made: list[Brought] = []

    def make(_page: Page) -> QWidget:
        made.append(Brought())
        return made[-1]

    more = MoreArea("more", "user-check", lambda: "更多", lambda: "说明", "privacy.handle", make)
    page = SettingsPage(window.desk, (more,))
    window.qtbot.addWidget(page)
    page.show()
    page.go_to(area="more")
    window.settle()
    area = page.current()
    assert isinstance(area, GuestArea) and area.key == "more"
    page.refresh(Changed("privacy", "changed"))
    window.settle()
    return area, made


def test_who_has_the_right_gets_what_the_feature_brings(window: Window) -> None:
    area, (brought,) = shown(window)
    assert brought.isVisible() and brought.asked[0] == "read" and Changed("privacy", "changed") in brought.asked
    assert not area.locked.isVisible()


def test_who_lacks_it_sees_who_has_it_and_nothing_is_even_made(window: Window) -> None:
    window.actor[0] = window.firm.lawyer
    area, made = shown(window)
    assert made == [] and area.locked.isVisible()
    assert "秦望舒" in area._locked_words.words()
