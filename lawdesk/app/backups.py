"""What the window says about backups without anybody asking: is there a good one, and how old is it."""

from __future__ import annotations

from collections.abc import Sequence

from lawdesk.kernel.clock import SystemClock
from lawdesk.office import Office
from lawdesk.storage.backup import BackupSet, list_backups
from lawdesk.storage.place import is_server


def verified_backups(office: Office) -> Sequence[BackupSet]:
    """Return the backups of this office that were read back whole, newest first; none for one on a server."""
    if is_server(office.place):
        return ()
    return [made for made in list_backups(office.folder.backups) if made.verified]


def days_since(made: BackupSet) -> int:
    """Return the whole days since a backup, by the PC's own clock (backups never live on the demo's day)."""
    return (SystemClock().now() - made.moment).days
