"""Short ways to open cases in tests."""

from __future__ import annotations

from datetime import date

import pytest

from lawdesk.cases import (
    CaseDraft,
    CaseOpened,
    CasePartyDraft,
    Clearance,
    ClearanceResult,
    PartyDraft,
    PartyKind,
    Side,
)
from lawdesk.kernel.errors import Refused
from tests.offices import Firm

CODE = "91110000802100433B"
OTHER_CODE = "91310115MA1K4LK465"
MASK = "350203190001010002"
DAY = date(2025, 11, 5)


def person(name: str, side: Side = Side.CLIENT, **more: object) -> CasePartyDraft:
    return CasePartyDraft(PartyDraft(name, PartyKind.PERSON, **more), side.value)  # type: ignore[arg-type]


def company(name: str, side: Side = Side.CLIENT, code: str = "") -> CasePartyDraft:
    return CasePartyDraft(
        PartyDraft(name, PartyKind.ORGANIZATION, identifiers=(("uscc", code),) if code else ()), side.value
    )


def a_case(firm: Firm, *parties: CasePartyDraft, kind: str = "civil", day: date = DAY) -> CaseDraft:
    parties = parties or (company("栩岳建设有限公司"), company("砚溪置业有限公司", Side.ADVERSE))
    return CaseDraft(kind, "买卖合同纠纷", parties, firm.lawyer.person_id, day)


def cleared(firm: Firm, draft: CaseDraft, result: ClearanceResult = ClearanceResult.CLEAR) -> Clearance:
    names = tuple(party.party.name for party in draft.parties)
    return Clearance(result, firm.director.person_id, firm.clock.now(), names)


def opened(firm: Firm, *parties: CasePartyDraft, kind: str = "civil", day: date = DAY) -> CaseOpened:
    draft = a_case(firm, *parties, kind=kind, day=day)
    return firm.office.cases.open_case(firm.lawyer, draft, cleared(firm, draft))


def nothing_stored(firm: Firm) -> bool:
    queries = firm.office.cases.queries
    return queries.count_cases(firm.director) == 0 and queries.count_parties(firm.director) == 0


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}
