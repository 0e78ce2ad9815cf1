"""A check as it was kept: who asked what, what was searched, every hit with its decision. It never changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from lawdesk.cases import CLEARANCE_TITLES, ClearanceResult
from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.blocks import fact_line, icon_line
from lawdesk.conflicts.page.decision import decision_words
from lawdesk.conflicts.page.detail import Lines
from lawdesk.conflicts.page.proof import ProofBar
from lawdesk.conflicts.queries import CheckRow
from lawdesk.conflicts.rules import Reason, Role, Stand, Standing, version_words
from lawdesk.conflicts.service.certificate import EXAMINED, kept_grade
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import local_time, long_date
from lawdesk.kernel.i18n import _, listed
from lawdesk.ui import Button, Chip, DetailHeader, Facts, Gap, Heading, Label, Row, SectionHeading, panel, vbox

RESULT_LOOKS = {
    ClearanceResult.CLEAR: ("green", "shield-check"),
    ClearanceResult.NOTED: ("green", "check"),
    ClearanceResult.WAIVED: ("amber", "triangle-alert"),
    ClearanceResult.TAKEN_OVER: ("neutral", "circle-question-mark"),
    ClearanceResult.REFUSED: ("red", "octagon-x"),
    ClearanceResult.NOT_CHECKED: ("neutral", "circle-question-mark"),
}


def result_words(result: str) -> str:
    """Return how a kept check ended."""
    return _(CLEARANCE_TITLES[ClearanceResult(result)])


def kept_row(row: CheckRow, *, first: bool) -> Row:
    """Return a kept check as a line of the list; the first carries the heading."""
    tone, icon = RESULT_LOOKS[ClearanceResult(row.result)]
    day = row.asked_at.astimezone(CHINA)
    return Row(
        key=("kept", row.id),
        title="、".join(row.names[:3]) + ("…" if len(row.names) > 3 else ""),
        segments=(result_words(row.result), row.asked_by),
        icon=icon,
        icon_tone=tone,
        date=f"{day.month}-{day.day} {local_time(row.asked_at)}",
        heading=Heading(_("Recent checks")) if first else None,
    )


class KeptDetail(QWidget):
    """One kept check in full; "Check again" asks the same names on the data of now."""

    def __init__(self, again: Button, proof: ProofBar) -> None:
        super().__init__()
        self.row: CheckRow | None = None
        self._head = DetailHeader()
        self._head.set_actions(again)
        self.proof = proof
        self._facts = Facts()
        self._hits_head = SectionHeading(lambda: _("Hits and decisions"))
        self.hits = Lines(space=2)
        self._limits = Lines(space=1)
        body = panel(
            self._head,
            Gap(0.5),
            self._facts,
            proof,
            self._hits_head,
            self.hits,
            SectionHeading(lambda: _("What could not be judged")),
            self._limits,
            scroll=True,
            margins=(6, 3.5, 5, 4),
        )
        vbox(body, space=0, parent=self)

    def show_check(self, row: CheckRow) -> None:
        """Show a kept check."""
        if self.row != row:
            self.proof.show_check(row)
        self.row = row
        content = row.content
        tone, icon = RESULT_LOOKS[ClearanceResult(row.result)]
        moment = f"{long_date(row.asked_at.astimezone(CHINA).date())} {local_time(row.asked_at)}"
        self._head.set_head(
            title="、".join(row.names[:4]) or "–",
            chips=[Chip(partial(result_words, row.result), tone=tone, icon=icon)],
            segments=[row.asked_by, moment],
        )
        self._facts.set_facts([(label, value) for label, value in _facts(row) if value])
        hits = content.get("hits", [])
        others = [one for one in content.get("decisions", []) if one.get("decision")]
        self._hits_head.set_count(len(hits))
        examined = ClearanceResult(row.result) in EXAMINED
        shown = [(kept_grade(hit, examined=examined), hit) for hit in hits]
        shown.sort(key=lambda one: -one[0].rank)
        blocks = [_hit_block(hit, words.GRADES[grade]) for grade, hit in shown]
        self.hits.set_lines([*(_decision_line(one) for one in others), *blocks])
        unknown = content.get("not_searched", [])
        self._limits.set_lines(
            [icon_line("circle-question-mark", "amber", partial(str, said)) for said in unknown]
        )

    def retranslate_check(self) -> None:
        """Make the sentences again in the language of now."""
        if self.row is not None:
            self.show_check(self.row)


def _facts(row: CheckRow) -> Sequence[tuple[str, str]]:
    content = row.content
    asked = [_asked(one) for one in content.get("asked", [])]
    searched = content.get("searched", {})
    figures = words.counts(*(int(searched.get(key, 0)) for key in ("cases", "enquiries", "parties", "names")))
    return [
        (_("Names asked"), listed(asked)),
        (_("What was searched"), listed(figures)),
        (_("Also tried as"), listed(content.get("variants", [])[:20])),
        (_("State of the data"), str(searched.get("fingerprint", ""))),
        (_("Rules"), version_words(str(content.get("rule_version", "")))),
        (_("Number of the record"), row.uid),
    ]


def _asked(one: dict[str, Any]) -> str:
    role = words.role_words(Role(one["role"]))
    return _("{name} ({role})").format(name=one["name"][:80], role=role)


def _decision_line(one: dict[str, Any]) -> QWidget:
    said = _("{decision}: {reason}").format(decision=decision_words(one["decision"]), reason=one["why"])
    if one["asked"]:
        said = _("{name}: {reasons}").format(name=one["asked"], reasons=said)
    icon, tone = ("octagon-x", "red") if one["decision"] == "refused" else ("check", "green")
    return fact_line(icon, tone, partial(str, said))


def _hit_block(hit: dict[str, Any], grade: words.Look) -> QWidget:
    block = QFrame()
    found = _("{asked} → {name}").format(asked=hit["asked"][:60], name=hit["name"])
    title = _("{headline}: {name}").format(headline=grade.words(), name=found)
    reasons = [Reason(one["code"], one["params"]).words() for one in hit.get("reasons", [])]
    told = [_("; ").join(reasons), *(_standing(one) for one in hit.get("standings", [])[:4])]
    rows: list[QWidget] = [Label(text, step="small", tone="text2", wrap=True) for text in told if text]
    if hit.get("decision"):
        said = _("{decision}: {reason}").format(decision=decision_words(hit["decision"]), reason=hit["why"])
        rows.append(icon_line("check", "green", partial(str, said), text="green"))
    under = vbox(*rows, space=0.5, margins=(5, 0, 0, 0))
    vbox(fact_line(grade.icon, grade.tone, partial(str, title)), under, space=0.5, parent=block)
    return block


def _standing(one: dict[str, Any]) -> str:
    closed = date.fromisoformat(one["closed_on"]) if one.get("closed_on") else None
    standing = Standing(Stand(one["stand"]), one["case"], one["open"], closed_on=closed, lead=one["lead"])
    return words.standing_line(standing)
