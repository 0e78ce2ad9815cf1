"""From a paper that came in to the docket: which events it is, what they start, what the paper itself says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from lawdesk.cases import CaseDetail
from lawdesk.cases.rules.court_numbers import normalize_number
from lawdesk.cli.papers import Paper
from lawdesk.cli.session import note
from lawdesk.deadlines import (
    FOLLOWS,
    ChosenDeadline,
    Computation,
    EventDraft,
    ManualDeadline,
    Proposal,
    Unit,
    Whose,
    compute,
    find_trigger,
    next_events,
)
from lawdesk.firm import Actor
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import Office

SAID: dict[str, tuple[str, ...]] = {
    "appeal": (
        *("civil-appeal-judgment", "civil-appeal-ruling", "crim-appeal-judgment", "crim-appeal-ruling"),
        *("admin-appeal-judgment", "admin-appeal-ruling"),
    ),
    "sue": ("labour-sue", "admin-sue-after-recon"),
    "evidence": tuple(f"civil-evidence-{way}" for way in ("ordinary", "simple", "small", "second")),
    "answer": ("civil-answer", "civil-answer-small", "labour-arb-answer", "civil-appeal-answer"),
    "pay": ("civil-appeal-fee", "civil-fee-prepay", "civil-convert-fee"),
    "served": ("public-notice-30",),
    "renew": ("pres-renew-apply",),
}
"""Which periods the words of a paper are about: ``appeal_within_days``, ``evidence_until`` and so on."""


@dataclass(frozen=True)
class Foreseen:
    """One event of the paper, what it starts, what is taken of it, and dates entered beside it."""

    draft: EventDraft
    proposals: tuple[Proposal, ...]
    chosen: tuple[ChosenDeadline, ...]
    entries: tuple[ManualDeadline, ...] = ()
    parent: Foreseen | None = None
    """The event at the end of whose period this one happens; it moves with it."""

    def counted(self, proposal: Proposal) -> Computation:
        """Return the count of a proposal with the length the paper prints."""
        choice = next((one for one in self.chosen if one.rule == proposal.rule.id), None)
        if choice is None or choice.length_override is None:
            return proposal.computation
        return compute(
            choice.rule,
            self.draft.happened_on,
            in_custody=self.draft.in_custody,
            foreign=self.draft.foreign,
            length_override=choice.length_override,
        )


def case_of_paper(office: Office, actor: Actor, paper: Paper, number: str) -> CaseDetail:
    """Return the case meant: by ``number``, else by what the paper says.

    Raises UserError when none or two are meant.
    """
    find = office.cases.queries.find_case
    if number:
        found = {find(actor, number)}
    else:
        found = {find(actor, words) for words in (paper.case_number, paper.case) if words} - {None}
    if len(found) > 1:
        raise UserError(
            "paper.two_cases",
            N_("The paper names two different cases: {number} and {case}."),
            hint=N_("Say with --case which one is meant."),
            number=paper.case_number,
            case=paper.case,
        )
    case_id = next(iter(found), None)
    if case_id is None:
        raise UserError(
            "case.not_found",
            N_("No case, or more than one, fits {words}."),
            hint=N_("Give the firm's number as it stands in: lawdesk case list"),
            words=number or paper.case_number or paper.case or "-",
        )
    return office.cases.queries.case(actor, case_id)


def foresee(office: Office, actor: Actor, paper: Paper, case: CaseDetail) -> list[Foreseen]:
    """Return what recording the paper would enter. Nothing is saved.

    Raises Refused when the words mean no event the law knows, or the event is in the docket already.
    """
    drafts = list(_events(paper, case))
    found: list[Foreseen] = []
    for place, draft in enumerate(drafts):
        entries = tuple(_entries(paper, draft)) if place == 0 else ()
        found += _with_what_follows(office, actor, paper, draft, entries)
    known = {
        (event.trigger, event.happened_on)
        for event in office.deadlines.queries.events(actor, case.id)
        if event.trigger and not event.withdrawn
    }
    for one in found:
        if (one.draft.trigger, one.draft.happened_on) in known:
            message = N_("{title} on {day} is in the docket of this case already.")
            params = {"title": one.draft.title, "day": one.draft.happened_on.isoformat()}
            raise Refused([Problem("paper.known", message, "happened_on", params=params)])
    return found


def record(office: Office, actor: Actor, found: list[Foreseen]) -> list[int]:
    """Enter all of it; return the events' ids."""
    ids: list[int] = []
    for one in found:
        above = next((ids[place] for place in range(len(ids)) if found[place] is one.parent), None)
        draft = replace(one.draft, parent_id=above)
        ids.append(office.deadlines.record_event(actor, draft, one.chosen, entries=one.entries))
    return ids


def event_json(one: Foreseen, event_id: int | None) -> dict[str, Any]:
    """Return one event with everything it starts as plain data; ``event_id`` is None while nothing is saved."""
    chosen = {choice.rule: choice for choice in one.chosen}
    return {
        "id": event_id,
        "trigger": one.draft.trigger,
        "title": one.draft.title,
        "happened_on": one.draft.happened_on.isoformat(),
        "deadlines": [_deadline_json(one, proposal, chosen.get(proposal.rule.id)) for proposal in one.proposals],
        "entries": [
            {"kind": entry.kind, "title": entry.title, "due": entry.due.isoformat(), "time": entry.due_time}
            for entry in one.entries
        ],
    }


