"""The components on one window, with fictional data: for the tests and for looking at them. Never shipped.

``python -m tests.ui.gallery OUT_FOLDER`` (under xvfb) writes screenshots of every combination.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from lawdesk.kernel.chinese import matches_typed
from lawdesk.kernel.settings import Settings
from lawdesk.ui import (
    Appearance,
    Command,
    Entry,
    PageEntry,
    Segment,
    ShellWindow,
    TaskRunner,
    UnlockPage,
    WelcomePage,
)
from tests.ui.samplepages import BlankPage, CasesPage, FormPage, TodayPage
from tests.ui.samplerows import TODAY, t


def found_cases(query: str) -> list[Entry]:
    """A palette source."""
    made = []
    for group, icon, title, sub in (
        ("案件", "folder-open", "栩岳建设诉砚溪置业", ("一审已判", "HS2026-民-0142")),
        ("当事人", "building-2", "栩岳建设工程有限公司", ("委托人", "2 件")),
        ("当事人", "user", "许砚", ("证人", "1 件")),
        ("文书", "file-text", "和解协议（第 2 稿）.docx", ("林家三兄弟析产",)),
    ):
        marks = matches_typed(query, title)
        if marks is not None:
            made.append(Entry(group, title, lambda: None, marks, tuple(Segment(part) for part in sub), icon))
    return made


def make_window(settings: Settings, tasks: TaskRunner) -> ShellWindow:
    """The shell with sample pages."""
    names = [
        ("conflicts", "shield-alert", t("利益冲突", "Conflicts"), t("冲突", "Conflicts")),
        ("deadlines", "calendar-clock", t("期限", "Deadlines"), None),
        ("time", "timer", t("工时", "Time"), None),
    ]
    entries = [
        PageEntry("today", "sun", t("今天", "Today"), TodayPage),
        PageEntry("cases", "folder-open", t("案件", "Cases"), CasesPage),
        *(PageEntry(k, i, w, lambda k=k, w=w: BlankPage(k, w), s) for k, i, w, s in names),
        PageEntry("form", "file-text", t("文书", "Documents"), FormPage),
        PageEntry(
            "settings",
            "settings",
            t("设置", "Settings"),
            lambda: BlankPage("settings", t("设置", "Settings")),
            at_foot=True,
        ),
    ]
    shell = ShellWindow(
        "恒岚律师事务所",
        "顾知行",
        entries,
        tasks=tasks,
        settings=settings,
        note="示例数据，全部虚构",
        today=lambda: TODAY,
    )
    shell.finder.add_source(found_cases)
    shell.set_badge("today", 4)
    shell.set_badge("conflicts", 2)
    shell.set_new_commands(
        [Command("case.new", t("新案件", "New case"), lambda: shell.go("form"), "folder-open", "Ctrl+Shift+C")]
    )
    moment = datetime(2026, 9, 23, 2, 42, 7, tzinfo=UTC)
    shell.status.set_saved(moment)
    shell.status.set_backup(datetime(2026, 9, 22, 22, 0, tzinfo=UTC))
    shell.status.set_lock_minutes(15)
    shell.status.set_place(t("本机 – 未联网", "This PC, offline"))
    shell.timer.set_running("栩岳建设诉砚溪置业 – 上诉状", 2538)
    return shell


SMALL, BIG = (1366, 768), (1600, 1000)
Shot = Callable[..., None]


def page_shots(shell: ShellWindow, shot: Shot) -> None:
    """Every page in its dresses."""
    light = {"theme": "light", "language": "zh", "text_size": 100}
    shell.go("today")
    shell.toast(t("已完成：申请调取银行流水", "Done: bank records requested"), lambda: None)
    shot("today", SMALL, **light)
    shot("today-1600", BIG)
    shot("today-dark", SMALL, theme="dark")
    shot("today-150", SMALL, theme="light", text_size=150)
    shell.note.close_toast()
    shot("today-compact", SMALL, text_size=100, density="compact")
    shell.go("cases")
    shot("cases", SMALL, density="comfortable")
    shot("cases-dark", SMALL, theme="dark")
    shot("cases-en", SMALL, theme="light", language="en")
    shot("cases-150", SMALL, language="zh", text_size=150)
    shell.finder.open_palette("xy")
    shot("palette", SMALL, text_size=100)
    shot("palette", SMALL)
    shot("palette-dark", SMALL, theme="dark")
    shell.finder.close_palette()
    shell.go("form")
    shot("form", SMALL, theme="light")
    shot("form-dark", SMALL, theme="dark")
    shot("form-150", SMALL, theme="light", text_size=150)
    shot("form-en-1600", BIG, language="en", text_size=100)
    shell.show_shortcuts()
    shot("keys", SMALL, language="zh")
    shell.close_sheet()


def start_shots(shell: ShellWindow, shot: Shot) -> None:
    """What is seen before the office is open."""
    unlock = UnlockPage("恒岚律师事务所", "已锁定，顾知行昨天 18:42 用过", system=True, timer_runs=True)
    shell.cover(unlock)
    unlock.edit.setText("12345678901")
    unlock.set_error(t("密码不对，共错 2 次。", "Wrong passphrase."), wait_seconds=5)
    shot("unlock", SMALL)
    shot("unlock-dark-150", SMALL, theme="dark", text_size=150)
    welcome = WelcomePage(Path("/home/gu/LawDesk"))
    shell.cover(welcome)
    welcome.passphrase.setText("青岚的秋天有九月的雨")
    shot("welcome", SMALL, theme="light", text_size=100)
    shell.cover(WelcomePage(Path("/home/gu/LawDesk")))
    shot("welcome-en-150", SMALL, text_size=150, language="en")


def main(out: Path) -> None:
    """Write the screenshots."""
    from PySide6.QtTest import QTest

    app = QApplication([])
    settings = Settings(out / "settings.json")
    Appearance(app, settings)
    tasks = TaskRunner()
    shell = make_window(settings, tasks)
    shell.show()
    shell.activateWindow()
    QTest.qWaitForWindowActive(shell, 3000)

    def shot(name: str, size: tuple[int, int], **wishes: object) -> None:
        for key, value in wishes.items():
            settings.set(key, value)
        shell.resize(*size)
        QTest.qWait(300)
        shell.grab().save(str(out / f"{name}.png"))

    page_shots(shell, shot)
    start_shots(shell, shot)
    shell.close()
    tasks.close()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    main(target)
