"""Breaches: recorded step by step, who is affected, the notices drafted, who was told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from PySide6.QtWidgets import QWidget

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import short_date
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, listed, ngettext
from lawdesk.privacy.page.part import Part, PrivacyDesk
from lawdesk.privacy.page.reasons import ask_reason
from lawdesk.privacy.queries import AffectedRow, BreachRow
from lawdesk.privacy.rules import BreachDraft, Scope
from lawdesk.privacy.rules.breaches import DATA_KINDS, HAPPENED, missing_for_notice
from lawdesk.privacy.service import as_scope
from lawdesk.ui import (
    STRETCH,
    Button,
    CheckBox,
    DateEdit,
    FlowLayout,
    Form,
    Label,
    LineEdit,
    Row,
    RowAction,
    Sheet,
    Status,
    TextArea,
    Token,
    TokenEdit,
    hbox,
)

NAMED = 12


class BreachesPart(Part):
    """The recorded breaches."""

    def __init__(self, desk: PrivacyDesk) -> None:
        super().__init__(desk)
        self.list, self.model = self.listing(
            self._row,
            lambda: _("Breaches"),
            "shield-check",
            lambda: _("No breach is recorded"),
            reads=desk.service.queries.breaches,
        )
        self.list.opened.connect(self.open)
        self.list.acted.connect(self._act)
        self.add = Button(lambda: _("Record a breach"), self.record, kind="filled", icon="plus")
        about = Label(
            lambda: _(
                "When personal data leaked, were changed or lost: limit the harm at once, record it here, and "
                "tell the authority and the persons (Personal Information Protection Law, art. 57)."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        self.put(about, hbox(self.add, STRETCH), self.list)

    def record(self) -> None:
        """Open the guided form."""
        self.desk.open_sheet(BreachSheet(self.desk, None, self._noted), _("New record of a breach"))

    def open(self, row: BreachRow) -> None:
        """Open one record."""
        self.desk.open_sheet(BreachSheet(self.desk, row, self._noted), row.number)

    def draft(self, row: BreachRow, paper: str) -> None:
        """Write a notice or the firm's record as Word or PDF."""
        names = {"authority": _("Report to the authority"), "persons": _("Notices to persons")}
        name = names.get(paper, _("Record of the breach"))
        service, actor = self.desk.service, self.desk.actor()

        def write(path: Path) -> int:
            return service.draft_notice(actor, row.id, paper, path)  # type: ignore[arg-type]  # one of three

        self.write(name, f"{row.number} {name}.docx", write)

    def told(self, row: BreachRow, *, authority: bool = False, persons: bool = False) -> None:
        """Write down that somebody was told, now."""
        service, actor = self.desk.service, self.desk.actor()
        self.run(
            lambda: service.told(actor, row.id, authority=authority, persons=persons),
            lambda _none: self.done(lambda: _("Noted with the moment")),
        )

    def close_record(self, row: BreachRow) -> None:
        """End a record; asks why the persons were not told, if so."""
        service, actor = self.desk.service, self.desk.actor()

        def closed() -> str:
            return _("The record is closed")

        if row.persons_told_at is not None:
            self.run(lambda: service.told(actor, row.id, close=True), lambda _none: self.done(closed))
            return

        def act(reason: str) -> None:
            service.told(actor, row.id, not_told_why=reason, close=True)

        def note() -> str:
            return _("Why is the harm effectively prevented without telling the persons? (art. 57, second part)")

        ask_reason(self, row.number, button=lambda: _("Close the record"), note=note, act=act, done=closed)

    def _noted(self, words: str) -> None:
        self.done(lambda: words)

    def _act(self, row: BreachRow, key: str) -> None:
        if key in ("authority", "persons", "report"):
            self.draft(row, key)
        elif key == "told-authority":
            self.told(row, authority=True)
        elif key == "told-persons":
            self.told(row, persons=True)
        else:
            self.close_record(row)

    def _row(self, row: BreachRow) -> Row:
        waits = [
            words
            for words, at in ((_("authority"), row.authority_told_at), (_("persons"), row.persons_told_at))
            if at is None
        ]
        if row.closed_on is not None:
            status = Status(_("closed"), tone="green", icon="check")
        elif waits:
            words = _("to be told: {who}").format(who=listed(waits))
            status = Status(words, tone="red", icon="circle-alert", chip=True)
        else:
            status = Status(_("all told"), tone="green", icon="check")
        affected = ngettext("{count} person affected", "{count} persons affected", row.affected)
        return Row(
            key=row.id,
            title=row.title,
            icon="shield-alert",
            segments=(row.number, affected.format(count=row.affected)),
            status=status,
            date=short_date(row.found_at.date()),
            actions=_actions(row),
        )


