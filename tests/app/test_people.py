"""Another person sits down: nothing of the former one stays; who came or was renamed is there at once."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import isValid

from tests.app.conftest import TITLE, Open
from tests.journeys.hands import Hands, words_in


def work_as(hands: Hands, name: str) -> None:
    hands.palette(name, f"换人：{name}")
    hands.wait(lambda: hands.window.seat.actor.name == name)
    hands.arrive()


def test_nothing_of_the_former_person_stays(enter: Open) -> None:
    hands = enter()
    hands.press("Ctrl+2")
    hands.settle()
    hands.see(TITLE)
    hands.press("Ctrl+Shift+N")
    hands.settle()
    hands.type("青禾农业科技有限公司")
    hands.press("Ctrl+5")
    hands.settle()
    hands.type("2h 与顾客通话")
    former = hands.window.shell
    work_as(hands, "秦望舒")
    QApplication.processEvents()
    assert not isValid(former) or not former.isVisible()
    said = [window for window in QApplication.topLevelWidgets() if window.isVisible()]
    assert said == [hands.window.shell], "one window, the new one"
    hands.press("Ctrl+Shift+N")
    hands.settle()
    assert "青禾" not in hands.seen(), "a draft is its writer's"
    hands.press("Ctrl+5")
    hands.settle()
    assert "与顾客通话" not in hands.seen() and "1:20" not in hands.seen()
    assert "顾知行" not in hands.window.shell.windowTitle()
    work_as(hands, "顾知行")
    hands.press("Ctrl+Shift+N")
    hands.see("青禾农业科技有限公司")


def test_a_colleague_just_added_can_sit_down(enter: Open) -> None:
    hands = enter(last_login="admin")
    office, actor = hands.window.seat.office, hands.window.seat.actor
    office.firm.add_person(actor, name="苏晚晴", login="su", role=actor.role)
    hands.settle()
    hands.tab_to("秦望舒")
    hands.press("Space")
    hands.wait(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    hands.choose("苏晚晴")
    hands.wait(lambda: hands.window.seat.actor.name == "苏晚晴")


def test_a_new_name_is_shown_without_losing_what_is_typed(enter: Open) -> None:
    hands = enter(last_login="admin")
    hands.press("Ctrl+1", "Ctrl+E")
    hands.type("11月5日 收到")
    before = hands.window
    me = hands.window.seat.office.firm.queries.people(hands.window.seat.actor)[0]
    office = hands.window.seat.office
    office.firm.change_person(
        hands.window.seat.actor, me.id, seen=me.version, name="秦望", role=me.role, active=True
    )
    office.firm.rename(hands.window.seat.actor, "恒岚（青岚）律师事务所")
    hands.settle()
    hands.wait(lambda: "秦望\n" in "\n".join(words_in(hands.window.shell.rail)) + "\n")
    hands.wait(lambda: "恒岚（青岚）律师事务所" in hands.window.shell.windowTitle())
    assert hands.window is before and "11月5日 收到" in hands.seen()


def test_fewer_rights_make_the_pages_anew(enter: Open) -> None:
    hands = enter()
    office = hands.window.seat.office
    director = office.firm.queries.actor_by_login("admin")
    row = office.firm.queries.person(director, hands.window.seat.actor.person_id)
    office.firm.change_person(director, row.id, seen=row.version, name=row.name, role="auditor", active=True)
    hands.wait(lambda: hands.window.seat.actor.role == "auditor")
