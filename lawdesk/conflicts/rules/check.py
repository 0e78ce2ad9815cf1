"""One whole check: every name asked, found, judged against the firm's records, with what could not be known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from lawdesk.conflicts.rules.compare import LIKELY_FROM, Level, compare_names
from lawdesk.conflicts.rules.forms import forms_to_try
from lawdesk.conflicts.rules.identifiers import compare_identifiers
from lawdesk.conflicts.rules.reasons import reason
from lawdesk.conflicts.rules.related import judge_related, led_back
from lawdesk.conflicts.rules.relations import Ties, merged, not_walked, related_hits
from lawdesk.conflicts.rules.search import Found, Names, find_hits
from lawdesk.conflicts.rules.severity import Matter, judge, rule_version
from lawdesk.conflicts.rules.values import (
    Asked,
    CheckResult,
    Hit,
    NotSearched,
    Outcome,
    PartyId,
    Role,
    Searched,
    Severity,
    Stand,
    Standing,
)
from lawdesk.kernel.chinese import compact
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

StandingsOf = Callable[[Collection[PartyId]], Mapping[PartyId, Sequence[Standing]]]
Walking = Callable[[Collection[PartyId]], Ties]
NOT_REGISTERED = ("not.relatives", "not.shareholders", "not.offices", "not.relations")
"""What the first version never knows; a caller that does know hands in the shorter list."""
_NOT_WALKED = "not.relations"
_OURS = (Stand.CLIENT, Stand.RETAINER)
_SIDES = (*_OURS, Stand.ADVERSE)


def check(
    asked: Sequence[Asked],
    index: Names,
    standings_of: StandingsOf,
    *,
    at: datetime,
    matter: Matter | None = None,
    searched: Searched | None = None,
    limit: int = 50,
    not_known: Collection[str] = NOT_REGISTERED,
    walk: Walking | None = None,
) -> CheckResult:
    """Return the result of checking all names of one new matter together.

    ``standings_of`` is called once with all parties hit. ``searched`` gives the counts of cases and enquiries;
    what the index knows (parties, names, fingerprint) is filled in. ``walk`` reads the relations around the
    parties hit; without it they are not walked and the result says so. Empty lines are passed over; an empty list
    is a problem, never "no conflict".
    """
    names = tuple(one for one in asked if one.name.strip() or one.identifiers)
    found = [find_hits(one, index, limit) for one in names]
    today = at.astimezone(CHINA).date()
    ties = walk({hit.party for one in found for hit in one.hits}) if walk and found else Ties()
    met = {hit.party for one in found for hit in one.hits} | set(ties.known)
    standings = standings_of(met) if found else {}
    found = [_with_related(one, ties, standings, today, limit) for one in found]
    matter = matter or Matter()
    hits = tuple(_judged(one, found, standings, matter, today) for result in found for one in result.hits)
    counts = searched or Searched()
    counts = replace(counts, parties=index.party_count, names=index.name_count)
    counts = replace(counts, fingerprint=counts.fingerprint or index.fingerprint)
    not_searched = _not_searched(names, found, [code for code in not_known if not (walk and code == _NOT_WALKED)])
    return CheckResult(
        asked=names,
        hits=hits,
        searched=counts,
        variants=tuple(dict.fromkeys(text for one in found for text in one.variants)),
        not_searched=(*not_searched, *not_walked(ties)),
        rule_version=rule_version(),
        at=at,
        problems=_problems(names),
        more=sum(one.more for one in found),
    )


def _with_related(
    found: Found, ties: Ties, standings: Mapping[PartyId, Sequence[Standing]], today: date, limit: int
) -> Found:
    """Return what was found for one name with what hangs on it through relations; members of the firm once."""
    if not ties.known and not ties.same:
        return found
    direct = [replace(hit, party=ties.same.get(hit.party, hit.party)) for hit in found.hits]
    standing = {party for party, places in standings.items() if places}
    related, more = related_hits(direct, ties, today, standing=standing, limit=limit)
    return replace(found, hits=tuple(merged(direct, related)), more=found.more + more)


def _judged(
    hit: Hit,
    found: Sequence[Found],
    standings: Mapping[PartyId, Sequence[Standing]],
    matter: Matter,
    today: date,
) -> Hit:
    if hit.reached_from is not None and hit.asked.role is Role.THIRD and hit.party in _clients(found):
        return led_back(hit, standings.get(hit.party, ()))
    opposite = _facing_cases(hit, found, standings)
    judging = judge if hit.reached_from is None else judge_related
    return judging(hit, standings.get(hit.party, ()), matter, today, opposite)


def _clients(found: Sequence[Found]) -> set[PartyId]:
    """Return the parties on file that certainly are a client of the new matter."""
    direct = (hit for one in found for hit in one.hits if hit.reached_from is None)
    return {hit.party for hit in direct if hit.asked.role is Role.CLIENT and hit.level is Level.CERTAIN}


def _facing_cases(hit: Hit, found: Sequence[Found], standings: Mapping[PartyId, Sequence[Standing]]) -> set[str]:
    """Return the cases in which this party and one asked in the other role stood opposite, sides changed."""
    other_role = {Role.CLIENT: Role.ADVERSE, Role.ADVERSE: Role.CLIENT}.get(hit.asked.role)
    if other_role is None:
        return set()
    mine = {one.case: one.stand in _OURS for one in standings.get(hit.party, ()) if one.stand in _SIDES}
    facing: set[str] = set()
    for other in (one for result in found for one in result.hits):
        if (
            other.asked.role != other_role
            or other.score < LIKELY_FROM
            or other.party == hit.party
            or other.reached_from
        ):
            continue
        for theirs in standings.get(other.party, ()):
            changed = (
                hit.asked.role == Role.ADVERSE and theirs.stand == Stand.ADVERSE and mine.get(theirs.case) is True
            )
            changed |= hit.asked.role == Role.CLIENT and theirs.stand in _OURS and mine.get(theirs.case) is False
            if changed and theirs.case:
                facing.add(theirs.case)
    return facing


def _not_searched(
    names: Sequence[Asked], found: Sequence[Found], not_known: Collection[str]
) -> tuple[NotSearched, ...]:
    reasons = [entry for one in found for entry in one.not_searched]
    roles = {one.role for one in names}
    if names and Role.ADVERSE not in roles:
        reasons.append(NotSearched(reason("not.adverse")))
    if names and Role.CLIENT not in roles:
        reasons.append(NotSearched(reason("not.client")))
    if names and not any(one.identifiers for one in names):
        reasons.append(NotSearched(reason("not.numbers")))
    return (*reasons, *(NotSearched(reason(code)) for code in not_known))


def _problems(names: Sequence[Asked]) -> tuple[Problem, ...]:
    """Return what is wrong with the question itself: nothing asked, or one party on both sides."""
    if not names:
        return (Problem("check.empty", N_("No name was given, so nothing was searched."), "names"),)
    problems = []
    clients = [one for one in names if one.role == Role.CLIENT]
    others = [one for one in names if one.role == Role.ADVERSE]
    for client in clients:
        for other in others:
            if _same(client, other):
                message = N_("{name} is named on both sides.")
                problems.append(Problem("check.both_sides", message, "names", params={"name": client.name}))
    return tuple(problems)


def _same(one: Asked, other: Asked) -> bool:
    numbers = compare_identifiers(one.identifiers, other.identifiers)
    if numbers != "unknown":
        return numbers == "same"
    if not compact(one.name):
        return False
    mine, theirs = forms_to_try(one.name, one.kind), forms_to_try(other.name, other.kind)
    texts = {(form.kind, form.canon) for form in mine if form.canon}
    return any((form.kind, form.canon) in texts and compare_names(form, form).level for form in theirs)


def outcome(result: CheckResult) -> Outcome:
    """Return what the case may do now.

    Blocked: nothing was asked, one party stands on both sides, or a hit is absolute. A decision is needed for
    every hit that is likely or certain and more than a note, and for a name that was asked but not searched.
    Merely possible hits are shown and stop nobody.
    """
    if any(problem.severity == "error" for problem in result.problems):
        return Outcome.BLOCKED
    if any(hit.severity == Severity.ABSOLUTE for hit in result.hits):
        return Outcome.BLOCKED
    if any(entry.name for entry in result.not_searched):
        return Outcome.NEEDS_DECISION
    graver = (hit for hit in result.hits if hit.severity is None or hit.severity.rank > Severity.NOTE.rank)
    return Outcome.NEEDS_DECISION if any(hit.sure for hit in graver) else Outcome.CLEAR
