"""The table of rights: every action against every role, one click a cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lawdesk.firm.page.area import Area
from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.firm.queries import PersonRow
from lawdesk.firm.rules import RIGHT_TITLES, ROLE_TITLES, Role, check_right
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _
from lawdesk.ui import CheckBox, Hairline, Label, Page, grid, sized

Rights = Mapping[Role, frozenset[str]]


class RightsArea(Area):
    """A grid of check boxes; what is locked cannot be taken, what an auditor may never do cannot be given."""

    key, icon, action = "rights", "user-check", "right.change"

    def __init__(self, desk: SettingsDesk, page: Page) -> None:
        super().__init__(
            desk,
            page,
            lambda: _("Rights"),
            lambda: _("What each role may do here. Who is signed in now is asked to sign in again."),
        )
        self.cells: dict[tuple[Role, str], CheckBox] = {}
        table = QWidget()
        self._grid = grid(across=1, down=0.5, parent=table)
        self._grid.setColumnStretch(0, 1)
        for column, role in enumerate(Role, start=1):
            head = Label(partial(_, ROLE_TITLES[role]), step="small_strong", wrap=True)
            head.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(sized(head, width=6.2), 0, column)
        for row, (action, title) in enumerate(RIGHT_TITLES.items()):
            line = 2 * row + 1
            self._grid.addWidget(Hairline(), line, 0, 1, len(Role) + 1)
            self._grid.addWidget(Label(partial(_, title), wrap=True), line + 1, 0)
            for column, role in enumerate(Role, start=1):
                cell = _Cell(role, title)
                cell.clicked.connect(self._changer(role, action))
                self.cells[role, action] = cell
                self._grid.addWidget(cell, line + 1, column, Qt.AlignmentFlag.AlignCenter)
        self.put(table)

    def read(self) -> None:
        desk, actor = self.desk, self.desk.actor()

        def work() -> tuple[Rights, list[PersonRow]]:
            return desk.firm.queries.rights(actor), desk.firm.queries.people(actor)

        self.run(work, lambda found: self._fill(*found), slot="rights")

    def refresh(self, change: Changed | None) -> None:
        if change is None or change.subject in ("right", "person"):
            self.read()

    def _fill(self, rights: Rights, people: list[PersonRow]) -> None:
        self.say_who(people)
        for (role, action), cell in self.cells.items():
            granted = action in rights[role]
            cell.setChecked(granted)
            cell.setEnabled(self.may_change and check_right(role, action, not granted) is None)

    def _changer(self, role: Role, action: str) -> Callable[[bool], None]:
        return lambda granted: self._clicked(role, action, granted)

    def _clicked(self, role: Role, action: str, granted: bool) -> None:
        desk, actor = self.desk, self.desk.actor()

        def done(_nothing: object) -> None:
            self.trouble.clear()
            role_words, right = _(ROLE_TITLES[role]), _(RIGHT_TITLES[action])
            said = _("{role} may now: {right}") if granted else _("{role} may no longer: {right}")
            words = said.format(role=role_words, right=right)
            self.page.toast(lambda: words, undo=lambda: self._clicked(role, action, not granted))
            self.read()

        self.run(lambda: desk.firm.set_right(actor, role, action, granted=granted), done)

    def failed(self, error: BaseException) -> None:
        super().failed(error)
        self.read()


class _Cell(CheckBox):
    """A check box whose words are only heard."""

    def __init__(self, role: Role, title: str) -> None:
        self._said = (role, title)
        super().__init__("")

    def retranslate(self) -> None:
        super().retranslate()
        role, title = self._said
        words = f"{_(ROLE_TITLES[role])}: {_(title)}"
        self.setAccessibleName(words)
        self.setToolTip(words)
