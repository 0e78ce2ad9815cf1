"""Parties: who somebody is, under which names, and how they are tied to others."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

MAX_NAME = 200


class PartyKind(StrEnum):
    """What sort of party."""

    PERSON = "person"
    ORGANIZATION = "organization"
    UNKNOWN = "unknown"


class NameKind(StrEnum):
    """What sort of name."""

    REGISTERED = "registered"
    FORMER = "former"
    SHORT = "short"
    ENGLISH = "english"
    ALIAS = "alias"


class RelationKind(StrEnum):
    """How one party stands to another: ``party`` is the <kind> of ``other``."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    SHAREHOLDER = "shareholder"
    PARENT = "parent"
    BRANCH = "branch"
    CONTROLLER = "controller"
    SPOUSE = "spouse"
    RELATIVE = "relative"
    GUARANTOR = "guarantor"
    EMPLOYER = "employer"
    FORMER_EMPLOYER = "former_employer"
    OTHER = "other"


KIND_TITLES = {
    PartyKind.PERSON: N_("Person"),
    PartyKind.ORGANIZATION: N_("Organization"),
    PartyKind.UNKNOWN: N_("Not known"),
}
NAME_KIND_TITLES = {
    NameKind.REGISTERED: N_("Registered name"),
    NameKind.FORMER: N_("Former name"),
    NameKind.SHORT: N_("Short name"),
    NameKind.ENGLISH: N_("English name"),
    NameKind.ALIAS: N_("Other name"),
}
RELATION_TITLES = {
    RelationKind.LEGAL_REPRESENTATIVE: N_("Legal representative"),
    RelationKind.SHAREHOLDER: N_("Shareholder"),
    RelationKind.PARENT: N_("Parent company"),
    RelationKind.BRANCH: N_("Branch"),
    RelationKind.CONTROLLER: N_("Actual controller"),
    RelationKind.SPOUSE: N_("Spouse"),
    RelationKind.RELATIVE: N_("Close relative"),
    RelationKind.GUARANTOR: N_("Guarantor"),
    RelationKind.EMPLOYER: N_("Employer"),
    RelationKind.FORMER_EMPLOYER: N_("Former employer"),
    RelationKind.OTHER: N_("Other relation"),
}


@dataclass(frozen=True)
class PartyDraft:
    """A party as it is entered. Identifiers are pairs of kind (see identifiers) and value as typed."""

    name: str
    kind: PartyKind = PartyKind.UNKNOWN
    aliases: tuple[tuple[NameKind, str], ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    phone: str = ""
    address: str = ""
    born_on: date | None = None
    note: str = ""
    ref: str = ""


@dataclass(frozen=True)
class CasePartyDraft:
    """A party as it enters a case: which side, in which standing, with whom as counsel.

    ``party_id`` names a party already on file; otherwise the draft makes a new one.
    """

    party: PartyDraft
    side: str  # Side value
    standing: str = ""
    counsel_name: str = ""
    counsel_firm: str = ""
    party_id: int | None = None
    legal_representative: str = ""
    parent: str = ""


class AskedName(NamedTuple):
    """A name a window hands to the conflict check while somebody types; ``side`` is a Side value."""

    name: str
    kind: PartyKind
    side: str
    identifier: str = ""


@dataclass(frozen=True)
class RelationDraft:
    """A relation as it is entered: ``party`` is the ``kind`` of ``other``; share in basis points of 100 %."""

    party_id: int
    other_id: int
    kind: RelationKind
    share_bp: int | None = None
    since: date | None = None
    until: date | None = None
    note: str = field(default="")


@dataclass(frozen=True)
class RelatedParty:
    """Somebody around a client: the ``kind`` of the client, or the client of them where ``of_client``."""

    party: PartyDraft
    kind: RelationKind
    share_bp: int | None = None
    of_client: bool = False


_ORGANIZATION = re.compile(
    r"(?:公司|集团|企业|合伙|中心|事务所|银行|[分支联]行|学校|大学|学院|幼儿园|医院|研究院|[协学]会|基金会"
    r"|委员会|居委会|村委会|政府|[局厅厂店部社馆站所处]|法院|检察院|办公室|工作室|商行|酒店|工商户)$"
)


def guess_party_kind(name: str) -> PartyKind:
    """Return what a name looks like: an organization by its ending, a person by two to four characters."""
    bare = re.sub(r"[（(][^（()）]*[）)]$", "", name.strip())
    if not bare:
        return PartyKind.UNKNOWN
    if len(bare) > 3 and _ORGANIZATION.search(bare):
        return PartyKind.ORGANIZATION
    if re.search(r"\b(?:ltd|limited|inc|llc|gmbh|corp|co|plc|llp)\b\.?$", bare, re.IGNORECASE):
        return PartyKind.ORGANIZATION
    if re.fullmatch(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff·]{5,20}", bare) and (
        len(bare) <= 4 or "·" in bare
    ):
        return PartyKind.PERSON
    return PartyKind.UNKNOWN


def check_party(draft: PartyDraft) -> list[Problem]:
    """Return what is wrong with a party to be stored: empty or overlong names, unreadable characters."""
    problems = []
    for label, name in (("name", draft.name), *(("aliases", alias) for _kind, alias in draft.aliases)):
        if not name.strip():
            problems.append(Problem("party.name_missing", N_("The name is missing."), label))
        elif len(name) > MAX_NAME:
            message = N_("The name is longer than {count} characters.")
            problems.append(Problem("party.name_long", message, label, params={"count": MAX_NAME}))
        elif any(ord(character) < 32 or ord(character) == 127 for character in name):
            message = N_("The name holds characters that cannot be seen; type it again.")
            problems.append(Problem("party.name_control", message, label))
    return problems


def check_relation(draft: RelationDraft) -> list[Problem]:
    """Return what is wrong with a relation: to oneself, impossible share or period."""
    problems = []
    if draft.party_id == draft.other_id:
        problems.append(Problem("relation.self", N_("A party cannot be related to itself."), "other"))
    if draft.share_bp is not None and not 0 <= draft.share_bp <= 10_000:
        problems.append(Problem("relation.share", N_("A share lies between 0 and 100 percent."), "share"))
    if draft.since and draft.until and draft.until < draft.since:
        problems.append(Problem("relation.period", N_("The relation ends before it begins."), "until"))
    return problems
