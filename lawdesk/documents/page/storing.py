"""Taking in files: the row with progress and cancel, and what could not be stored, with its reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from lawdesk.documents.page.desk import Desk
from lawdesk.documents.page.words import refused_lines, size_words, taken_words
from lawdesk.documents.service import Step, TakenIn
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _, ngettext
from lawdesk.ui import (
    STRETCH,
    Button,
    ErrorBlock,
    Follows,
    IconLabel,
    Label,
    Progress,
    ProgressRow,
    Task,
    Words,
    alive,
    hbox,
    vbox,
)

NAMED = 6
"""So many files that were not stored are named; the rest is counted."""


class _Row(ProgressRow):
    """A progress row whose words say all there is to say: the steps are kilobytes, nobody wants to read those."""

    def at(self, step: int, steps: int, words: str) -> None:
        super().at(step, steps, words)
        if words:
            self.sentence.set_words(words)


class Troubles(QWidget):
    """A place for errors and for the list of what was not stored."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = vbox(space=0, parent=self)
        self.shown: QWidget | None = None
        self.hide()

    def show_error(self, error: BaseException, *buttons: Button) -> None:
        """Show one error."""
        self._put(ErrorBlock(error, *buttons, Button(lambda: _("Close"), self.clear, kind="ghost", small=True)))

    def show_refused(self, taken: TakenIn) -> None:
        """Show what was not stored, or nothing."""
        if len(taken.refused) == 1:
            self.show_error(taken.refused[0].error)
        elif taken.refused:
            self._put(_RefusedBlock(taken, self.clear))

    def clear(self) -> None:
        """Show nothing."""
        if self.shown is not None:
            self._layout.removeWidget(self.shown)
            self.shown.hide()
            self.shown.deleteLater()
            self.shown = None
        self.hide()

    def _put(self, block: QWidget) -> None:
        self.clear()
        self.shown = block
        self._layout.addWidget(block)
        self.show()


class _RefusedBlock(Follows, QFrame):
    """Files that were not stored, each with its reason."""

    def __init__(self, taken: TakenIn, close: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("error")
        lines = refused_lines(taken)
        count = len(lines)
        head = ngettext("{count} file was not stored", "{count} files were not stored", count).format(count=count)
        shown: list[QWidget] = [Label(head, step="strong", tone="red")]
        for name, why in lines[:NAMED]:
            shown.append(Label(_("{name}: {why}").format(name=name, why=why), step="small", wrap=True))
        if count > NAMED:
            shown.append(Label(_("… and {count} more").format(count=count - NAMED), step="small"))
        self.setAccessibleName("\n".join([head, *(f"{name} {why}" for name, why in lines)]))
        closing = Button(lambda: _("Close"), close, kind="ghost", small=True)
        mark = IconLabel("octagon-alert", tone="red", units=5)
        line = hbox(mark, vbox(*shown, hbox(closing, STRETCH), space=1), space=3, margins=(4, 3))
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        self.setLayout(line)


class Storing(QWidget):
    """The place of the progress row."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = vbox(space=0, parent=self)
        self.row: ProgressRow | None = None
        self.hide()

    def begin(self, desk: Desk, case_id: int, paths: list[Path], category: str, troubles: Troubles) -> Task:
        """Take in ``paths``; goes on when the person leaves the case."""
        actor = desk.actor()

        def work(progress: Progress) -> TakenIn:
            def tell(step: Step) -> None:
                progress.at(step.done >> 10, max(1, step.total >> 10), _step_words(step))

            return desk.service.take_in(
                actor, case_id, paths, category=category, tell=tell, cancel=lambda: progress.cancelled
            )

        def done(taken: TakenIn) -> None:
            self._end(desk, case_id, task)
            if taken.added or taken.stopped or not taken.refused:
                desk.toast(lambda: taken_words(taken))
            if alive(troubles):
                troubles.show_refused(taken)
            elif taken.refused:
                desk.trouble(_some_refused(taken))

        def failed(error: BaseException) -> None:
            self._end(desk, case_id, task)
            if alive(troubles):
                troubles.show_error(error)
            else:
                desk.trouble(error)

        task = desk.tasks.run_long(work, done, failed, owner=desk.tasks, aside=True)
        desk.running[case_id] = task
        self.follow(task)
        return task

    def follow(self, task: Task, words: Words = "") -> None:
        """Show the progress of a task that is under way."""
        if self.row is not None:
            self._layout.removeWidget(self.row)
            self.row.hide()
            self.row.deleteLater()
        self.row = _Row(task, words or (lambda: _("Storing files")))
        self._layout.addWidget(self.row)
        task.finished.connect(self.hide)
        self.show()

    @staticmethod
    def _end(desk: Desk, case_id: int, task: Task) -> None:
        if desk.running.get(case_id) is task:
            del desk.running[case_id]


def _step_words(step: Step) -> str:
    amounts = _("{done} of {total}").format(done=size_words(step.done), total=size_words(step.total))
    if step.files == 1:
        return _("Storing {name}: {amounts}").format(name=step.name, amounts=amounts)
    return _("Storing file {number} of {count}, {name}: {amounts}").format(
        number=step.file, count=step.files, name=step.name, amounts=amounts
    )


def _some_refused(taken: TakenIn) -> UserError:
    return UserError(
        "document.some_refused",
        N_("{count} files were not stored: {names}"),
        hint=N_("Drop them on the case again to see why."),
        count=len(taken.refused),
        names=", ".join(row.name for row in taken.refused[:NAMED]),
    )
