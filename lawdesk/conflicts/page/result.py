"""The right side of the conflicts page: what the line chosen at the left stands for, its decision at the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QStackedWidget, QWidget

from lawdesk.cases import CaseDetail, CaseService
from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.detail import Excluded, HitDetail, NotSearchedDetail, Overview
from lawdesk.conflicts.page.foot import Foot
from lawdesk.conflicts.page.items import Item
from lawdesk.conflicts.page.kept import KeptDetail
from lawdesk.conflicts.page.live import LiveCheck
from lawdesk.conflicts.page.news import NewsDetail
from lawdesk.conflicts.page.proof import ProofBar
from lawdesk.conflicts.rules import Hit
from lawdesk.conflicts.service import ConflictService
from lawdesk.firm import Actor
from lawdesk.kernel.errors import LawDeskError
from lawdesk.kernel.i18n import _
from lawdesk.ui import Button, Command, EmptyState, TaskRunner, vbox


class ResultPane(QWidget):
    """Shows one line of the list in full. The case of a hit is read on the worker when it is looked at."""

    def __init__(
        self,
        live: LiveCheck,
        cases: CaseService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        check_again: Callable[[], object],
        conflicts: ConflictService,
        go: Callable[..., object],
        steps: Sequence[Command] = (),
    ) -> None:
        super().__init__()
        self._live, self._cases, self._actor, self._tasks = live, cases, actor, tasks
        self._known: dict[int, CaseDetail] = {}
        self.hit, self.overview, self.excluded = HitDetail(), Overview(live), Excluded(live)
        self.not_searched = NotSearchedDetail()
        proof = ProofBar(conflicts, actor=actor, tasks=tasks)
        self.kept = KeptDetail(Button(lambda: _("Check again"), check_again, icon="rotate-cw"), proof)
        self.news = NewsDetail(conflicts, actor=actor, tasks=tasks, go=go)
        self.start = EmptyState("shield-alert", lambda: _("Who calls, and against whom?"), _what_is_searched)
        self.stack = QStackedWidget()
        for widget in (
            self.start,
            self.overview,
            self.hit,
            self.not_searched,
            self.excluded,
            self.kept,
            self.news,
        ):
            self.stack.addWidget(widget)
        self.foot = Foot(live, steps)
        column = vbox(self.stack, self.foot, space=0, parent=self)
        column.setStretch(0, 1)

    def show_item(self, item: Item | None, headline: Callable[[], str]) -> None:
        """Show what a line stands for; ``headline`` is that of the whole check."""
        if item is None:
            self.stack.setCurrentWidget(self.start)
        elif item.hit is not None:
            self._show_hit(item.hit)
        elif item.kind == "name":
            self.not_searched.show_name(item.name, item.entries)
            self.stack.setCurrentWidget(self.not_searched)
        elif item.kind == "excluded":
            self.excluded.show_hits(item.hits)
            self.stack.setCurrentWidget(self.excluded)
        elif item.news is not None:
            self.news.show_news(item.news)
            self.stack.setCurrentWidget(self.news)
        elif item.kept is not None:
            self.kept.show_check(item.kept)
            self.stack.setCurrentWidget(self.kept)
        else:
            self.overview.show_check(headline)
            self.stack.setCurrentWidget(self.overview)

    def show_foot(self, item: Item | None, state: Callable[[], str]) -> None:
        """Offer what can be decided about a line; nothing for None."""
        shown = item is not None and self._live.result is not None and item.kept is None and item.news is None
        self.foot.setVisible(shown)
        if not shown or item is None:
            return
        if item.hit is not None:
            self.foot.show_hit(item.hit)
        elif item.kind == "name":
            self.foot.show_name(item.name)
        else:
            self.foot.show_check()
        ready = self._live.ready and not self._live.keeping
        self.foot.show_state(state, ready=ready, recorded=self._live.clearance is not None)

    def retranslate_shown(self) -> None:
        """Make the sentences again in the language of now."""
        self.hit.retranslate_hit()
        self.kept.retranslate_check()

    def forget(self) -> None:
        """Let go of the cases that were read: another check begins."""
        self._known.clear()

    def _show_hit(self, hit: Hit) -> None:
        standing = words.gravest_standing(hit)
        number = standing.case_id if standing is not None and not standing.restricted else None
        case = self._known.get(number) if number is not None else None
        self.stack.setCurrentWidget(self.hit)
        if self.hit.shows(hit, case):
            return
        self.hit.show_hit(hit, case)
        if number is not None and case is None:
            actor = self._actor()
            read = partial(self._cases.queries.case, actor, number)
            self._tasks.run(read, partial(self._case_read, hit, number), _ignore_walls, owner=self, slot="case")

    def _case_read(self, hit: Hit, number: int, case: CaseDetail) -> None:
        self._known[number] = case
        if self.hit.hit == hit:
            self.hit.show_hit(hit, case)


def _ignore_walls(error: BaseException) -> None:
    """A case that may not be opened adds nothing to the chain."""
    if not isinstance(error, LawDeskError):
        raise error


def _what_is_searched() -> str:
    return _("Enter the prospective client and the other side: every case, enquiry and colleague is searched.")
