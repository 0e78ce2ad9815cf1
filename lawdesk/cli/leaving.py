"""``lawdesk export`` and ``lawdesk office import``: everything as open files, and back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from lawdesk.cli.session import note, opened, print_json, say
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import import_office

Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]


def export(
    target: Annotated[Path, typer.Argument(metavar="DIR", help=N_("A new or empty folder."))],
    as_json: Json = False,
) -> None:
    """Write the whole office, decrypted, as open files with a page to read them."""
    with opened() as (office, actor):
        made = office.leaving.export(actor, target)
    if as_json:
        print_json({"path": str(made.path), "rows": made.rows, "documents": made.documents, "bytes": made.size})
        return
    words = _("Exported to {path}: {rows} rows, {documents} documents. Open {page} to read them.")
    page = made.path / "index.html"
    say(words.format(path=made.path, rows=made.count, documents=made.documents, page=page))
    note(_("These files are not encrypted: keep them safe, and delete them when they are not needed."))


def office_import(
    source: Annotated[Path, typer.Argument(metavar="EXPORT", help=N_("A folder that lawdesk export wrote."))],
    place: Annotated[str, typer.Argument(metavar="DIR", help=N_("A folder, or a postgresql:// URL."))],
    passphrase_env: Annotated[str, typer.Option("--passphrase-env", help=N_("Environment variable."))] = "",
) -> None:
    """Make a new office from an export; the recovery code is printed once."""
    code = import_office(source, place, new_passphrase(passphrase_env))
    say(_("Office created: {place}").format(place=place.split("@")[-1]))
    words = _("Recovery code (print it and keep it safe; it is shown only now): {code}")
    say(words.format(code=code))


def new_passphrase(variable: str = "") -> str:
    """Return the passphrase for a new office: from ``variable``, LAWDESK_PASSPHRASE, or a prompt on a terminal.

    Raises UserError when there is none.
    """
    name = variable or "LAWDESK_PASSPHRASE"
    passphrase = os.environ.get(name)
    if passphrase is None and not variable and os.isatty(0):
        passphrase = typer.prompt(_("Passphrase"), hide_input=True, confirmation_prompt=True)
    if passphrase is None:
        raise UserError(
            "key.no_passphrase",
            N_("The new office needs a passphrase."),
            hint=N_("Put it into the environment variable {name}."),
            name=name,
        )
    return str(passphrase)
