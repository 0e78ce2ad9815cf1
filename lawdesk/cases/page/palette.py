"""What Ctrl+K finds of this feature: cases and parties, by characters, pinyin and initials."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lawdesk.cases.queries import Found
from lawdesk.cases.service import CaseService
from lawdesk.firm import Actor
from lawdesk.kernel.chinese import matches_typed
from lawdesk.kernel.i18n import _
from lawdesk.ui import Entry

Go = Callable[..., None]
Source = Callable[[str], Sequence[Entry]]


def case_entries(cases: CaseService, actor: Callable[[], Actor], go: Go) -> Source:
    """Return a palette source for cases; ``go("cases", case_id=…)`` opens one. Called on the worker."""

    def source(query: str) -> list[Entry]:
        found = cases.queries.find(actor(), query, "case", 8)

        def opener(case_id: int) -> Callable[[], object]:
            return lambda: go("cases", case_id=case_id)

        return [_entry(row, query, _("Cases"), "folder-open", opener(row.subject_id)) for row in found]

    return source


def party_entries(cases: CaseService, actor: Callable[[], Actor], go: Go) -> Source:
    """Return a palette source for parties; ``go("cases", party_id=…)`` opens the card. Called on the worker."""

    def source(query: str) -> list[Entry]:
        found = cases.queries.find(actor(), query, "party", 6)

        def opener(party_id: int) -> Callable[[], object]:
            return lambda: go("cases", party_id=party_id)

        return [_entry(row, query, _("Parties"), "users", opener(row.subject_id)) for row in found]

    return source


def _entry(row: Found, query: str, group: str, icon: str, run: Callable[[], object]) -> Entry:
    return Entry(
        group, row.title, run, marks=matches_typed(query, row.title) or (), sub=(row.supporting,), icon=icon
    )
