"""The keys of the rail and the palette: everything is two strokes away."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton

from tests.app.conftest import TITLE, Lived, Open
from tests.app.test_looks import visits

PAGES = {"Ctrl+1": "今天", "Ctrl+2": "案件", "Ctrl+3": "利益冲突", "Ctrl+4": "期限", "Ctrl+5": "工时"}


def test_the_rail_answers_to_ctrl_and_a_number(enter: Open) -> None:
    hands = enter()
    for keys, title in reversed(PAGES.items()):
        hands.press(keys)
        hands.settle()
        assert hands.window.shell.windowTitle().startswith(f"{title} – ")
        checked = [key for key, button in hands.window.shell.rail.buttons.items() if button.isChecked()]
        assert len(checked) == 1 and hands.window.shell.rail.buttons[checked[0]].words() == title


@pytest.mark.parametrize("typed", ["xyjs", "xuyue", "1187"])
def test_a_case_is_found_and_opened(enter: Open, typed: str) -> None:
    hands = enter()
    hands.palette(typed, TITLE)
    assert hands.window.shell.windowTitle().startswith("案件")
    hands.see("砚溪置业（青岚）有限公司", "8,614,200.00 元")


@pytest.mark.parametrize("typed", ["yxzy", "砚溪置业"])
def test_a_party_is_found_and_opened(enter: Open, typed: str) -> None:
    hands = enter()
    hands.palette(typed, "砚溪置业（青岚）有限公司")
    assert hands.window.shell.sheet.is_open
    hands.see("砚溪置业（青岚）有限公司")


def test_commands_are_offered_once_and_by_initials(enter: Open) -> None:
    hands = enter()
    for page in ("Ctrl+1", "Ctrl+2"):
        hands.press(page)
        hands.settle()
        hands.press("Ctrl+K")
        hands.type("xaj")
        hands.settle()
        hands.wait(lambda: bool(hands.answers()))
        assert hands.answers().count("新案件") == 1
        hands.press("Esc")


def test_esc_gives_the_keyboard_back(enter: Open) -> None:
    hands = enter()
    hands.press("Ctrl+5")
    hands.settle()
    before = hands.focus
    hands.press("Ctrl+K")
    hands.type("zzzz")
    hands.press("Esc")
    assert hands.focus is before


def test_no_key_has_two_meanings_on_any_page(enter: Open, lived: Lived) -> None:
    """Qt ignores a key that two shortcuts of one window claim: it would do nothing at all."""
    hands = enter(last_login="admin")
    shell = hands.window.shell
    for name, show in visits(hands, lived.case_id):
        show()
        hands.settle()
        shortcuts = [found for found in shell.findChildren(QShortcut) if found.parent() is shell]
        keys = [found.key().toString() for found in shortcuts if found.isEnabled()]
        pressed = [button for button in shell.findChildren(QAbstractButton) if button.isVisible()]
        own = [button.shortcut().toString() for button in pressed if not button.shortcut().isEmpty()]
        assert len(keys) == len(set(keys)) and len(own) == len(set(own)), name
        assert not set(keys) & set(own), name


def test_tab_goes_around_inside_an_open_sheet_and_esc_closes_it(enter: Open) -> None:
    hands = enter()
    sheet = hands.window.shell.sheet
    for keys in ("Ctrl+E", "Ctrl+Shift+D", "Ctrl+Shift+Q"):
        hands.press("Ctrl+5", keys)
        hands.settle()
        assert sheet.is_open, keys
        for walk in ("Tab", "Shift+Tab"):
            met = []
            for _step in range(25):
                hands.press(walk)
                assert sheet.isAncestorOf(hands.focus), f"{walk} left the sheet of {keys}"
                met.append(hands.focus)
            assert len(set(met)) > 2, f"{walk} stands still in the sheet of {keys}"
        hands.press("Esc")
        assert not sheet.is_open, keys
