"""Fields to choose with: filtered while typing, whole where there is no room, in the language of now."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.kernel import i18n
from lawdesk.ui import STRETCH, ComboBox, Form, LineEdit, theme, vbox

Show = Callable[[QWidget], QWidget]
Write = Callable[[QWidget, str], None]
CAUSES = [("1", "物业服务合同纠纷"), ("2", "买卖合同纠纷"), ("3", "建设工程施工合同纠纷"), ("4", "民间借贷纠纷")]


def test_words_too_long_for_a_combo_box_are_whole_in_its_tip_and_its_list(
    themed: QApplication, show: Show
) -> None:
    long = "Civil and commercial litigation"
    combo, window = ComboBox([(1, long), (2, "Other")]), QWidget()
    vbox(combo, STRETCH, parent=window)
    show(window)
    combo.setFixedWidth(theme.em(9))
    combo.choose(1)
    assert combo.toolTip() == long
    combo.showPopup()
    assert combo.view().viewport().width() > theme.current().width("body", long)
    combo.hidePopup()
    combo.choose(2)
    assert combo.toolTip() == ""
    combo.choose(1)
    combo.setFixedWidth(theme.em(30))
    assert combo.toolTip() == ""


def test_a_form_gives_english_choices_more_columns(show: Show) -> None:
    i18n.set_language("en")
    form = Form()
    name = form.add("a", "A", LineEdit(), span={"zh": 14, "en": 10})
    choice = form.add("b", "B", ComboBox([(1, "One")]), span={"zh": 7, "en": 11})
    show(form)
    assert choice.width() > name.width() and choice.y() == name.y()
    i18n.set_language("zh")
    QApplication.processEvents()
    assert choice.width() < name.width() and choice.y() == name.y()


@pytest.mark.parametrize(("typed", "key"), [("jsgc", "3"), ("借贷", "4"), ("wuye", "1"), ("买卖合同纠纷", "2")])
def test_a_cause_is_found_by_part_pinyin_and_initials(
    qtbot: QtBot, show: Show, typed: str, key: str, write: Write
) -> None:
    combo = ComboBox(CAUSES, search=True, name="案由")
    other = LineEdit()
    box = QWidget()
    vbox(combo, other, parent=box)
    show(box)
    heard: list[object] = []
    combo.chosen_changed.connect(heard.append)
    combo.setFocus()
    write(combo, typed)
    qtbot.keyClick(combo, Qt.Key.Key_Return)
    assert combo.chosen() == key
    assert heard == [key]
    assert combo.text() == dict(CAUSES)[key]


def test_what_is_no_cause_does_not_stay(qtbot: QtBot, show: Show, write: Write) -> None:
    combo, other, box = ComboBox(CAUSES, search=True), LineEdit(), QWidget()
    vbox(combo, other, parent=box)
    show(box)
    combo.choose("2")
    combo.setFocus()
    combo.lineEdit().selectAll()
    write(combo, "合同")
    assert combo.completer().popup().isVisible()
    qtbot.keyClick(combo.completer().popup(), Qt.Key.Key_Tab)
    assert (combo.chosen(), combo.text()) == ("2", "买卖合同纠纷")
    combo.setFocus()
    combo.lineEdit().clear()
    other.setFocus()
    assert combo.chosen() is None


def test_free_text_is_kept_where_it_is_allowed(qtbot: QtBot, show: Show, write: Write) -> None:
    combo, other, box = ComboBox(CAUSES, free=True), LineEdit(), QWidget()
    vbox(combo, other, parent=box)
    show(box)
    heard: list[object] = []
    combo.chosen_changed.connect(heard.append)
    combo.setFocus()
    write(combo, "望江区法院")
    other.setFocus()
    assert (combo.chosen(), combo.text(), heard) == (None, "望江区法院", [None])


def test_a_combo_follows_the_language_and_keeps_what_is_chosen(show: Show) -> None:
    words = lambda: "原告" if i18n.language() == "zh" else "Claimant"  # noqa: E731
    combo = ComboBox([("p", words), ("d", "被告")])
    show(combo)
    combo.choose("p")
    i18n.set_language("en")
    assert (combo.chosen(), combo.text()) == ("p", "Claimant")
