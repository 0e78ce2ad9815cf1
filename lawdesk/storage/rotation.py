"""Which backups stay: 14 daily, 8 weekly, 12 monthly, and never fewer than three good ones."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Hashable, Sequence
from pathlib import Path

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.storage.backup import BackupSet, list_backups
from lawdesk.storage.vault_blobs import FolderBlobs

DAILY, WEEKLY, MONTHLY, GOOD = 14, 8, 12, 3


def to_remove(sets: Sequence[BackupSet], made: BackupSet | None = None) -> list[BackupSet]:
    """Return the sets that are not kept; ``made`` (the one just made) always is.

    Days, weeks and months are counted as they occur among the sets, not back from today: a clock that jumps makes
    nothing old. One that is not verified stays until there are three newer good ones.
    """
    newest_first = sorted(sets, key=lambda one: one.made_at, reverse=True)
    good = [one for one in newest_first if one.verified]
    kept = {one.path for one in good[:GOOD]} | ({made.path} if made else set())
    for count, period in ((DAILY, _day), (WEEKLY, _week), (MONTHLY, _month)):
        first: dict[Hashable, str] = {}
        for one in good:
            first.setdefault(period(one), one.path)
        kept.update(list(first.values())[:count])
    if len(good) < GOOD:
        kept.update(one.path for one in newest_first)
    elif good:
        kept.update(one.path for one in newest_first if not one.verified and one.made_at > good[GOOD - 1].made_at)
    return [one for one in newest_first if one.path not in kept]


def rotate(target: Path, made: BackupSet | None = None) -> int:
    """Remove the sets that are not kept from ``target`` and the documents no set names; return how many sets.

    Killed at any moment, what remains listed is whole: a set stops counting before its files go, and documents go
    last. Nothing is removed while another set is being made here.
    """
    removed = 0
    sets = list_backups(target)
    for one in to_remove(sets, made):
        place = Path(one.path)
        with contextlib.suppress(OSError):
            (place / "manifest.json").unlink()
            shutil.rmtree(place, ignore_errors=True)
            removed += 1
    if removed:
        with contextlib.suppress(OSError, EnvironmentFailure):
            _remove_documents(target)
    return removed


def _remove_documents(target: Path) -> None:
    places = [place for place in (target / "sets").iterdir() if place.is_dir()]
    sets = list_backups(target)
    if len(sets) != len(places):
        return  # one is being made, or cannot be read: whose documents these are is not known
    named = {address for one in sets for address in one.documents}
    blobs = FolderBlobs(target / "vault", create=not named)
    for address in list(blobs.iterate()):
        if address not in named:
            blobs.delete(address)


def _day(one: BackupSet) -> Hashable:
    return one.moment.astimezone(CHINA).date()


def _week(one: BackupSet) -> Hashable:
    return one.moment.astimezone(CHINA).isocalendar()[:2]


def _month(one: BackupSet) -> Hashable:
    day = one.moment.astimezone(CHINA)
    return day.year, day.month
