"""Changing the law of the office: its own rules, imported calendars, holidays and shut doors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import or_
from sqlmodel import col, select

from lawdesk.deadlines.model import ClosedDays, Deadline, FirmPeriod, ImportedYear
from lawdesk.deadlines.queries import ClosedRow
from lawdesk.deadlines.rules import FirmRule, Rule, lay_over, load_rulebook
from lawdesk.deadlines.service.drafts import RecountReport
from lawdesk.deadlines.service.law import (
    CalendarFile,
    OfficeLaw,
    check_closed,
    office_calendar,
    read_calendar_file,
    rule_content,
    stored_rules,
    year_content,
)
from lawdesk.deadlines.service.mass import Progress, Stop, recount_all
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_, _
from lawdesk.storage.database import Database, Work


class LawService:
    """Keeps what the office counts by; every change counts the open deadlines it touches again."""

    def __init__(self, database: Database, law: OfficeLaw) -> None:
        self._database = database
        self.law = law

    # -- rules ------------------------------------------------------------------------------------------------

    def save_rule(self, actor: Actor, rule: FirmRule) -> RecountReport:
        """Keep a rule of the firm's own, or its correction of one of ours, and count again what hangs on it.

        Raises Refused with every problem of the rule, and without a note that says why.
        """
        require(actor, "law.change")
        if not rule.note.strip():
            raise Refused([Problem("law.note", N_("Say where this rule comes from and who checked it."), "note")])
        sound = self.law.check_rule(rule)
        with self._database.write(actor, "law.rule") as work:
            row = work.session.exec(select(FirmPeriod).where(col(FirmPeriod.rule_id) == rule.rule_id)).first()
            if row is None:
                row = work.add(FirmPeriod(rule_id=rule.rule_id, content="{}"))
            row.content, row.note = rule_content(rule), rule.note.strip()
            work.audit("law_rule", row, rule=rule.rule_id, origin=sound.origin)
            report = self._recount_rule(work, sound)
        self.law.refresh()
        return report

    def remove_rule(self, actor: Actor, rule_id: str) -> RecountReport:
        """Take a correction back: ours holds again. A rule of the firm's own goes only while nothing open uses it.

        Raises UserError for a rule the firm does not have, Refused while it is used.
        """
        require(actor, "law.change")
        with self._database.write(actor, "law.rule_removed") as work:
            row = work.session.exec(select(FirmPeriod).where(col(FirmPeriod.rule_id) == rule_id)).first()
            if row is None:
                raise UserError("law.unknown", N_("The firm has no rule of its own called {name}."), name=rule_id)
            shipped = load_rulebook().rules.get(rule_id)
            if shipped is None:
                used = select(col(Deadline.id)).where(
                    col(Deadline.rule) == rule_id, col(Deadline.status) == "open"
                )
                if work.session.exec(used.limit(1)).first() is not None:
                    message = N_("Open deadlines were counted by this rule: settle them first.")
                    raise Refused([Problem("law.used", message, "rule")])
            work.session.delete(row)
            work.audit("law_rule", row, rule=rule_id)
            report = self._recount_rule(work, shipped) if shipped is not None else RecountReport(0, (), 0)
        self.law.refresh()
        return report

    def _recount_rule(self, work: Work, rule: Rule) -> RecountReport:
        snapshot = Snapshot(work, self.law)
        family = [one.id for one in snapshot.book.families.get(rule.family, ())] if rule.family else []
        names = {rule.id, rule.family or rule.id, *family}
        touched = or_(col(Deadline.rule).in_(names), col(Deadline.rule_version).in_(names))
        reason = _("Rule changed by the firm: {rule}").format(rule=rule.title_zh)
        report = recount_all(work, snapshot, touched, reason=reason)
        work.announce(Changed("law_rule", "changed"))
        work.announce(Changed("deadline", "recounted"))
        return report

    # -- calendar ---------------------------------------------------------------------------------------------

    def read_calendar(self, actor: Actor, path: Path) -> CalendarFile:
        """Read a calendar file and check it; nothing is changed. Raises UserError or Refused with the reasons."""
        require(actor, "law.change")
        return read_calendar_file(path, self._database.clock.today())

    def import_calendar(
        self,
        actor: Actor,
        file: CalendarFile,
        *,
        progress: Progress | None = None,
        stopped: Stop | None = None,
    ) -> RecountReport:
        """Take in the arrangement of one or more years and count again every date that could move by it.

        Raises Cancelled when stopped; then nothing was changed.
        """
        require(actor, "law.change")
        with self._database.write(actor, "calendar.import") as work:
            known = {row.year: row for row in work.session.exec(select(ImportedYear)).all()}
            for table in file.tables:
                row = known.get(int(table["year"]))
                if row is None:
                    row = ImportedYear(year=int(table["year"]), content="", file_name="", file_hash="")
                    work.session.add(row)
                row.content, row.file_name, row.file_hash = year_content(table), file.name, file.digest
            work.session.flush()
            first = min(file.years)
            touched = or_(col(Deadline.provisional).is_(True), col(Deadline.computed_due) >= date(first, 1, 1))
            reason = _("Holidays of {years} announced").format(years="、".join(map(str, file.years)))
            report = recount_all(
                work, Snapshot(work, self.law), touched, reason=reason, progress=progress, stopped=stopped
            )
            work.audit("calendar", years=file.years, file=file.name, hash=file.digest, moved=len(report.moved))
            work.announce(Changed("calendar", "imported"))
            work.announce(Changed("deadline", "recounted"))
        self.law.refresh()
        return report

    def imported_years(self, actor: Actor) -> dict[int, str]:
        """Return the years taken in, with the file each is from."""
        require(actor, "firm.read")
        with self._database.read(actor) as session:
            rows = session.exec(select(ImportedYear).order_by(col(ImportedYear.year))).all()
            return {row.year: row.file_name for row in rows}

    # -- the firm's own days ----------------------------------------------------------------------------------

    def closed_days(self, actor: Actor) -> list[ClosedRow]:
        """Return the days the firm entered, the latest first."""
        require(actor, "firm.read")
        with self._database.read(actor) as session:
            rows = session.exec(select(ClosedDays).order_by(col(ClosedDays.first).desc())).all()
            return [ClosedRow(row.first, row.last, row.name, row.kind, row.court, row.id) for row in rows]

    def add_closed_days(self, actor: Actor, days: ClosedRow) -> RecountReport:
        """Enter a holiday of the region (periods move over it) or a shut door (they do not; it is warned of).

        Raises Refused for days out of order or without a name.
        """
        require(actor, "law.change")
        if problems := check_closed(days):
            raise Refused(problems)
        with self._database.write(actor, "calendar.closed") as work:
            court = "" if days.kind == "holiday" else days.court.strip()
            row = work.add(
                ClosedDays(kind=days.kind, first=days.first, last=days.last, name=days.name.strip(), court=court)
            )
            work.audit("calendar", row, kind=days.kind, first=days.first, last=days.last)
            report = self._recount_from(work, days)
        self.law.refresh()
        return report

    def remove_closed_days(self, actor: Actor, closed_id: int) -> RecountReport:
        """Take days back that were entered by mistake."""
        require(actor, "law.change")
        with self._database.write(actor, "calendar.closed_removed") as work:
            row = work.session.get(ClosedDays, closed_id)
            if row is None:
                raise UserError("closed.unknown", N_("There are no such days."))
            days = ClosedRow(row.first, row.last, row.name, row.kind, row.court)
            work.session.delete(row)
            work.audit("calendar", row, kind=row.kind, first=row.first, last=row.last)
            report = self._recount_from(work, days)
        self.law.refresh()
        return report

    def _recount_from(self, work: Work, days: ClosedRow) -> RecountReport:
        reason = _("Closed days changed: {name}").format(name=days.name)
        touched = col(Deadline.computed_due) >= days.first
        report = recount_all(work, Snapshot(work, self.law), touched, reason=reason)
        work.announce(Changed("calendar", "changed"))
        work.announce(Changed("deadline", "recounted"))
        return report


class Snapshot:
    """The law as it will be once the running transaction is on disk."""

    def __init__(self, work: Work, law: OfficeLaw) -> None:
        work.session.flush()
        self.calendar = office_calendar(work.session, law.given)
        rules = stored_rules(work.session)
        self.book = lay_over(rules) if rules else load_rulebook()
