"""About: the version, and the licences of what LawDesk is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from lawdesk import __version__
from lawdesk.firm.page.area import Area, Lines, fact
from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.firm.page.libraries import PartShown, licence_text, parts
from lawdesk.kernel.i18n import _
from lawdesk.ui import Column, Label, Page, SectionHeading, Table, TableModel, vbox


class AboutArea(Area):
    """Version and licences; Enter or a press opens the full text."""

    key, icon = "about", "info"

    def __init__(self, desk: SettingsDesk, page: Page) -> None:
        super().__init__(desk, page, lambda: _("About LawDesk"))
        self.model = TableModel(
            [
                Column("name", lambda: _("Part"), lambda part: part.name),
                Column("version", lambda: _("Version"), lambda part: part.version or "–", width=8),
                Column("licence", lambda: _("Licence"), lambda part: part.licence, width=22),
                Column("text", "", lambda _part: _("Full text"), width=6, link=True, align="right"),
            ],
            parent=self,
        )
        self.table = Table(self.model, name=lambda: _("Parts and licences"), fit=True)
        self.table.opened.connect(self.show_text)
        self.table.linked.connect(lambda part, _key: self.show_text(part))
        facts = Lines()
        facts.add(lambda: _("Version"), fact(__version__))
        facts.add(lambda: _("Licence"), fact("Apache License 2.0"))
        works = Label(
            lambda: _("Everything works offline; LawDesk sends nothing anywhere."), tone="text2", wrap=True
        )
        self.put(facts, works, SectionHeading(lambda: _("Parts and licences")), self.table)

    def read(self) -> None:
        if not self.model.total:
            self.run(parts, self.model.set_items, slot="parts")

    def show_text(self, part: PartShown) -> None:
        """Show the full text of a licence in the side sheet."""

        def done(text: str) -> None:
            if self.page.host is not None:
                self.page.host.open_sheet(_TextSheet(text or part.licence), part.name)

        self.run(lambda: licence_text(part), done, slot="text")


class _TextSheet(QWidget):
    """A long text to read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        view = QPlainTextEdit(text)
        view.setReadOnly(True)
        view.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        vbox(view, space=0, margins=(0, 0, 0, 4), parent=self)
        self.setFocusProxy(view)
