"""The side sheet that checks a whole list of names, with progress, stop, and the hits as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.blocks import icon_line
from lawdesk.conflicts.page.slices import Slices
from lawdesk.conflicts.service import ConflictService
from lawdesk.conflicts.service.listing import ListAnswer, Listed, read_list, write_answers
from lawdesk.firm import Actor
from lawdesk.kernel.i18n import _
from lawdesk.ui import Button, Label, Sheet, TaskRunner, empty_layout, hbox, vbox

SHOWN = 200
"""So many names with hits are shown; the file holds all."""


def choose_list(parent: QWidget, *, save: bool) -> Path | None:
    """Ask for the list, or where to save what was found."""
    if save:
        name, _kind = QFileDialog.getSaveFileName(parent, _("Save the hits"), "hits.jsonl", "JSON Lines (*.jsonl)")
    else:
        name, _kind = QFileDialog.getOpenFileName(
            parent, _("Choose the list"), "", "CSV, Excel (*.csv *.xlsx *.xlsm)"
        )
    return Path(name) if name else None


class BatchSheet(Sheet):
    """Reads a list, checks it in portions, shows the names with hits, gravest first."""

    def __init__(
        self,
        service: ConflictService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        choose: Callable[..., Path | None] = choose_list,
    ) -> None:
        self._service, self._actor, self._tasks, self._choose = service, actor, tasks, choose
        self.answers: list[ListAnswer] = []
        self._total = 0
        self.state = Label(
            lambda: _("A CSV or XLSX list with a column query, name or 名称"),
            step="small",
            tone="text2",
            wrap=True,
        )
        self.pick = Button(lambda: _("Choose the list"), self.choose_list, kind="filled", icon="file-spreadsheet")
        self.stop = Button(lambda: _("Stop"), self.stop_checking, icon="x")
        self.save = Button(lambda: _("Save the hits"), self.save_hits, icon="download")
        self._lines = QWidget()
        self._rows = vbox(space=1, parent=self._lines)
        buttons = QWidget()
        hbox(self.pick, self.stop, self.save, QWidget(), space=2, parent=buttons)
        super().__init__(buttons, self.state, self._lines)
        self.slices = Slices(tasks, self, size=5)
        self._show_buttons()

    def choose_list(self) -> None:
        """Ask for the list and begin."""
        path = self._choose(self, save=False)
        if path is not None:
            self.refuse(None)
            self._tasks.run(partial(read_list, path), self.check_lines, self.refuse, owner=self)

    def check_lines(self, lines: Sequence[Listed]) -> None:
        """Check these lines from the first on."""
        self.answers, self._total = [], len(lines)
        empty_layout(self._rows)
        actor, service = self._actor(), self._service

        def work(portion: Sequence[Listed]) -> list[ListAnswer]:
            return [ListAnswer(line, service.check(actor, [line.asked], limit=10)) for line in portion]

        self.slices.start(lines, work, each=self._answered, done=self._finished, failed=self._broken)
        self._show_buttons()

    def stop_checking(self) -> None:
        """Stop; what was found stays and can be saved."""
        self.slices.stop()
        done = len(self.answers)
        self._finished()
        said = _("Stopped after {done} of {all} names.").format(done=done, all=self._total)
        self.state.set_words(said)

    def save_hits(self) -> None:
        """Ask where to, and write what was found."""
        path = self._choose(self, save=True)
        if path is not None:
            answers = tuple(self.answers)
            self._tasks.run(
                partial(write_answers, answers, path),
                lambda _done: self.state.set_words(_("Written: {path}").format(path=path)),
                self.refuse,
                owner=self,
            )

    def leave(self) -> None:
        """Stop when the sheet closes."""
        self.slices.stop()

    def _answered(self, some: list[ListAnswer], count: int) -> None:
        self.answers += some
        self.state.set_words(_("{done} of {all} names checked").format(done=count, all=self._total))

    def _finished(self) -> None:
        empty_layout(self._rows)
        ranked = sorted(self.answers, key=lambda one: -(one.gravest.rank if one.gravest else -1))
        shown = [one for one in ranked if one.gravest is not None or not one.searched]
        for one in shown[:SHOWN]:
            self._rows.addWidget(_line(one))
        self._show_buttons()

    def _broken(self, error: BaseException) -> None:
        self._finished()
        self.refuse(error)

    def _show_buttons(self) -> None:
        self.pick.setVisible(not self.slices.running)
        self.stop.setVisible(self.slices.running)
        self.save.setVisible(bool(self.answers) and not self.slices.running)


def _line(one: ListAnswer) -> QWidget:
    name = one.line.asked.name[:60] or f"#{one.line.row}"
    if not one.searched:
        look = words.NOT_SEARCHED
        return icon_line(look.icon, look.tone, lambda: f"{name}: {look.words()}")
    gravest = one.gravest
    assert gravest is not None
    look = words.GRADES[gravest]
    said = _("{name}: {count} hits, gravest: {grade}")
    return icon_line(
        look.icon, look.tone, lambda: said.format(name=name, count=len(one.result.hits), grade=look.words())
    )
