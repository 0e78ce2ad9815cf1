"""Tables of parties, enquiries, cases and proceedings."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from lawdesk.cases.rules import CaseStatus, PartyKind, Side
from lawdesk.storage.record import Record, moment_field


def _among(column: str, values: list[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class Party(Record, table=True):
    """A person or an organization the firm knows of; ``name`` is the name it is shown under."""

    __tablename__ = "party"
    __table_args__ = (CheckConstraint(_among("kind", [k.value for k in PartyKind]), name="party_kind"),)

    kind: str = Field(default=PartyKind.UNKNOWN.value)
    name: str = Field(index=True)
    phone: str = Field(default="")
    address: str = Field(default="")
    born_on: date | None = Field(default=None)
    note: str = Field(default="")
    ref: str = Field(default="", index=True)
    merged_into: int | None = Field(
        default=None
    )  # the party it is, since they were made one; it has nothing itself
    blocked: bool = Field(default=False)  # only stored, for a reason the privacy feature keeps: in no list


class PartyName(Record, table=True):
    """Every name of a party, the shown one included."""

    __tablename__ = "party_name"

    party_id: int = Field(foreign_key="party.id", index=True)
    kind: str
    name: str


class PartyIdentifier(Record, table=True):
    """A number that names the party: 身份证, 统一社会信用代码, passport; normalised."""

    __tablename__ = "party_identifier"
    __table_args__ = (UniqueConstraint("party_id", "kind", "value", name="party_identifier_once"),)

    party_id: int = Field(foreign_key="party.id", index=True)
    kind: str
    value: str = Field(index=True)
    checked: bool = Field(default=False)


class PartyRelation(Record, table=True):
    """``party`` is the ``kind`` of ``other``; share in basis points."""

    __tablename__ = "party_relation"
    __table_args__ = (CheckConstraint("party_id <> other_id", name="party_relation_not_self"),)

    party_id: int = Field(foreign_key="party.id", index=True)
    other_id: int = Field(foreign_key="party.id", index=True)
    kind: str
    share_bp: int | None = Field(default=None)
    since: date | None = Field(default=None)
    until: date | None = Field(default=None)
    note: str = Field(default="")


class MemberParty(Record, table=True):
    """A party that is a member of the firm: carries the member's relatives, offices and shares."""

    __tablename__ = "member_party"

    person_id: int = Field(foreign_key="person.id", unique=True)
    party_id: int = Field(foreign_key="party.id", unique=True)


class FormerMatter(Record, table=True):
    """What a member of the firm handled elsewhere; ``role``: lawyer, judge, prosecutor, arbitrator, official."""

    __tablename__ = "former_matter"

    person_id: int = Field(foreign_key="person.id", index=True)
    role: str
    title: str
    place: str = Field(default="")
    ended_on: date | None = Field(default=None)


class FormerMatterParty(Record, table=True):
    """A party of a former matter and the side it was on, seen from the member."""

    __tablename__ = "former_matter_party"

    matter_id: int = Field(foreign_key="former_matter.id", index=True)
    party_id: int = Field(foreign_key="party.id", index=True)
    side: str


class PartyMerge(Record, table=True):
    """Two parties made one: ``kept_id`` stays, ``gone_id`` is gone; ``content`` (JSON) is the way back."""

    __tablename__ = "party_merge"

    kept_id: int = Field(index=True)  # no foreign keys: either party may be gone by a later merge
    gone_id: int
    gone_name: str
    undone: bool = Field(default=False)
    content: str


class Enquiry(Record, table=True):
    """Somebody called: not a case yet, but searched by the conflict check like one."""

    __tablename__ = "enquiry"

    received_on: date
    subject: str
    note: str = Field(default="")
    phone: str = Field(default="")
    taken_by: int | None = Field(default=None, foreign_key="person.id")
    status: str = Field(default="open", index=True)
    case_id: int | None = Field(default=None, foreign_key="cases.id")


