"""Words and icons about documents: kinds of files, sizes, days, what taking in did."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from lawdesk.documents.queries import DocumentRow, VersionRow
from lawdesk.documents.service import TakenIn
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import local_time, short_date
from lawdesk.kernel.errors import describe
from lawdesk.kernel.i18n import _, ngettext

_ICONS = {
    "file-text": "pdf doc docx wps rtf odt txt md ofd",
    "file-spreadsheet": "xls xlsx et csv ods",
    "image": "jpg jpeg png gif tif tiff bmp webp heic",
    "file-archive": "zip rar 7z tar gz",
    "file-audio": "mp3 wav m4a amr aac flac ogg wma",
    "file-video": "mp4 mov avi mkv wmv m4v",
    "mail": "eml msg",
}
_ICON_OF = {ending: icon for icon, endings in _ICONS.items() for ending in endings.split()}


def icon_of(name: str) -> str:
    """Return the icon of the kind of file a name points to."""
    return _ICON_OF.get(PurePath(name).suffix[1:].lower(), "file")


def size_words(size: int) -> str:
    """Return a size in bytes as people read it: 842 B, 36 KB, 1.4 MB, 2.0 GB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024**2:
        return f"{round(size / 1024)} KB"
    if size < 1024**3:
        return f"{size / 1024**2:.1f} MB"
    return f"{size / 1024**3:.1f} GB"


def added_day(row: DocumentRow | VersionRow) -> date:
    """Return the day in China on which this content was stored."""
    return row.added_at.astimezone(CHINA).date()


def added_words(row: DocumentRow | VersionRow, today: date) -> str:
    """Return when this content was stored: 11月5日 10:42."""
    return f"{short_date(added_day(row), today)} {local_time(row.added_at)}"


def count_words(count: int) -> str:
    """Return how many documents."""
    return ngettext("{count} document", "{count} documents", count).format(count=count)


def taken_words(taken: TakenIn) -> str:
    """Return one sentence on what taking in did."""
    new, versions, same = (len(taken.ids(outcome)) for outcome in ("added", "version", "same"))
    parts = []
    if new:
        parts.append(ngettext("{count} document stored", "{count} documents stored", new).format(count=new))
    if versions:
        words = ngettext("{count} as a new version", "{count} as new versions", versions)
        parts.append(words.format(count=versions))
    if same:
        words = ngettext("{count} was there already, unchanged", "{count} were there already, unchanged", same)
        parts.append(words.format(count=same))
    if taken.stopped:
        parts.append(_("stopped before the rest"))
    return _(", ").join(parts) if parts else _("Nothing was stored")


def refused_lines(taken: TakenIn) -> list[tuple[str, str]]:
    """Return name and reason of everything that was not stored."""
    return [(row.name, str(describe(row.error))) for row in taken.refused]
