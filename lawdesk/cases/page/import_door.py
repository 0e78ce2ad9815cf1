"""The ways in for what the firm has already: its ledger, a list of parties, a matter noted in a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from lawdesk.cases.page.drafting import State
from lawdesk.cases.page.files_asked import Files
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.import_intake import intake_state
from lawdesk.cases.page.import_job import TABLES, Job, Line
from lawdesk.cases.page.import_ledger import LedgerJob, LedgerNeeds
from lawdesk.cases.page.import_parties import PartyJob
from lawdesk.cases.page.importing import ImportView
from lawdesk.firm import may
from lawdesk.kernel.i18n import _
from lawdesk.ui import Button, Command, Sheet, Words

MATTERS = (".json", ".toml")


class ImportDoor:
    """Holds the views of files on their way in. ``stack`` shows them over the page's own ``home``.

    ``ledger`` is what other features do for it; without it no ledger is offered. ``show_cases`` goes to what was
    made, ``open_thing(case_id=…)`` or ``(party_id=…)`` to one of them.
    """

    def __init__(
        self,
        desk: Desk,
        stack: QStackedWidget,
        *,
        ledger: LedgerNeeds | None,
        files: Files,
        show_cases: Callable[[], object],
        open_thing: Callable[..., object],
    ) -> None:
        self._desk, self._stack, self._ledger, self._files = desk, stack, ledger, files
        self._show_cases, self._open_thing = show_cases, open_thing
        self._views: dict[str, ImportView] = {}

    @property
    def view(self) -> ImportView | None:
        """The file in view, None while the page shows its list."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, ImportView) else None

    @property
    def ledger_offered(self) -> bool:
        """Whether this person may bring a ledger in."""
        return self._ledger is not None and may(self._desk.actor(), "case.import")

    def menu(self) -> list[Command]:
        """Return the ways in that are open to this person."""
        actor = self._desk.actor()
        ledger = Command("cases.import", lambda: _("Import the ledger …"), self.import_ledger, "file-spreadsheet")
        parties = Command("parties.import", lambda: _("Import parties …"), self.import_parties, "users")
        matter = Command("case.from-file", lambda: _("New case from a file …"), self.new_from_file, "file-plus-2")
        made = [ledger] if self.ledger_offered else []
        made += [parties] if may(actor, "party.import") else []
        return [*made, *([matter] if may(actor, "case.open") else [])]

    def commands(self) -> Sequence[Command]:
        """Return the ways in, and what can be done with the file in view."""
        return [*self.menu(), *(self.view.commands() if self.view is not None else ())]

    def import_ledger(self) -> None:
        """Choose the ledger and show what it would bring; one on its way in is shown again."""
        self._begin("ledger")

    def import_parties(self) -> None:
        """Choose a list of parties and show what it would bring."""
        self._begin("parties")

    def new_from_file(self) -> None:
        """Choose the file of one matter and fill the new-case page with it."""
        path = self._files.open_intake(self._desk.page, _("New case from a file"))
        if path is not None:
            self.fill_new_case(path)

    def fill_new_case(self, path: Path) -> None:
        """Lay the matter in ``path`` out on the new-case page; the side sheet says when there is none."""
        desk, actor = self._desk, self._desk.actor()

        def read() -> State:
            people = {person.name: person.id for person in desk.firm.queries.people(actor)}
            return intake_state(path, people, desk.today())

        def refused(error: BaseException) -> None:
            sheet = Sheet()
            again = Button(lambda: _("Choose another file"), self.new_from_file, small=True)
            sheet.refuse(error, None, again)
            desk.open_sheet(sheet, lambda: _("New case from a file"))

        def fill(state: State) -> None:
            desk.close_sheet()
            desk.page.go("new-case", state=state)

        desk.run(read, fill, refused, owner=desk.page, slot="intake")

    def dropped(self, paths: Sequence[Path]) -> None:
        """Take the first file dropped on the list."""
        path = paths[0]
        if path.suffix.lower() in MATTERS and may(self._desk.actor(), "case.open"):
            self.fill_new_case(path)
        elif self.ledger_offered:
            self.read("ledger", path)
        elif path.suffix.lower() in TABLES and may(self._desk.actor(), "party.import"):
            self.read("parties", path)

    def read(self, key: str, path: Path) -> None:
        """Show what bringing ``path`` in as a ledger or as parties would do."""
        view = self._view(key)
        self._show(view)
        view.begin(path)

    def leave(self) -> None:
        """Go back to the list; a file on its way in goes on."""
        self._stack.setCurrentIndex(0)
        self._desk.page.activated()

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""
        for view in self._views.values():
            view.set_narrow(narrow)

    def _begin(self, key: str) -> None:
        view = self._views.get(key)
        if view is not None and view.busy:
            self._show(view)
            return
        job = self._job(key)
        path = self._files.open_table(self._desk.page, job.title())
        if path is not None:
            self.read(key, path)

    def _job(self, key: str) -> Job:
        desk = self._desk
        if key == "ledger" and self._ledger is not None:
            return LedgerJob(desk.cases, desk.firm, self._ledger, desk.clock)
        return PartyJob(desk.cases)

    def _view(self, key: str) -> ImportView:
        if key not in self._views:
            other: tuple[Words, Callable[[Path], object]] | None = None
            if key == "ledger" and may(self._desk.actor(), "party.import"):
                other = (lambda: _("Read it as a list of parties"), lambda path: self.read("parties", path))
            elif key == "parties" and self.ledger_offered:
                other = (lambda: _("Read it as the ledger"), lambda path: self.read("ledger", path))
            view = ImportView(
                self._desk,
                self._job(key),
                self._files,
                leave=self.leave,
                finished=self._show_cases,
                open_thing=lambda line: self._open(key, line),
                other=other,
            )
            view.set_narrow(self._desk.page.width_class == "narrow")
            self._views[key] = view
            self._stack.addWidget(view)
        return self._views[key]

    def _show(self, view: ImportView) -> None:
        self._stack.setCurrentWidget(view)

    def _open(self, key: str, line: Line) -> None:
        if line.opens is not None:
            self._open_thing(**{"case_id" if key == "ledger" else "party_id": line.opens})
