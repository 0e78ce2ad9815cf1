"""The case itself, the team and the fee on the new-case page; one field tells another where the law lets it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from lawdesk.cases.page.drafting import State, suggest_kind
from lawdesk.cases.page.entry import judge_court_number
from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.page.parties_entry import CHOICE_SPAN, NAME_SPAN, NUMBER_SPAN
from lawdesk.cases.rules import (
    DEFAULT_PROCEEDING,
    FEE_TITLES,
    PROCEEDING_KINDS,
    FeeMode,
    ProceedingKind,
    known_causes,
    matter_kinds,
)
from lawdesk.firm import PersonRow
from lawdesk.kernel.chinese import matches_typed
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.ui import ComboBox, DateEdit, Field, Form, LineEdit, MoneyEdit, Token, TokenEdit, sized, vbox

CIVIL_TOO = ("labour-arbitration", "commercial-arbitration", "enforcement", "legal-aid")
"""Kinds of case whose disputes also go through the civil courts."""


def proceeding_choices(kind: str) -> list[tuple[str, Callable[[], str]]]:
    """Return the proceedings to choose from, those of this kind of case first."""

    def words(found: ProceedingKind) -> str:
        return found.title

    def rank(found: ProceedingKind) -> int:
        if found.id == DEFAULT_PROCEEDING.get(kind):
            return 0
        if found.matter == kind:
            return 1
        return 2 if kind in CIVIL_TOO and found.matter == "civil" else 3

    ordered = sorted(PROCEEDING_KINDS.values(), key=rank)
    return [(found.id, partial(words, found)) for found in ordered]


def fee_choices() -> list[tuple[str, Callable[[], str]]]:
    """Return the ways a fee is arranged."""

    def words(mode: FeeMode) -> str:
        return _(FEE_TITLES[mode])

    return [(mode.value, partial(words, mode)) for mode in FeeMode]


def kind_choices() -> list[tuple[str, Callable[[], str]]]:
    """Return the kinds of cases."""

    def words(key: str) -> str:
        return matter_kinds()[key].title

    return [(key, partial(words, key)) for key in matter_kinds()]


def unreadable(**edits: LineEdit) -> list[Problem]:
    """Return a problem for every amount, percentage or day that is typed and cannot be read, by field."""
    problems = []
    for field, edit in edits.items():
        text = edit.text().strip()
        if isinstance(edit, MoneyEdit):
            wrong = bool(text) and edit.fen() is None
            message = N_("This is no amount. Write 15,000.00 or 1.5万.")
        elif isinstance(edit, PercentEdit):
            wrong = bool(text) and edit.basis_points() is None
            message = N_("This is no percentage. Write 6 or 12.5.")
        else:
            wrong = isinstance(edit, DateEdit) and bool(text) and edit.day() is None
            message = N_("This is no day. Write 2026-11-05, 11-5 or 下周三.")
        if wrong:
            problems.append(Problem("case.unreadable", message, field))
    return problems


class PercentEdit(LineEdit):
    """A percentage as basis points."""

    def basis_points(self) -> int | None:
        """Return the basis points; None for an empty or unreadable field."""
        text = self.text().strip().rstrip("%％").strip()
        try:
            return round(float(text) * 100) if text else None
        except ValueError:
            self.set_state("error")
            return None

    def set_basis_points(self, bp: int | None) -> None:
        """Show a percentage."""
        self.set_state("")
        self.setText("" if bp is None else f"{bp / 100:g}")


class PeopleEdit(TokenEdit):
    """Several people of the firm as tokens; type characters, pinyin or initials and press Enter."""

    def __init__(self) -> None:
        super().__init__(free=False, name=lambda: _("Assisting"))
        self._people: list[PersonRow] = []
        sized(self.edit, min_width=3)
        self.edit.setSizePolicy(QSizePolicy.Policy.Ignored, self.edit.sizePolicy().verticalPolicy())
        self.entered.connect(self._enter_name)

    def set_people(self, people: Sequence[PersonRow]) -> None:
        """Choose among these."""
        self._people = list(people)

    def chosen(self) -> list[int]:
        """Return the ids of who is chosen."""
        return [int(str(token.key)) for token in self.tokens()]

    def choose(self, ids: Sequence[int]) -> None:
        """Show these people."""
        self.set_tokens([Token(person.name, key=person.id) for person in self._people if person.id in set(ids)])

    def _enter_name(self, text: str) -> None:
        for person in self._people:
            if person.id not in self.chosen() and matches_typed(text, person.name) is not None:
                self.edit.clear()
                self.add_token(Token(person.name, key=person.id))
                self.edit.set_state("")
                self.changed.emit()
                return
        self.edit.set_state("error")


class CaseEntry(QWidget):
    """Cause, court, proceeding, title, amount, kind, day, number; ``changed()`` and ``proceeding_changed()``."""

    changed = Signal()
    proceeding_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._kind_by_hand = self._proceeding_by_hand = self._title_by_hand = False
        self._suggested = ""
        self._day: date | None = None
        self.cause = ComboBox([(name, name) for name in known_causes()], search=True, free=True)
        self.court = LineEdit()
        self.proceeding = ComboBox()
        self.title = LineEdit()
        self.amount = MoneyEdit()
        self.kind = ComboBox(kind_choices())
        self.received = DateEdit(today=desk.today)
        self.number = LineEdit()
        self.power = ComboBox(
            [
                ("", "–"),
                ("特别授权", lambda: pgettext("power", "Special")),
                ("一般授权", lambda: pgettext("power", "General")),
            ]
        )
        self.form = form = Form()
        form.add("cause", lambda: _("Cause of action"), self.cause, span=NAME_SPAN, required=True)
        form.add("court", lambda: _("Court or authority"), self.court, span=NUMBER_SPAN)
        form.add("proceeding", lambda: _("Proceeding"), self.proceeding, span=CHOICE_SPAN)
        form.add("title", lambda: _("Short title (made by itself)"), self.title, span=NAME_SPAN)
        form.add("amount", lambda: _("Amount in dispute (yuan)"), self.amount, span=NUMBER_SPAN)
        form.add("kind", lambda: _("Kind of case"), self.kind, span=CHOICE_SPAN)
        self.number_field = form.add("court_number", lambda: _("Court case number"), self.number, span=NAME_SPAN)
        form.add("received_on", lambda: _("Day of intake"), self.received, span=NUMBER_SPAN)
        form.add("power", lambda: _("Authority"), self.power, span=CHOICE_SPAN)
        vbox(form, parent=self)
        self._connect()

    @property
    def proceeding_kind(self) -> ProceedingKind | None:
        """The proceeding chosen."""
        return PROCEEDING_KINDS.get(str(self.proceeding.chosen()))

    def field(self, key: str) -> Field:
        """Return a field."""
        return self.form.field(key)

    def set_causes(self, used: Sequence[str]) -> None:
        """Offer what the office uses first, then what the law lists."""
        names = list(dict.fromkeys([*used, *known_causes()]))
        self.cause.set_choices([(name, name) for name in names])

    def suggest_title(self, title: str) -> None:
        """Show the title made from the names, unless the person wrote one."""
        self._suggested = title
        if not self._title_by_hand:
            self.title.setText(title)

    def state(self) -> State:
        """Return what is typed."""
        return {
            "kind": self.kind.chosen(),
            "cause": self.cause.text().strip(),
            "court": self.court.text().strip(),
            "proceeding": self.proceeding.chosen(),
            "title": self.title.text().strip() if self._title_by_hand else "",
            "amount": self.amount.fen(),
            "received_on": self._day.isoformat() if self._day else None,
            "court_number": self.number.text().strip(),
            "power": self.power.chosen() or "",
        }

    def fill(self, case: State, today: date) -> None:
        """Show a kept state."""
        kind = case.get("kind") or "civil"
        self._kind_by_hand = bool(case.get("kind")) and kind != (suggest_kind(case.get("cause") or "") or "civil")
        self._proceeding_by_hand = bool(case.get("proceeding"))
        self.kind.choose(kind)
        self._offer_proceedings()
        if case.get("proceeding"):
            self.proceeding.choose(case["proceeding"])
        self._title_by_hand = bool(case.get("title"))
        self.title.setText(str(case.get("title") or ""))
        self.cause.choose(None)
        self.cause.set_text(str(case.get("cause") or ""))
        self.court.setText(str(case.get("court") or ""))
        self.amount.set_fen(case.get("amount"))
        self.number.setText(str(case.get("court_number") or ""))
        self.power.choose(case.get("power") or "")
        received = case.get("received_on")
        self._day = date.fromisoformat(received) if received else today
        self.received.set_day(self._day)
        judge_court_number(self.number_field, self.number.text())
        self.proceeding_changed.emit()

    def _connect(self) -> None:
        for edit in (self.court, self.title, self.number):
            edit.textChanged.connect(self.changed)
        self.amount.textChanged.connect(self.changed)
        self.title.textEdited.connect(self._title_typed)
        self.received.day_changed.connect(self._day_changed)
        self.cause.chosen_changed.connect(self._cause_chosen)
        self.kind.chosen_changed.connect(self._kind_chosen)
        self.power.chosen_changed.connect(lambda _key: self.changed.emit())
        self.proceeding.chosen_changed.connect(self._proceeding_chosen)
        self.number.typed.connect(self._number_typed)
        typed = self.cause.lineEdit()
        if typed is not None:
            typed.textChanged.connect(self.changed)

    def flush(self) -> None:
        """Read the day now, also while the focus is still in it."""
        self._day = self.received.day()

    def _day_changed(self, day: date | None) -> None:
        self._day = day
        self.changed.emit()

    def _title_typed(self, text: str) -> None:
        self._title_by_hand = bool(text.strip())
        if not self._title_by_hand:
            self.title.setPlaceholderText(self._suggested)

    def _cause_chosen(self, _key: object) -> None:
        kind = suggest_kind(self.cause.text())
        if kind is not None and not self._kind_by_hand:
            self.kind.choose(kind)
            self._offer_proceedings()
            self.proceeding_changed.emit()
        self.form.field("cause").set_problem(None)
        self.changed.emit()

    def _kind_chosen(self, _key: object) -> None:
        self._kind_by_hand = True
        self._offer_proceedings()
        self.proceeding_changed.emit()
        self.changed.emit()

    def _proceeding_chosen(self, _key: object) -> None:
        self._proceeding_by_hand = True
        self.proceeding_changed.emit()
        self.changed.emit()

    def _offer_proceedings(self) -> None:
        kind = str(self.kind.chosen())
        self.proceeding.set_choices(proceeding_choices(kind))
        if not self._proceeding_by_hand or self.proceeding.chosen() is None:
            self.proceeding.choose(DEFAULT_PROCEEDING.get(kind, "counsel"))

    def _number_typed(self, text: str) -> None:
        """A court case number names its court and its procedure: fill what is still empty."""
        read = judge_court_number(self.number_field, text)
        if read is None:
            return
        if read.court is not None and not self.court.text().strip():
            self.court.setText(read.court.name)
        if read.procedure in PROCEEDING_KINDS and not self._proceeding_by_hand:
            self.proceeding.choose(read.procedure)
            self.proceeding_changed.emit()


class TeamEntry(QWidget):
    """Who works on it and how it is paid; ``changed()``."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lead = ComboBox(search=True)
        self.assistants = PeopleEdit()
        self.mode = ComboBox(fee_choices())
        self.fee = MoneyEdit()
        self.percent = PercentEdit()
        self.form = form = Form()
        form.add("lead", lambda: _("Lead"), self.lead, span=4, narrow_span=8, required=True)
        form.add("assistants", lambda: _("Assisting"), self.assistants, span={"zh": 7, "en": 4}, narrow_span=13)
        form.add("fee_mode", lambda: _("Fee arrangement"), self.mode, span=CHOICE_SPAN, narrow_span=9)
        form.add("fee", lambda: _("Fee (yuan)"), self.fee, span=3, narrow_span=7)
        form.add("percent", lambda: _("Share (%)"), self.percent, span=3, narrow_span=5)
        vbox(form, parent=self)
        self.lead.chosen_changed.connect(self._lead_chosen)
        self.mode.chosen_changed.connect(lambda _key: self.changed.emit())
        self.assistants.changed.connect(self.changed)
        self.fee.textChanged.connect(self.changed)
        self.percent.textChanged.connect(self.changed)

    def set_people(self, people: Sequence[PersonRow]) -> None:
        """Choose among these."""
        self.lead.set_choices([(person.id, person.name) for person in people])
        self.assistants.set_people(people)

    def state(self) -> State:
        """Return what is typed."""
        return {
            "lead": self.lead.chosen(),
            "assistants": self.assistants.chosen(),
            "fee_mode": self.mode.chosen(),
            "fee": self.fee.fen(),
            "percent": self.percent.basis_points(),
        }

    def fill(self, team: State, me: int | None) -> None:
        """Show a kept state; somebody new leads the case themself."""
        self.lead.choose(team.get("lead") if team.get("lead") is not None else me)
        self.assistants.choose(team.get("assistants") or ())
        self.mode.choose(team.get("fee_mode") or FeeMode.FIXED.value)
        self.fee.set_fen(team.get("fee"))
        self.percent.set_basis_points(team.get("percent"))

    def _lead_chosen(self, _key: object) -> None:
        self.form.field("lead").set_problem(None)
        self.changed.emit()
