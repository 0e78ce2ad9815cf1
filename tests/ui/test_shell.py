from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.kernel import i18n
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.events import Changed
from lawdesk.kernel.settings import Settings
from lawdesk.ui import (
    Appearance,
    Command,
    LineEdit,
    Page,
    PageEntry,
    ShellWindow,
    TaskRunner,
    TextArea,
    UnlockPage,
    theme,
    vbox,
)
from lawdesk.ui.overlays import Toast
from tests.ui import gallery
from tests.ui.samplepages import BlankPage

CTRL = Qt.KeyboardModifier.ControlModifier
Write = Callable[[QWidget, str], None]


def key(qtbot: QtBot, shell: QWidget, pressed: Qt.Key, modifier: Qt.KeyboardModifier = CTRL) -> None:
    qtbot.keyClick(QApplication.focusWidget() or shell, pressed, modifier)


class Recorder(Page):
    """A page that writes down what the shell does to it."""

    made = 0

    def __init__(self) -> None:
        super().__init__()
        Recorder.made += 1
        self.heard: list[object] = []
        self.edit = LineEdit("备注")
        vbox(self.edit, parent=self)

    def title(self) -> str:
        return "记录" if i18n.language() == "zh" else "Record"

    def refresh(self, change: Changed | None) -> None:
        self.heard.append(change)

    def activated(self) -> None:
        self.heard.append("activated")
        self.edit.setFocus()

    def go_to(self, **target: object) -> None:
        self.heard.append(target)

    def resized(self, width: str) -> None:
        self.heard.append(width)


@pytest.fixture
def plain(qtbot: QtBot, tasks: TaskRunner, settings: Settings) -> ShellWindow:
    Recorder.made = 0
    entries = [
        PageEntry("first", "sun", lambda: "一", lambda: BlankPage("first", lambda: "一")),
        PageEntry("record", "timer", lambda: "记录", Recorder),
    ]
    window = ShellWindow("恒岚律师事务所", "顾知行", entries, tasks=tasks, settings=settings)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.go("first")
    return window


def test_pages_are_made_when_first_visited(plain: ShellWindow) -> None:
    assert Recorder.made == 0
    plain.go("record", case_id=7)
    plain.go("first")
    plain.go("record")
    page = plain.page("record")
    assert isinstance(page, Recorder)
    assert Recorder.made == 1
    assert page.heard == ["normal", "activated", {"case_id": 7}, "activated"]
    with pytest.raises(KeyError):
        plain.go("billing")


def test_a_change_refreshes_what_is_seen_and_waits_for_the_rest(
    plain: ShellWindow, tasks: TaskRunner, qtbot: QtBot
) -> None:
    plain.go("record")
    page = plain.page("record")
    change = Changed("case", "opened", (1,))
    tasks.changed.emit(change)
    assert page.heard[-1] == change
    plain.go("first")
    page.heard.clear()
    tasks.changed.emit(change)
    tasks.changed.emit(change)
    assert page.heard == []
    plain.go("record")
    assert page.heard == [None, "activated"]
    plain.go("record")
    assert page.heard == [None, "activated", "activated"]


def test_pages_are_reached_by_number(plain: ShellWindow, qtbot: QtBot) -> None:
    key(qtbot, plain, Qt.Key.Key_2)
    assert plain.current_page().title() == "记录"
    assert plain.rail.buttons["record"].isChecked()
    key(qtbot, plain, Qt.Key.Key_1)
    assert plain.rail.buttons["first"].isChecked()


