"""Reading a court's calendar file from disk."""

from __future__ import annotations

from pathlib import Path

from lawdesk.deadlines.rules import CourtEntry
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.files import file_failure
from lawdesk.kernel.i18n import N_
from lawdesk.outside import read

MOST_BYTES = 5_000_000


def read_ics(path: Path) -> list[CourtEntry]:
    """Return the hearings of a calendar file.

    Raises UserError for a file too large or not in UTF-8, Refused with every entry that cannot be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise file_failure(error, path) from error
    if len(content) > MOST_BYTES:
        raise UserError("ics.too_large", N_("{name} is far too large for a court's calendar."), name=path.name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            "ics.encoding",
            N_("{name} cannot be read: it is not in UTF-8."),
            hint=N_("Calendar files are always in UTF-8: ask for the file again."),
            name=path.name,
        ) from error
    found: tuple[list[CourtEntry], list[Problem]] = read(
        "lawdesk.deadlines.rules.courtcalendar:parse_ics", text, name=path.name, shapes=(CourtEntry, Problem)
    )
    entries, problems = found
    if problems:
        raise Refused(problems, N_("This calendar was not taken in; nothing was changed."))
    return entries
