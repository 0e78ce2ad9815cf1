from __future__ import annotations

import logging
import threading

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, UserError, Words
from lawdesk.kernel.events import Announcer, Changed
from lawdesk.ui import Progress, ProgressRow, TaskRunner


@pytest.fixture
def owner(themed: QApplication) -> QObject:
    return QObject(themed)


def on_gui_thread() -> bool:
    return QThread.currentThread() is QApplication.instance().thread()


def test_work_is_done_elsewhere_and_the_answer_comes_home(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    seen: list[tuple[object, bool]] = []
    tasks.run(
        lambda: threading.current_thread().name, lambda name: seen.append((name, on_gui_thread())), owner=owner
    )
    assert tasks.busy
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [("lawdesk-database_0", True)]
    assert not tasks.busy


def test_everything_runs_on_one_thread_in_order(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    order: list[tuple[int, int]] = []
    answers: list[int] = []

    def work(number: int) -> int:
        order.append((number, threading.get_ident()))
        return number

    for number in range(20):
        tasks.run(lambda number=number: work(number), answers.append, owner=owner)
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert answers == list(range(20)) == [number for number, _thread in order]
    assert len({thread for _number, thread in order}) == 1


def test_the_newest_request_of_a_slot_wins(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    gate = threading.Event()
    begun: list[str] = []
    answers: list[str] = []

    def work(text: str) -> str:
        begun.append(text)
        gate.wait(5)
        return text

    for text in ("林", "林疏", "林疏桐"):
        tasks.run(lambda text=text: work(text), answers.append, owner=owner, slot="search")
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert answers == ["林疏桐"]
    assert "林疏" not in begun, "a request overtaken before it began must not cost the worker anything"


def test_other_owners_and_slots_are_left_alone(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    other = QObject(owner)
    answers: list[str] = []
    tasks.run(lambda: "a", answers.append, owner=owner, slot="list")
    tasks.run(lambda: "b", answers.append, owner=owner, slot="detail")
    tasks.run(lambda: "c", answers.append, owner=other, slot="list")
    tasks.run(lambda: "d", answers.append, owner=owner)
    tasks.run(lambda: "e", answers.append, owner=owner)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert answers == ["a", "b", "c", "d", "e"]


def test_nothing_is_delivered_to_the_dead(tasks: TaskRunner, themed: QApplication, qtbot: QtBot) -> None:
    gate = threading.Event()
    dying = QObject()
    answers: list[object] = []
    tasks.run(lambda: gate.wait(5), answers.append, answers.append, owner=dying)
    dying.deleteLater()
    qtbot.wait(1)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert answers == []


def test_errors_go_to_who_asked_or_become_words(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    handled: list[BaseException] = []
    words: list[Words] = []
    tasks.unhandled.connect(words.append)

    def fail() -> None:
        raise EnvironmentFailure("disk.full", "The disk is full.", hint="Make room.")

    tasks.run(fail, failed=handled.append, owner=owner)
    tasks.run(fail, owner=owner)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert isinstance(handled[0], EnvironmentFailure)
    assert [word.code for word in words] == ["disk.full"]


def test_a_bug_is_logged_and_told_without_its_entrails(
    tasks: TaskRunner, owner: QObject, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    words: list[Words] = []
    tasks.unhandled.connect(words.append)
    with caplog.at_level(logging.ERROR, logger="lawdesk"):
        tasks.run(lambda: 1 / 0, owner=owner)
        qtbot.waitUntil(lambda: not tasks.busy)
    assert words[0].code == "bug.ZeroDivisionError"
    assert "division" not in str(words[0])
    assert caplog.records[0].exc_info is not None
    caplog.clear()
    tasks.run(_refuse, owner=owner)
    qtbot.waitUntil(lambda: not tasks.busy)
    assert not caplog.records, "what the user can put right is no line in the log"


def _refuse() -> None:
    raise UserError("no", "No.")


def test_long_work_reports_and_stops_when_asked(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    gate, watched = threading.Event(), threading.Event()
    steps: list[int] = []
    seen: list[tuple[int, int, str]] = []
    said: list[Words] = []
    tasks.unhandled.connect(said.append)

    def work(progress: Progress) -> None:
        watched.wait(5)
        for step in range(100):
            progress.at(step, 100, "卷")
            steps.append(step)
            if step == 3:
                gate.wait(5)

    task = tasks.run_long(work, owner=owner)
    row = ProgressRow(task, "正在生成案卷 PDF")
    qtbot.addWidget(row)
    task.progressed.connect(lambda *at: seen.append(at))
    watched.set()
    qtbot.waitUntil(lambda: len(steps) == 4)
    row.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert steps == [0, 1, 2, 3]
    assert (3, 100, "卷") in seen
    assert not said, "who stops something needs no message about it"
    assert row.isHidden()


def test_who_asks_for_cancelled_hears_it(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    heard: list[BaseException] = []
    gate = threading.Event()
    tasks.run(lambda: gate.wait(5), owner=owner)
    task = tasks.run(lambda: 1, failed=heard.append, owner=owner)
    task.cancel()
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert isinstance(heard[0], Cancelled)


def test_work_aside_does_not_hold_up_the_lists(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    gate = threading.Event()
    answers: list[str] = []
    tasks.run_long(lambda _progress: gate.wait(5), lambda _r: answers.append("pdf"), owner=owner, aside=True)
    tasks.run(lambda: "list", answers.append, owner=owner)
    qtbot.waitUntil(lambda: answers == ["list"])
    gate.set()
    qtbot.waitUntil(lambda: answers == ["list", "pdf"])


def test_changes_reach_the_window_on_its_own_thread(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    announcer = Announcer()
    tasks.listen(announcer)
    heard: list[tuple[Changed, bool]] = []
    tasks.changed.connect(lambda change: heard.append((change, on_gui_thread())))
    change = Changed("case", "opened", (7,), (7,))
    tasks.run(lambda: announcer.announce(change), owner=owner)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(change, True)]


def test_after_closing_nothing_is_said(themed: QApplication, owner: QObject, qtbot: QtBot) -> None:
    runner = TaskRunner()
    announcer = Announcer()
    runner.listen(announcer)
    answers: list[object] = []
    runner.changed.connect(answers.append)
    runner.run(lambda: 1, answers.append, owner=owner)
    runner.close()
    announcer.announce(Changed("case", "opened"))
    qtbot.wait(5)
    assert answers == []


def test_held_work_waits_until_it_may_go_on(tasks: TaskRunner, owner: QObject, qtbot: QtBot) -> None:
    gate, quiet = threading.Event(), list[str]()
    done: list[str] = []

    def begin(name: str, *, slot: str = "", past_hold: bool = False) -> None:
        tasks.run(lambda: name, done.append, owner=owner, slot=slot, past_hold=past_hold)

    tasks.run(lambda: gate.wait(5) and "before", done.append, owner=owner)
    tasks.hold(lambda: quiet.append(",".join(map(str, done))))
    begin("first")
    for number in range(3):
        begin(f"list {number}", slot="list")
    begin("key", past_hold=True)
    gate.set()
    qtbot.waitUntil(lambda: bool(quiet))
    assert len(done) == 2 and done[1] == "key" and quiet == [f"{done[0]},key"]
    assert tasks.held and not tasks.busy
    tasks.go_on()
    assert tasks.busy
    qtbot.waitUntil(lambda: not tasks.busy)
    assert done[2:] == ["first", "list 2"], "in order; of a slot the newest only"
    assert len(quiet) == 1


def test_nothing_under_way_is_quiet_at_once_and_closing_drops_what_waits(
    tasks: TaskRunner, owner: QObject
) -> None:
    quiet: list[bool] = []
    tasks.hold(lambda: quiet.append(True))
    assert quiet == [True]
    done: list[bool] = []
    tasks.run(lambda: done.append(True), owner=owner)
    tasks.finish()
    assert done == []
