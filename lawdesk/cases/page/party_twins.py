"""On the card of a party: was it entered twice? Likely doubles, merging, and undoing a merge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.cases.page.entry import NameEdit
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.queries.merges import MergeRow
from lawdesk.firm import Actor
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import Button, Label, SectionHeading, empty_layout, line_of, vbox


@dataclass(frozen=True)
class _Read:
    twins: Sequence[tuple[int, str, str]]
    merges: Sequence[MergeRow]


class PartyTwins(QWidget):
    """Offers parties that share a name or number, takes another one from the list, and undoes merges.

    ``changed`` is called after each change, ``failed`` with what went wrong.
    """

    def __init__(
        self, desk: Desk, party_id: int, changed: Callable[[], object], failed: Callable[[BaseException], object]
    ) -> None:
        super().__init__()
        self._desk, self._party_id, self._changed, self._failed = desk, party_id, changed, failed
        self._rows_place = QWidget()
        self.rows = vbox(space=1, parent=self._rows_place)
        self.other = NameEdit(desk, lambda: _("The same party under another name; Enter merges it"))
        self.other.submitted.connect(self._merge_typed)
        vbox(SectionHeading(lambda: _("Entered twice?")), self._rows_place, self.other, space=1, parent=self)

    def read(self) -> None:
        """Read doubles and merges again."""
        queries, actor, party = self._desk.cases.queries, self._desk.actor(), self._party_id
        self._desk.run(
            lambda: _Read(self._twins(actor, party), queries.merges(actor, party)),
            self._fill,
            self._failed,
            owner=self,
            slot="twins",
        )

    def _twins(self, actor: Actor, party: int) -> list[tuple[int, str, str]]:
        """Return those with the same name or number, then those that are likely the same; runs on the worker."""
        same = self._desk.cases.queries.twins(actor, party)
        found = [(one.id, f"{one.name} {one.ref}".strip(), "") for one in same]
        there = {one for one, _name, _why in found}
        likely = self._desk.twins(actor, party) if self._desk.twins is not None else ()
        return [*found, *(one for one in likely if one[0] not in there)]

    def merge(self, other: int, name: str) -> None:
        """Make the other party this one, with a way back."""
        cases, actor = self._desk.cases, self._desk.actor()

        def done(merge: int) -> None:
            self.other.clear()
            self.other.party_id = None
            self._desk.page.toast(lambda: _("Merged: {name}").format(name=name), undo=lambda: self.undo(merge))
            self._changed()

        self._desk.run(lambda: cases.merge_parties(actor, self._party_id, other), done, self._failed, owner=self)

    def undo(self, merge: int) -> None:
        """Make two parties of one again."""
        cases, actor = self._desk.cases, self._desk.actor()
        self._desk.run(
            lambda: cases.unmerge_parties(actor, merge), lambda _party: self._changed(), self._failed, owner=self
        )

    def _merge_typed(self) -> None:
        name = self.other.text().strip()
        if not name:
            return
        if self.other.party_id is None:
            self._failed(UserError("merge.choose", N_("Choose a party on file from the list.")))
        else:
            self.merge(self.other.party_id, name)

    def _fill(self, read: _Read) -> None:
        empty_layout(self.rows)
        for twin, name, why in read.twins:
            button = Button(lambda: _("Merge into this party"), partial(self.merge, twin, name), kind="link")
            label = Label(f"{name} · {why}" if why else name, elide=True)
            self.rows.addWidget(line_of(label, button, shares=(1, 0)))
        for merge in read.merges:
            day = long_date(merge.merged_at.astimezone(CHINA).date())
            words = _("Merged with {name} on {day}").format(name=merge.gone_name, day=day)
            button = Button(lambda: _("Undo the merge"), partial(self.undo, merge.id), kind="link")
            label = Label(words, step="small", tone="text2", elide=True)
            self.rows.addWidget(line_of(label, button, shares=(1, 0)))
