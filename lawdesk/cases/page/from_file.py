"""What a new case takes along from its file: remarks about the file, and what the form has no field for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from lawdesk.cases.page.drafting import State
from lawdesk.cases.page.file_kept import related_parties
from lawdesk.cases.page.import_intake import field_words, kept_problems
from lawdesk.cases.page.import_job import severity_look
from lawdesk.cases.page.words import yuan
from lawdesk.cases.rules import NAME_KIND_TITLES, RELATION_TITLES, NameKind
from lawdesk.kernel.i18n import _, listed
from lawdesk.ui import (
    Button,
    Command,
    Facts,
    Follows,
    Gap,
    IconLabel,
    Label,
    SectionHeading,
    empty_layout,
    hbox,
    vbox,
)


class FileRemarks(Follows, QWidget):
    """At the head of the form: which file it is, and what to look at. Hidden without a file."""

    def __init__(self) -> None:
        super().__init__()
        self._file: State | None = None
        self._rows = vbox(space=1, parent=self)
        self.hide()

    def show_file(self, file: State | None) -> None:
        """Show what is wrong with the file."""
        self._file = file
        empty_layout(self._rows)
        self.setVisible(file is not None)
        if file is None:
            return
        name, problems = file["name"], kept_problems(file)
        self._rows.addWidget(SectionHeading(lambda: _("From the file {name}").format(name=name)))
        note = _("Look at these points; nothing is opened before you press the button.") if problems else ""
        self._rows.addWidget(Label(note or _("The file was read without remarks."), step="small", tone="text2"))
        for problem in sorted(problems, key=lambda one: ("error", "warning", "note").index(one.severity)):
            tone, icon = severity_look(problem)
            words = _("{field}: {words}").format(field=field_words(problem.field), words=problem.words())
            row = QWidget()
            line = hbox(IconLabel(icon, tone=tone), Label(words, wrap=True), space=2, parent=row)
            line.setStretch(1, 1)
            line.setAlignment(line.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
            self._rows.addWidget(row)

    def retranslate(self) -> None:
        if getattr(self, "_file", None) is not None:
            self.show_file(self._file)


class FileExtras(Follows, QWidget):
    """At the foot of the form: what goes into the case besides the fields. ``dropped()`` when it is left out."""

    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._file: State | None = None
        self.facts = Facts()
        drop = Button(lambda: _("Leave this out"), self._drop, kind="link")
        heading = SectionHeading(
            lambda: _("Also taken from the file"), drop, note=lambda: _("Goes into the case as it stands here")
        )
        vbox(Gap(1), heading, self.facts, space=2, parent=self)
        self.hide()

    def show_file(self, file: State | None) -> None:
        """Show what goes along."""
        self._file = file
        facts = _facts(file) if file is not None else []
        self.facts.set_facts(facts)
        self.setVisible(bool(facts))

    def commands(self) -> list[Command]:
        """Return the one thing to do about it, while there is something."""
        drop = Command("new-case.drop", lambda: _("Leave out what came with the file"), self._drop, "x")
        return [drop] if self._file is not None else []

    def retranslate(self) -> None:
        if getattr(self, "_file", None) is not None:
            self.show_file(self._file)

    def _drop(self) -> None:
        self.dropped.emit()


def _facts(file: State) -> list[tuple[str, str]]:
    """Return title and text of what the form has no field for."""
    facts = [
        (_("Facts and claims"), file["facts"]),
        (_("Notes"), file["note"]),
        (_("Received (yuan)"), yuan(file["received"])),
        (_("Authority"), file["power"]),
        (_("In custody"), _("Yes") if file["in_custody"] else ""),
        *((name, _more_of(kept)) for name, kept in file["parties"].items()),
    ]
    for related in related_parties(file):
        facts.append((_("Related party"), f"{related.party.name} · {_(RELATION_TITLES[related.kind])}"))
    facts.append((_("Names to check"), listed(file["names"])))
    return [(title, text) for title, text in facts if text]


def _more_of(kept: State) -> str:
    """Return what is known of a party besides the fields of the form."""
    lines = [f"{_(NAME_KIND_TITLES[NameKind(kind)])} {name}" for kind, name in kept["aliases"]]
    lines += [number for _kind, number in kept["identifiers"][1:]]
    lines += [kept["address"], kept["note"]]
    if kept["side"] != "client":
        lines += [kept["phone"], kept["legal_representative"]]
    return "\n".join(line for line in (*lines, kept["parent"]) if line)
