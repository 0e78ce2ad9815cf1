"""Doubled interest for delay: 民事诉讼法 第264条 with 法释〔2014〕8号 第1-5条.

Doubled part = principal not yet paid × 0.0175 % a day × days of delay. Days run from the end of the period to
perform to the day of payment; days on which enforcement rested without the debtor asking do not count. What is
paid first takes the debt itself, then the doubled part. The ordinary interest of the judgment is another matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lawdesk.deadlines.rules.data import SpokenDay
from lawdesk.deadlines.rules.fees import MOST_FEN, FeeStep
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules


@dataclass(frozen=True, slots=True)
class Payment:
    """Money paid on a day: counts as paid from that day on."""

    on: date
    fen: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which enforcement rested and that do not count, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DelayInterest:
    """The doubled part: ``interest_fen`` still owed, ``principal_fen`` still owed, the days and the steps."""

    interest_fen: int
    principal_fen: int
    days: int
    steps: tuple[FeeStep, ...]
    statute: str
    source: str

    def as_json(self) -> dict[str, Any]:
        """Return what the command line prints; amounts in fen."""
        return {
            "interest_fen": self.interest_fen,
            "principal_fen": self.principal_fen,
            "days": self.days,
            "statute": self.statute,
            "source": self.source,
            "steps": [{"text": step.words(), "fen": step.fen} for step in self.steps],
        }


def delay_interest(
    principal_fen: int,
    since: date,
    until: date,
    *,
    payments: Sequence[Payment] = (),
    pauses: Sequence[Pause] = (),
) -> DelayInterest:
    """Return the doubled part on ``principal_fen`` from the end of the period to perform to ``until``.

    ``since`` is the last day of that period (the day a judgment without one took effect); the day after is the
    first day of delay, ``until`` the last. Raises Refused for impossible amounts, days out of order, overlapping
    pauses and for delay before 1 August 2014, when another rate held.
    """
    table = load_rules("fees")["interest"][0]
    problems = list(_problems(principal_fen, since, until, payments, pauses))
    if problems:
        raise Refused(problems, N_("This cannot be calculated."))
    rate = Decimal(str(table["daily_rate"]))
    owed, interest, counted = principal_fen, Decimal(), 0
    steps: list[FeeStep] = []
    begin = since
    ordered = sorted(payments, key=lambda found: found.on)
    for payment in (*ordered, Payment(until, 0)):
        days = _days(begin, payment.on, pauses)
        if days and owed:
            part = owed * rate * days
            interest += part
            counted += days
            first, fen = begin + timedelta(days=1), _round(part)
            params: dict[str, Any] = {"first": SpokenDay(first), "last": SpokenDay(payment.on), "days": days}
            params |= {"owed_fen": owed, "sum_fen": fen}
            words = N_("{first} to {last}: {owed_fen} × 0.0175% × {days} days = {sum_fen}")
            steps.append(FeeStep(words, params, fen))
        if payment.fen:
            to_principal = min(owed, payment.fen)
            owed -= to_principal
            interest -= payment.fen - to_principal
            words = N_("{day}: {paid_fen} paid, first on the debt itself; {owed_fen} of it are left")
            steps.append(FeeStep(words, {"day": SpokenDay(payment.on), "paid_fen": payment.fen, "owed_fen": owed}))
        begin = payment.on
    rested = sum(_overlap(since, until, pause) for pause in pauses)
    if rested:
        steps.append(FeeStep(N_("{days} days of rest are left out"), {"days": rested}))
    total = max(0, _round(interest))
    steps.append(FeeStep(N_("Doubled part: {sum_fen}"), {"sum_fen": total}, total))
    return DelayInterest(total, owed, counted, tuple(steps), str(table["statute"]), str(table["verified"]))


def _problems(
    principal: int, since: date, until: date, payments: Sequence[Payment], pauses: Sequence[Pause]
) -> Iterator[Problem]:
    start = load_rules("fees")["interest"][0]["in_force_from"]
    if not 0 < principal <= MOST_FEN:
        yield Problem("delay.principal", N_("Enter the debt, more than nothing."), "principal")
    if until < since:
        yield Problem("delay.days", N_("The last day lies before the first."), "until")
    if since < start:
        message = N_("Before {day} delay was doubled in another way; count that part by hand.")
        yield Problem("delay.old", message, "since", params={"day": SpokenDay(start)})
    for payment in payments:
        if payment.fen <= 0 or not since <= payment.on <= until:
            yield Problem("delay.payment", N_("A payment is more than nothing and lies in the time."), "payments")
    ordered = sorted(pauses, key=lambda found: found.first)
    for place, pause in enumerate(ordered):
        if pause.last < pause.first or (place and pause.first <= ordered[place - 1].last):
            yield Problem("delay.pause", N_("Times of rest are out of order or overlap."), "pauses")


def _days(since: date, until: date, pauses: Sequence[Pause]) -> int:
    """Return the days after ``since`` up to ``until`` that count."""
    return (until - since).days - sum(_overlap(since, until, pause) for pause in pauses)


def _overlap(since: date, until: date, pause: Pause) -> int:
    first, last = max(since + timedelta(days=1), pause.first), min(until, pause.last)
    return max(0, (last - first).days + 1)


def _round(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
