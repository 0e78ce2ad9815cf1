"""A firm with one case and files to put on it, and Qt for the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from lawdesk.cases import CaseDraft, CasePartyDraft, PartyDraft, Side
from lawdesk.documents import DocumentRow, DocumentService
from lawdesk.firm import Actor
from lawdesk.ui import TaskRunner, theme
from lawdesk.ui.words import follow_language
from tests.offices import Firm, open_cleared

CLIENT, OTHER = "𬀩㛃䶮物流有限公司", "墨禾食品有限公司"


@dataclass(frozen=True)
class Desk:
    """The firm, its documents, one civil case, and a folder with files outside."""

    firm: Firm
    documents: DocumentService
    case: int
    outside: Path

    @property
    def lawyer(self) -> Actor:
        return self.firm.lawyer

    def file(self, name: str, content: bytes = b"content") -> Path:
        path = self.outside / name
        path.write_bytes(content)
        return path

    def rows(self) -> list[DocumentRow]:
        return self.documents.queries.documents(self.lawyer, self.case)

    def names(self) -> list[str]:
        return [row.name for row in self.rows()]


def open_case(firm: Firm, cause: str = "运输合同纠纷") -> int:
    parties = (
        CasePartyDraft(PartyDraft(CLIENT), Side.CLIENT.value, "原告"),
        CasePartyDraft(PartyDraft(OTHER), Side.ADVERSE.value, "被告"),
    )
    draft = CaseDraft("civil", cause, parties, firm.lawyer.person_id, date(2025, 11, 5))
    return open_cleared(firm.office, firm.lawyer, draft)


def furnish(firm: Firm, tmp_path: Path) -> Desk:
    outside = tmp_path / "outside"
    outside.mkdir()
    return Desk(firm, firm.office.documents, open_case(firm), outside)


@pytest.fixture
def desk(office: Firm, tmp_path: Path) -> Desk:
    """On both engines."""
    return furnish(office, tmp_path)


@pytest.fixture
def file_desk(file_office: Firm, tmp_path: Path) -> Desk:
    """On the encrypted file only."""
    return furnish(file_office, tmp_path)


@pytest.fixture
def heard(desk: Desk) -> list[tuple[str, str]]:
    """What was announced since the case was opened: (subject, action)."""
    said: list[tuple[str, str]] = []
    listener: Callable[..., None] = lambda change: said.append((change.subject, change.action))  # noqa: E731
    desk.firm.office.announcer.subscribe(listener)
    return said


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in the light theme at 100 %."""
    follow_language(qapp)
    theme.apply(qapp, motion=False)
    yield qapp
    theme.apply(qapp, motion=False)


@pytest.fixture
def tasks(themed: QApplication) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.close()
