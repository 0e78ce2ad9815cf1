"""An office with one walled case in which every text and number is a planted marker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlmodel import AutoString, SQLModel

from lawdesk.cases import (
    CaseDraft,
    CasePartyDraft,
    EnquiryDraft,
    PartyDraft,
    PartyKind,
    RelationDraft,
    RelationKind,
    Side,
)
from lawdesk.conflicts import Asked
from lawdesk.deadlines import EventDraft, ManualDeadline
from lawdesk.firm import Actor, Role, WallDraft
from lawdesk.storage.database import Database
from lawdesk.timesheet import EntryDraft
from tests.offices import Firm

MARK = "密墙玄"
"""In every text behind the wall; three characters that stand nowhere else."""
NUMBER = 87_654_321
"""The amount behind the wall, in fen."""
OPEN_CLIENT, OPEN_OTHER = "杭州明亮食品有限公司", "宁波清江物流有限公司"
_CODES = frozenset(
    {
        "uid",
        "kind",
        "side",
        "role",
        "status",
        "stage",
        "number",
        "rule",
        "rule_version",
        "trigger",
        "whose",
        "action",
    }
    | {"category", "source", "activity", "sha256", "address", "result", "content", "level", "step", "subject"}
    | {"standing", "access", "fee_mode", "power", "due_time", "happened_at", "parent_rule", "outcome", "names"}
    | {"check_uid", "severity", "party", "decision", "form", "statute", "article", "answer", "ref"}
)
"""Columns whose texts are codes, dates or JSON; the rest is what people type."""


@dataclass(frozen=True)
class Walled:
    """The office before and after; ``outsider`` is a lawyer who stands outside the wall."""

    firm: Firm
    insider: Actor
    outsider: Actor
    open_case: int

    @property
    def director(self) -> Actor:
        return self.firm.director


@pytest.fixture
def walled(office: Firm, tmp_path: Path) -> Iterator[Walled]:
    """An office with one open case that everybody sees, and people on both sides of a wall to come."""
    firm = office
    number = firm.office.firm.add_person(firm.director, name="岳行之", login="yue", role=Role.LAWYER)
    insider = Actor(number, "岳行之", "yue", Role.LAWYER)
    case = open_case(firm, firm.lawyer, (OPEN_CLIENT, OPEN_OTHER), tmp_path, "公开")
    yield Walled(firm, insider, firm.lawyer, case)


def open_case(firm: Firm, lead: Actor, parties: tuple[str, str], folder: Path, words: str) -> int:
    """Open a case with a bit of everything hanging on it, all texts holding ``words``; return its id."""
    office, today, (client, other) = firm.office, firm.clock.today(), parties
    asked = [Asked(client), Asked(other)]
    clearance = office.conflicts.clear(firm.director, office.conflicts.check(firm.director, asked))
    draft = CaseDraft(
        kind="civil",
        cause=f"{words}买卖合同纠纷",
        lead=lead.person_id,
        received_on=today,
        parties=(
            CasePartyDraft(
                PartyDraft(client, PartyKind.ORGANIZATION), "client", legal_representative=f"{words}代表"
            ),
            CasePartyDraft(PartyDraft(other, PartyKind.ORGANIZATION), "adverse"),
        ),
        amount_fen=NUMBER if words == MARK else 100,
        note=words,
        facts=words,
    )
    opened = office.cases.open_case(firm.director, draft, clearance)
    people = office.cases.queries.case(firm.director, opened.case_id).proceedings[0].standings
    tied = PartyDraft(f"{words}股东", PartyKind.PERSON)
    office.cases.add_relation(
        firm.director,
        RelationDraft(office.cases.add_party(firm.director, tied), people[0].party_id, RelationKind.SHAREHOLDER),
    )
    call = EnquiryDraft(words, today, ((Side.CLIENT, PartyDraft(f"{words}来电", PartyKind.PERSON)),), note=words)
    enquiry = office.cases.take_enquiry(firm.director, call)
    with office.database.write(firm.director, "test.link") as work:
        from lawdesk.cases.model import Enquiry

        row = work.session.get(Enquiry, enquiry)
        assert row is not None
        row.case_id = opened.case_id
        work.audit("enquiry", row)
    file = folder / f"{words}.txt"
    file.write_text(words, encoding="utf-8")
    office.documents.add_file(lead, opened.case_id, file)
    office.deadlines.record_event(lead, EventDraft(opened.case_id, today - timedelta(days=3), f"{words}送达"), ())
    for days in (1, 40):
        manual = ManualDeadline(opened.case_id, f"{words}期限{days}", today + timedelta(days=days), "task")
        office.deadlines.add_deadline(lead, manual)
    for minutes in (77, 78):
        entry = EntryDraft(opened.case_id, today, minutes, f"{words}起草", person_id=lead.person_id)
        office.timesheet.add_entry(firm.director, entry)
    office.timesheet.start_timer(lead, opened.case_id, words)
    office.deadlines.reminders.collect(firm.director)
    office.conflicts.rerun(firm.director)
    return opened.case_id


def plant(walled: Walled, folder: Path) -> int:
    """Open the walled case, mark every text that belongs to it and put up the wall; return the case's id."""
    office, director = walled.firm.office, walled.director
    before = {name: _newest(office.database, name) for name in SQLModel.metadata.tables}
    case = open_case(walled.firm, walled.insider, (f"{MARK}机械有限公司", f"{MARK}商贸有限公司"), folder, MARK)
    planted = 0
    with office.database.engine.begin() as connection:
        if office.database.kind == "postgresql":
            connection.exec_driver_sql("SELECT set_config('lawdesk.person', '*', true)")
        for name, table in SQLModel.metadata.tables.items():
            if "id" not in table.c or name in ("audit_record", "person", "office_state", "wall"):
                continue
            texts = [one.name for one in table.c if isinstance(one.type, AutoString) and one.name not in _CODES]
            if texts and name not in ("number_series", "draft", "conflict_check", "search_entry"):
                marked = {one: f"{MARK}{name}{one}" for one in texts}
                connection.execute(update(table).where(table.c.id > before[name]).values(marked))
                planted += len(texts)
    assert planted > 30
    with office.database.write(director, "test.marked") as work:
        work.audit("case", case_id=case)
    office.walls.put_up(
        director, WallDraft(f"{MARK}缘由", case_id=case, inside=frozenset({walled.insider.person_id or 0}))
    )
    return case


def _newest(database: Database, name: str) -> int:
    table = SQLModel.metadata.tables[name]
    if "id" not in table.c:
        return 0
    with database.read() as session:
        return session.connection().execute(select(func.max(table.c.id))).scalar() or 0
