"""Tables about personal data: who asked for what, what may not be erased, what was erased, what got out."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from lawdesk.privacy.rules import DisposalState, ErasureKind, RequestKind, RequestState, Term
from lawdesk.storage.record import Record, moment_field


def _among(column: str, values: list[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


class PrivacyRequest(Record, table=True):
    """What somebody asked about data on a person; ``asked_for`` is who asks if another than ``subject``."""

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint(_among("kind", [one.value for one in RequestKind]), name="privacy_request_kind"),
        CheckConstraint(_among("status", [one.value for one in RequestState]), name="privacy_request_status"),
    )

    kind: str
    subject: str
    asked_for: str = Field(default="")
    received_on: date
    channel: str = Field(default="")
    identity: str = Field(default="")  # how it was made sure that it is they
    detail: str = Field(default="")
    answer_by: date
    status: str = Field(default=RequestState.OPEN.value, index=True)
    answered_on: date | None = Field(default=None)
    answered_by: int | None = Field(default=None, foreign_key="person.id")
    answer: str = Field(default="")


class PrivacyHold(Record, table=True):
    """Nothing of this case or party may be erased: a dispute, an investigation, a seizure."""

    __tablename__ = "privacy_hold"
    __table_args__ = (CheckConstraint("(case_id IS NULL) <> (party_id IS NULL)", name="privacy_hold_one"),)

    case_id: int | None = Field(default=None, foreign_key="cases.id", index=True)
    party_id: int | None = Field(default=None, foreign_key="party.id", index=True)
    reason: str
    since: date
    lifted_on: date | None = Field(default=None)
    lifted_by: int | None = Field(default=None, foreign_key="person.id")


class PrivacyBlock(Record, table=True):
    """A party that is only stored: in no list, not changed, until ``until`` (None: no day known)."""

    __tablename__ = "privacy_block"

    party_id: int = Field(foreign_key="party.id", unique=True)
    reasons: str  # JSON: code and last day of each reason
    since: date
    until: date | None = Field(default=None)


class CaseRetention(Record, table=True):
    """How long the closed file of a case is kept: the class somebody chose, and the years of it."""

    __tablename__ = "case_retention"
    __table_args__ = (
        CheckConstraint(_among("term", [one.value for one in Term]), name="case_retention_term"),
        CheckConstraint("years IS NULL OR years BETWEEN 1 AND 100", name="case_retention_years"),
    )

    case_id: int = Field(foreign_key="cases.id", unique=True)
    term: str
    years: int | None = Field(default=None)
    why: str = Field(default="")


class PrivacyErasure(Record, table=True):
    """What an erasure, blocking, refusal or disposal did: the certificate without anybody's name."""

    __tablename__ = "privacy_erasure"
    __table_args__ = (
        CheckConstraint(_among("kind", [one.value for one in ErasureKind]), name="privacy_erasure_kind"),
    )

    kind: str
    request_id: int | None = Field(default=None)
    done_at: datetime = moment_field()
    done_by: int | None = Field(default=None, foreign_key="person.id")
    parties: str  # JSON: the uids
    fingerprint: str = Field(default="", index=True)  # HMAC of the name under the office's key
    content: str  # JSON of the certificate
    compacted: bool = Field(default=False)


class DisposalList(Record, table=True):
    """Closed files whose time is over, to be destroyed once two people have signed."""

    __tablename__ = "disposal_list"
    __table_args__ = (
        CheckConstraint(_among("status", [one.value for one in DisposalState]), name="disposal_list_status"),
        CheckConstraint("second_by IS NULL OR second_by <> first_by", name="disposal_list_two"),
    )

    made_on: date
    status: str = Field(default=DisposalState.PROPOSED.value, index=True)
    first_by: int | None = Field(default=None, foreign_key="person.id")
    first_at: datetime | None = moment_field(default=None)
    second_by: int | None = Field(default=None, foreign_key="person.id")
    second_at: datetime | None = moment_field(default=None)
    done_at: datetime | None = moment_field(default=None)


class DisposalItem(Record, table=True):
    """One case on a disposal list, as it stood when the list was made."""

    __tablename__ = "disposal_item"
    __table_args__ = (UniqueConstraint("list_id", "case_id", name="disposal_item_once"),)

    list_id: int = Field(foreign_key="disposal_list.id", index=True)
    case_id: int = Field(foreign_key="cases.id", index=True)
    number: str
    term: str
    closed_on: date
    until: date


class PrivacyBreach(Record, table=True):
    """Personal data that leaked, were changed or lost, and what was done (PIPL art. 57)."""

    __tablename__ = "privacy_breach"

    title: str
    kinds: str  # JSON: leaked, changed, lost
    found_at: datetime = moment_field()
    happened_from: date | None = Field(default=None)
    happened_until: date | None = Field(default=None)
    data: str = Field(default="[]")  # JSON: kinds of data
    scope: str = Field(default="{}")  # JSON: cases, parties or everything
    cause: str = Field(default="")
    harm: str = Field(default="")
    measures: str = Field(default="")
    advice: str = Field(default="")
    contact: str = Field(default="")
    affected: int = Field(default=0)
    authority: str = Field(default="")
    authority_told_at: datetime | None = moment_field(default=None)
    persons_told_at: datetime | None = moment_field(default=None)
    not_told_why: str = Field(default="")
    closed_on: date | None = Field(default=None)
