"""An office that holds something in every table, and what it holds as plain values."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from lawdesk.cases import (
    EnquiryDraft,
    NameKind,
    PartyDraft,
    PartyKind,
    RelationDraft,
    RelationKind,
    Side,
)
from lawdesk.cases.model import FormerMatter, FormerMatterParty, MemberParty, PartyMerge
from lawdesk.conflicts import Asked
from lawdesk.conflicts import Role as AskedRole
from lawdesk.conflicts.model import ConflictAbout, ConflictConsent, ConflictNews
from lawdesk.deadlines import EventDraft, ManualDeadline
from lawdesk.deadlines.model import (
    ClosedDays,
    DeadlineRequest,
    Deputy,
    FirmPeriod,
    ImportedYear,
    LimitationTurn,
    Reminder,
)
from lawdesk.documents import DocumentDraft
from lawdesk.firm import Role, WallDraft
from lawdesk.privacy.model import (
    CaseRetention,
    DisposalItem,
    DisposalList,
    PrivacyBlock,
    PrivacyBreach,
    PrivacyErasure,
    PrivacyHold,
    PrivacyRequest,
)
from lawdesk.safekeeping.shapes import table_shapes
from lawdesk.timesheet import EntryDraft
from tests.offices import DAY, START, Firm, dispute, open_cleared

CLIENT = PartyDraft(
    "沐岚<b>物流</b>有限公司",
    PartyKind.ORGANIZATION,
    ((NameKind.FORMER, "=SUM(1;2)旧名公司"),),
    (("uscc", "91110000802100433B"),),
    "+86 13912345678",
    "青岚市示例路 1 号",
)
ADVERSE = PartyDraft("墨禾", PartyKind.PERSON, (), (("id-card", "11010519491231002X"),))
PAPERS = (("判决书.pdf", b"judgment" * 300_000), ("起诉状.docx", b"plea" * 1000), ("空.txt", b""))


def fill(firm: Firm, folder: Path) -> int:
    """Put something into every part of the office; return the case."""
    office, actor = firm.office, firm.director
    sides = ((Side.CLIENT, CLIENT), (Side.ADVERSE, ADVERSE))
    office.cases.take_enquiry(actor, EnquiryDraft("-来电：货款", DAY, sides, "0755-1234"))
    draft = dispute(
        CLIENT,
        ADVERSE,
        firm.lawyer,
        "运输合同纠纷",
        facts="第一行\n第二行 </script><script>alert(1)</script>",
        note='@备注 "引号"，逗号',
    )
    office.conflicts.clear(actor, office.conflicts.check(actor, [Asked("毫不相干示例厂", AskedRole.CLIENT)]))
    case_id = open_cleared(office, actor, draft)
    office.cases.save_draft(actor, "new-case", {"cause": "半句"})
    office.deadlines.record_event(actor, EventDraft(case_id, DAY, "收到一审判决书", "judgment-served"))
    office.deadlines.add_deadline(actor, ManualDeadline(case_id, "交材料", date(2025, 12, 1)))
    office.timesheet.add_entry(actor, EntryDraft(case_id, DAY, 30, "阅卷"))
    office.timesheet.set_rate(actor, firm.lawyer.person_id or 0, 80_000, DAY)
    office.timesheet.start_timer(firm.lawyer, case_id, "起草")
    for name, content in PAPERS:
        (folder / name).write_bytes(content)
        office.documents.add_file(actor, case_id, folder / name)
    (folder / "判决书.pdf").write_bytes(b"corrected")
    office.documents.add_file(actor, case_id, folder / "判决书.pdf")
    removed = office.documents.add_file(actor, case_id, folder / "空.txt", DocumentDraft("CON.txt"))
    office.documents.remove(actor, removed)
    office.cases.add_relation(actor, RelationDraft(1, 2, next(iter(RelationKind))))
    office.firm.set_setting(actor, "rounding_minutes", "6")
    office.firm.set_right(actor, Role.ASSISTANT, "case.open", granted=False)
    inside = frozenset({actor.person_id or 0, firm.lawyer.person_id or 0})
    office.walls.put_up(actor, WallDraft("亲属关系", case_id=case_id, inside=inside))
    office.walls.met(actor, "opened", cases={case_id})
    _fill_law_and_reminders(firm)
    _fill_proof_and_members(firm, case_id)
    _fill_privacy(firm, case_id)
    return case_id


def _fill_law_and_reminders(firm: Firm) -> None:
    """A row of each table around the deadlines, whatever way of working brings it about."""
    director, lawyer = firm.director.person_id, firm.lawyer.person_id
    assert director and lawyer
    with firm.office.database.write(firm.director, "test.fill") as work:
        for row in (
            LimitationTurn(deadline_id=1, kind="interrupted", first=DAY, ground="书面催告", evidence="快递回执"),
            DeadlineRequest(deadline_id=1, kind="move", due=DAY, reason="原告申请", asked_by=lawyer),
            FirmPeriod(rule_id="own-period", content="{}", note="本所"),
            ImportedYear(year=2027, content="{}", file_name="2027.toml", file_hash="0" * 64),
            ClosedDays(kind="closure", first=DAY, last=DAY, name="搬迁", court="青岚市法院"),
            Reminder(deadline_id=1, person_id=lawyer, level="near", step=3, due=DAY, falls_on=DAY, shown_at=START),
            Deputy(person_id=lawyer, deputy_id=director, note="外出"),
        ):
            work.session.add(row)
        work.audit("office")


def _fill_proof_and_members(firm: Firm, case_id: int) -> None:
    """A row of each table around the proof of conflict checks, members and parties made one."""
    lawyer = firm.lawyer.person_id
    assert lawyer
    with firm.office.database.write(firm.director, "test.fill") as work:
        matter = work.add(FormerMatter(person_id=lawyer, role="judge", title="旧案", ended_on=DAY))
        for row in (
            ConflictConsent(check_id=1, name="同意书.pdf", sha256="0" * 64, size=3, content=b"\x00\xffA"),
            ConflictNews(
                case_id=case_id, asked="墨禾", party="party:2", severity="waivable", found_at=START, content="{}"
            ),
            ConflictAbout(check_id=1, party_id=2),
            FormerMatterParty(matter_id=matter.key, party_id=2, side="adverse"),
            MemberParty(person_id=lawyer, party_id=2),
            PartyMerge(kept_id=1, gone_id=99, gone_name="旧称", content="{}"),
        ):
            work.session.add(row)
        work.audit("office")


def _fill_privacy(firm: Firm, case_id: int) -> None:
    """A row of each table about personal data."""
    with firm.office.database.write(firm.director, "test.fill") as work:
        made = work.add(DisposalList(made_on=DAY))
        for row in (
            PrivacyRequest(kind="access", subject="墨禾", received_on=DAY, answer_by=DAY),
            PrivacyHold(case_id=case_id, reason="投诉", since=DAY),
            PrivacyBlock(party_id=2, reasons="[]", since=DAY),
            CaseRetention(case_id=case_id, term="long", years=30),
            PrivacyErasure(kind="refused", done_at=START, parties="[]", content="{}"),
            DisposalItem(list_id=made.key, case_id=case_id, number="1", term="long", closed_on=DAY, until=DAY),
            PrivacyBreach(title="遗失", kinds="[]", found_at=START),
        ):
            work.session.add(row)
        work.audit("office")


def content(firm_office: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, as values; the vault's addresses left out: another key makes other ones."""
    found = {}
    with firm_office.database.read() as session:
        for shape in table_shapes():
            columns = [
                column for column in shape.table.c if (shape.name, column.name) != ("document_version", "address")
            ]
            statement = select(*columns).order_by(*shape.table.primary_key.columns)
            found[shape.name] = [tuple(row) for row in session.connection().execute(statement)]
    return found


def hashes(firm_office: Any) -> dict[int, str]:
    """The SHA-256 of every version of every document, read back from the vault."""
    table = next(shape.table for shape in table_shapes() if shape.name == "document_version")
    with firm_office.database.read() as session:
        rows = list(session.connection().execute(select(table.c.id, table.c.address)))
    found = {}
    for version, address in rows:
        with firm_office.documents.vault.open(address) as stream:
            found[version] = hashlib.sha256(stream.read()).hexdigest()
    return found


@pytest.fixture
def full(file_office: Firm, tmp_path: Path) -> Firm:
    """An office with something in every table."""
    (tmp_path / "own").mkdir()
    fill(file_office, tmp_path / "own")
    return file_office
