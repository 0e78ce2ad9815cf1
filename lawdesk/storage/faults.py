"""What the engines say about disk, lock, server and text, in words; and the error for an office that is locked."""

from __future__ import annotations

import re

from sqlalchemy.exc import DBAPIError, OperationalError

from lawdesk.kernel.errors import Bug, EnvironmentFailure, LawDeskError, UserError
from lawdesk.kernel.i18n import N_

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def office_locked() -> UserError:
    """Return the error for a database that was closed because its window is locked."""
    return UserError("office.locked", N_("The office is locked."), hint=N_("Unlock it first."))


def in_words(error: DBAPIError) -> LawDeskError:
    """Turn what the engine says about disk, lock or server into an EnvironmentFailure."""
    reason = str(error.orig).lower()
    if "full" in reason or "no space" in reason:
        return EnvironmentFailure(
            "disk.full",
            N_("The disk is full. The last step was not saved."),
            N_("Everything saved before is safe."),
            N_("Make room on the disk, then try again."),
        )
    if "readonly" in reason or "read-only" in reason:
        return EnvironmentFailure(
            "disk.read_only",
            N_("The office file cannot be written."),
            N_("The disk or the folder is read-only."),
            N_("Allow writing to the folder, then try again."),
        )
    if "locked" in reason or "busy" in reason:
        return EnvironmentFailure(
            "file.locked",
            N_("The office file is busy."),
            N_("Another LawDesk is writing for longer than half a minute."),
            N_("Wait for it to finish or close it, then try again."),
        )
    if "malformed" in reason or "not a database" in reason or "disk i/o" in reason:
        return EnvironmentFailure(
            "file.damaged",
            N_("The office file is damaged."),
            N_("The disk gave back something else than was written."),
            N_("Stop working on it. Restore the newest verified backup into a new folder."),
        )
    if isinstance(error, OperationalError) or error.connection_invalidated:
        return EnvironmentFailure(
            "server.lost",
            N_("The connection to the office's database was lost."),
            N_("The last step was not saved; everything before is safe."),
            N_("Check the connection, then try again."),
        )
    return Bug("database", first_line(error))


def first_line(error: DBAPIError) -> str:
    """Return what the engine says without the values it says it about: PostgreSQL names them in further lines."""
    return (str(error.orig).splitlines() or [type(error.orig).__name__])[0]


def dangling() -> UserError:
    """Return the error for a reference to something that is not there."""
    return UserError(
        "record.unknown",
        N_("What this refers to is not there."),
        N_("It was removed meanwhile, or never was."),
        N_("Look at the list again, then choose anew."),
    )


def refuse_unstorable(*texts: str) -> None:
    """Raise UserError for text with zero bytes or halves of characters, which the engines do not keep alike."""
    if any(_UNSTORABLE.search(text) for text in texts):
        raise unstorable()


def unstorable() -> UserError:
    """Return the error for text that the engines do not keep alike."""
    return UserError(
        "text.unstorable",
        N_("The text holds characters that cannot be stored."),
        N_("They come from a damaged file or clipboard; they cannot be seen."),
        N_("Type the text again, or paste it through a plain text editor."),
    )
