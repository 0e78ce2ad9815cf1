"""The quick entry: what one line would book, and booking it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lawdesk.cases import CaseFilter, CaseStatus
from lawdesk.firm import Actor, read_setting, require
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_
from lawdesk.timesheet.queries import CaseChoice
from lawdesk.timesheet.rules import EntryDraft, QuickReading, Source, parse_quick_entry, round_up
from lawdesk.timesheet.service.entries import NOT_BOOKED, EntryService


@dataclass(frozen=True)
class QuickPreview:
    """What a quick entry would book: its reading, its case, the minutes as the office rounds them."""

    reading: QuickReading
    case: CaseChoice | None
    booked_minutes: int | None
    problems: tuple[Problem, ...]
    missing_case: bool = False

    @property
    def sound(self) -> bool:
        """Whether Enter would book it."""
        return not self.problems and not self.missing_case


class QuickService(EntryService):
    """One line such as ``1h20m 起草上诉状 @墨禾``."""

    def read_quick(self, text: str) -> QuickReading:
        """Return what a quick entry says today, without saving anything."""
        clock = self._database.clock
        return parse_quick_entry(text, clock.today(), clock.now())

    def resolve_case(self, actor: Actor, words: str) -> CaseChoice:
        """Return the one case that ``words`` after ``@`` mean: number, title, party, pinyin or initials.

        Raises Refused when no case fits, or several do (it names them); a single open one goes before closed ones.
        """
        found = self._cases.find_case(actor, words)
        if found is not None:
            return self._choice(actor, found)
        rows = self._cases.list_cases(actor, CaseFilter(CaseStatus.OPEN, words=words), limit=6)
        rows = rows or self._cases.list_cases(actor, CaseFilter(words=words), limit=6)
        ids = [row.id for row in rows]
        ids = ids or [hit.subject_id for hit in self._cases.find(actor, words, "case", limit=6)]
        choices = [self._choice(actor, case_id) for case_id in ids]
        if len(choices) == 1:
            return choices[0]
        if not choices:
            message = N_("No case fits @{words}. Write a word of its name, a party or its number.")
            raise Refused([Problem("time.case_unknown", message, "case", params={"words": words})], NOT_BOOKED)
        message = N_("Several cases fit @{words}: {cases}. Write more of the name, or the case number.")
        named = "、".join(f"{choice.title}（{choice.number.strip('（）')}）" for choice in choices[:5])
        raise Refused(
            [Problem("time.case_several", message, "case", params={"words": words, "cases": named})], NOT_BOOKED
        )

    def _choice(self, actor: Actor, case_id: int) -> CaseChoice:
        detail = self._cases.case(actor, case_id)
        return CaseChoice(detail.id, detail.number, detail.title, detail.cause, detail.fee_mode.value)

    def preview_quick(self, actor: Actor, text: str, *, case_id: int | None = None) -> QuickPreview:
        """Return what :meth:`quick_entry` would book for ``text``, and what is unclear; saves nothing."""
        reading = self.read_quick(text)
        problems = list(reading.problems)
        choice = None
        try:
            if reading.case_words and not reading.office:
                choice = self.resolve_case(actor, reading.case_words)
            elif case_id is not None and not reading.office:
                choice = self._choice(actor, case_id)
        except Refused as refused:
            problems += refused.problems
        with self._database.read(actor) as session:
            rounding = int(read_setting(session, "rounding_minutes"))
        booked = round_up(reading.minutes, rounding) if reading.minutes else None
        missing = choice is None and not reading.office and not problems
        return QuickPreview(reading, choice, booked, tuple(problems), missing_case=missing)

    def quick_entry(self, actor: Actor, text: str, *, case_id: int | None = None, on: date | None = None) -> int:
        """Book one line such as ``1h20m 起草上诉状 @墨禾``; return the entry's id.

        ``case_id`` is the case when the line names none, ``on`` the day when it names none. Raises Refused with
        what is unclear, also when the line names another day than ``on``.
        """
        require(actor, "time.write")
        reading = self.read_quick(text)
        problems = list(reading.problems)
        if on is not None and reading.day not in (None, on):
            message = N_("The line names another day than the one it is entered on. Keep one of them.")
            problems.append(Problem("time.two_days", message, "day"))
        chosen = case_id
        if reading.case_words and not reading.office:
            try:
                chosen = self.resolve_case(actor, reading.case_words).case_id
            except Refused as refused:
                problems += refused.problems
        elif reading.office:
            chosen = None
        elif case_id is None and not problems:
            message = N_("Which case was it for? Write @ and a word of the case, or @所内 for office time.")
            problems.append(Problem("time.no_case", message, "case"))
        if problems:
            raise Refused(problems, NOT_BOOKED)
        day = reading.day or on or self._database.clock.today()
        started = datetime.combine(day, reading.started, CHINA) if reading.started else None
        ended = datetime.combine(day, reading.ended, CHINA) if reading.ended else None
        if started and ended and ended < started:
            ended += timedelta(days=1)
        draft = EntryDraft(
            chosen,
            day,
            reading.minutes or 0,
            reading.narrative,
            source=Source.QUICK,
            started_at=started,
            ended_at=ended,
        )
        return self.add_entry(actor, draft)
