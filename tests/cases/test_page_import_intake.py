"""A matter noted in a file fills the new-case page; what opens from it is what the command line would open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lawdesk.cases import EnquiryDraft, PartyDraft, PartyKind, Side
from lawdesk.cases.page import CasesPage, NewCasePage
from lawdesk.cases.page.drafting import asked_names, to_case
from lawdesk.cases.page.file_kept import related_parties
from lawdesk.cases.page.files_asked import Files
from lawdesk.cases.page.import_intake import field_words, intake_state
from lawdesk.cases.rules.intake_case import case_of, other_names, related_of
from lawdesk.cases.rules.intake_file import read_intake
from lawdesk.firm import Role
from lawdesk.kernel import i18n
from lawdesk.kernel.resources import resource_path
from tests.cases.page_bench import Bench
from tests.cases.test_page_new_case import FakePanel
from tests.offices import Firm

SAMPLES = sorted(resource_path("samples", "intake").glob("*.json"))


class Place:
    """A cases page to choose the file on, and the new-case page it fills."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.firm = bench, bench.firm
        self.path: Path | None = None
        office = self.firm.office
        files = Files(open_intake=lambda *_: self.path)
        self.cases = CasesPage(
            office.cases,
            office.firm,
            actor=lambda: self.firm.director,
            tasks=bench.tasks,
            clock=self.firm.clock,
            files=files,
        )
        self.panel = FakePanel(self.firm)
        self.page = NewCasePage(
            office.cases,
            office.firm,
            actor=lambda: self.firm.director,
            tasks=bench.tasks,
            panel=self.panel,
            clock=self.firm.clock,
        )
        for page in (self.cases, self.page):
            page.host = bench.host
            bench.qtbot.addWidget(page)
            page.resize(1180, 700)
            page.show()
        self.settle()

    def settle(self) -> None:
        for _turn in range(3):
            self.bench.qtbot.waitUntil(lambda: not self.bench.tasks.busy, timeout=60_000)
            QApplication.processEvents()

    def fill(self, path: Path) -> None:
        self.path = path
        self.cases.door.new_from_file()
        self.settle()
        key, target = self.bench.host.went[-1]
        assert key == "new-case"
        self.page.go_to(**json.loads(json.dumps(target)))
        self.settle()


@pytest.fixture
def place(bench: Bench) -> Iterator[Place]:
    yield Place(bench)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_page_opens_the_case_the_file_describes(place: Place, path: Path) -> None:
    office, director = place.firm.office, place.firm.director
    read = read_intake(path, today=place.firm.clock.today()).draft
    for number, name in enumerate(dict.fromkeys((read.lead, *read.assistants))):
        office.firm.add_person(director, name=name, login=f"l{number}", role=Role.LAWYER)
    place.page.refresh(None)
    place.settle()
    people = {person.name: person.id for person in office.firm.queries.people(director)}
    place.fill(path)
    state, today = place.page.state(), place.firm.clock.today()
    wanted = case_of(
        read,
        lead=people[read.lead],
        assistants=tuple(people[name] for name in read.assistants),
        fallback_day=today,
    )
    made = to_case(state, today)
    assert replace(made, parties=(), title="") == replace(wanted, parties=())
    for mine, theirs in zip(made.parties, wanted.parties, strict=True):
        standing = mine.standing if not theirs.standing else theirs.standing
        born = theirs.party.born_on or mine.party.born_on  # the form reads it in the identity number, too
        assert mine == replace(theirs, standing=standing, party=replace(theirs.party, born_on=born))
    assert related_parties(state.get("file") or {}) == related_of(read)
    assert {name.name for name in asked_names(state)} >= {party.party.name for party in wanted.parties} | set(
        other_names(read)
    )
    place.page.submit()
    place.settle()
    (row,) = office.cases.queries.list_cases(director)
    case = office.cases.queries.case(director, row.id)
    assert (case.cause, case.facts, case.note) == (wanted.cause, wanted.facts, wanted.note)


