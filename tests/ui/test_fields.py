from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.kernel import i18n
from lawdesk.kernel.errors import Problem
from lawdesk.ui import (
    STRETCH,
    Autosave,
    ComboBox,
    DateEdit,
    Facts,
    Form,
    LineEdit,
    MoneyEdit,
    TextArea,
    Token,
    TokenEdit,
    is_composing,
    theme,
    vbox,
)

Show = Callable[[QWidget], QWidget]
Compose = Callable[..., None]
Write = Callable[[QWidget, str], None]
TODAY = date(2025, 11, 5)
CAUSES = [("1", "物业服务合同纠纷"), ("2", "买卖合同纠纷"), ("3", "建设工程施工合同纠纷"), ("4", "民间借贷纠纷")]


def test_while_composing_nothing_is_submitted_or_settled(
    qtbot: QtBot, show: Show, compose: Compose, write: Write
) -> None:
    edit = LineEdit("名称")
    show(edit)
    edit.setFocus()
    heard: list[str] = []
    edit.submitted.connect(lambda: heard.append("submitted"))
    edit.typed.connect(heard.append)
    saved: list[str] = []
    saving = Autosave(lambda: saved.append(edit.text()), parent=edit, delay=10)
    edit.textChanged.connect(saving.touch)
    write(edit, "A")
    compose(edit, "lin shu tong")
    assert edit.composing
    assert is_composing()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    qtbot.wait(350)
    assert heard == []
    assert saved == []
    compose(edit, "", "林疏桐")
    assert not edit.composing
    qtbot.waitUntil(lambda: heard == ["A林疏桐"])
    qtbot.waitUntil(lambda: saved == ["A林疏桐"])
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert heard == ["A林疏桐", "submitted"]


def test_enter_settles_before_it_submits(qtbot: QtBot, show: Show, write: Write) -> None:
    edit = LineEdit()
    show(edit)
    heard: list[str] = []
    edit.typed.connect(heard.append)
    edit.submitted.connect(lambda: heard.append("submitted"))
    write(edit, "墨禾")
    qtbot.keyClick(edit, Qt.Key.Key_Enter)
    assert heard == ["墨禾", "submitted"]


def test_leaving_a_field_loses_nothing(qtbot: QtBot, show: Show, write: Write) -> None:
    first, second = LineEdit(), TextArea()
    box = QWidget()
    vbox(first, second, parent=box)
    show(box)
    heard: list[str] = []
    first.typed.connect(heard.append)
    second.typed.connect(heard.append)
    first.setFocus()
    write(first, "甲")
    second.setFocus()
    write(second, "乙")
    first.setFocus()
    assert heard == ["甲", "乙"]


def test_a_saved_draft_is_not_saved_twice(qtbot: QtBot, themed: object) -> None:
    saved: list[int] = []
    owner = QWidget()
    qtbot.addWidget(owner)
    saving = Autosave(lambda: saved.append(1), parent=owner, delay=10_000)
    saving.touch()
    assert saving.pending
    saving.flush()
    saving.flush()
    assert saved == [1]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("11-5", TODAY),
        ("3天后", date(2025, 11, 8)),
        ("下周三", date(2025, 11, 12)),
        ("20251231", date(2025, 12, 31)),
        ("２０２５／１１／６", date(2025, 11, 6)),
    ],
)
def test_days_are_typed_as_people_write_them(
    qtbot: QtBot, show: Show, typed: str, day: date, write: Write
) -> None:
    edit = DateEdit(today=lambda: TODAY)
    show(edit)
    heard: list[object] = []
    edit.day_changed.connect(heard.append)
    write(edit, typed)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.day() == day
    assert heard == [day]


def test_a_day_is_shown_with_its_weekday_in_both_languages(show: Show) -> None:
    edit = DateEdit(TODAY, today=lambda: TODAY)
    show(edit)
    assert edit.text() == "2025年11月5日 周三"
    i18n.set_language("en")
    assert edit.text() == "5 Nov 2025 Wed"
    assert edit.day() == TODAY


