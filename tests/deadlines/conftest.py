"""A firm with cases in which something happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lawdesk.cases import (
    CaseDraft,
    CasePartyDraft,
    PartyDraft,
    ProceedingDraft,
    Side,
)
from lawdesk.deadlines import ChosenDeadline, DeadlineService, EventDraft
from lawdesk.firm import Actor
from tests.offices import Firm, open_cleared

SERVED = date(2025, 11, 5)
APPEAL = "civil-appeal-judgment"


@dataclass(frozen=True)
class Docket:
    """The firm, its deadlines, and one civil case whose client is the plaintiff."""

    firm: Firm
    case_id: int
    proceeding_id: int

    @property
    def service(self) -> DeadlineService:
        return self.firm.office.deadlines

    @property
    def lawyer(self) -> Actor:
        return self.firm.lawyer

    def judgment(self, on: date = SERVED, printed: date | None = None) -> tuple[int, int]:
        """Record "judgment served" with its appeal; return event and deadline."""
        draft = EventDraft(self.case_id, on, "收到一审判决", "judgment-served", self.proceeding_id)
        event = self.service.record_event(self.lawyer, draft, (ChosenDeadline(APPEAL, printed),))
        return event, self.newest()

    def newest(self) -> int:
        from lawdesk.deadlines import DocketFilter

        rows = self.service.queries.docket(self.lawyer, DocketFilter(status=None), limit=1000)
        return max(row.id for row in rows)


def open_case(
    firm: Firm,
    client: str = "栩岳建设有限公司",
    adverse: str = "砚溪置业有限公司",
    *,
    kind: str = "civil",
    cause: str = "建设工程施工合同纠纷",
    standing: str = "原告",
    proceeding: ProceedingDraft | None = None,
) -> int:
    parties = (
        CasePartyDraft(PartyDraft(client), Side.CLIENT.value, standing=standing),
        CasePartyDraft(PartyDraft(adverse), Side.ADVERSE.value, standing="被告" if standing == "原告" else "原告"),
    )
    draft = CaseDraft(
        kind, cause, parties, firm.lawyer.person_id, firm.clock.today(),
        proceeding=proceeding or ProceedingDraft("civil-first", "望江区人民法院", "（2025）岚0302民初1187号"),
    )  # fmt: skip
    return open_cleared(firm.office, firm.director, draft)


def docket_of(firm: Firm) -> Docket:
    case_id = open_case(firm)
    proceeding = firm.office.cases.queries.case(firm.lawyer, case_id).proceedings[0]
    return Docket(firm, case_id, proceeding.id)


@pytest.fixture
def docket(office: Firm) -> Docket:
    """On both engines."""
    return docket_of(office)


@pytest.fixture
def file_docket(file_office: Firm) -> Docket:
    """On the encrypted file only."""
    return docket_of(file_office)


@pytest.fixture
def window(qapp: Any, qtbot: Any, file_docket: Docket, tmp_path: Path) -> Iterator[Any]:
    """The shell with Today and the deadlines page."""
    from tests.deadlines.deskwindow import open_window

    yield from open_window(file_docket, qtbot, qapp, tmp_path)
