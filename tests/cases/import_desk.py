"""A cases page for tests of bringing files in, with the real sample ledger."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from lawdesk.cases import Clearance
from lawdesk.cases.page import CasesPage
from lawdesk.cases.page.files_asked import Files
from lawdesk.cases.page.import_ledger import LedgerNeeds
from lawdesk.cases.page.importing import ImportView
from lawdesk.cases.service import Takeover
from lawdesk.cases.service.takeover import ClearNames
from lawdesk.conflicts import Asked, Role
from lawdesk.firm import Actor
from lawdesk.kernel.resources import resource_path
from lawdesk.storage.database import Work
from tests.cases.page_bench import Bench

LEDGER = resource_path("samples", "收案登记表.xlsx")
EXPECTED = json.loads(resource_path("samples", "收案登记表.expected.json").read_text(encoding="utf-8"))
STATES = {"ok": "sound", "check": "remarks", "faulty": "refused", "skip": "skipped"}


class Desk:
    """A cases page whose file dialogs answer what the test wants."""

    def __init__(self, bench: Bench, *, director: bool = True) -> None:
        self.bench, self.firm = bench, bench.firm
        self.actor = bench.firm.director if director else bench.firm.lawyer
        self.table: Path | None = LEDGER
        self.intake: Path | None = None
        self.target: Path | None = None
        self.proposed = ""
        self.booked: list[Takeover] = []
        self.checked = 0
        self.at_row: Callable[[int], object] = lambda _row: None
        files = Files(lambda *_: self.table, lambda *_: self.intake, self._target)
        office = self.firm.office
        self.page = CasesPage(
            office.cases,
            office.firm,
            actor=lambda: self.actor,
            tasks=bench.tasks,
            clock=self.firm.clock,
            ledger=LedgerNeeds(self._clear, self._taken),
            files=files,
        )
        self.page.host = bench.host
        bench.tasks.changed.connect(self.page.refresh)
        bench.qtbot.addWidget(self.page)
        self.page.resize(1180, 700)
        self.page.show()
        bench.settle()

    @property
    def view(self) -> ImportView:
        assert self.page.door.view is not None
        return self.page.door.view

    def ledger(self, path: Path | None = LEDGER) -> ImportView:
        self.table = path
        self.page.door.import_ledger()
        self.settle()
        return self.view

    def parties(self, path: Path) -> ImportView:
        self.table = path
        self.page.door.import_parties()
        self.settle()
        return self.view

    def settle(self) -> None:
        """Wait until nothing is under way; each answer may ask for the next thing."""
        for _turn in range(4):
            self.bench.qtbot.waitUntil(lambda: not self.bench.tasks.busy, timeout=60_000)
            QApplication.processEvents()

    def cases(self) -> int:
        return self.firm.office.cases.queries.count_cases(self.firm.director)

    def _clear(self, actor: Actor) -> ClearNames:
        conflicts = self.firm.office.conflicts

        def clear(work: Work, names: list[tuple[str, str, str]]) -> Clearance:
            self.checked += 1
            self.at_row(self.checked)
            asked = [Asked(name, Role(side), kind) for name, kind, side in names]
            return conflicts.take_over(actor, work, conflicts.check(actor, asked))

        return clear

    def _taken(self, _actor: Actor, done: Takeover) -> int:
        self.booked.append(done)
        return 0

    def _target(self, _parent: object, _title: str, name: str) -> Path | None:
        self.proposed = name
        return self.target
