"""A whole list of names checked: the work, which goes on while the page is used, and the sheet that shows it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.slices import Slices
from lawdesk.conflicts.rules import Asked, Severity
from lawdesk.conflicts.service import ConflictService
from lawdesk.conflicts.service.hit_list import gravest, write_hit_list
from lawdesk.conflicts.service.listing import ListAnswer, Listed, NameList, answer, read_list
from lawdesk.firm import Actor
from lawdesk.kernel.i18n import _, listed, ngettext
from lawdesk.ui import (
    STRETCH,
    Button,
    Label,
    ListModel,
    ProgressRow,
    Row,
    RowList,
    Sheet,
    Status,
    TaskRunner,
    empty_layout,
    hbox,
    sized,
    theme,
    vbox,
)

Done = Callable[[object], object]
Failed = Callable[[BaseException], object]
LIST_EM = 27
"""The list of hits is at most so high; longer ones scroll in themselves."""


def choose_list(parent: QWidget, *, save: bool) -> Path | None:
    """Ask for the list, or where to save what was found."""
    if save:
        proposed = _("Conflict check of a list") + ".xlsx"
        name, kind = QFileDialog.getSaveFileName(
            parent, _("Save the hits"), proposed, "Excel (*.xlsx);;CSV (*.csv)"
        )
        path = Path(name)
        return path if not name or path.suffix else path.with_suffix(".csv" if "csv" in kind else ".xlsx")
    name, _kind = QFileDialog.getOpenFileName(parent, _("Choose the list"), "", "CSV, Excel (*.csv *.xlsx *.xlsm)")
    return Path(name) if name else None


class ListJob(QObject):
    """One list under way; ``changed()`` after each portion, ``ended()`` when it is through.

    Kept are the names with hits and those not searched, not the many without: ``done`` of ``total`` counts all.
    """

    changed = Signal()
    ended = Signal()

    def __init__(
        self, service: ConflictService, *, actor: Callable[[], Actor], tasks: TaskRunner, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._service, self._actor, self._tasks = service, actor, tasks
        self.answers: list[ListAnswer] = []
        self.total = self.done = 0
        self.ignored: tuple[str, ...] = ()
        self.reading = False
        self.begun = 0.0
        self.error: BaseException | None = None
        self.slices = Slices(tasks, self, size=5)

    def read(self, path: Path) -> None:
        """Read the list, then check it."""
        self._forget()
        self.reading = True
        self.changed.emit()
        reading = partial(read_list, path)
        self._tasks.run_long(lambda _progress: reading(), self.check, self._broken, owner=self, aside=True)

    def check(self, names: NameList) -> None:
        """Check the lines of a list from the first on."""
        self._forget()
        lines, self.ignored = names.lines, names.ignored
        self.total, self.begun = len(lines), time.monotonic()
        actor, service = self._actor(), self._service

        def work(portion: Sequence[Listed]) -> list[ListAnswer]:
            return [answer(line, partial(service.check, actor, limit=10)) for line in portion]

        self.slices.start(lines, work, each=self._answered, done=self._end, failed=self._broken)
        self.changed.emit()

    def stop(self) -> None:
        """Stop; what was found stays and can be saved."""
        self.slices.stop()
        self._end()

    def write(self, path: Path, done: Done, failed: Failed) -> None:
        """Write what was found."""
        answers, count, total = tuple(self.answers), self.done, self.total
        work = partial(write_hit_list, answers, path, done=count, total=total)
        self._tasks.run_long(lambda _progress: work(), done, failed, owner=self, aside=True)

    def _forget(self) -> None:
        self.slices.stop()
        self.answers, self.total, self.done, self.error, self.reading = [], 0, 0, None, False
        self.ignored = ()

    def _answered(self, some: list[ListAnswer], count: int) -> None:
        self.answers += [one for one in some if one.result.hits or not one.searched]
        self.done = count
        self.slices.progressed.emit(count, self.total, "")
        self.changed.emit()

    def _end(self) -> None:
        self.answers.sort(key=_order)
        self.slices.finished.emit()
        self.changed.emit()
        self.ended.emit()

    def _broken(self, error: BaseException) -> None:
        self.error, self.reading = error, False
        self._end()


class BatchSheet(Sheet):
    """Shows a list under way and the names with hits, gravest first; ``show(asked)`` opens one in full.

    Closing the sheet stops nothing: it shows the same work when it is opened again.
    """

    def __init__(
        self,
        job: ListJob,
        *,
        show: Callable[[Asked], object],
        choose: Callable[..., Path | None] = choose_list,
    ) -> None:
        self._job, self._show_name, self._choose = job, show, choose
        self._written = ""
        self.state = Label(self._state_words, step="small", tone="text2", wrap=True)
        self.pick = Button(lambda: _("Choose the list"), self.choose_list, kind="filled", icon="file-spreadsheet")
        self.save = Button(lambda: _("Save the hits"), self.save_hits, icon="download")
        buttons = QWidget()
        hbox(self.pick, self.save, STRETCH, space=2, parent=buttons)
        self._bar = QWidget()
        self._bar_line = vbox(space=0, parent=self._bar)
        self.model = ListModel(to_row=_row, parent=None)
        self.list = RowList(self.model, name=lambda: _("Names with hits"), layout="side", uniform=True)
        self.model.setParent(self.list)
        self.list.opened.connect(lambda answer: self._show_name(answer.line.asked))
        super().__init__(buttons, self.state, self._bar, self.list)
        job.changed.connect(self.show_job)
        self.show_job()

    def choose_list(self) -> None:
        """Ask for the list and begin."""
        path = self._choose(self, save=False)
        if path is not None:
            self._written = ""
            self._job.read(path)

    def save_hits(self) -> None:
        """Ask where to, and write what was found."""
        path = self._choose(self, save=True)
        if path is None:
            return

        def done(_none: object) -> None:
            self._written = _("Written: {path}").format(path=path)
            self.refuse(None)
            self.state.retranslate()

        self._job.write(path, done, self.refuse)

    def show_job(self) -> None:
        """Show where the work is."""
        job = self._job
        running = job.slices.running
        if running and not self._bar_line.count():
            row = ProgressRow(job.slices, lambda: _("Names checked"), begun=job.begun, stop=job.stop)
            row.at(job.done, job.total, "")
            self._bar_line.addWidget(row)
        elif not running:
            empty_layout(self._bar_line)
        self.refuse(job.error)
        if not running:
            self.model.set_items(job.answers)
        self.list.setVisible(not running and bool(job.answers))
        sized(
            self.list,
            height=min(LIST_EM, theme.current().list_row_height * len(job.answers) / theme.current().base),
        )
        self.state.setVisible(not running)
        self.state.retranslate()
        self.pick.setVisible(not running and not job.reading)
        self.save.setVisible(bool(job.answers) and not running)

    def leave(self) -> None:
        """Closing stops nothing."""
        self._job.changed.disconnect(self.show_job)

    def _state_words(self) -> str:
        job = self._job
        if job.reading:
            return _("Reading the list …")
        if not job.total:
            return _(
                "A CSV or XLSX list with a column query, name or 名称, and if there are any kind (类型), "
                "identifier (证件号), born (出生日期), address (地址)"
            )
        missed = sum(not one.searched for one in job.answers)
        hits = len(job.answers) - missed
        parts = [_("{done} of {all} names checked").format(done=f"{job.done:,}", all=f"{job.total:,}")]
        parts.append(_("{count} with hits").format(count=f"{hits:,}"))
        if missed:
            parts.append(_("{count} not searched").format(count=f"{missed:,}"))
        unread = _("Columns not read: {columns}").format(columns=listed(job.ignored)) if job.ignored else ""
        return "\n".join(part for part in (" · ".join(parts), unread, self._written) if part)


def _order(answer: ListAnswer) -> tuple[int, int]:
    """Put the gravest first, what was not searched beside what a person decides; in the order of the list."""
    found = (gravest(answer) or Severity.NOTE) if answer.searched else Severity.REVIEW
    return (-found.rank, answer.line.row)


def _row(answer: ListAnswer) -> Row:
    asked, hits = answer.line.asked, answer.result.hits
    row_words = _("row {row}").format(row=answer.line.row)
    if not answer.searched:
        look = words.NOT_SEARCHED
        reasons = [entry.reason.words() for entry in answer.result.not_searched if entry.name]
        reasons += [problem.words() for problem in answer.result.problems]
        segments = [*reasons[:1], row_words]
    else:
        found = gravest(answer)
        assert found is not None
        look = words.GRADES[found]
        best = max(hits, key=lambda hit: (words.grade_of(hit).rank, hit.score))
        count = ngettext("{count} hit", "{count} hits", len(hits)).format(count=len(hits))
        segments = [best.matched, count, row_words]
    return Row(
        key=answer.line.row,
        title=" ".join(asked.name.split())[:60] or _("(no name)"),
        icon=words.icon_of(asked.name, asked.kind),
        segments=segments,
        status=Status(look.words(), tone=look.tone, icon=look.icon),
    )
