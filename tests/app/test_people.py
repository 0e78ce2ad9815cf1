"""Another person sits down: nothing of the former one stays; who came or was renamed is there at once."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from shiboken6 import isValid

from lawdesk.cases.page.entry import NameEdit
from lawdesk.firm import Role, WallDraft
from tests.app.conftest import CLIENT, OTHER, TITLE, Open
from tests.journeys.hands import Hands, words_in
from tests.offices import PASSPHRASE


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


OWN = "苏晚晴自己的口令 1987"


def colleague_behind_a_wall(hands: Hands) -> None:
    """Add a lawyer with a passphrase of her own, who is outside the wall around the one case of the office."""
    office = hands.window.seat.office
    director = office.firm.queries.actor_by_login("admin")
    office.firm.add_person(director, name="苏晚晴", login="su", role=Role.LAWYER)
    office.sign_ins.set_own(office.firm.queries.actor_by_login("su"), PASSPHRASE, OWN)
    inside = frozenset({hands.window.seat.actor.person_id or 0})
    case = office.cases.queries.find_case(hands.window.seat.actor, TITLE)
    office.walls.put_up(director, WallDraft("回避", case_id=case, inside=inside))
    hands.settle()


def offered(hands: Hands, words: str) -> str:
    """Return what the palette finds for some words."""
    hands.press("Ctrl+K")
    hands.wait(lambda: hands.window.shell.finder.is_open)
    hands.type(words)
    hands.settle()
    QTest.qWait(300)
    hands.settle()
    found = "\n".join(hands.answers())
    hands.press("Escape")
    hands.settle()
    return found


def completed(hands: Hands, words: str) -> str:
    """Return what the name of a new case's client is completed to."""
    hands.press("Ctrl+Shift+N")
    hands.settle()
    field = next(one for one in hands.window.shell.findChildren(NameEdit) if one.isVisible())
    field.setFocus()
    hands.press("Ctrl+A")
    hands.type(words)
    field.flush()
    hands.settle()
    model = field.completer().model()
    found = "\n".join(str(model.index(row, 0).data()) for row in range(model.rowCount()))
    if field.completer().popup().isVisible():
        field.completer().popup().hide()
    return found


def every_page(hands: Hands) -> str:
    """Return all words of all pages, as they stand when one goes there."""
    seen = []
    for key in ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5"):
        hands.press(key)
        hands.settle()
        seen.append(hands.seen())
    return "\n".join(seen)


def test_who_signs_in_with_a_passphrase_sees_nothing_of_what_the_former_person_saw(enter: Open) -> None:
    hands = enter()
    colleague_behind_a_wall(hands)
    assert TITLE in every_page(hands) and TITLE in offered(hands, "栩岳") and CLIENT in completed(hands, "栩岳")
    hands.press("Ctrl+2")
    hands.settle()
    former = hands.window
    hands.palette("苏晚晴", "换人：苏晚晴")
    hands.see("登录")
    hands.type("不是这个口令")
    hands.press("Return")
    hands.settle()
    assert hands.window is former and hands.window.seat.actor.login == "gu", "a wrong passphrase lets nobody in"
    hands.press("Ctrl+A")
    hands.type(OWN)
    hands.press("Return")
    hands.wait(lambda: hands.window.seat.actor.login == "su")
    hands.arrive()
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [hands.window.shell]
    told = [hands.seen(), every_page(hands), hands.window.shell.windowTitle()]
    told += [offered(hands, words) for words in ("栩岳", "xuyue", "xy", "砚溪", "1187", "")]
    told += [completed(hands, words) for words in ("栩岳", "砚溪", "xuyue")]
    for secret in (TITLE, CLIENT, OTHER, "1187", "起草上诉状", "民事判决书"):
        assert [words for words in told if secret in words] == [], secret
    assert OWN not in hands.seen() and "不是这个口令" not in hands.seen()
    work_as(hands, "顾知行")
    assert TITLE in every_page(hands), "who is inside has it all back"
