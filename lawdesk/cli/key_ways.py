"""``lawdesk office passphrase``, ``code`` and ``key``: changing the ways to the office's key, and the key."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from lawdesk.cli.leaving import new_passphrase
from lawdesk.cli.session import note, opened, say
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.storage.keys import CODE_WAYS

_OLDER = N_("Backups made before open with what was valid when they were made.")


def passphrase(
    new_env: Annotated[str, typer.Option("--new-env", help=N_("Environment variable with the new one."))],
) -> None:
    """Replace the passphrase; the recovery code stays."""
    with opened() as (office, actor):
        office.keys.change_passphrase(actor, _now(), new_passphrase(new_env))
    say(_("The passphrase was changed."))
    note(_(_OLDER))


def code(
    way: Annotated[str, typer.Option("--for", help=N_("recovery, partner-1 or partner-2."))] = "recovery",
    end: Annotated[bool, typer.Option("--end", help=N_("End this partner's code."))] = False,
) -> None:
    """Make a new printed code, shown once; the one before ends."""
    if way not in CODE_WAYS or (end and way == CODE_WAYS[0]):
        raise typer.BadParameter(", ".join(CODE_WAYS[1:] if end else CODE_WAYS), param_hint="--for")
    with opened() as (office, actor):
        if end:
            office.keys.drop_code(actor, _now(), way)
            say(_("The code was ended."))
        else:
            made = office.keys.new_code(actor, _now(), way)
            say(_("New code (print it and keep it safe; it is shown only now): {code}").format(code=made))
    note(_(_OLDER))


def own_passphrase(
    new_env: Annotated[str, typer.Option("--new-env", help=N_("Environment variable with the new one."))] = "",
    end: Annotated[bool, typer.Option("--end", help=N_("Do without it again."))] = False,
) -> None:
    """Set a passphrase of your own: from then on nobody acts as you without it."""
    with opened() as (office, actor):
        if end:
            office.sign_ins.drop_own(actor, _now())
            say(_("You work without a passphrase of your own again."))
        else:
            office.sign_ins.set_own(actor, _now(), new_passphrase(new_env))
            say(_("You now sign in with your own passphrase."))
    note(_(_OLDER))


def reset_passphrase(login: Annotated[str, typer.Argument(help=N_("Login of the person."))]) -> None:
    """Take back the passphrase of somebody who forgot it."""
    with opened() as (office, actor):
        person = office.firm.queries.actor_by_login(login)
        office.sign_ins.reset(actor, person.person_id or 0)
    say(_("The passphrase of {name} was taken back.").format(name=person.name))


def _now() -> str:
    """Return the passphrase in use, from LAWDESK_PASSPHRASE or a prompt on a terminal."""
    known = os.environ.get("LAWDESK_PASSPHRASE")
    if known is None and os.isatty(0):
        known = typer.prompt(_("Passphrase"), hide_input=True)
    if known is None:
        raise UserError(
            "key.needed",
            N_("The office is locked."),
            hint=N_("Enter the passphrase, or use the printed recovery code."),
        )
    return known


def key(
    keep_code: Annotated[bool, typer.Option("--keep-code", help=N_("Let the recovery code stay."))] = False,
    end: Annotated[list[str] | None, typer.Option("--end", help=N_("A way that ends, such as partner-1."))] = None,
) -> None:
    """Change the office's key itself: everything is written anew under a random one, then exchanged at once."""
    from lawdesk.office.rekeying import change_office_key, key_ways, refuse_key_change

    word = _now()
    with opened() as (office, actor):
        refuse_key_change(office, actor, word)
        if unknown := sorted(set(end or ()) - {one.way for one in key_ways(office, actor)}):
            raise typer.BadParameter(", ".join(unknown), param_hint="--end")
        changed = change_office_key(office, actor, word, new_code=not keep_code, end=end or (), progress=_progress)
        say(_("The office has a new key. The passphrase is the same."))
        if changed.recovery_code:
            words = _("New code (print it and keep it safe; it is shown only now): {code}")
            say(words.format(code=changed.recovery_code))
        for way in changed.ended:
            say(_("This way does not open the office any more: {way}").format(way=way))
        if changed.left:
            words = _("{count} stored documents could not be read and stay as they were.")
            note(words.format(count=changed.left))
        made = None if office.backups is None else office.backups.make(actor)
    if made is not None:
        say(_("Verified backup: {path} ({count} rows)").format(path=made.path, count=made.count))
    note(_(_OLDER))


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} / {total}" + ("\n" if done == total else ""))
