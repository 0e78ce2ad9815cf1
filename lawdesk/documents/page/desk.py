"""What every part of the documents window works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from lawdesk.documents.page.opened import OpenedCopies, show_file
from lawdesk.documents.service import DocumentService, PackageService
from lawdesk.firm import Actor
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.errors import Words as ErrorWords
from lawdesk.kernel.errors import describe
from lawdesk.kernel.i18n import _
from lawdesk.ui import Page, Task, TaskRunner, Words, alive
from lawdesk.ui.page import Host


def ask_files(parent: QWidget) -> list[Path]:
    """Let the person choose files to add."""
    names, _chosen = QFileDialog.getOpenFileNames(parent, _("Add documents"), _papers())
    return [Path(name) for name in names]


def ask_target(parent: QWidget, title: str, name: str) -> Path | None:
    """Let the person choose where a file called ``name`` goes."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, str(Path(_papers()) / name))
    return Path(chosen) if chosen else None


def _papers() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


@dataclass
class Desk:
    """Collaborators, and what is running for which case."""

    service: DocumentService
    packages: PackageService
    actor: Callable[[], Actor]
    tasks: TaskRunner
    clock: Clock
    opened: OpenedCopies
    ask_files: Callable[[QWidget], list[Path]] = ask_files
    ask_target: Callable[[QWidget, str, str], Path | None] = ask_target
    show_file: Callable[[Path], bool] = show_file
    running: dict[int, Task] = field(default_factory=dict)
    places: list[QWidget] = field(default_factory=list)
    """Widgets of this feature; one that is alive leads to the window."""

    def host(self, widget: QWidget | None = None) -> Host | None:
        """Return the window around ``widget``, or around any part of this feature; None in tests without one."""
        for start in (widget, *reversed(self.places)):
            if start is not None and alive(start):
                page = page_of(start)
                if page is not None and page.host is not None:
                    return page.host
        return None

    def remember(self, widget: QWidget) -> None:
        """Keep a widget as a way to the window."""
        self.places = [place for place in self.places[-3:] if alive(place)]
        self.places.append(widget)

    def toast(self, words: Words, undo: Callable[[], object] | None = None) -> None:
        """Say what was done."""
        host = self.host()
        if host is not None:
            host.toast(words, undo)

    def trouble(self, error: BaseException) -> None:
        """Say what went wrong where no place of its own is left for it."""
        words: ErrorWords = describe(error)
        self.tasks.unhandled.emit(words)


def page_of(widget: QObject | None) -> Page | None:
    """Return the page a widget lies in."""
    while widget is not None and not isinstance(widget, Page):
        widget = widget.parent()
    return widget
