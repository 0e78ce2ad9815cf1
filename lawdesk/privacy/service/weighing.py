"""What bears on erasing somebody: cases, enquiries, holds; which texts lose the name, which keep it until when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from lawdesk.firm import Actor
from lawdesk.kernel.chinese import compact
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.resources import load_rules
from lawdesk.privacy.model import CaseRetention, PrivacyHold
from lawdesk.privacy.queries.lists import held_cases
from lawdesk.privacy.queries.rows import Mention
from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.rules import CaseFact, PersonFacts, Term, keep
from lawdesk.privacy.service.finding import visible_cases
from lawdesk.privacy.service.wiping import own_enquiries

_OWN_ROWS = frozenset({"party", "party_name", "party_identifier", "party_merge", "person"})
"""Rows that belong to one party or person whole: another's of the same name is never touched."""


def person_facts(session: Session, actor: Actor, family: Sequence[int]) -> PersonFacts:
    """Return everything that bears on erasing the person these parties are."""
    case, stand = tables()["cases"], tables()["case_party"]
    asked, asking = tables()["enquiry"], tables()["enquiry_party"]
    member, former = tables()["member_party"], tables()["former_matter_party"]
    closed = (
        select(case.c.id, case.c.number, case.c.status, case.c.closed_on, CaseRetention)
        .join(stand, stand.c.case_id == case.c.id)
        .outerjoin(CaseRetention, col(CaseRetention.case_id) == case.c.id)
        .where(stand.c.party_id.in_(family))
        .order_by(case.c.id)
    )
    shown, held = visible_cases(session, actor), held_cases(session)
    cases, walled, holds = [], 0, []
    for case_id, number, status, closed_on, chosen in session.execute(closed).all():
        if case_id not in shown:
            walled += 1
            continue
        if case_id in held:
            holds += _hold_reasons(session, case_id=case_id)
        term = Term(chosen.term) if chosen is not None else None
        kept = keep(closed_on, term, chosen.years if chosen else None) if closed_on is not None else None
        cases.append(CaseFact(number, status == "open", closed_on, kept))
    for party in family:
        holds += _hold_reasons(session, party_id=party)
    enquiries = session.execute(
        select(asked.c.received_on)
        .join(asking, asking.c.enquiry_id == asked.c.id)
        .where(asking.c.party_id.in_(family), asked.c.status != "converted")
        .distinct()
    ).scalars()
    ours = session.execute(select(func.count()).where(member.c.party_id.in_(family))).scalar_one()
    elsewhere = session.execute(select(func.count()).where(former.c.party_id.in_(family))).scalar_one()
    return PersonFacts(
        tuple(cases),
        tuple(enquiries),
        tuple(dict.fromkeys(holds)),
        bool(ours),
        int(elsewhere),
        walled,
    )


def sort_mentions(
    session: Session, found: Sequence[Mention], family: Sequence[int], today: date
) -> tuple[list[Mention], list[tuple[Mention, str, date | None]], list[int]]:
    """Return the texts to be blacked out, those that keep the name with code and last day, and checks that go."""
    blacked: list[Mention] = []
    kept: list[tuple[Mention, str, date | None]] = []
    checks: list[int] = []
    untils = _case_days(session, {one.case_id for one in found if one.case_id is not None})
    emptied = set(own_enquiries(session, family))
    for one in found:
        if one.table in _OWN_ROWS or (one.table == "enquiry" and one.row_id in emptied):
            continue  # emptied as the person's own, or a namesake's and none of ours
        if one.table == "audit_record":
            kept.append((one, "audit", None))
        elif one.table in ("conflict_check", "conflict_consent"):
            check, until = _check_day(session, one)
            if until < today:
                checks.append(check)
            else:
                kept.append((one, "check", until))
        elif one.case_id is not None and (one.case_id in untils):
            until_case = untils[one.case_id]
            if until_case is None or until_case >= today or one.table == "clearance":
                kept.append((one, "case_file", until_case))
            else:
                blacked.append(one)
        elif one.table in ("clearance", "privacy_erasure"):
            kept.append((one, "proof", None))
        else:
            blacked.append(one)
    return blacked, kept, sorted(set(checks))


def namesakes(session: Session, names: Collection[str], family: Collection[int]) -> tuple[str, ...]:
    """Return those of ``names`` that other parties or people of the firm bear, too."""
    wanted = {compact(name): name for name in names if name.strip()}
    party_name, person = tables()["party_name"], tables()["person"]
    others = select(party_name.c.name).where(party_name.c.party_id.not_in(family))
    borne = {compact(name) for name in session.execute(others.execution_options(yield_per=1000)).scalars()}
    borne |= {compact(name) for name in session.execute(select(person.c.name)).scalars()}
    return tuple(name for bare, name in wanted.items() if bare in borne)


def _case_days(session: Session, cases: Collection[int]) -> dict[int, date | None]:
    """Return the last day of each file; None for an open case, one held, and one kept for good."""
    case = tables()["cases"]
    statement = (
        select(case.c.id, case.c.status, case.c.closed_on, CaseRetention)
        .outerjoin(CaseRetention, col(CaseRetention.case_id) == case.c.id)
        .where(case.c.id.in_(sorted(cases)))
    )
    held, found = held_cases(session), {}
    for case_id, status, closed_on, chosen in session.execute(statement).all():
        term = Term(chosen.term) if chosen is not None else None
        runs = status != "open" and closed_on is not None and case_id not in held
        found[case_id] = keep(closed_on, term, chosen.years if chosen else None).until if runs else None
    return found


def _check_day(session: Session, one: Mention) -> tuple[int, date]:
    """Return the conflict check a mention stands in, and the last day its proof is kept."""
    check, consent = tables()["conflict_check"], tables()["conflict_consent"]
    number = int(one.row_id)
    if one.table == "conflict_consent":
        number = session.execute(select(consent.c.check_id).where(consent.c.id == number)).scalar_one()
    at = session.execute(select(check.c.asked_at).where(check.c.id == number)).scalar_one()
    years = int(load_rules("privacy")["conflict_duty"]["check_years"])
    return number, date(at.astimezone(CHINA).year + years, 12, 31)


def _hold_reasons(session: Session, *, case_id: int | None = None, party_id: int | None = None) -> list[str]:
    column, value = (PrivacyHold.case_id, case_id) if case_id is not None else (PrivacyHold.party_id, party_id)
    statement = select(col(PrivacyHold.reason)).where(col(column) == value, col(PrivacyHold.lifted_on).is_(None))
    return list(session.execute(statement).scalars())