@dataclass(frozen=True)
class _Seen:
    """What the case numbers typed lead to."""

    scope: Scope
    unknown: tuple[str, ...]
    people: Sequence[AffectedRow]


class BreachSheet(Sheet):
    """The guided form of a breach; None: a new one. What is missing for the notices stands at its foot."""

    def __init__(self, desk: PrivacyDesk, row: BreachRow | None, done: Callable[[str], object]) -> None:
        self._desk, self._row, self._told = desk, row, done
        self.title_edit = LineEdit(lambda: _("e.g. laptop lost on the train"))
        self.day = DateEdit(desk.clock.today(), today=desk.clock.today)
        self.hour = LineEdit(lambda: _("e.g. 9:30"))
        self.first, self.last = DateEdit(today=desk.clock.today), DateEdit(today=desk.clock.today)
        self.kinds = _Boxes(HAPPENED)
        self.data = _Boxes(DATA_KINDS)
        self.cases = TokenEdit(lambda: _("Number of a case, then Enter"))
        self.everything = CheckBox(lambda: _("The whole office"))
        self.texts = {name: TextArea(lines=2) for name in ("cause", "harm", "measures", "advice")}
        self.contact, self.authority = LineEdit(), LineEdit(lambda: _("e.g. the city's cyberspace office"))
        self.form = Form()
        self._arrange()
        self.affected = Label("", wrap=True)
        self.missing = Label("", step="small", tone="amber", wrap=True)
        super().__init__(
            self.form,
            self.affected,
            self.missing,
            button=Button(lambda: _("Keep the record"), self.save, kind="filled"),
        )
        self.setFocusProxy(self.title_edit)
        if row is not None:
            self._fill(row)
        self.cases.changed.connect(self._count)
        self.everything.toggled.connect(lambda _on: self._count())
        self._count()

    def save(self) -> None:
        """Keep what is known so far."""
        if self.cases.edit.text().strip():
            self.cases.edit.submitted.emit()
        day, hour = self.day.day(), _hour(self.hour.text())
        if day is None or hour is None:
            message = N_("Say when it was found: a day and an hour.")
            self.refuse(Refused([Problem("breach.found", message, "found_at")]), self.form)
            return
        words = [token.text for token in self.cases.tokens()]
        everything, base, row = self.everything.isChecked(), self._draft(day, hour), self._row
        service, actor = self._desk.service, self._desk.actor()

        def work() -> int:
            seen = _see(self._desk, words, everything)
            if seen.unknown:
                message = N_("No case is found for: {words}.")
                raise Refused([Problem("breach.case", message, "cases", params={"words": listed(seen.unknown)})])
            draft = BreachDraft(**{**vars(base), "scope": seen.scope})
            if row is None:
                return service.add_breach(actor, draft)
            service.change_breach(actor, row.id, draft, seen=row.version)
            return row.id

        def done(_id: int) -> None:
            self._desk.close_sheet()
            self._told(_("Recorded; the notices can be drafted from the list"))

        self._desk.tasks.run(work, done, lambda error: self.refuse(error, self.form), owner=self)

    def _arrange(self) -> None:
        form = self.form
        form.add("title", lambda: _("What happened"), self.title_edit, span=21, required=True)
        form.add("found_at", lambda: _("Found on"), self.day, span=12, required=True)
        form.add("hour", lambda: _("At"), self.hour, span=9, required=True)
        form.add("happened_from", lambda: _("Happened from"), self.first, span=11)
        form.add("happened_until", lambda: _("Happened until"), self.last, span=10)
        form.add("kinds", lambda: _("The data were"), self.kinds, span=21)
        form.add("data", lambda: _("Kinds of data"), self.data, span=21)
        form.add("cases", lambda: _("Cases they belong to"), self.cases, span=21)
        form.add_widget(self.everything)
        titles = {
            "cause": lambda: _("Cause of the event"),
            "harm": lambda: _("Harm that may come of it"),
            "measures": lambda: _("What was done"),
            "advice": lambda: _("What persons can do"),
        }
        for name, words in titles.items():
            form.add(name, words, self.texts[name], span=21)
        form.add("contact", lambda: _("How to reach the firm"), self.contact, span=21)
        form.add("authority", lambda: _("Authority"), self.authority, span=21)

    def _draft(self, day: datetime | object, hour: time) -> BreachDraft:
        found = datetime.combine(day, hour, CHINA)  # type: ignore[arg-type]  # a day: checked by the caller
        texts = {name: area.toPlainText() for name, area in self.texts.items()}
        return BreachDraft(
            self.title_edit.text(),
            found,
            self.kinds.chosen(),
            self.data.chosen(),
            Scope(),
            self.first.day(),
            self.last.day(),
            texts["cause"],
            texts["harm"],
            texts["measures"],
            texts["advice"],
            self.contact.text(),
            self.authority.text(),
        )

    def _fill(self, row: BreachRow) -> None:
        self.title_edit.setText(row.title)
        self.day.set_day(row.found_at.date())
        self.hour.setText(f"{row.found_at:%H:%M}")
        self.first.set_day(row.happened_from)
        self.last.set_day(row.happened_until)
        self.kinds.choose(row.kinds)
        self.data.choose(row.data)
        for name, area in self.texts.items():
            area.setPlainText(str(getattr(row, name)))
        self.contact.setText(row.contact)
        self.authority.setText(row.authority)
        scope = as_scope(row.scope)
        self.everything.setChecked(scope.everything)
        cases, actor = self._desk.cases, self._desk.actor()

        def numbers() -> list[str]:
            return [cases.case(actor, case_id).number for case_id in scope.cases]

        def done(found: list[str]) -> None:
            self.cases.set_tokens([Token(number) for number in found])
            self._count()

        self._desk.tasks.run(numbers, done, owner=self)

    def _count(self) -> None:
        words, everything = [token.text for token in self.cases.tokens()], self.everything.isChecked()
        self._desk.tasks.run(lambda: _see(self._desk, words, everything), self._show, owner=self, slot="people")

    def _show(self, seen: _Seen) -> None:
        names = listed(person.name for person in seen.people[:NAMED])
        more = len(seen.people) - NAMED
        said = ngettext("{count} person is affected", "{count} persons are affected", len(seen.people))
        line = said.format(count=len(seen.people))
        if names:
            names += _(" and {count} more").format(count=more) if more > 0 else ""
            line = _("{said}: {names}").format(said=line, names=names)
        self.affected.set_words(line)
        day, hour = self.day.day() or self._desk.clock.today(), _hour(self.hour.text()) or time()
        gaps = [problem.words() for problem in missing_for_notice(self._draft(day, hour))]
        words = _("The notices still lack: {what}").format(what=listed(gaps))
        self.missing.set_words(words if gaps else "")


