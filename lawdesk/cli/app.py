"""The commands, put together; every known error leaves with its exit code and in words."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from lawdesk import __version__
from lawdesk.cli.audit import audit_app
from lawdesk.cli.cases import case_app
from lawdesk.cli.conflicts import conflicts_app
from lawdesk.cli.deadlines import deadlines_app
from lawdesk.cli.demo import DEMO_HELP, WINDOW, demo
from lawdesk.cli.fees import fees_app
from lawdesk.cli.incidents import breach_list as _breaches  # noqa: F401 - adds its commands
from lawdesk.cli.law import calendar_app
from lawdesk.cli.leaving import export
from lawdesk.cli.offices import backup_app, office_app
from lawdesk.cli.parties import party_app
from lawdesk.cli.privacy import privacy_app
from lawdesk.cli.proofs import list_checks as _proofs  # noqa: F401 - adds its commands
from lawdesk.cli.rights import rights_app
from lawdesk.cli.session import OPTIONS, tell
from lawdesk.cli.time import time_app
from lawdesk.cli.walls import wall_app
from lawdesk.kernel.errors import EnvironmentFailure, LawDeskError, exit_code
from lawdesk.kernel.files import file_failure
from lawdesk.kernel.i18n import LANGUAGES, N_, _, set_language, system_language

app = typer.Typer(
    name="lawdesk",
    help=N_("Case management for small law firms. Without a command it opens the window."),
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(office_app, name="office")
app.add_typer(party_app, name="party")
app.add_typer(conflicts_app, name="conflicts")
app.add_typer(deadlines_app, name="deadlines")
app.add_typer(calendar_app, name="calendar")
app.add_typer(fees_app, name="fees")
app.add_typer(case_app, name="case")
app.add_typer(time_app, name="time")
app.add_typer(backup_app, name="backup")
app.add_typer(audit_app, name="audit")
app.add_typer(privacy_app, name="privacy")
app.add_typer(wall_app, name="wall")
app.add_typer(rights_app, name="rights")
app.command("demo", help=DEMO_HELP)(demo)
app.command("export", help=N_("The whole office as open files, with a page to read them."))(export)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"lawdesk {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=False)
def options(
    office: Annotated[
        str, typer.Option("--office", help=N_("Folder or postgresql:// URL."), envvar="LAWDESK_OFFICE")
    ] = "",
    lang: Annotated[str, typer.Option("--lang", help=N_("zh or en."), envvar="LAWDESK_LANG")] = "",
    login: Annotated[str, typer.Option("--as", help=N_("Who acts."), envvar="LAWDESK_USER")] = "",
    _version: Annotated[bool, typer.Option("--version", is_eager=True, callback=_print_version)] = False,
) -> None:
    """Take the options every command shares."""
    OPTIONS.office, OPTIONS.login = office or None, login or None
    if lang and lang not in LANGUAGES:
        raise typer.BadParameter("zh or en", param_hint="--lang")
    set_language(lang or system_language())


def main(
    arguments: list[str],
    show_window: Callable[[str], int] | None = None,
    take_shots: Callable[[str, str], list[str]] | None = None,
) -> int:
    """Run one command and return its exit code (see the contract: 0 1 2 3 4 70).

    ``show_window`` opens the demo's office, ``take_shots`` pictures it; both are handed in because nothing here
    may know Qt.
    """
    WINDOW.show, WINDOW.shots = show_window, take_shots
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):  # whatever the system's own encoding is
            stream.reconfigure(encoding="utf-8", errors=errors)
    set_language(_language_asked(arguments))  # help is printed before any option is read
    try:
        command = typer.main.get_command(app)
        _translate(command)
        command(arguments, prog_name="lawdesk")
    except SystemExit as leaving:  # typer's way to end: 2 with its own words for wrong usage, 1 when interrupted
        return leaving.code if isinstance(leaving.code, int) else 0
    except Exception as error:
        return report(error)
    return 0


def _language_asked(arguments: list[str]) -> str:
    """Return the language of ``--lang``, the environment or the system; a wrong one is refused later."""
    named = os.environ.get("LAWDESK_LANG", "")
    for place, argument in enumerate(arguments):
        if argument == "--lang":
            named = "".join(arguments[place + 1 : place + 2])
        elif argument.startswith("--lang="):
            named = argument.partition("=")[2]
    return named if named in LANGUAGES else system_language()


def _translate(command: Any) -> None:
    """Put the help of a command, its options and everything below it into the language in use."""
    for one in (command, *command.params):
        if getattr(one, "help", None):
            one.help = _(one.help)
    for inner in getattr(command, "commands", {}).values():
        _translate(inner)


def report(error: Exception) -> int:
    """Say on stderr what happened, why and what next; return the exit code."""
    if isinstance(error, OSError):
        error = file_failure(error, Path(str(error.filename or "?")))
    words = tell(error)
    if not isinstance(error, LawDeskError):
        import traceback

        traceback.print_exception(error, file=sys.stderr)
    if words.code.startswith("key."):
        return EnvironmentFailure.exit_code  # locked out: nothing was done, whatever the reason
    return exit_code(error)
