"""The request log: what is to be answered by when; writing one down; answering it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lawdesk.kernel.dates import long_date, short_date
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, ngettext, pgettext
from lawdesk.privacy.page.part import Part, PrivacyDesk
from lawdesk.privacy.queries import RequestRow
from lawdesk.privacy.rules import REQUEST_TITLES, STATE_TITLES, RequestDraft, RequestKind, RequestState
from lawdesk.privacy.rules.requests import ARTICLES
from lawdesk.ui import (
    STRETCH,
    Button,
    ComboBox,
    DateEdit,
    Facts,
    Form,
    Label,
    LineEdit,
    Row,
    RowAction,
    Sheet,
    Status,
    TextArea,
    hbox,
)


class RequestsPart(Part):
    """Requests, what is due first."""

    def __init__(self, desk: PrivacyDesk) -> None:
        super().__init__(desk)
        self.list, self.model = self.listing(
            self._row,
            lambda: _("Requests"),
            "inbox",
            lambda: _("Nobody has asked yet"),
            reads=desk.service.queries.requests,
        )
        self.list.opened.connect(self.open)
        self.list.acted.connect(lambda row, _key: self.open(row))
        self.add = Button(lambda: _("Write down a request"), self.write_down, kind="filled", icon="plus")
        self.print = Button(lambda: _("Print the log …"), self.print_log, icon="printer")
        about = Label(
            lambda: _(
                "Whoever asks what is kept about them is answered in time (Personal Information Protection Law, "
                "arts. 44–50). The last day counts thirty days from the day it came."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        self.put(about, hbox(self.add, self.print, STRETCH), self.list)

    def write_down(self) -> None:
        """Open the side sheet for a new request."""
        self.desk.open_sheet(RequestSheet(self.desk, self._noted), _("New request"))

    def open(self, row: RequestRow) -> None:
        """Open the side sheet of one request."""
        self.desk.open_sheet(AnswerSheet(self.desk, row, self._noted), row.number)

    def print_log(self) -> None:
        """Write the log as Word or PDF."""
        service, actor = self.desk.service, self.desk.actor()
        self.write(_("Print the log"), f"{_('Requests')}.docx", lambda path: service.print_log(actor, path))

    def _noted(self, words: str) -> None:
        self.done(lambda: words)

    def _row(self, row: RequestRow) -> Row:
        left = (row.answer_by - self.desk.clock.today()).days
        if row.status is not RequestState.OPEN:
            status = Status(_(STATE_TITLES[row.status]), tone="green", icon="check")
        elif left < 0:
            late = ngettext("{count} day late", "{count} days late", -left).format(count=-left)
            status = Status(late, tone="red", icon="circle-alert", chip=True)
        else:
            words = ngettext("{count} day left", "{count} days left", left).format(count=left)
            status = Status(words, tone="amber" if left <= 7 else "text2", icon="calendar-clock")
        return Row(
            key=row.id,
            title=_("{what}: {name}").format(what=_(REQUEST_TITLES[row.kind]), name=row.subject),
            icon="mail",
            segments=(row.number, row.channel, _("came on {day}").format(day=short_date(row.received_on))),
            status=status,
            date=short_date(row.answer_by),
            actions=(RowAction("open", lambda: _("Open"), "pencil", "F2"),),
        )


class RequestSheet(Sheet):
    """A new request."""

    def __init__(self, desk: PrivacyDesk, done: Callable[[str], object]) -> None:
        self._desk, self._told = desk, done
        self.kind = ComboBox([(kind.value, partial(_title, kind)) for kind in RequestKind])
        self.kind.choose(RequestKind.ACCESS.value)
        self.subject, self.asked_for = LineEdit(), LineEdit(lambda: _("only if it is not the person themselves"))
        self.day = DateEdit(desk.clock.today(), today=desk.clock.today)
        self.channel = LineEdit(lambda: _("letter, visit, telephone, mail"))
        self.identity = LineEdit(lambda: _("e.g. identity card seen; may follow later"))
        self.detail = TextArea(lines=4)
        form = self.form = Form()
        form.add("kind", lambda: _("What is asked"), self.kind, span=21, required=True)
        form.add("subject", lambda: _("About whom"), self.subject, span=21, required=True)
        form.add("asked_for", lambda: _("Who asks"), self.asked_for, span=21)
        form.add("received_on", lambda: _("Came on"), self.day, span=21, required=True)
        form.add("channel", lambda: _("How it came"), self.channel, span=21)
        form.add("identity", lambda: _("How identity was checked"), self.identity, span=21)
        form.add("detail", lambda: _("In their words"), self.detail, span=21)
        super().__init__(form, button=Button(lambda: _("Write it down"), self.save, kind="filled"))
        self.setFocusProxy(self.subject)

    def save(self) -> None:
        """Write it down."""
        day = self.day.day()
        if day is None:
            self.refuse(Refused([Problem("request.day", N_("This is no day."), "received_on")]), self.form)
            return
        draft = RequestDraft(
            RequestKind(str(self.kind.chosen())),
            self.subject.text(),
            day,
            self.channel.text(),
            self.identity.text(),
            self.detail.toPlainText(),
            self.asked_for.text(),
        )
        service, actor = self._desk.service, self._desk.actor()

        def work() -> RequestRow:
            return service.queries.request(actor, service.add_request(actor, draft))

        def done(row: RequestRow) -> None:
            self._desk.close_sheet()
            words = _("{number}: to be answered by {day}")
            self._told(words.format(number=row.number, day=long_date(row.answer_by)))

        self._desk.tasks.run(work, done, lambda error: self.refuse(error, self.form), owner=self)


class AnswerSheet(Sheet):
    """One request, and how it was answered."""

    def __init__(self, desk: PrivacyDesk, row: RequestRow, done: Callable[[str], object]) -> None:
        self._desk, self._row, self._told = desk, row, done
        facts = Facts(
            [
                (
                    lambda: _("What is asked"),
                    f"{_(REQUEST_TITLES[row.kind])}（个人信息保护法{ARTICLES[row.kind]}）",
                ),
                (lambda: _("About whom"), row.subject),
                (lambda: _("Who asks"), row.asked_for or row.subject),
                (lambda: _("Came on"), f"{long_date(row.received_on)} {row.channel}"),
                (lambda: _("Answer by"), long_date(row.answer_by)),
                (lambda: _("In their words"), row.detail),
                (lambda: pgettext("when and how a request was answered", "Answered"), _answered(row)),
            ]
        )
        answers = [state for state in RequestState if state is not RequestState.OPEN]
        self.state = ComboBox([(state.value, partial(_state, state)) for state in answers])
        self.state.choose((row.status if row.answered_on else RequestState.GRANTED).value)
        self.identity, self.answer = LineEdit(), TextArea(lines=5)
        self.identity.setText(row.identity)
        self.answer.setPlainText(row.answer)
        form = self.form = Form()
        form.add("status", lambda: _("How it was answered"), self.state, span=21, required=True)
        form.add("identity", lambda: _("How identity was checked"), self.identity, span=21)
        form.add("answer", lambda: _("Answer; reasons of a refusal"), self.answer, span=21)
        super().__init__(facts, form, button=Button(lambda: _("Keep the answer"), self.save, kind="filled"))
        self.setFocusProxy(self.state)

    def save(self) -> None:
        """Keep how it was answered."""
        service, actor, row = self._desk.service, self._desk.actor(), self._row
        state, answer = RequestState(str(self.state.chosen())), self.answer.toPlainText()
        identity = self.identity.text()

        def work() -> None:
            service.answer_request(actor, row.id, state, answer, identity=identity, seen=row.version)

        def done(_none: object) -> None:
            self._desk.close_sheet()
            self._told(_("Answer kept"))

        self._desk.tasks.run(work, done, lambda error: self.refuse(error, self.form), owner=self)


def _answered(row: RequestRow) -> str:
    return f"{long_date(row.answered_on)} {row.answered_by}" if row.answered_on else ""


def _title(kind: RequestKind) -> str:
    return _(REQUEST_TITLES[kind])


def _state(state: RequestState) -> str:
    return _(STATE_TITLES[state])
