"""A firm with a few cases and its timesheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from lawdesk.cases import CaseDraft, CasePartyDraft, Clearance, ClearanceResult, PartyDraft, Side
from lawdesk.firm import Actor
from lawdesk.timesheet import TimesheetService
from tests.offices import Firm


@dataclass(frozen=True)
class Desk:
    """The firm, its timesheet, and cases by a short name."""

    firm: Firm
    time: TimesheetService
    cases: dict[str, int]

    @property
    def lawyer(self) -> Actor:
        return self.firm.lawyer

    @property
    def director(self) -> Actor:
        return self.firm.director

    def me(self) -> int:
        assert self.firm.lawyer.person_id is not None
        return self.firm.lawyer.person_id


def open_case(firm: Firm, clients: list[str], adverse: str, cause: str = "买卖合同纠纷") -> int:
    parties = tuple(
        [CasePartyDraft(PartyDraft(name), Side.CLIENT.value) for name in clients]
        + [CasePartyDraft(PartyDraft(adverse), Side.ADVERSE.value)]
    )
    clearance = Clearance(ClearanceResult.CLEAR, firm.director.person_id, firm.clock.now(), (*clients, adverse))
    draft = CaseDraft("civil", cause, parties, firm.lawyer.person_id, firm.clock.today())
    return firm.office.cases.open_case(firm.director, draft, clearance).case_id


def furnish(firm: Firm) -> Desk:
    cases = {
        "mohe": open_case(firm, ["沐岚物流有限公司"], "墨禾食品有限公司", "运输合同纠纷"),
        "yanxi": open_case(firm, ["栩岳建设有限公司"], "砚溪置业有限公司", "建设工程施工合同纠纷"),
        "lin": open_case(firm, ["林一", "林二", "林三"], "林四", "分家析产纠纷"),
    }
    return Desk(firm, TimesheetService(firm.office.database), cases)


@pytest.fixture
def desk(office: Firm) -> Desk:
    """On both engines."""
    return furnish(office)


@pytest.fixture
def file_desk(file_office: Firm) -> Desk:
    """On the encrypted file only."""
    return furnish(file_office)


@pytest.fixture
def heard(desk: Desk) -> list[tuple[str, str]]:
    """What was announced since the firm was furnished: (subject, action)."""
    said: list[tuple[str, str]] = []
    listener: Callable[..., None] = lambda change: said.append((change.subject, change.action))  # noqa: E731
    desk.firm.office.announcer.subscribe(listener)
    return said