def test_ctrl_k_wins_over_the_field_that_has_the_focus(plain: ShellWindow, qtbot: QtBot) -> None:
    plain.go("record")
    edit = plain.page("record").edit
    edit.setText("一行备注")
    edit.setCursorPosition(0)
    key(qtbot, plain, Qt.Key.Key_K)
    assert plain.finder.is_open
    assert edit.text() == "一行备注", "on X11 Ctrl+K also deletes to the end of the line"
    key(qtbot, plain, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not plain.finder.is_open
    assert edit.hasFocus()


def test_words_follow_the_language_everywhere(shell: ShellWindow, qtbot: QtBot) -> None:
    shell.go("cases")
    assert "案件" in shell.windowTitle()
    i18n.set_language("en")
    texts = {label.text() for label in shell.findChildren(QLabel)}
    assert {"Parties", "Deadlines", "Saved 10:42:07", "Backup verified: today 06:00"} <= texts
    assert shell.windowTitle() == "Cases – 恒岚律师事务所 – LawDesk"
    assert shell.bar.new.text().strip() == "New"
    i18n.set_language("zh")
    texts = {label.text() for label in shell.findChildren(QLabel)}
    assert {"当事人", "已保存 10:42:07", "备份已验证：今天 06:00", "15 分钟无操作后锁定"} <= texts


def test_text_size_goes_by_keys_and_labels_never_vanish(
    shell: ShellWindow, qtbot: QtBot, qapp: QApplication, settings: Settings
) -> None:
    appearance = Appearance(qapp, settings)
    for _step in range(5):
        key(qtbot, shell, Qt.Key.Key_Equal)
    assert settings.number("text_size") == 150
    assert theme.current().scale == 1.5
    assert shell.current_page().width_class == "narrow"
    rail = shell.rail.buttons["conflicts"]
    assert (rail.narrow, rail.words()) == (True, "冲突")
    assert shell.width() == 1366
    assert shell.rail.width() == theme.em(5.15)
    key(qtbot, shell, Qt.Key.Key_Minus)
    assert settings.number("text_size") == 140
    key(qtbot, shell, Qt.Key.Key_0)
    assert settings.number("text_size") == 100
    assert shell.current_page().width_class == "normal"
    appearance.close()


@pytest.mark.parametrize(
    ("width", "scale", "name"), [(1366, 1.0, "normal"), (1366, 1.5, "narrow"), (1600, 1.0, "wide")]
)
def test_width_classes_are_counted_in_em(
    shell: ShellWindow, qapp: QApplication, width: int, scale: float, name: str
) -> None:
    theme.apply(qapp, scale=scale)
    shell.resize(width, 900)
    assert shell.current_page().width_class == name


def test_what_waits_is_said_not_only_painted(shell: ShellWindow) -> None:
    assert shell.rail.buttons["conflicts"].accessibleName() == "利益冲突，2 项等您处理"
    shell.set_badge("conflicts", 0)
    assert shell.rail.buttons["conflicts"].accessibleName() == "利益冲突"
    shell.bell.set_count(3)
    assert shell.bell.accessibleName() == "提醒，3 条未看"


def test_ctrl_z_takes_back_what_the_toast_says(plain: ShellWindow, qtbot: QtBot, write: Write) -> None:
    plain.go("record")
    edit = plain.page("record").edit
    undone: list[int] = []
    plain.toast("已完成：申请调取银行流水", lambda: undone.append(1))
    assert plain.note.can_undo
    write(edit, "甲")
    key(qtbot, plain, Qt.Key.Key_Z)
    assert (edit.text(), undone) == ("", []), "the field that has the focus comes first"
    key(qtbot, plain, Qt.Key.Key_Z)
    assert undone == [1]
    assert not plain.note.isVisible()
    key(qtbot, plain, Qt.Key.Key_Z)
    assert undone == [1]


def test_a_new_toast_replaces_the_old_and_its_undo(plain: ShellWindow) -> None:
    undone: list[str] = []
    plain.toast("一", lambda: undone.append("一"))
    plain.toast("二", lambda: undone.append("二"))
    plain.note.undo()
    plain.note.undo()
    assert undone == ["二"]


def test_an_error_nobody_handled_is_told_with_its_code(
    plain: ShellWindow, tasks: TaskRunner, qtbot: QtBot
) -> None:
    def fail() -> None:
        raise EnvironmentFailure("E-2031", "The backup was not written.")

    tasks.run(fail, owner=plain)
    qtbot.waitUntil(plain.note.isVisible)
    assert "E-2031" in plain.note.accessibleName()
    assert not plain.note.can_undo


def test_escape_closes_the_side_sheet_and_keeps_the_draft(plain: ShellWindow, qtbot: QtBot, write: Write) -> None:
    plain.go("record")
    draft = QWidget()
    edit, area = LineEdit("事项"), TextArea("说明")
    vbox(edit, area, parent=draft)
    closed: list[int] = []
    plain.open_sheet(draft, "新期限", on_close=lambda: closed.append(1))
    assert edit.hasFocus()
    write(edit, "补交原件")
    qtbot.keyClick(area, Qt.Key.Key_Escape)
    assert not plain.sheet.is_open
    assert closed == [1]
    assert plain.page("record").edit.hasFocus()
    plain.open_sheet(draft, "新期限")
    assert edit.text() == "补交原件"
    assert edit.isVisible()
    plain.close_sheet()


def test_a_toast_stands_above_what_a_page_says_at_its_foot(plain: ShellWindow) -> None:
    page = plain.current_page()
    foot = QFrame(page)
    foot.setObjectName("foot")
    foot.setGeometry(0, page.height() - theme.em(5), page.width(), theme.em(5))
    foot.show()
    plain.toast("草稿已清空")
    assert _bottom(plain.note) < foot.mapToGlobal(QPoint()).y()
    foot.hide()
    plain.toast("草稿已清空")
    assert _bottom(plain.note) > foot.mapToGlobal(QPoint()).y()


def _bottom(toast: Toast) -> int:
    return toast.panel_rect().translated(toast.mapToGlobal(QPoint())).bottom()


def test_a_cover_hides_everything_and_stops_the_keys(shell: ShellWindow, qtbot: QtBot) -> None:
    shell.go("cases")
    shell.toast("已完成：栩岳建设", lambda: None)
    shell.finder.open_palette("xy")
    cover = UnlockPage("恒岚律师事务所", timer_runs=True)
    shell.cover(cover)
    assert shell.windowTitle() == "恒岚律师事务所 – LawDesk"
    assert not shell.finder.isVisible()
    assert not shell.note.isVisible()
    assert not shell.current_page().isVisible()
    key(qtbot, shell, Qt.Key.Key_K)
    key(qtbot, shell, Qt.Key.Key_1)
    assert not shell.finder.is_open
    shell.uncover()
    assert shell.current_page().key == "cases"
    assert shell.current_page().isVisible()


def test_new_things_by_key_and_menu(shell: ShellWindow, qtbot: QtBot) -> None:
    key(qtbot, shell, Qt.Key.Key_N)
    assert shell.current_page().key == "form", "one thing to make needs no menu"
    shell.go("today")
    again = Command("enquiry.new", "新咨询", lambda: None, "inbox")
    shell.set_new_commands([Command("case.new", "新案件", lambda: shell.go("cases"), "folder-open"), again])
    key(qtbot, shell, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert shell.current_page().key == "cases"


def test_f1_shows_every_key(shell: ShellWindow, qtbot: QtBot) -> None:
    key(qtbot, shell, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)
    texts = {label.text() for label in shell.sheet.findChildren(QLabel) if label.isVisible()}
    assert {"快捷键", "下一个期限", "所有页面", "就地修改"} <= texts
    shell.close_sheet()


def test_no_two_commands_of_a_page_claim_one_key(shell: ShellWindow) -> None:
    for page in ("today", "cases", "form"):
        shell.go(page)
        keys = [command.shortcut for command in shell.commands() if command.shortcut]
        assert len(keys) == len(set(keys))


def test_the_timer_counts_and_speaks(shell: ShellWindow, qtbot: QtBot) -> None:
    timer = shell.timer
    heard: list[str] = []
    for name in ("start", "pause", "resume", "stop", "open"):
        getattr(timer, f"{name}_requested").connect(lambda name=name: heard.append(name))
    assert timer.accessibleName().startswith("正在计时：栩岳建设诉砚溪置业")
    timer._hold.click()
    timer.set_paused("栩岳建设诉砚溪置业", 60)
    assert (timer.seconds(), timer._hold.accessibleName()) == (60, "继续计时")
    timer._hold.click()
    timer._stop.click()
    qtbot.mouseClick(timer, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    timer.set_stopped()
    assert timer.accessibleName() == "开始计时"
    qtbot.keyClick(timer, Qt.Key.Key_Return)
    assert heard == ["pause", "resume", "stop", "open", "start"]


def test_the_status_bar_says_what_happened(shell: ShellWindow) -> None:
    status = shell.status
    status.set_backup(None)
    assert status.backup.label.text() == "还没有已验证的备份"
    status.set_backup(datetime(2026, 9, 20, 1, 0, tzinfo=UTC), days=3)
    assert status.backup.label.text() == "备份已验证：9月20日 09:00"
    status.set_not_saved("没有存上：盘满")
    assert status.saved.label.text() == "没有存上：盘满"
    status.set_lock_minutes(0)
    assert status.lock.label.text() == "不自动锁定"


def test_the_window_comes_back_where_it_was(
    shell: ShellWindow, settings: Settings, tasks: TaskRunner, qtbot: QtBot
) -> None:
    def narrow() -> bool:
        """The offscreen screen has only 800 pixels; the least width falls once the rail has become narrow."""
        shell.resize(760, 600)
        return shell.width() == 760

    qtbot.waitUntil(narrow)
    shell.close()
    assert settings.text("last_page") == "today"
    again = gallery.make_window(settings, tasks)
    assert (again.width(), again.height()) == (760, 600)
    again.deleteLater()


def test_idle_locks(shell: ShellWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    shell.lock_requested.connect(lambda: asked.append(1))
    shell.idle.watch(1)
    assert shell.idle._timer.interval() == 60_000
    left = []
    shell.idle._timer.setInterval(40)
    qtbot.wait(25)
    qtbot.keyClick(shell.windowHandle(), Qt.Key.Key_Shift)
    left.append(shell.idle._timer.remainingTime())
    assert left[0] > 20, "a key begins the count again"
    qtbot.waitUntil(lambda: asked == [1])
    shell.idle.watch(0)


def test_a_setting_that_cannot_be_kept_is_told(
    shell: ShellWindow, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_key: str, _value: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings, "set", full)
    shell._switch_theme()
    assert "设置没有保存下来" in shell.note.accessibleName()
