"""Words for cases: standings with their number, fees, who speaks for whom, what the conflict check said."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from lawdesk.cases.queries import CaseDetail, ProceedingRow, StandingRow
from lawdesk.cases.queries.rows import ClearanceRow
from lawdesk.cases.rules import (
    CLEARANCE_TITLES,
    FEE_TITLES,
    PROCEEDING_KINDS,
    SIDE_TITLES,
    CaseStatus,
    ClearanceResult,
    FeeMode,
    Side,
    standing_title,
)
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import _, language, listed, ngettext
from lawdesk.kernel.money import format_fen
from lawdesk.ui import Status

NUMERALS = "一二三四五六七八九十"


def yuan(fen: int | None) -> str:
    """Return an amount with its unit, or "" for none."""
    return "" if fen is None else _("{amount} yuan").format(amount=format_fen(fen))


def percent(bp: int) -> str:
    """Return basis points as people write them: 6 %, 12.5 %."""
    return f"{bp / 100:g}%"


def standing_labels(rows: Sequence[StandingRow]) -> dict[int, str]:
    """Return the standing of each party with its number where several share it: 被告一, 被告二."""
    shared = Counter(row.standing for row in rows)
    seen: Counter[str] = Counter()
    labels = {}
    for row in rows:
        seen[row.standing] += 1
        label = standing_title(row.standing) if row.standing else _(SIDE_TITLES[Side(row.side)])
        if shared[row.standing] > 1 and row.standing:
            number = seen[row.standing]
            if language() == "zh":
                label += NUMERALS[number - 1] if number <= len(NUMERALS) else str(number)
            else:
                label += f" {number}"
        labels[row.party_id] = label
    return labels


def counsel_words(row: StandingRow, case: CaseDetail) -> str:
    """Return who speaks for a party: our team for the client, else what is known."""
    if row.side == Side.CLIENT and not row.counsel_name:
        names = listed([case.lead, *(member.name for member in case.assistants)])
        return _("Our firm {names}").format(names=names)
    known = " ".join(part for part in (row.counsel_firm, row.counsel_name) if part)
    return known or _("None known")


def fee_words(case: CaseDetail) -> str:
    """Return the fee arrangement in a line."""
    parts = [_(FEE_TITLES[FeeMode(case.fee_mode)])]
    if case.fee_fen is not None:
        parts.append(yuan(case.fee_fen))
    if case.fee_bp:
        parts.append(percent(case.fee_bp))
    return listed(parts)


def proceeding_title(kind: str) -> str:
    """Return what a proceeding is called; one from newer data keeps its id."""
    found = PROCEEDING_KINDS.get(kind)
    return found.title if found is not None else kind


def current_proceeding(case: CaseDetail) -> ProceedingRow | None:
    """Return the proceeding that runs: the last one that has not ended, None in a closed case."""
    running = [row for row in case.proceedings if row.ended_on is None and not row.result]
    return running[-1] if running and case.status == CaseStatus.OPEN else None


def clearance_names(row: ClearanceRow) -> set[str]:
    """Return the names a clearance covers."""
    return {str(name).strip() for name in _content(row).get("names", ())}


def clearance_status(row: ClearanceRow) -> Status:
    """Return a clearance as an icon and words."""
    words = _(CLEARANCE_TITLES[ClearanceResult(row.result)])
    return Status(words, *_LOOKS.get(row.result, ("neutral", "info")))


_LOOKS = {
    ClearanceResult.CLEAR.value: ("green", "shield-check"),
    ClearanceResult.NOTED.value: ("green", "shield-check"),
    ClearanceResult.WAIVED.value: ("amber", "triangle-alert"),
    ClearanceResult.TAKEN_OVER.value: ("amber", "circle-question-mark"),
    ClearanceResult.REFUSED.value: ("red", "octagon-x"),
    ClearanceResult.NOT_CHECKED.value: ("amber", "circle-question-mark"),
}


def clearance_sentence(row: ClearanceRow) -> str:
    """Return what a clearance says in a sentence: when, how many names, what came out, who decided."""
    content = _content(row)
    names, reasons = len(content.get("names", ())), len(content.get("reasons", ()))
    day = long_date(row.decided_at.astimezone(CHINA).date())
    parts = [
        ngettext("{day}: {count} name checked", "{day}: {count} names checked", names).format(day=day, count=names)
    ]
    if reasons:
        parts.append(ngettext("{count} hit", "{count} hits", reasons).format(count=reasons))
    parts.append(_(CLEARANCE_TITLES[ClearanceResult(row.result)]))
    if row.decided_by:
        parts.append(_("decided by {name}").format(name=row.decided_by))
    return ("，" if language() == "zh" else ", ").join(parts) + ("。" if language() == "zh" else ".")


def conflict_state(row: StandingRow, clearances: Sequence[ClearanceRow], names: set[str]) -> Status:
    """Return what the conflict check knows about a party; ``names`` are all names the party goes by."""
    if row.side == Side.CLIENT:
        return Status(_("Client"), "neutral", "user-check")
    for clearance in reversed(clearances):
        if clearance_names(clearance) & (names | {row.name}):
            words = {
                ClearanceResult.CLEAR.value: _("Checked"),
                ClearanceResult.NOTED.value: _("Examined"),
                ClearanceResult.WAIVED.value: _("Waived"),
            }.get(clearance.result)
            if words is None:
                return Status(_("To be examined"), "amber", "circle-question-mark")
            waived = clearance.result == ClearanceResult.WAIVED.value
            return Status(words, "amber" if waived else "green", "triangle-alert" if waived else "check")
    return Status(_("Not checked"), "amber", "circle-question-mark")


def status_look(status: CaseStatus) -> tuple[str, str]:
    """Return tone and icon of a case's status."""
    return {
        CaseStatus.OPEN: ("green", "circle-dot"),
        CaseStatus.CLOSED: ("neutral", "circle-check"),
        CaseStatus.ARCHIVED: ("neutral", "folder"),
    }[status]


def _content(row: ClearanceRow) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(row.content or "{}")
    return content
