"""What can be done with a kept check in the window: its certificate, the signed consent, and "then and now"."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from lawdesk.cases import ClearanceResult
from lawdesk.conflicts.queries import CheckRow, ConsentRow
from lawdesk.conflicts.service import ConflictService
from lawdesk.conflicts.service.proving import Again
from lawdesk.firm import Actor
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.ui import Button, ErrorBlock, FlowLayout, Label, TaskRunner, empty_layout, vbox

Choose = Callable[[QWidget, str, str], Path | None]
"""Asks for a file: (parent, title, proposed name; an empty name asks for one that exists)."""


def choose_file(parent: QWidget, title: str, name: str) -> Path | None:
    """Ask where to save ``name``, or for a file that exists when there is no name."""
    if name:
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, "PDF (*.pdf);;Word (*.docx)")
    else:
        chosen, _kind = QFileDialog.getOpenFileName(parent, title)
    return Path(chosen) if chosen else None


class ProofBar(QWidget):
    """Buttons of a kept check and what they answered; ``show_check(row)`` for another check."""

    def __init__(
        self,
        service: ConflictService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        choose: Choose = choose_file,
    ) -> None:
        super().__init__()
        self._service, self._actor, self._tasks, self._choose = service, actor, tasks, choose
        self._row: CheckRow | None = None
        self.certificate = Button(lambda: _("Certificate"), self.write_certificate, icon="file-check", small=True)
        self.consent = Button(lambda: _("Attach the signed consent"), self.attach_consent, icon="link", small=True)
        self.compare = Button(lambda: _("Then and now"), self.ask_again, icon="history", small=True)
        row = QWidget()
        flow = FlowLayout(row, space=2)
        for button in (self.certificate, self.compare, self.consent):
            flow.addWidget(button)
        self._lines = QWidget()
        self._column = vbox(space=1, parent=self._lines)
        vbox(row, self._lines, space=1.5, parent=self)

    def show_check(self, row: CheckRow) -> None:
        """Offer what can be done with ``row``."""
        self._row = row
        self.consent.setVisible(row.result == ClearanceResult.WAIVED.value)
        self._say()
        if row.result == ClearanceResult.WAIVED.value:
            self._read_consents()

    def write_certificate(self) -> None:
        """Ask where to, and write the certificate there."""
        row = self._row
        if row is None:
            return
        names = "_".join(row.names[:1])[:40] or str(row.id)
        proposed = _("Conflict check {names}.pdf").format(names=names.replace("/", " "))
        path = self._choose(self, _("Save the certificate"), proposed)
        if path is None:
            return
        if path.suffix.lower() not in (".pdf", ".docx"):
            path = path.with_name(path.name + ".pdf")
        work = partial(self._service.certificate, self._actor(), row.uid, path)
        written = _("Written: {path}").format(path=path)
        self._run(work, lambda _done: self._say(written))

    def attach_consent(self) -> None:
        """Ask for the file and attach it."""
        row = self._row
        path = self._choose(self, _("The signed consent"), "") if row is not None else None
        if row is None or path is None:
            return
        work = partial(self._service.attach_consent, self._actor(), row.uid, path)
        self._run(work, lambda _done: self._read_consents())

    def ask_again(self) -> None:
        """Ask the same names on the data of now and say what differs."""
        if self._row is not None:
            self._run(partial(self._service.again, self._actor(), self._row.uid), self._show_again)

    def _read_consents(self) -> None:
        row = self._row
        assert row is not None
        self._run(partial(self._service.queries.consents, self._actor(), row.id), self._show_consents)

    def _show_consents(self, rows: list[ConsentRow]) -> None:
        if not rows:
            self._say(_("The signed consent is not attached yet."))
        else:
            self._say(*(_("Signed consent attached: {names}").format(names=row.name) for row in rows))

    def _show_again(self, found: Again) -> None:
        said = [
            (_("+ {name}: on file then, found now") if one.on_file else _("+ {name}: entered since")).format(
                name=one.hit.name
            )
            for one in found.new[:10]
        ]
        said += [_("- {name}: no longer found").format(name=hit["name"]) for hit in found.gone[:10]]
        said += [_("~ {name}: graded otherwise today").format(name=hit["name"]) for hit, _now in found.changed]
        same = ngettext("{count} hit as on that day", "{count} hits as on that day", len(found.still))
        self._say(*said, same.format(count=len(found.still)))

    def _run(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        self._tasks.run(work, done, self._failed, owner=self, slot="proof")

    def _failed(self, error: BaseException) -> None:
        empty_layout(self._column)
        self._column.addWidget(ErrorBlock(error))

    def _say(self, *lines: str) -> None:
        empty_layout(self._column)
        for line in lines:
            self._column.addWidget(Label(line, step="small", tone="text2", wrap=True))
