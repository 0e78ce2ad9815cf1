"""The side sheet before somebody is erased: what would happen, what stays and why, and only then the button."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import N_, _, ngettext
from lawdesk.privacy.page.part import WORD_OR_PDF, PrivacyDesk, show_step
from lawdesk.privacy.queries import Mention, RequestRow
from lawdesk.privacy.rules import ErasureKind
from lawdesk.privacy.service import Plan
from lawdesk.privacy.service.certificates import KEPT, table_title
from lawdesk.ui import (
    Button,
    CheckBox,
    Chip,
    ComboBox,
    Form,
    Gap,
    Label,
    Progress,
    ProgressRow,
    SectionHeading,
    Sheet,
    empty_layout,
    line_of,
    vbox,
)

SHOWN = 200
_BUTTONS = {
    ErasureKind.ERASED: N_("Erase for good …"),
    ErasureKind.BLOCKED: N_("Block and write the notice …"),
    ErasureKind.REFUSED: N_("Write the refusal …"),
}
_CHIPS = {
    ErasureKind.ERASED: (N_("May be erased"), "green", "check"),
    ErasureKind.BLOCKED: (N_("Must still be kept: blocked instead"), "amber", "lock"),
    ErasureKind.REFUSED: (N_("Cannot be erased now"), "red", "octagon-x"),
}
_DONE = {
    ErasureKind.ERASED: N_("Erased; the certificate is written"),
    ErasureKind.BLOCKED: N_("Blocked; the notice is written"),
    ErasureKind.REFUSED: N_("Nothing was changed; the refusal is written"),
}


class ErasureSheet(Sheet):
    """What erasing a party would do; ``done(words)`` after it was done."""

    def __init__(self, desk: PrivacyDesk, party_id: int, done: Callable[[str], object]) -> None:
        self._desk, self._party_id, self._told = desk, party_id, done
        self.plan: Plan | None = None
        self.boxes: list[tuple[CheckBox, Mention]] = []
        self._body = QWidget()
        self._lines = vbox(space=1.5, parent=self._body)
        self.request = ComboBox([("", lambda: _("No request in the log"))])
        self.form = Form()
        self.form.add("request", lambda: _("Answers"), self.request, span=21)
        button = Button(lambda: _("Erase for good …"), self.carry_out, kind="danger")
        super().__init__(
            self._body, 1, self.form, button=button, note=lambda: _("On record; the certificate is yours")
        )
        button.setEnabled(False)
        self.form.hide()
        self._read()

    def carry_out(self) -> None:
        """Ask where the certificate goes, then do it."""
        plan, desk = self.plan, self._desk
        if plan is None:
            return
        target = desk.ask_path(self, _("Certificate"), f"{plan.name}.docx", WORD_OR_PDF)
        if target is None or self.button is None:
            return
        meant = {one for box, one in self.boxes if box.isChecked()}
        shown = {one for _box, one in self.boxes}
        rest = [one for one in plan.blacked if one not in shown and one in plan.doubtful]
        spare = [(one.table, one.column, one.row_id) for one in (*(shown - meant), *rest)]
        chosen = self.request.chosen()
        request = int(str(chosen)) if chosen else None
        service, actor, party = desk.service, desk.actor(), self._party_id
        self.button.setEnabled(False)

        def work(progress: Progress) -> Plan:
            at = partial(show_step, progress)
            _id, made = service.erase_person(actor, [party], target, request_id=request, spare=spare, progress=at)
            return made

        def done(made: Plan) -> None:
            desk.close_sheet()
            self._told(_(_DONE[made.outcome]))

        task = desk.tasks.run_long(work, done, self._failed, owner=self)
        self._lines.addWidget(ProgressRow(task, lambda: _("Carrying it out")))

    def _read(self) -> None:
        service, actor, party = self._desk.service, self._desk.actor(), self._party_id

        def work(progress: Progress) -> tuple[Plan, list[RequestRow]]:
            plan = service.plan_erasure(actor, [party], progress=partial(show_step, progress))
            return plan, service.queries.requests(actor, only_open=True)

        task = self._desk.tasks.run_long(work, self._fill, self._failed, owner=self)
        self._lines.addWidget(ProgressRow(task, lambda: _("Looking at what would be erased")))

    def _failed(self, error: BaseException) -> None:
        self.refuse(error, self.form)
        if self.button is not None:
            self.button.setEnabled(self.plan is not None)

    def _fill(self, read: tuple[Plan, list[RequestRow]]) -> None:
        plan, requests = read
        self.plan = plan
        empty_layout(self._lines)
        words, tone, icon = _CHIPS[plan.outcome]
        self._lines.addWidget(line_of(Chip(lambda: _(words), tone=tone, icon=icon)))
        for reason in plan.verdict.reasons:
            self._lines.addWidget(Label(reason.words, wrap=True))
        if plan.outcome is ErasureKind.BLOCKED:
            until = plan.verdict.until
            said = (
                _("Until {day} the data are only stored.").format(day=long_date(until))
                if until
                else _("No last day is known yet.")
            )
            self._lines.addWidget(Label(said, wrap=True))
        if plan.outcome is ErasureKind.ERASED:
            own = lambda: _(  # noqa: E731
                "Erased are the names, numbers, contact, relations and enquiries of this entry, and every index "
                "that finds them."
            )
            self._lines.addWidget(Label(own, wrap=True))
            self._say_texts(plan)
            self._head(lambda: _("What lies elsewhere"))
            self._lines.addWidget(Label(plan.remains.words, step="small", tone="text2", wrap=True))
        choices: list[tuple[str, Callable[[], str]]] = [("", lambda: _("No request in the log"))]
        choices += [(str(row.id), partial(_request_words, row)) for row in requests]
        self.request.set_choices(choices)
        self.request.choose("")
        self.form.show()
        if self.button is not None:
            self.button.set_words(lambda: _(_BUTTONS[plan.outcome]))
            self.button.setEnabled(True)

    def _head(self, words: Callable[[], str]) -> None:
        """Begin a section, with air above it."""
        self._lines.addWidget(Gap(1))
        self._lines.addWidget(SectionHeading(words))

    def _say_texts(self, plan: Plan) -> None:
        if plan.blacked:
            note = lambda: _("Untick what means somebody else of this name")  # noqa: E731
            self._head(lambda: _("Texts that lose the name"))
            self._lines.addWidget(Label(note, step="small", tone="text2", wrap=True))
        if plan.doubtful:
            others = lambda: _("Others are called so, too: tick only what means this person.")  # noqa: E731
            self._lines.addWidget(Label(others, tone="amber", wrap=True))
        for one in plan.blacked[:SHOWN]:
            box = CheckBox(one.title, checked=one not in plan.doubtful)
            words = _("{said}: {names}").format(said=one.column_title, names=one.excerpt)
            said = Label(words, step="small", tone="text2", wrap=True)
            self.boxes.append((box, one))
            self._lines.addWidget(box)
            self._lines.addWidget(said)
        if len(plan.blacked) > SHOWN:
            more = len(plan.blacked) - SHOWN
            words = ngettext("and {count} more", "and {count} more", more).format(count=more)
            self._lines.addWidget(Label(words, step="small", tone="text2"))
        kept: dict[tuple[str, str, str], int] = {}
        for one, why, until in plan.kept:
            key = (table_title(one.table), _(KEPT[why]), long_date(until) if until else _("no day known"))
            kept[key] = kept.get(key, 0) + 1
        if kept:
            self._head(lambda: _("Where the name remains"))
        for (table, why, day), count in kept.items():
            words = f"{table} ({count}): {why}, {_('until {day}').format(day=day)}"
            self._lines.addWidget(Label(words, step="small", tone="text2", wrap=True))


def _request_words(row: RequestRow) -> str:
    return f"{row.number} · {row.subject}"