def test_what_is_no_day_is_said_and_never_guessed(qtbot: QtBot, show: Show, write: Write) -> None:
    edit = DateEdit(TODAY, today=lambda: TODAY)
    show(edit)
    heard: list[object] = []
    edit.day_changed.connect(heard.append)
    edit.selectAll()
    write(edit, "2月30日")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.day() is None
    assert heard == [None]
    assert edit.text() == "2月30日"
    assert edit.property("state") == "error"
    edit.selectAll()
    write(edit, "今天")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (edit.day(), edit.property("state")) == (TODAY, "")


def test_reading_a_day_leaves_what_is_being_typed(show: Show, write: Write) -> None:
    edit = DateEdit(TODAY, today=lambda: TODAY)
    show(edit)
    heard: list[object] = []
    edit.day_changed.connect(heard.append)
    edit.clear()
    seen = []
    for char in "12-31":
        write(edit, char)
        seen.append(edit.day())
    assert seen == [None, None, None, date(2025, 12, 3), date(2025, 12, 31)]
    assert (edit.text(), edit.toolTip(), heard) == ("12-31", "", [])


def test_an_emptied_day_is_no_longer_wrong(qtbot: QtBot, show: Show, write: Write) -> None:
    edit = DateEdit(today=lambda: TODAY)
    show(edit)
    write(edit, "2月30日")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.property("state") == "error"
    edit.clear()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (edit.property("state"), edit.toolTip()) == ("", "")


def test_reading_an_amount_leaves_what_is_being_typed(show: Show, write: Write) -> None:
    edit = MoneyEdit(100)
    show(edit)
    heard: list[object] = []
    edit.fen_changed.connect(heard.append)
    edit.clear()
    seen = []
    for char in "1.5万x":
        write(edit, char)
        seen.append(edit.fen())
    assert seen == [100, None, 150, 1_500_000, None]
    assert (edit.text(), edit.toolTip(), heard) == ("1.5万x", "", [])


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("search", [False, True])
def test_the_words_in_a_combo_box_end_before_its_arrow(
    themed: QApplication, show: Show, scale: float, search: bool
) -> None:
    theme.apply(themed, motion=False, scale=scale)
    combo = ComboBox([(1, "原告")], search=search)
    window = QWidget()
    vbox(combo, STRETCH, parent=window)
    show(window)
    for focused in (False, True):
        combo.setFocus() if focused else combo.clearFocus()
        option = QStyleOptionComboBox()
        combo.initStyleOption(option)
        words, arrow = (
            combo.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, combo)
            for part in (QStyle.SubControl.SC_ComboBoxEditField, QStyle.SubControl.SC_ComboBoxArrow)
        )
        assert words.right() < combo.width() - theme.u(7)
        assert words.right() < arrow.left()
        assert combo.width() - words.right() < theme.u(10), "no room is wasted either"


def test_columns_of_a_form_stay_even_whatever_is_chosen(show: Show) -> None:
    form = Form()
    long = form.add("a", "甲", ComboBox([(1, "很长的一段文字" * 8)]), span=9)
    others = [form.add(key, "乙", LineEdit(), span=span) for key, span in (("b", 8), ("c", 4), ("d", 9), ("e", 8))]
    show(form)
    assert long.width() == others[2].width()
    assert others[0].x() == others[3].x()


def test_arrows_move_a_day(qtbot: QtBot, show: Show) -> None:
    edit = DateEdit(date(2025, 10, 31), today=lambda: TODAY)
    show(edit)
    qtbot.keyClick(edit, Qt.Key.Key_Up)
    assert edit.day() == date(2025, 11, 1)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    qtbot.keyClick(edit, Qt.Key.Key_Down)
    assert edit.day() == date(2025, 10, 30)


