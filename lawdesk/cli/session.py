"""What every command shares: which office, who acts, how data and errors are printed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lawdesk.firm import Actor
from lawdesk.kernel.clock import SystemClock
from lawdesk.kernel.dates import parse_day
from lawdesk.kernel.errors import EnvironmentFailure, Refused, UserError, Words, describe
from lawdesk.kernel.i18n import N_, _
from lawdesk.kernel.settings import Settings
from lawdesk.office import Office, open_office
from lawdesk.storage.place import default_office_folder, is_server


@dataclass
class Options:
    """The global options of the command line."""

    office: str | None = None
    login: str | None = None


OPTIONS = Options()


def office_place() -> str:
    """Return the office meant: option, environment, last one used, usual folder."""
    named = OPTIONS.office or os.environ.get("LAWDESK_OFFICE")
    if named:
        return named
    last = str(Settings().get("last_office"))
    return last or str(default_office_folder())


@contextmanager
def opened() -> Iterator[tuple[Office, Actor]]:
    """Open the office for one command and say who acts; closed in any case."""
    place = office_place()
    if not is_server(place) and not Path(place).exists():
        raise EnvironmentFailure(
            "place.no_office",
            N_("There is no office at {path}."),
            hint=N_("Name one with --office, or make one with: lawdesk office create DIR --name FIRM"),
            path=place,
        )
    office = unlock_at(place)
    try:
        yield office, who_acts(office)
    finally:
        office.close()


def login_meant() -> str | None:
    """Return the login of who is to act: option, environment."""
    return OPTIONS.login or os.environ.get("LAWDESK_USER") or None


def who_acts(office: Office) -> Actor:
    """Return who acts; somebody with a passphrase of their own proves it by LAWDESK_PASSPHRASE or at a prompt."""
    login = login_meant()
    try:
        return office.sign_ins.actor(login, os.environ.get("LAWDESK_PASSPHRASE"))
    except UserError as error:
        if error.code != "signin.needed" or not sys.stdin.isatty():
            raise
    import getpass

    return office.sign_ins.actor(login, getpass.getpass(_("Your own passphrase: ")))


def unlock_at(place: str) -> Office:
    """Open the office at ``place``: LAWDESK_PASSPHRASE, then the keyring, then a prompt on a terminal."""
    passphrase, login = os.environ.get("LAWDESK_PASSPHRASE"), login_meant() or ""
    if passphrase is not None:
        return open_office(place, passphrase=passphrase, login=login)
    try:
        return open_office(place)
    except UserError as error:
        if error.code != "key.needed" or not sys.stdin.isatty():
            raise
    import getpass

    return open_office(place, passphrase=getpass.getpass(_("Passphrase: ")), login=login)


def read_day(text: str) -> date:
    """Return the day meant by ``text``, counted from China's today; raises UserError for what is none."""
    try:
        return parse_day(text, SystemClock().today())
    except ValueError as error:
        raise not_a_day(text) from error


def not_a_day(text: str) -> UserError:
    """Return the error for a text that is no day."""
    hint = N_("Write it as 2025-11-05.")
    return UserError("deadlines.day", N_("{text} is not a day."), hint=hint, text=text or "-")


def print_json(document: Any) -> None:
    """Print one JSON document on stdout: UTF-8, no colours."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n")


def say(text: str) -> None:
    """Print one line of data on stdout."""
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """Print one line about progress or trouble on stderr."""
    sys.stderr.write(text + "\n")


def tell(error: Exception) -> Words:
    """Say on stderr what happened, why and what next; return the words."""
    words = describe(error)
    note(words.what)
    if isinstance(error, Refused):
        for problem in error.problems:
            note(f"- {problem.words()}" + (f" [{problem.field}]" if problem.field else ""))
    elif words.why:
        note(words.why)
    if words.next:
        note(words.next)
    note(f"[{words.code}]")
    return words


def print_table(headings: list[str], rows: list[list[str]]) -> None:
    """Print a table for people, or tab-separated lines when stdout is not a terminal."""
    if not sys.stdout.isatty():
        for row in rows:
            say("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(*headings, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
