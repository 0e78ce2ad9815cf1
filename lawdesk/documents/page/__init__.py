"""The documents window inside a case: the tab, the newest papers in the overview, the case file as one file.

Only ``lawdesk.app`` imports this. It hands :func:`documents_tab` to the cases page (the fields of
:class:`DocumentsTab` are those of a ``CaseTab``), ``actions`` to the head of a case, and calls
``opened.clear()`` when the office is locked or left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from lawdesk.documents.page.block import NewestBlock
from lawdesk.documents.page.bundle import BundleSheet, open_bundle
from lawdesk.documents.page.desk import Desk, ask_files, ask_target
from lawdesk.documents.page.opened import OpenedCopies, show_file
from lawdesk.documents.page.pane import DocumentsPane
from lawdesk.documents.page.sheet import DocumentSheet
from lawdesk.documents.service import DocumentService, PackageService
from lawdesk.firm import Actor
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.i18n import _
from lawdesk.ui import Command, TaskRunner, Words

__all__ = [
    "BundleSheet",
    "DocumentSheet",
    "DocumentsPane",
    "DocumentsTab",
    "NewestBlock",
    "OpenedCopies",
    "documents_tab",
]


@dataclass(frozen=True)
class DocumentsTab:
    """What a case gets from its documents: ``key words make count overview aside`` as in ``CaseTab``, and more.

    ``actions(case_id)`` are commands for the head of the case; ``opened`` holds the copies to look at.
    """

    key: str
    words: Words
    make: Callable[[int, QWidget], QWidget]
    count: Callable[[Actor, int], int]
    overview: Callable[[int], QWidget]
    aside: None
    actions: Callable[[int], Sequence[Command]]
    opened: OpenedCopies


def documents_tab(
    service: DocumentService,
    packages: PackageService,
    actor: Callable[[], Actor],
    tasks: TaskRunner,
    clock: Clock,
    *,
    opened: OpenedCopies | None = None,
    choose_files: Callable[[QWidget], list[Path]] = ask_files,
    choose_target: Callable[[QWidget, str, str], Path | None] = ask_target,
    show: Callable[[Path], bool] = show_file,
) -> DocumentsTab:
    """Return the documents tab of every case. The named choices are handed in by tests."""
    copies = opened or OpenedCopies(show)
    desk = Desk(service, packages, actor, tasks, clock, copies, choose_files, choose_target, show)

    def actions(case_id: int) -> Sequence[Command]:
        return [
            Command("case.file", lambda: _("Case file"), lambda: open_bundle(desk, case_id), icon="package"),
        ]

    return DocumentsTab(
        key="documents",
        words=lambda: _("Documents"),
        make=lambda case_id, parent: DocumentsPane(desk, case_id, parent),
        count=service.queries.count,
        overview=lambda case_id: NewestBlock(desk, case_id),
        aside=None,
        actions=actions,
        opened=copies,
    )