def test_what_is_wrong_stands_above_the_form(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "收案.json"
    matter = {
        "received_on": "2025-11-03",
        "matter_type": "民事",
        "cause": "买卖合同纠纷",
        "stage": "一审",
        "clients": [{"name": "周承胜", "kind": "person", "role": "原告", "id_number": "342523190001010009"}],
        "adverse": [{"name": "墨禾食品有限公司"}],
        "amount_yuan": "十八万左右",
        "team": {"lead": "某某某"},
    }
    path.write_text(json.dumps(matter, ensure_ascii=False), encoding="utf-8")
    place.fill(path)
    remarks = place.page.form.remarks
    assert remarks.isVisible()
    words = " ".join(label.text() for label in remarks.findChildren(type(place.page._saved)))
    assert "取自文件“收案.json”" in words
    assert "委托人 1 居民身份证：" in words and "标的额：" in words
    assert "办案人员 主办：本所人员中没有某某某" in words
    i18n.set_language("en")
    QApplication.processEvents()
    try:
        words = " ".join(label.text() for label in remarks.findChildren(type(place.page._saved)))
        assert "Client 1 Identity card:" in words
    finally:
        i18n.set_language("zh")


def test_the_earlier_draft_comes_back_with_undo(place: Place) -> None:
    party = ((Side.CLIENT, PartyDraft("谢予安", PartyKind.PERSON)),)
    enquiry = place.firm.office.cases.take_enquiry(
        place.firm.lawyer, EnquiryDraft("房屋漏水", place.firm.clock.today(), party)
    )
    place.page.go_to(enquiry_id=enquiry)
    place.settle()
    place.fill(SAMPLES[0])
    assert place.page.form.parties.clients[0].name.text() == "周承胜"
    assert place.bench.host.undo is not None
    place.bench.host.undo()
    assert place.page.form.parties.clients[0].name.text() == "谢予安"
    assert "file" not in place.page.state() and not place.page.form.remarks.isVisible()


def test_what_came_with_the_file_can_be_left_out(place: Place) -> None:
    place.fill(SAMPLES[0])
    assert place.page.state()["file"]["facts"]
    place.page.form.extras.commands()[0].run()
    assert to_case(place.page.state(), place.firm.clock.today()).facts == ""
    assert place.bench.host.undo is not None
    place.bench.host.undo()
    assert to_case(place.page.state(), place.firm.clock.today()).facts


def test_what_came_with_the_file_survives_a_crash(place: Place, qtbot: QtBot) -> None:
    place.fill(SAMPLES[4])
    place.page.keeper.flush()
    place.settle()
    kept = place.firm.office.cases.load_draft(place.firm.director, "new-case")
    assert kept is not None and kept["file"]["note"] == place.page.state()["file"]["note"]


def test_no_matter_is_said_beside_and_changes_nothing(place: Place, tmp_path: Path) -> None:
    path = tmp_path / "不是.json"
    path.write_text("{", encoding="utf-8")
    place.path = path
    place.cases.door.new_from_file()
    place.settle()
    assert place.bench.host.went == []
    sheet = place.bench.host.sheet
    assert sheet is not None and sheet.trouble.block is not None  # type: ignore[attr-defined]  # a Sheet
    assert "JSON" in str(sheet.trouble.block.words)  # type: ignore[attr-defined]  # a Sheet


def test_fields_of_the_file_have_words() -> None:
    assert field_words("clients[0].unified_social_credit_code") == "委托人 1 统一社会信用代码"
    assert field_words("received_on") == "收案日期"
    assert field_words("nonsense") == "nonsense"


def test_an_unknown_lead_is_left_to_choose(file_office: Firm) -> None:
    state = intake_state(SAMPLES[0], {}, file_office.clock.today())
    assert state["team"]["lead"] is None
    assert [one["code"] for one in state["file"]["problems"]].count("intake.person") == 1