class EnquiryParty(Record, table=True):
    """A party of an enquiry and its side."""

    __tablename__ = "enquiry_party"

    enquiry_id: int = Field(foreign_key="enquiry.id", index=True)
    party_id: int = Field(foreign_key="party.id", index=True)
    side: str


class Case(Record, table=True):
    """A case of the firm."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(_among("status", [s.value for s in CaseStatus]), name="cases_status"),
        CheckConstraint("access IN ('office', 'team')", name="cases_access"),
        CheckConstraint("amount_fen IS NULL OR amount_fen >= 0", name="cases_amount"),
        CheckConstraint("fee_fen IS NULL OR fee_fen >= 0", name="cases_fee"),
        Index("ix_cases_status_received", "status", "received_on"),
    )

    number: str = Field(unique=True)
    kind: str = Field(index=True)
    cause: str
    title: str
    status: str = Field(default=CaseStatus.OPEN.value)
    stage: str = Field(default="")
    received_on: date
    closed_on: date | None = Field(default=None)
    amount_fen: int | None = Field(default=None, sa_type=BigInteger)
    fee_mode: str
    fee_fen: int | None = Field(default=None, sa_type=BigInteger)
    fee_bp: int | None = Field(default=None)
    received_fen: int | None = Field(default=None, sa_type=BigInteger)
    fee_note: str = Field(default="")
    power: str = Field(default="")
    facts: str = Field(default="")
    note: str = Field(default="")
    lead_id: int = Field(foreign_key="person.id", index=True)
    access: str = Field(default="office", index=True)
    """Who sees it: everybody of the office, or its ``team`` only."""


class CaseMember(Record, table=True):
    """Who works on the case."""

    __tablename__ = "case_member"
    __table_args__ = (UniqueConstraint("case_id", "person_id", name="case_member_once"),)

    case_id: int = Field(foreign_key="cases.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: str


class CaseParty(Record, table=True):
    """A party of the case and its side."""

    __tablename__ = "case_party"
    __table_args__ = (
        CheckConstraint(_among("side", [s.value for s in Side]), name="case_party_side"),
        UniqueConstraint("case_id", "party_id", name="case_party_once"),
    )

    case_id: int = Field(foreign_key="cases.id", index=True)
    party_id: int = Field(foreign_key="party.id", index=True)
    side: str
    position: int = Field(default=0)


class Proceeding(Record, table=True):
    """One instance or procedure inside a case."""

    __tablename__ = "proceeding"

    case_id: int = Field(foreign_key="cases.id", index=True)
    kind: str
    position: int = Field(default=0)
    court: str = Field(default="")
    court_number: str = Field(default="", index=True)
    judge: str = Field(default="")
    started_on: date | None = Field(default=None)
    ended_on: date | None = Field(default=None)
    result: str = Field(default="")
    in_custody: bool = Field(default=False)
    foreign: bool = Field(default=False)


class Standing(Record, table=True):
    """Who stands where in a proceeding, and who speaks for them."""

    __tablename__ = "standing"
    __table_args__ = (UniqueConstraint("proceeding_id", "party_id", name="standing_once"),)

    proceeding_id: int = Field(foreign_key="proceeding.id", index=True)
    party_id: int = Field(foreign_key="party.id", index=True)
    standing: str
    counsel_name: str = Field(default="")
    counsel_firm: str = Field(default="")


class ClearanceRecord(Record, table=True):
    """The clearance a case opened on; written once and never changed."""

    __tablename__ = "clearance"

    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    result: str
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime = moment_field()
    content: str
    check_uid: str = Field(default="", index=True)


class NumberSeries(Record, table=True):
    """The last serial given out in a series such as ``2026/civil``."""

    __tablename__ = "number_series"

    series: str = Field(unique=True)
    last: int = Field(default=0)


class Draft(Record, table=True):
    """What somebody is typing and has not sent: kept so that nothing is lost."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("person_id", "form", name="draft_once"),)

    person_id: int = Field(foreign_key="person.id")
    form: str
    content: str
