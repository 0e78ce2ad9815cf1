"""Settings, Personal data: what a person does there arrives in the office, and what it says is true."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lawdesk.firm import Actor
from lawdesk.kernel.i18n import set_language
from lawdesk.privacy.page import PrivacyArea, PrivacyDesk
from lawdesk.privacy.page.breaches import BreachesPart, BreachSheet
from lawdesk.privacy.page.erasing import ErasureSheet
from lawdesk.privacy.page.files import ClassSheet, FilesPart, ListSheet
from lawdesk.privacy.page.person import PersonPart
from lawdesk.privacy.page.reasons import ReasonSheet
from lawdesk.privacy.page.requests import AnswerSheet, RequestSheet, RequestsPart
from lawdesk.privacy.rules import DisposalState, ErasureKind, RequestState, Term
from lawdesk.ui import Page, TaskRunner, Token, say, theme
from lawdesk.ui.words import follow_language
from tests.privacy.conftest import NAME, NUMBER, PHONE, Desk, dump, words_of

LONG_AGO = date(2012, 3, 1)


@dataclass
class Host:
    """The window around the page: remembers what it was asked."""

    said: list[str] = field(default_factory=list)
    sheet: Any = None

    def toast(self, words: Any, undo: Any = None, **_options: Any) -> None:
        self.said.append(say(words))

    def open_sheet(self, content: QWidget, _title: Any, *, on_close: Any = None) -> None:
        self.sheet = content

    def close_sheet(self) -> None:
        self.sheet = None


@dataclass
class Window:
    """The area on screen."""

    office: Desk
    area: PrivacyArea
    host: Host
    tasks: TaskRunner
    qtbot: QtBot
    actor: list[Actor]
    folder: Path
    asked: list[str]

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=30_000)
        QApplication.processEvents()
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=30_000)

    def part(self, key: str) -> Any:
        self.area.tabs.choose(key)
        part = self.area.show_part(key)
        self.settle()
        return part

    def sheet(self, kind: type) -> Any:
        self.settle()
        assert isinstance(self.host.sheet, kind)
        self.qtbot.addWidget(self.host.sheet)
        return self.host.sheet

    def acts(self, part: Any, rows: Any, model: Any, key: str) -> None:
        rows.acted.emit(model.item(0), key)
        self.settle()


@pytest.fixture
def window(desk: Desk, qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    tasks, page, host, actor, asked = TaskRunner(), Page(), Host(), [desk.director], list[str]()
    tasks.listen(desk.firm.office.announcer)
    page.host = host  # type: ignore[assignment]
    qtbot.addWidget(page)

    def ask(_parent: QWidget, _title: str, name: str, _kinds: str) -> Path:
        asked.append(name)
        return tmp_path / name

    office = desk.firm.office
    area = PrivacyArea(
        PrivacyDesk(office.privacy, office.cases.queries, lambda: actor[0], tasks, office.clock, page, ask)
    )
    tasks.changed.connect(area.refresh)
    qtbot.addWidget(area)
    area.resize(900, 640)
    area.show()
    area.read()
    made = Window(desk, area, host, tasks, qtbot, actor, tmp_path, asked)
    made.settle()
    yield made
    made.settle()
    tasks.close()


def found(window: Window, name: str = NAME) -> PersonPart:
    part: PersonPart = window.part("person")
    part.name.setText(name)
    part.look_for()
    window.settle()
    return part


def test_a_person_is_found_with_masked_numbers_and_what_was_not_searched(window: Window) -> None:
    window.office.person()
    part = found(window)
    assert part.model.total == 1
    row = part.model.row(0)
    assert row is not None and row.title == NAME
    shown = " ".join(str(one) for one in row.segments)
    assert NUMBER not in shown and "1101**********002X" in shown and PHONE not in shown
    assert "无法在此查找" in part.told.words()
    part.name.setText("")
    part.look_for()
    window.settle()
    assert part.trouble.block is not None


def test_the_data_are_handed_over_as_a_zip(window: Window) -> None:
    window.office.person()
    part = found(window)
    window.acts(part, part.list, part.model, "hand")
    assert (window.folder / f"{NAME}.zip").exists() and window.host.said


def test_erasing_shows_what_goes_and_what_stays_before_it_is_done(window: Window) -> None:
    window.office.enquiry(day=LONG_AGO)
    window.office.firm.office.cases.save_draft(window.office.lawyer, "new-case", {"parties": [NAME]})
    part = found(window)
    window.acts(part, part.list, part.model, "erase")
    sheet = window.sheet(ErasureSheet)
    assert sheet.plan.outcome is ErasureKind.ERASED and len(sheet.boxes) >= 1
    assert NAME in dump(window.office)
    sheet.carry_out()
    window.settle()
    assert NAME not in dump(window.office) and window.host.sheet is None
    assert NAME in words_of(window.folder / f"{NAME}.docx")
    assert part.erased_model.total == 1 and not part.rewrite.isVisible()
    row = part.erased_model.item(0)
    part.print_again(row)
    window.settle()
    assert (window.folder / f"{row.number}.docx").exists()


def test_a_blocked_person_is_listed_and_can_be_used_again(window: Window) -> None:
    window.office.case(adverse=NAME, closed=date(2020, 5, 4))
    part = found(window)
    window.acts(part, part.list, part.model, "erase")
    sheet = window.sheet(ErasureSheet)
    assert sheet.plan.outcome is ErasureKind.BLOCKED and "存储" in sheet.button.text()
    sheet.carry_out()
    window.settle()
    assert part.blocked_model.total == 1
    window.acts(part, part.blocked, part.blocked_model, "again")
    reason = window.sheet(ReasonSheet)
    reason.save()
    window.settle()
    assert part.blocked_model.total == 1, "no reason, no change"
    reason.reason.setPlainText("新委托")
    reason.save()
    window.settle()
    assert part.blocked_model.total == 0


def test_a_hold_on_a_person_makes_erasing_a_refusal(window: Window) -> None:
    window.office.enquiry(day=LONG_AGO)
    part = found(window)
    window.acts(part, part.list, part.model, "hold")
    reason = window.sheet(ReasonSheet)
    reason.reason.setPlainText("监管调查")
    reason.save()
    window.settle()
    window.acts(part, part.list, part.model, "erase")
    sheet = window.sheet(ErasureSheet)
    assert sheet.plan.outcome is ErasureKind.REFUSED
    files: FilesPart = window.part("files")
    assert files.hold_model.total == 1
    window.acts(files, files.holds, files.hold_model, "lift")
    assert files.hold_model.total == 0


def test_a_request_is_written_down_and_answered(window: Window) -> None:
    part: RequestsPart = window.part("requests")
    part.write_down()
    sheet = window.sheet(RequestSheet)
    sheet.save()
    window.settle()
    assert sheet.form.field("subject").problem and part.model.total == 0
    sheet.subject.setText(NAME)
    sheet.save()
    window.settle()
    assert part.model.total == 1 and "12月5日" in window.host.said[-1]
    row = part.model.row(0)
    assert row is not None and row.status is not None and "30" in str(row.status)
    part.open(part.model.item(0))
    answer = window.sheet(AnswerSheet)
    answer.save()
    window.settle()
    assert answer.form.field("identity").problem
    answer.identity.setText("核对身份证原件")
    answer.save()
    window.settle()
    item = part.model.item(0)
    assert item is not None and item.status is RequestState.GRANTED
    part.print_log()
    window.settle()
    assert any(path.suffix == ".docx" for path in window.folder.iterdir())


def test_two_people_sign_at_the_window_and_the_file_is_destroyed(window: Window) -> None:
    case = window.office.case(client="云栖茶行", adverse="顾不言", closed=date(2009, 5, 4), facts="柳堤仓库")
    part: FilesPart = window.part("files")
    assert part.file_model.total == 1
    part.choose_class(part.file_model.item(0))
    sheet = window.sheet(ClassSheet)
    sheet.save()
    assert sheet.form.field("term").problem
    sheet.term.choose(Term.SHORT.value)
    sheet.years.setText("99")
    sheet.save()
    window.settle()
    assert sheet.form.field("years").problem
    sheet.years.setText("")
    sheet.save()
    window.settle()
    part.propose()
    listed = window.sheet(ListSheet)
    assert listed.button is not None and part.list_model.total == 1
    listed.button.click()
    window.settle()
    item = part.list_model.item(0)
    assert item is not None and item.status is DisposalState.HALF_SIGNED
    window.acts(part, part.lists, part.list_model, "sign")
    assert part.trouble.block is not None, "nobody signs twice"
    window.actor[0] = window.office.administrator
    window.acts(part, part.lists, part.list_model, "sign")
    window.acts(part, part.lists, part.list_model, "destroy")
    item = part.list_model.item(0)
    assert item is not None and item.status is DisposalState.DONE and "柳堤" not in dump(window.office)
    assert case and part.file_model.total == 0


def test_a_breach_is_recorded_with_its_people_and_its_gaps(window: Window) -> None:
    case = window.office.case(client="祁晚舟", adverse=NAME)
    number = window.office.firm.office.cases.queries.case(window.office.lawyer, case).number
    part: BreachesPart = window.part("breaches")
    part.record()
    sheet = window.sheet(BreachSheet)
    sheet.save()
    assert sheet.form.field("found_at").problem
    sheet.title_edit.setText("电脑遗失")
    sheet.hour.setText("9:30")
    sheet.kinds.choose(["lost"])
    sheet.cases.set_tokens([Token("不存在的编号")])
    sheet.save()
    window.settle()
    assert sheet.form.field("cases").problem
    sheet.cases.set_tokens([Token(number)])
    sheet.cases.changed.emit()
    window.settle()
    assert "2" in sheet.affected.words() and "祁晚舟" in sheet.affected.words()
    assert "信息种类" in sheet.missing.words() and "是泄露" not in sheet.missing.words()
    sheet.save()
    window.settle()
    row = part.model.item(0)
    assert row is not None and row.affected == 2
    for paper in ("authority", "persons", "report"):
        window.acts(part, part.list, part.model, paper)
    assert len([name for name in window.asked if name.startswith(row.number)]) == 3
    part.open(row)
    again = window.sheet(BreachSheet)
    assert [token.text for token in again.cases.tokens()] == [number] and again.hour.text() == "09:30"
    window.acts(part, part.list, part.model, "told-authority")
    window.acts(part, part.list, part.model, "close")
    reason = window.sheet(ReasonSheet)
    reason.reason.setPlainText("硬盘已加密")
    reason.save()
    window.settle()
    closed = part.model.item(0)
    assert closed is not None and closed.closed_on is not None and closed.authority_told_at is not None


@pytest.mark.parametrize("key", ["person", "requests", "files", "breaches"])
def test_every_part_speaks_both_languages(window: Window, key: str) -> None:
    part = window.part(key)
    for language in ("en", "zh"):
        set_language(language)
        window.settle()
    part.narrow(True)
    part.narrow(False)


Maker = Callable[[], object]
