"""How the backups stand, in words: what is good, what stands in the way, what to do about it."""

from __future__ import annotations

from lawdesk.firm.page.desk import BackupsStand
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import N_, _

TROUBLES = {
    "gone": N_("The backup folder is not there. Connect its disk, or choose another folder; it is tried again."),
    "full": N_("The disk of the backups is full. Make room there, or choose another folder; it is tried again."),
    "read_only": N_("The backup folder cannot be written. Allow writing, or choose another folder."),
    "failed": N_("The last backup did not succeed. Make one now to see why; older ones are untouched."),
    "slow": N_("The last backup took very long. A disk on this PC is faster; a share can be a second place."),
    "none": N_("There is no verified backup of this office."),
}


def trouble_words(stand: BackupsStand) -> str:
    """Return what stands in the way, "" when nothing does."""
    sentence = TROUBLES.get(stand.condition, "")
    return _(sentence) if sentence else ""


def advice_words(stand: BackupsStand) -> str:
    """Return what would make the backups safer."""
    parts = []
    if stand.same_disk:
        parts.append(_("The backups lie on the same disk as the office: if it fails, both are lost."))
    if stand.sync:
        parts.append(
            _("The backup folder is kept in step by {name}; the backups are encrypted.").format(name=stand.sync)
        )
    return " ".join(parts)


def trial_words(stand: BackupsStand) -> str:
    """Return when a backup was last restored on trial, and how that went."""
    if stand.tested is None:
        return _("None was restored on trial yet; LawDesk does it every week.")
    day = long_date(stand.tested.astimezone(CHINA).date())
    if stand.trial_failed:
        return _("The trial of {day} failed: make a new backup now.").format(day=day)
    return _("Last restored on trial: {day}, all sound.").format(day=day)
