"""Every component in every dress: nothing cut off, nothing without a name, no window by accident."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.kernel import i18n
from lawdesk.kernel.settings import Settings
from lawdesk.ui import Button, Label, NewOffice, ShellWindow, TaskRunner, UnlockPage, WelcomePage, theme
from lawdesk.ui.startpages import strength
from tests.ui import gallery

DRESSES = list(
    itertools.product(("zh", "en"), (False, True), ((1366, 768, 1.0), (1366, 768, 1.5), (1600, 1000, 1.0)))
)


def cut_off(window: QWidget) -> list[str]:
    """Return the words that do not fit: labels and buttons narrower or lower than their text."""
    found = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QPushButton):
            continue
        if isinstance(widget, Label) and widget._elide:
            continue
        text = widget.text().strip()
        metrics = widget.fontMetrics()
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        if not text or (not wraps and metrics.horizontalAdvance(text) > widget.width() + 1):
            found += [text] if text else []
        elif metrics.height() > widget.height() + 1 or (
            wraps and widget.heightForWidth(widget.width()) > widget.height() + 1
        ):
            found.append(text)
    return found


@pytest.mark.parametrize(("language", "dark", "size"), DRESSES)
def test_nothing_is_cut_off(
    shell: ShellWindow,
    qapp: QApplication,
    qtbot: QtBot,
    *,
    language: str,
    dark: bool,
    size: tuple[int, int, float],
) -> None:
    width, height, scale = size
    theme.apply(qapp, dark=dark, scale=scale, motion=False)
    i18n.set_language(language)
    shell.resize(width, height)
    assert (shell.width(), shell.height()) == (width, height), "the window may not outgrow the screen"
    for page in ("today", "cases", "form"):
        shell.go(page)
        shown = shell.current_page()
        qtbot.wait(5)  # layouts settle in the event loop
        assert cut_off(shell) == []
        assert shown.minimumSizeHint().width() <= shown.width()


def test_the_window_fits_the_screen_at_200_percent(shell: ShellWindow, qapp: QApplication) -> None:
    theme.apply(qapp, scale=2.0)
    shell.resize(1366, 768)
    assert shell.minimumSizeHint().width() <= 1366
    assert shell.minimumSizeHint().height() <= 768


def test_everything_that_takes_the_focus_has_a_name(shell: ShellWindow) -> None:
    for page in ("today", "cases", "form"):
        shell.go(page)
        for widget in shell.findChildren(QWidget):
            if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
                continue
            if isinstance(widget, QLineEdit) and widget.focusProxy() is not None:
                continue
            reader = QAccessible.queryAccessibleInterface(widget)
            assert reader is not None
            assert reader.text(QAccessible.Text.Name), (type(widget).__name__, page)


class Shown(QObject):
    """Notes every window that opens."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_no_piece_of_a_page_flashes_up_as_a_window(
    qapp: QApplication, qtbot: QtBot, tasks: TaskRunner, settings: Settings, tmp_path: Path
) -> None:
    watch = Shown()
    qapp.installEventFilter(watch)
    shell = gallery.make_window(settings, tasks)
    qtbot.addWidget(shell)
    for page in ("today", "cases", "form", "settings"):
        shell.go(page)
    shell.cover(UnlockPage("恒岚律师事务所", "已锁定", system=True, timer_runs=True))
    shell.cover(WelcomePage(tmp_path))
    shell.uncover()
    qapp.removeEventFilter(watch)
    assert watch.windows == []