class _Boxes(QWidget):
    """Several of a few, as check boxes that flow."""

    def __init__(self, titles: dict[str, str]) -> None:
        super().__init__()
        flow = FlowLayout(self)
        self._boxes = {key: CheckBox(_worded(words)) for key, words in titles.items()}
        for box in self._boxes.values():
            flow.addWidget(box)

    def chosen(self) -> tuple[str, ...]:
        """Return the keys ticked."""
        return tuple(key for key, box in self._boxes.items() if box.isChecked())

    def choose(self, keys: Sequence[str]) -> None:
        """Tick these."""
        for key, box in self._boxes.items():
            box.setChecked(key in keys)


def _worded(words: str) -> Callable[[], str]:
    return lambda: _(words)


def _see(desk: PrivacyDesk, words: Sequence[str], everything: bool) -> _Seen:
    """Find the cases meant and the people in them; runs on the worker."""
    actor = desk.actor()
    found = {one: desk.cases.find_case(actor, one) for one in words}
    unknown = tuple(one for one, case_id in found.items() if case_id is None)
    scope = Scope(tuple(one for one in found.values() if one is not None), (), everything)
    nothing = not scope.cases and not everything
    return _Seen(scope, unknown, () if nothing else desk.service.affected(actor, scope))


def _hour(text: str) -> time | None:
    try:
        hour, _colon, minute = text.strip().replace("：", ":").partition(":")
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None


def _actions(row: BreachRow) -> tuple[RowAction, ...]:
    actions = [
        RowAction("authority", lambda: _("Report to the authority …"), "file-text"),
        RowAction("persons", lambda: _("Notices to persons …"), "mail"),
        RowAction("report", lambda: _("The firm's record …"), "printer"),
    ]
    if row.closed_on is None:
        if row.authority_told_at is None:
            actions.append(RowAction("told-authority", lambda: _("The authority was told"), "check"))
        if row.persons_told_at is None:
            actions.append(RowAction("told-persons", lambda: _("The persons were told"), "check"))
        actions.append(RowAction("close", lambda: _("Close the record"), "lock"))
    return tuple(actions)
