"""Bringing a file in: a preview of every row first, then one button, progress, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from lawdesk.cases.page.files_asked import Files
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.import_detail import LineDetail
from lawdesk.cases.page.import_foot import ImportFoot, Notes
from lawdesk.cases.page.import_job import Job, Line, Seen, State, problem_words, state_status
from lawdesk.kernel.errors import Cancelled, describe
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.ui import (
    Button,
    Column,
    Command,
    EmptyState,
    FilterChips,
    Follows,
    Label,
    ListDetail,
    Progress,
    ProgressRow,
    Status,
    Table,
    TableModel,
    Task,
    Trouble,
    Words,
    empty_layout,
    hbox,
    panel,
    vbox,
)

_FILTERS: tuple[State, ...] = ("sound", "remarks", "taken", "refused", "there", "skipped")


class ImportView(Follows, QWidget):
    """One file on its way in. ``begin(path)`` reads it and shows what would be done; ``take()`` does it.

    ``leave()`` goes back to the list, ``finished()`` to what was made, ``open_thing(line)`` to one of them;
    ``other(path)`` reads the file as the other kind of list, None where there is none.
    """

    def __init__(
        self,
        desk: Desk,
        job: Job,
        files: Files,
        *,
        leave: Callable[[], object],
        finished: Callable[[], object],
        open_thing: Callable[[Line], object],
        other: tuple[Words, Callable[[Path], object]] | None = None,
    ) -> None:
        super().__init__()
        self._desk, self.job, self._files = desk, job, files
        self._leave, self._finished, self._open_thing, self._other = leave, finished, open_thing, other
        self.path: Path | None = None
        self._file: Any = None
        self.seen: Seen | None = None
        self.task: Task | None = None
        self.taking = False
        self._build()
        self._show_state()

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self.task is not None

    def begin(self, path: Path) -> None:
        """Read ``path`` and show what bringing it in would do. Nothing is written."""
        if self.busy:
            return
        self.path, self._file, self.seen = path, None, None
        self.trouble.clear()
        self._show_seen()
        job = self.job
        self._run(lambda _progress: job.read(path), self._read, lambda: _("Reading the file"), aside=True)

    def take(self) -> None:
        """Bring in what the preview showed."""
        if self.busy or self.seen is None or self.seen.done or not self.seen.wanted:
            return
        job, file, actor = self.job, self._file, self._desk.actor()
        self.trouble.clear()
        self.taking = True
        self._run(lambda progress: job.take(actor, file, _steps(progress)), self._taken, job.running)

    def choose_file(self) -> None:
        """Ask for another file."""
        if not self.busy and (path := self._files.open_table(self, self.job.title())) is not None:
            self.begin(path)

    def save_refused(self) -> None:
        """Save the refused rows as a file to be corrected."""
        if self.seen is None or self.path is None or not self.seen.refused() or self.busy:
            return
        name = _("{name} – refused").format(name=self.path.stem) + ".xlsx"
        target = self._files.save_table(self, _("Save the refused rows"), name)
        if target is None:
            return
        job, file, lines = self.job, self._file, self.seen.refused()
        self._run(
            lambda _progress: job.save(file, lines, target),
            lambda _done: self._saved(target),
            self.job.title,
            aside=True,
        )

    def commands(self) -> Sequence[Command]:
        """Return what can be done with the file."""
        can_save = self.seen is not None and bool(self.seen.refused())
        return [
            Command(
                "import.take",
                self._take_words,
                self.take,
                icon="download",
                hint="Ctrl+Enter",
                enabled=self._can_take,
            ),
            Command(
                "import.refused",
                lambda: _("Save the refused rows"),
                self.save_refused,
                "file-spreadsheet",
                enabled=lambda: can_save,
            ),
            Command("import.other", lambda: _("Choose another file"), self.choose_file, icon="folder-open"),
        ]

    def set_narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""
        self.panes.set_narrow(narrow)
        self.foot.keys.setVisible(not narrow)

    def retranslate(self) -> None:
        if hasattr(self, "seen"):
            self._show_seen()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    # -- building ---------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.back = Button(lambda: _("Cases"), self._leave, kind="link", icon="chevron-left")
        self.name = Label("", tone="text2", elide=True)
        self.another = Button(lambda: _("Choose another file"), self.choose_file, kind="ghost", icon="folder-open")
        head = hbox(self.back, Label(self.job.title, step="h1"), self.name, self.another, space=3)
        head.setStretch(2, 1)
        self.headline = Label("", step="strong", wrap=True)
        self.notes = Notes()
        self.trouble = Trouble()
        self._progress_area = QWidget()
        self._progress = vbox(space=0, parent=self._progress_area)
        choices = [("all", lambda: _("All")), *((key, _words_of(key)) for key in _FILTERS)]
        self.filter = FilterChips(choices, self._show_lines, name=lambda: _("Which rows"))
        top = panel(
            head,
            self.headline,
            self.notes,
            self.trouble,
            self._progress_area,
            self.filter,
            space=1.5,
            margins=(6, 3, 5, 2),
        )
        self.model = TableModel(self._columns(), parent=self)
        self.table = Table(self.model, name=lambda: _("Rows of the file"))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._opened)
        self.detail = LineDetail(self.job, self._open_thing)
        self._none = EmptyState("file-spreadsheet", lambda: _("No row of this kind"))
        rows = panel(self.table, self._none, space=0, margins=(6, 0, 2, 0))
        rows.setFocusProxy(self.table)
        self.foot = ImportFoot(self._save_words, self.save_refused, self._take_words, self._press)
        self.button, self.refused = self.foot.button, self.foot.refused
        self.panes = ListDetail(rows, self.detail, back=lambda: _("Rows of the file"), list_width=0)
        shares = self.panes.layout()
        assert isinstance(shares, QHBoxLayout)
        shares.setStretch(0, 3)
        shares.setStretch(2, 2)
        self._rest = QWidget()  # keeps head and foot in their places while there are no rows
        page = vbox(top, self.panes, self._rest, self.foot, space=0, parent=self)
        page.setStretch(1, 1)
        page.setStretch(2, 1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._press)

    def _columns(self) -> list[Column]:
        return [
            Column("place", lambda: _("Row"), lambda line: line.place, width=8, tone=lambda _line: "text2"),
            Column("state", lambda: _("State"), lambda line: state_status(line.state), width=8),
            Column("title", lambda: _("Whom it is about"), _title_words),
            Column("problems", lambda: _("Problems"), self._problem_words, tone=_problem_tone),
        ]

    def _problem_words(self, line: Line) -> str:
        problems = line.sorted_problems()
        if not problems:
            return ""
        first = problem_words(self.job, problems[0])
        return first if len(problems) == 1 else _("{count}: {first}").format(count=len(problems), first=first)

    # -- the work ---------------------------------------------------------------------------------------------

    def _run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        words: Callable[[], str],
        *,
        aside: bool = False,
    ) -> None:
        def arrived(result: Any) -> None:
            self.task, self.taking = None, False
            done(result)
            self._show_state()

        self.task = self._desk.tasks.run_long(work, arrived, self._failed, owner=self, aside=aside)
        row = ProgressRow(self.task, words)
        empty_layout(self._progress)
        self._progress.addWidget(row)
        self._show_state()

    def _read(self, file: Any) -> None:
        self._file = file
        job, actor = self.job, self._desk.actor()
        self._run(
            lambda progress: job.foresee(actor, file, _steps(progress)),
            self._foreseen,
            lambda: _("Checking the rows"),
        )

    def _foreseen(self, seen: Seen) -> None:
        self.seen = seen
        self.filter.choose("all")
        self._show_seen()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _taken(self, seen: Seen) -> None:
        self.seen = seen
        self.filter.choose("refused" if seen.refused() else "all")
        self._show_seen()
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.page.toast(lambda: self.job.headline(seen))

    def _saved(self, target: Path) -> None:
        self._desk.page.toast(lambda: _("Saved: {path}").format(path=str(target)))

    def _failed(self, error: BaseException) -> None:
        self.task, self.taking = None, False
        if isinstance(error, Cancelled):
            self._desk.page.toast(lambda: describe(error).what)
            if self.seen is None:
                self._leave()
        else:
            again = Button(lambda: _("Choose another file"), self.choose_file, kind="secondary", small=True)
            self.trouble.show_error(error, again, *self._other_way())
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_state()

    def _other_way(self) -> list[Button]:
        path = self.path
        if self._other is None or self._file is not None or path is None:
            return []
        words, read = self._other
        return [Button(words, lambda: read(path), kind="secondary", small=True)]

    def _press(self) -> None:
        """The one button: bring it in, afterwards go to what was made."""
        if self.seen is not None and self.seen.done and not self.busy:
            self._finished()
        else:
            self.take()

    # -- what is shown ----------------------------------------------------------------------------------------

    def _can_take(self) -> bool:
        return self.seen is not None and not self.seen.done and bool(self.seen.wanted) and not self.busy

    def _take_words(self) -> str:
        if self.seen is not None and self.seen.done:
            return _("To the cases")
        return self.job.button(self.seen.wanted if self.seen is not None else 0)

    def _save_words(self) -> str:
        count = len(self.seen.refused()) if self.seen is not None else 0
        return ngettext("Save {count} refused row …", "Save {count} refused rows …", count).format(count=count)

    def _show_seen(self) -> None:
        seen = self.seen
        self.name.set_words(self.path.name if self.path is not None else "")
        self.headline.set_words(self.job.headline(seen) if seen is not None else "")
        self.headline.setVisible(seen is not None)
        self.notes.show_notes(seen.notes if seen is not None else ())
        counts = seen.counts if seen is not None else {}
        self.filter.set_count("all", len(seen.lines) if seen is not None else None)
        for key in _FILTERS:
            self.filter.set_count(key, counts.get(key, 0))
            self.filter.choices[key].setVisible(bool(counts.get(key)) or (key == "refused" and seen is not None))
        self._show_lines()
        self._show_state()

    def _show_lines(self) -> None:
        chosen = self.filter.chosen()
        lines = self.seen.lines if self.seen is not None else ()
        fitting = [line for line in lines if chosen in ("all", line.state)]
        self.model.set_items(fitting)
        self.table.setVisible(bool(fitting))
        self._none.setVisible(self.seen is not None and not fitting)
        if fitting:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self._choose(fitting[0])
        else:
            self.detail.show_line(None, ())

    def _show_state(self) -> None:
        seen, ready = self.seen, self.seen is not None and not self.busy
        self.filter.setVisible(seen is not None)
        self.panes.setVisible(seen is not None)
        self._rest.setVisible(seen is None)
        self._progress_area.setVisible(self.busy)
        self.another.setEnabled(not self.busy)
        self.refused.setVisible(seen is not None and bool(seen.refused()))
        self.refused.setEnabled(ready)
        self.button.setEnabled(ready and seen is not None and (seen.done or bool(seen.wanted)))
        for button in (self.refused, self.button):
            button.retranslate()
        self.foot.said.set_words("" if seen is not None and seen.done else _nothing_yet)

    def _choose(self, line: Line | None) -> None:
        if line is None or self._file is None:
            self.detail.show_line(None, ())
        else:
            pairs = self.job.pairs(self._file, line) if line.state != "skipped" else ()
            self.detail.show_line(line, pairs)

    def _opened(self, line: Line) -> None:
        if self.panes.narrow:
            self.panes.show_detail()
            self.detail.setFocus(Qt.FocusReason.OtherFocusReason)
        elif line.opens is not None:
            self._open_thing(line)


def _nothing_yet() -> str:
    return _("Nothing has been written yet.")


def _words_of(state: State) -> Callable[[], str]:
    return lambda: state_status(state).text


def _title_words(line: Line) -> str | Status:
    return " ".join(part for part in (line.number, line.title) if part)


def _problem_tone(line: Line) -> str:
    return "text" if line.state == "refused" else "text2"


def _steps(progress: Progress) -> Callable[[int, int], bool]:
    """Return a counter for services; it raises Cancelled when the person stopped the work."""

    def at(done: int, everything: int) -> bool:
        progress.at(done, everything)
        return True

    return at