def test_the_tab_key_goes_round(shell: ShellWindow, qtbot: QtBot) -> None:
    shell.go("form")
    seen: list[QWidget] = []
    for _step in range(80):
        widget = QApplication.focusWidget()
        assert widget is not None
        if widget in seen:
            break
        seen.append(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    names = {widget.accessibleName() for widget in seen}
    assert {"名称", "案由", "主要动作", "今天，4 项等您处理", "查找案件、当事人、文书，或输入命令"} <= names
    assert QApplication.focusWidget() is seen[0], "no trap: the last one leads back to the first"


@pytest.fixture
def unlock(qtbot: QtBot, themed: QApplication) -> UnlockPage:
    page = UnlockPage("恒岚律师事务所", "已锁定，顾知行昨天 18:42 用过", system=True, timer_runs=True)
    qtbot.addWidget(page)
    page.resize(800, 700)
    page.show()
    return page


def test_unlocking_waits_after_a_wrong_passphrase(unlock: UnlockPage, qtbot: QtBot) -> None:
    asked: list[str] = []
    unlock.unlock_asked.connect(asked.append)
    qtbot.keyClick(unlock.edit, Qt.Key.Key_Return)
    assert asked == [], "nothing typed, nothing tried"
    qtbot.keyClicks(unlock.edit, "autumn in Qinglan")
    qtbot.keyClick(unlock.edit, Qt.Key.Key_Return)
    assert asked == ["autumn in Qinglan"]
    unlock.set_error("密码不对，共错 2 次。", wait_seconds=5)
    assert "5 秒后可再试" in unlock._error_text.text()
    assert not unlock.button.isEnabled()
    qtbot.keyClick(unlock.edit, Qt.Key.Key_Return)
    assert len(asked) == 1
    for _second in range(5):
        unlock._count_down()
    assert unlock.button.isEnabled()
    assert unlock._error_text.text() == "密码不对，共错 2 次。"
    qtbot.keyClick(unlock.edit, Qt.Key.Key_Return)
    assert len(asked) == 2


def test_other_ways_in_are_offered_only_where_there_are_any(
    unlock: UnlockPage, qtbot: QtBot, themed: QApplication
) -> None:
    texts = [button.text() for button in unlock.findChildren(QPushButton) if button.isVisible()]
    assert {"用系统凭据解锁", "用恢复码"} <= set(texts)
    plain = UnlockPage("恒岚律师事务所")
    qtbot.addWidget(plain)
    plain.show()
    texts = [button.text() for button in plain.findChildren(QPushButton) if button.isVisible()]
    assert "用系统凭据解锁" not in texts


def test_the_first_start_asks_for_what_it_needs(
    qtbot: QtBot, themed: QApplication, tmp_path: Path, write: Callable[[QWidget, str], None]
) -> None:
    page = WelcomePage(tmp_path / "LawDesk")
    qtbot.addWidget(page)
    page.resize(900, 900)
    page.show()
    made: list[NewOffice] = []
    page.create_asked.connect(made.append)
    page.button.click()
    assert [field.problem != "" for field in page._fields.values()] == [True, True, True, False, False]
    write(page.firm, "恒岚律师事务所")
    write(page.person, "顾知行")
    write(page.passphrase, "青岚的秋天有九月的雨")
    write(page.again, "青岚的秋天有九月的雪")
    page.button.click()
    assert page._fields["again"].problem == "两次输入不一致。"
    assert made == []
    page.again.setText("青岚的秋天有九月的雨")
    page.button.click()
    assert made == [NewOffice("恒岚律师事务所", "顾知行", "青岚的秋天有九月的雨", tmp_path / "LawDesk")]


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ("", "12345678"),
        ("11111111111111", "autumn rain"),
        ("lawdesk", "青岚的秋天有九月的雨"),
        ("password12", "the autumn rain in Qinglan 2026"),
    ],
)
def test_longer_and_more_varied_is_stronger(weaker: str, stronger: str) -> None:
    assert strength(weaker) < strength(stronger)
    assert 0 <= strength(weaker) <= 1


def test_buttons_say_what_they_do_without_their_icon(qtbot: QtBot, themed: QApplication) -> None:
    with_icon, only_icon = Button("新建", icon="plus", mnemonic="N"), Button(icon="bell", name="提醒")
    qtbot.addWidget(with_icon)
    qtbot.addWidget(only_icon)
    assert with_icon.accessibleName() == "新建"
    assert (only_icon.accessibleName(), only_icon.toolTip()) == ("提醒", "提醒")
