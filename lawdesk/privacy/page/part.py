"""What the parts of the area share: their desk, lists as high as their rows, asking where a file goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QLayout, QWidget

from lawdesk.cases import CaseQueries
from lawdesk.firm import Actor
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.i18n import _
from lawdesk.privacy.service import PrivacyService
from lawdesk.ui import (
    EmptyState,
    Follows,
    Label,
    ListModel,
    Page,
    Progress,
    ProgressRow,
    Row,
    RowList,
    TaskRunner,
    Trouble,
    Words,
    sized,
    theme,
    vbox,
)

WORD_OR_PDF = "Word (*.docx);;PDF (*.pdf)"
ZIP = "ZIP (*.zip)"
Reading = Callable[[Actor], Sequence[Any]]
"""What a list shows; asked on the worker."""
AskPath = Callable[[QWidget, str, str, str], Path | None]
"""``ask(parent, title, name, kinds)``: where a file goes, None when the person thought better of it."""


def ask_path(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Let the person say where a file goes; its ending follows the kind chosen."""
    chosen, kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
    if not chosen:
        return None
    ending = kind.rpartition("*")[2].rstrip(")") or Path(name).suffix
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(ending)


@dataclass(frozen=True)
class PrivacyDesk:
    """The collaborators of the area; tests hand in an answer for ``ask_path``."""

    service: PrivacyService
    cases: CaseQueries
    actor: Callable[[], Actor]
    tasks: TaskRunner
    clock: Clock
    page: Page
    ask_path: AskPath = ask_path

    def open_sheet(self, sheet: QWidget, title: str) -> None:
        """Slide ``sheet`` in from the right."""
        if self.page.host is not None:
            self.page.host.open_sheet(sheet, title)

    def close_sheet(self) -> None:
        """Slide the side sheet out again."""
        if self.page.host is not None:
            self.page.host.close_sheet()


def show_step(progress: Progress, step: int, steps: int) -> None:
    """Pass on the steps a service counts."""
    progress.at(step, steps, "")


class Part(Follows, QWidget):
    """One part of the area: lists that are read together, errors and running work above them."""

    def __init__(self, desk: PrivacyDesk) -> None:
        super().__init__()
        self.desk = desk
        self.trouble = Trouble()
        self._busy = QWidget()
        self._busy_lines = vbox(space=0, parent=self._busy)
        self._lists: list[tuple[RowList, ListModel]] = []
        self._reads: list[tuple[ListModel, Reading]] = []
        self._quiet: dict[RowList, Label] = {}

    def put(self, *items: QWidget | QLayout | float) -> None:
        """Lay the part out; its errors and running work stand at the top."""
        laid: list[QWidget | QLayout | float] = []
        for item in items:
            laid.append(item)
            if isinstance(item, RowList) and item in self._quiet:
                laid.append(self._quiet[item])
        vbox(self.trouble, self._busy, *laid, space=2.5, parent=self)

    def listing(
        self,
        to_row: Callable[[Any], Row],
        name: Words,
        icon: str,
        empty: Words,
        *,
        reads: Reading | None = None,
        quiet: bool = False,
    ) -> tuple[RowList, ListModel]:
        """Return a list that is as high as its rows: the area scrolls, not the list in it.

        ``read`` fills it with what ``reads`` returns. A ``quiet`` one says in one small line that it is empty.
        """
        model = ListModel(to_row=to_row, parent=self)
        rows = RowList(model, name=name, empty=EmptyState(icon, empty))
        self._lists.append((rows, model))
        if reads is not None:
            self._reads.append((model, reads))
        if quiet:
            self._quiet[rows] = Label(empty, step="small", tone="text2")
        return rows, model

    def fit(self) -> None:
        """Be as high as the rows."""
        look = theme.current()
        for rows, model in self._lists:
            least = 1 if model.total else 2.5
            sized(rows, height=(look.list_row_height + 2) * max(least, model.total) / look.base)
            if rows in self._quiet and self._quiet[rows].parent() is not None:
                rows.setVisible(bool(model.total))
                self._quiet[rows].setVisible(not model.total)

    def restyle(self) -> None:
        if hasattr(self, "_lists"):
            self.fit()

    def read(self) -> None:
        """Read all lists again, at once."""
        actor, reads = self.desk.actor(), tuple(self._reads)
        self.run(lambda: [(model, reading(actor)) for model, reading in reads], self._fill, slot="lists")

    def filled(self) -> None:
        """Follow what the lists hold now."""

    def narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""
        for rows, _model in self._lists:
            rows.set_narrow(narrow)

    def run(self, fn: Callable[[], Any], done: Callable[[Any], object] | None = None, *, slot: str = "") -> None:
        """Run on the worker; an error is shown at the top of the part."""
        self.desk.tasks.run(fn, done, self.failed, owner=self, slot=slot)

    def run_long(self, fn: Callable[[Progress], Any], done: Callable[[Any], object], words: Words) -> None:
        """Run with progress shown."""
        self.trouble.clear()
        task = self.desk.tasks.run_long(fn, done, self.failed, owner=self)
        self._busy_lines.addWidget(ProgressRow(task, words))

    def write(self, title: str, name: str, fn: Callable[[Path], object]) -> None:
        """Ask where a Word file or PDF goes and let ``fn(path)`` write it."""
        target = self.desk.ask_path(self, title, name, WORD_OR_PDF)
        if target is not None:
            self.run(lambda: fn(target), lambda _result: self.written(target))

    def failed(self, error: BaseException) -> None:
        """Show an error."""
        self.trouble.show_error(error)

    def done(self, words: Callable[[], str]) -> None:
        """Say that something is done, and read again."""
        self.trouble.clear()
        self.desk.page.toast(words)
        self.read()

    def written(self, path: Path) -> None:
        """Say where a file was written."""
        self.done(lambda: _("Written to {path}").format(path=path.name))

    def _fill(self, found: Sequence[tuple[ListModel, Sequence[Any]]]) -> None:
        for model, items in found:
            model.set_items(list(items))
        self.filled()
        self.fit()
