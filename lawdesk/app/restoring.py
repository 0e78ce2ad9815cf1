"""Bringing an office back from a backup, from the first page: found, opened with code or passphrase, verified."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.errors import EnvironmentFailure, describe
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.office import open_office, read_key_record, unlock
from lawdesk.safekeeping import keep_evidence
from lawdesk.storage.backup import BackupSet, list_backups, refuse_changed_key, restore_backup
from lawdesk.storage.keys import looks_like_code
from lawdesk.storage.place import OfficeFolder
from lawdesk.ui import RestorePage, RestoreWish, TaskRunner


class Restoring:
    """Drives a :class:`RestorePage`; ``done(folder, secret)`` is called when the office lies in its new folder."""

    def __init__(self, page: RestorePage, tasks: TaskRunner, done: Callable[[str, str], object]) -> None:
        self._page, self._tasks, self._done = page, tasks, done
        page.look_asked.connect(self._look)
        page.restore_asked.connect(self._restore)
        page.begin()

    def _look(self, folder: Path) -> None:
        def show(found: list[BackupSet]) -> None:
            self._page.set_backups([(Path(one.path), _words(one)) for one in found])

        self._tasks.run(lambda: find_backups(folder), show, self._failed, owner=self._page, slot="look")

    def _restore(self, wish: RestoreWish) -> None:
        self._page.set_busy(True)
        self._tasks.run(
            lambda: bring_back(wish.backup, wish.secret, wish.folder),
            lambda _nothing: self._done(str(wish.folder), wish.secret),
            self._failed,
            owner=self._page,
        )

    def _failed(self, error: BaseException) -> None:
        self._page.set_busy(False)
        self._page.set_error(lambda: str(describe(error)))


def find_backups(folder: Path) -> list[BackupSet]:
    """Return the backups in ``folder``, however near one pointed: the folder, its parent's sets, or one set.

    Verified ones first, each kind newest first.
    """
    for place in (folder, folder / "backups", folder.parent, folder.parent.parent):
        found = list_backups(place)
        if found:
            mine = [one for one in found if Path(one.path) == folder]
            return mine or sorted(found, key=lambda one: (one.verified, one.made_at), reverse=True)
    return []


def bring_back(backup: Path, secret: str, folder: Path) -> None:
    """Put a backup into a new folder with the recovery code or the passphrase, and open it once.

    Raises UserError for a wrong code, EnvironmentFailure when the backup is not sound or the folder is taken.
    """
    refuse_changed_key(backup)
    record = read_key_record(OfficeFolder(backup))
    code = secret if looks_like_code(secret) else None
    key = unlock(record, None if code else secret, code, use_keyring=False)
    restore_backup(backup, key, OfficeFolder(folder))
    open_office(str(folder), passphrase=None if code else secret, recovery_code=code, use_keyring=False).close()


def put_aside(place: str) -> None:
    """Copy a damaged office aside, on the worker; a disk without room loses nothing by it."""
    with suppress(EnvironmentFailure, OSError):
        keep_evidence(OfficeFolder(Path(place)))


def _words(one: BackupSet) -> str:
    local = one.moment.astimezone(CHINA)
    state = _("verified") if one.verified else _("not verified")
    files = ngettext("{count} file", "{count} files", len(one.documents)).format(count=len(one.documents))
    return f"{long_date(local.date())} {local:%H:%M} · {state} · {files}"