def test_money_is_whole_fen(qtbot: QtBot, show: Show, write: Write) -> None:
    edit = MoneyEdit()
    show(edit)
    heard: list[object] = []
    edit.fen_changed.connect(heard.append)
    write(edit, "21.648万")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert (edit.fen(), edit.text()) == (21_648_000, "216,480.00")
    edit.selectAll()
    write(edit, "很多")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert edit.fen() is None
    assert edit.property("state") == "error"
    assert heard == [21_648_000, None]


def test_tokens_come_by_enter_and_go_by_backspace(
    qtbot: QtBot, show: Show, compose: Compose, write: Write
) -> None:
    field = TokenEdit("再加一个名称", name="名称")
    show(field)
    told: list[tuple[str, ...]] = []
    field.changed.connect(lambda: told.append(tuple(token.text for token in field.tokens())))
    field.edit.setFocus()
    write(field.edit, "林疏桐")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    field.add_token(Token("墨禾食品", "对方"))
    compose(field.edit, "xu")
    qtbot.keyClick(field.edit, Qt.Key.Key_Backspace)
    assert len(field.tokens()) == 2, "while composing Backspace belongs to the input method"
    compose(field.edit, "")
    qtbot.keyClick(field.edit, Qt.Key.Key_Backspace)
    assert told == [("林疏桐",), ("林疏桐",)]


def test_problems_stand_at_their_field_and_the_focus_at_the_first(show: Show) -> None:
    form = Form()
    name, code = LineEdit(), LineEdit()
    form.add("name", "名称", name, required=True)
    field = form.add("code", "统一社会信用代码", code, span=8)
    show(form)
    rest = form.show_problems(
        [Problem("x", "校验位不对，请核对最后一位", "code"), Problem("y", "没有委托人", "client")]
    )
    assert [problem.code for problem in rest] == ["y"]
    assert field.problem == "校验位不对，请核对最后一位"
    assert code.property("state") == "error"
    assert code.accessibleDescription() == "校验位不对，请核对最后一位"
    assert code.hasFocus()
    assert form.field("name").problem == ""
    assert form.field("name").label.text() == "名称 *"
    form.clear_problems()
    assert (field.problem, code.property("state"), code.accessibleDescription()) == ("", "", "")
    field.set_valid(True)
    assert code.property("state") == "valid"


def test_fields_of_a_row_line_up_and_two_share_a_row_when_narrow(show: Show) -> None:
    form = Form()
    edits = [LineEdit() for _ in range(5)]
    for number, (edit, span) in enumerate(zip(edits, (9, 8, 4, 9, 8), strict=True)):
        form.add(str(number), "名称", edit, span=span)
    show(form)
    places = [edit.mapTo(form, edit.rect().topLeft()) for edit in edits]
    assert places[0].y() == places[1].y() == places[2].y() < places[3].y()
    assert places[0].x() == places[3].x()
    assert abs(places[1].x() - places[4].x()) <= 1
    form.set_narrow(True)
    form.layout().activate()
    places = [edit.mapTo(form, edit.rect().topLeft()) for edit in edits]
    assert places[0].y() == places[1].y() < places[2].y() == places[3].y() < places[4].y()


def test_tab_follows_the_order_of_the_form(qtbot: QtBot, show: Show) -> None:
    form = Form()
    names = ["甲", "乙", "丙"]
    edits = [LineEdit(name=name) for name in names]
    for edit, name in zip(edits, names, strict=True):
        form.add(name, name, edit, span=21)
    show(form)
    edits[0].setFocus()
    order = []
    for _ in names:
        order.append(form.focusWidget().accessibleName())
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
    assert order == names


def test_facts_show_a_dash_for_nothing(show: Show) -> None:
    facts = Facts([("案由", "买卖合同纠纷"), ("标的额", "")])
    show(facts)
    texts = [label.text() for label in facts.findChildren(type(facts.layout().itemAt(0).widget()))]
    assert "–" in texts
    facts.set_facts([("案由", "民间借贷纠纷")])
    assert facts.layout().count() == 2


def test_a_fields_height_is_its_fonts(show: Show, themed: object) -> None:
    edit = LineEdit()
    show(edit)
    assert edit.sizeHint().height() == theme.current().control_height
