"""The status bar. Every word on it is tied to a real event: callers say what happened, nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import short_date
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.ui import theme
from lawdesk.ui.buttons import Button
from lawdesk.ui.labels import IconLabel, Label
from lawdesk.ui.layouts import STRETCH, hbox
from lawdesk.ui.words import Follows, Words, say


class _Entry(QWidget):
    """An icon and a few words."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.icon = IconLabel(icon, tone="text2", units=4)
        self.label = Label("", step="small", tone="text2")
        hbox(self.icon, self.label, space=1, parent=self)
        self.hide()

    def say(self, words: Words, *, tone: str = "text2", icon: str = "") -> None:
        """Show words."""
        self.label.set_words(words)
        self.label.set_tone(tone)
        if icon:
            self.icon.set_icon(icon, tone)
        self.show()


class StatusBar(Follows, QWidget):
    """Saved when, last verified backup, when it locks, where the data is; F1 at the end."""

    def __init__(self, help_run: Callable[[], object], *, today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("statusbar")
        self._today = today
        self._lock_known = False
        self.saved = _Entry("check")
        self.backup = _Entry("database")
        self.lock = _Entry("lock")
        self.place = _Entry("hard-drive-download")
        self.help = Button(lambda: _("F1 Help"), help_run, kind="ghost", small=True)
        self.help.setProperty("slim", True)
        hbox(
            self.saved, self.backup, self.lock, self.place, STRETCH, self.help,
            space=6, margins=(1, 0, 2, 0), parent=self,
        )  # fmt: skip
        self.restyle()

    def set_saved(self, moment: datetime) -> None:
        """A transaction was committed at ``moment``."""
        clock = moment.astimezone(CHINA).strftime("%H:%M:%S")
        self.saved.say(lambda: _("Saved {time}").format(time=clock), icon="check")

    def set_not_saved(self, words: Words) -> None:
        """The last write failed; say why in a few words."""
        self.saved.say(words, tone="red", icon="circle-alert")

    def set_backup(self, moment: datetime | None, *, days: int = 0) -> None:
        """The last backup that was read back and verified; None: there is none. ``days`` since then, to warn."""
        self.backup.setToolTip("")
        if moment is None:
            self.backup.say(lambda: _("No verified backup yet"), tone="amber", icon="triangle-alert")
            return
        local = moment.astimezone(CHINA)
        clock = local.strftime("%H:%M")

        def words() -> str:
            day = _("today") if local.date() == self._today() else short_date(local.date(), self._today())
            return _("Backup verified: {day} {time}").format(day=day, time=clock)

        self.backup.say(words, tone="amber" if days > 2 else "text2", icon="database")

    def set_backup_trouble(self, words: Words, *, detail: Words = "") -> None:
        """Something stands in the way of backups: a few words, the rest where the mouse rests."""
        self.backup.say(words, tone="red", icon="triangle-alert")
        self.backup.setToolTip(say(detail))

    def set_lock_minutes(self, minutes: int) -> None:
        """LawDesk locks after ``minutes`` without use; 0: never."""

        def words() -> str:
            if not minutes:
                return _("Never locks by itself")
            return ngettext("Locks after {count} idle minute", "Locks after {count} idle minutes", minutes).format(
                count=minutes
            )

        self._lock_known = True
        self.lock.say(words, icon="lock")

    def set_place(self, words: Words, *, icon: str = "hard-drive-download", tone: str = "text2") -> None:
        """Where the data is: this PC, a server, a server out of reach."""
        self.place.say(words, tone=tone, icon=icon)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the lock timer out where room is short."""
        self.lock.setVisible(self._lock_known and not narrow)

    def restyle(self) -> None:
        if hasattr(self, "help"):
            self.setFixedHeight(theme.current().status_bar_height)

    def retranslate(self) -> None:
        if hasattr(self, "help"):
            for entry in (self.saved, self.backup, self.lock, self.place):
                entry.label.retranslate()