def _deadline_json(one: Foreseen, proposal: Proposal, choice: ChosenDeadline | None) -> dict[str, Any]:
    counted = one.counted(proposal)
    printed = choice.printed_due if choice else None
    return {
        "rule": proposal.rule.id,
        "version": counted.version,
        "title": str(proposal.rule.title),
        "due": (printed or counted.due).isoformat(),
        "computed": counted.due.isoformat(),
        "printed": printed.isoformat() if printed else None,
        "early_warning": counted.early_warning.isoformat(),
        "provisional": counted.provisional,
        "whose": proposal.whose.value,
        "statute": proposal.rule.statute_zh,
        "article": counted.article,
        "recorded": choice is not None,
    }


def _events(paper: Paper, case: CaseDetail) -> Iterator[EventDraft]:
    """Yield the events one paper is: mostly one, but a judgment that became final also sets a day to pay by."""
    triggers = [trigger.id for trigger in find_trigger(paper.what)]
    if not triggers:
        message = N_("No event the law knows is meant by “{what}”.")
        raise Refused([Problem("paper.no_trigger", message, "what", params={"what": paper.what})])
    title = f"{paper.what}（{paper.measure}）" if paper.measure and paper.measure not in paper.what else paper.what
    main = EventDraft(
        case.id,
        paper.happened_on,
        title,
        triggers[0],
        _proceeding(paper, case),
        in_custody=paper.in_custody,
        foreign=paper.foreign,
        note=paper.note,
    )
    last_payment = paper.performance_on or (paper.instalments[-1].due_on if paper.instalments else None)
    days = {
        "hearing-date": paper.hearing_on,
        "preservation-measure-taken": paper.measure_from,
        "public-notice-published": paper.published_on,
    }
    if triggers[0] == "hearing-date" and paper.hearing_on is None:
        raise Refused([Problem("paper.no_hearing", N_("The day of the hearing is missing."), "hearing.date")])
    if triggers[0] == "performance-period-last-day":
        if "生效" in paper.what:
            yield replace(main, trigger="judgment-effective")
    else:
        yield replace(main, happened_on=days.get(triggers[0]) or paper.happened_on)
    if last_payment is not None or triggers[0] == "performance-period-last-day":
        on = last_payment or paper.happened_on
        yield replace(main, title=_("Last day to perform"), trigger="performance-period-last-day", happened_on=on)
    for measure, since in paper.custody:
        for trigger in find_trigger(measure)[:1]:
            yield replace(main, title=measure, trigger=trigger.id, happened_on=since, note="")


def _proceeding(paper: Paper, case: CaseDetail) -> int | None:
    number = normalize_number(paper.case_number)
    for row in case.proceedings:
        if number and row.court_number == number:
            return row.id
    if number and any(row.court_number for row in case.proceedings):
        note(_("No proceeding of this case has the number {number}.").format(number=paper.case_number))
        return None
    return case.proceedings[-1].id if case.proceedings else None


def _entries(paper: Paper, draft: EventDraft) -> Iterator[ManualDeadline]:
    if paper.hearing_on is not None:
        yield ManualDeadline(
            draft.case_id,
            _("Hearing"),
            paper.hearing_on,
            "hearing",
            paper.hearing_at,
            draft.proceeding_id,
            note=" ".join(part for part in (paper.court, paper.hearing_place) if part),
        )
    for number, one in enumerate(paper.instalments, start=1):
        words = _("Payment {number} of {count}: {yuan} yuan") if one.yuan else _("Payment {number} of {count}")
        title = words.format(number=number, count=len(paper.instalments), yuan=one.yuan)
        yield ManualDeadline(draft.case_id, title, one.due_on, "task", "", draft.proceeding_id)


def _with_what_follows(
    office: Office, actor: Actor, paper: Paper, draft: EventDraft, entries: tuple[ManualDeadline, ...]
) -> Iterator[Foreseen]:
    """Yield the event, and those at the end of what it starts that belong to the same paper."""
    proposals = tuple(office.deadlines.propose(actor, draft))
    one = Foreseen(draft, proposals, tuple(_choose(paper, proposals)), entries)
    yield one
    taken = {choice.rule for choice in one.chosen}
    for proposal in proposals:
        if proposal.rule.id not in taken:
            continue
        for event in next_events(one.counted(proposal)):
            words = FOLLOWS.get(event.trigger.id, ())
            if not any(word in paper.what for word in words):
                continue
            title = str(event.trigger.title)
            follows = replace(
                draft,
                happened_on=event.on,
                title=title,
                trigger=event.trigger.id,
                note="",
                parent_rule=proposal.rule.id,
            )
            later = list(_with_what_follows(office, actor, paper, follows, ()))
            if later[0].chosen:
                yield replace(later[0], parent=one)
                yield from later[1:]


def _choose(paper: Paper, proposals: tuple[Proposal, ...]) -> Iterator[ChosenDeadline]:
    """Yield what is ticked, and what the paper itself speaks of; its lengths and days win over the law's."""
    said: dict[str, tuple[int | None, date | None]] = {}
    names = dict.fromkeys([*paper.within, *paper.until])
    for name in names:
        rules = SAID.get(name.split("_")[0], ())
        about = [found for found in proposals if found.rule.id in rules or found.rule.family in rules]
        about = [found for found in about if found.whose in (Whose.OURS, Whose.OPEN)]
        about = [found for found in about if found.ticked] or about
        if about:
            rule = about[0].rule
            days = paper.within.get(name) if rule.unit is Unit.DAY else None
            length, day = said.get(rule.id, (None, None))
            said[rule.id] = (days or length, paper.until.get(name) or day)
    for proposal in proposals:
        length, day = said.get(proposal.rule.id, (None, None))
        if paper.measure_years and proposal.rule.id.startswith("pres-term-"):
            length = paper.measure_years
        if proposal.ticked or proposal.rule.id in said:
            same = length == proposal.rule.length
            yield ChosenDeadline(proposal.rule.id, day, None if same else length)
