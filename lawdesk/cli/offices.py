"""``lawdesk office``, ``lawdesk backup`` and ``lawdesk audit``."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lawdesk import __version__
from lawdesk.cli.checkup import check
from lawdesk.cli.key_ways import code, key, own_passphrase, passphrase, reset_passphrase
from lawdesk.cli.leaving import new_passphrase, office_import
from lawdesk.cli.session import note, opened, print_json, print_table, say, tell
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import Office, create_office, read_key_record, unlock
from lawdesk.safekeeping import BackupService, Finding
from lawdesk.storage.backup import list_backups, refuse_changed_key, restore_backup, verify_backup
from lawdesk.storage.keys import OfficeKey
from lawdesk.storage.place import OfficeFolder, is_server, sync_service

office_app = typer.Typer(no_args_is_help=True, help=N_("Make an office, or look at one."))
backup_app = typer.Typer(no_args_is_help=True, help=N_("Make, check and restore backups."))

Folder = Annotated[Path | None, typer.Argument(metavar="DIR", help=N_("Where backups go."))]
Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]


@office_app.command("create", help=N_("Make a new encrypted office; the recovery code is printed once."))
def create(
    place: Annotated[str, typer.Argument(metavar="DIR", help=N_("A folder, or a postgresql:// URL."))],
    name: Annotated[str, typer.Option("--name", help=N_("The firm's name."))],
    founder: Annotated[str, typer.Option("--founder", help=N_("Who runs the office first."))] = "",
    login: Annotated[str, typer.Option("--login", help=N_("The founder's login."))] = "admin",
    passphrase_env: Annotated[str, typer.Option("--passphrase-env", help=N_("Environment variable."))] = "",
) -> None:
    """Make a new encrypted office; the recovery code is printed once."""
    passphrase = new_passphrase(passphrase_env)
    made = create_office(
        place, firm_name=name, founder=founder or _("Director"), passphrase=passphrase, login=login
    )
    made.office.close()
    say(_("Office created: {place}").format(place=place))
    if not is_server(place) and (service := sync_service(Path(place))):
        warning = Finding("place.sync", 1, service)
        note(f"{warning.words()} {warning.advice()}")
    words = _("Recovery code (print it and keep it safe; it is shown only now): {code}")
    say(words.format(code=made.recovery_code))


office_app.command("import", help=N_("Make a new office from an export; the recovery code is printed once."))(
    office_import
)


office_app.command("check", help=N_("Look for damage; exit code 1 when there is any. Nothing is changed."))(check)
office_app.command("passphrase", help=N_("Replace the passphrase; the recovery code stays."))(passphrase)
office_app.command(
    "own-passphrase", help=N_("Set a passphrase of your own: from then on nobody acts as you without it.")
)(own_passphrase)
office_app.command("reset-passphrase", help=N_("Take back the passphrase of somebody who forgot it."))(
    reset_passphrase
)
office_app.command("code", help=N_("Make a new printed code, shown once; the one before ends."))(code)
office_app.command("key", help=N_("Change the office's key itself; everything is written anew under a new one."))(
    key
)


@office_app.command("info", help=N_("Engine, version, counts, last verified backup."))
def info(as_json: Json = False) -> None:
    """Engine, version, counts, last verified backup."""
    with opened() as (office, actor):
        database = office.database
        counts = {
            "people": len(office.firm.queries.people(actor)),
            "cases": office.cases.queries.count_cases(actor),
            "parties": office.cases.queries.count_parties(actor),
            "enquiries": len(office.cases.queries.list_enquiries(actor, status=None, limit=100_000)),
        }
        verified = None
        if database.kind == "sqlite":
            newest = backups_of(office).newest()
            verified = newest.made_at if newest else None
        facts = {
            "firm": office.firm.queries.firm_name(actor),
            "place": office.place.split("@")[-1],
            "engine": database.kind,
            "version": __version__,
            "counts": counts,
            "last_verified_backup": verified,
        }
    if as_json:
        print_json(facts)
    else:
        print_table(["", ""], [[key, str(value)] for key, value in facts.items()])


@backup_app.command("create", help=N_("Make a backup and read it back; it counts only when that worked."))
def backup_create(target: Folder = None, as_json: Json = False) -> None:
    """Make a backup and read it back; it counts only when that worked."""
    with opened() as (office, actor):
        made = backups_of(office).make(actor, elsewhere=target)
    if as_json:
        print_json(asdict(made))
    else:
        say(_("Verified backup: {path} ({count} rows)").format(path=made.path, count=made.count))


@backup_app.command("folder", help=N_("Let backups go to another folder, best on another disk."))
def backup_to(target: Annotated[Path, typer.Argument(metavar="DIR", help=N_("Where backups go."))]) -> None:
    """Let backups go to another folder, best on another disk."""
    with opened() as (office, actor):
        backups_of(office).set_folder(actor, target)
    say(_("Backups now go to {folder}").format(folder=target))


@backup_app.command("status", help=N_("How the backups stand; exit code 1 when something is to be done."))
def backup_status(as_json: Json = False) -> None:
    """How the backups stand; exit code 1 when something is to be done."""
    with opened() as (office, _actor):
        state = backups_of(office).state()
    facts = {
        "folder": str(state.folder),
        "condition": state.condition,
        "last_verified": state.newest.made_at if state.newest else None,
        "good": state.good,
        "same_disk": state.same_disk,
        "tried_out": state.note.test_at or None,
        "trial_failed": state.note.test_code or None,
    }
    if as_json:
        print_json(facts)
    else:
        print_table(["", ""], [[key, str(value)] for key, value in facts.items()])
    if state.condition not in ("good", "slow") or state.note.test_code:
        raise typer.Exit(1)


@backup_app.command("trial", help=N_("Restore the newest backup into a temporary place and look at it."))
def backup_trial(as_json: Json = False) -> None:
    """Restore the newest backup into a temporary place and look at it."""
    with opened() as (office, actor):
        made = backups_of(office).trial(actor)
    if as_json:
        print_json({**asdict(made), "sound": True})
    else:
        say(_("Restored on trial and sound: {path} ({count} rows)").format(path=made.path, count=made.count))


def backups_of(office: Office) -> BackupService:
    """Return the backups of an office in a folder; raises EnvironmentFailure for one on a server."""
    if office.backups is None:
        _folder = office.folder  # says why
        raise AssertionError
    return office.backups


@backup_app.command("list", help=N_("The backups of this office, newest first."))
def backup_list(target: Folder = None, as_json: Json = False) -> None:
    """The backups of this office, newest first."""
    with opened() as (office, _actor):
        found = list_backups(target) if target else backups_of(office).sets()
    if as_json:
        print_json([asdict(made) for made in found])
    else:
        rows = [[made.made_at, _("verified") if made.verified else _("not verified"), made.path] for made in found]
        print_table([_("Made"), _("State"), _("Folder")], rows)


@backup_app.command("verify", help=N_("Read one backup back; exit code 1 when anything is wrong."))
def backup_verify(place: Annotated[Path, typer.Argument(metavar="SET")], as_json: Json = False) -> None:
    """Read one backup back; exit code 1 when anything is wrong."""
    if not (place / "manifest.json").exists():
        raise EnvironmentFailure(
            "backup.none",
            N_("There is no backup in {path}."),
            hint=N_("Name the folder of one set; lawdesk backup list shows them."),
            path=str(place),
        )
    try:
        refuse_changed_key(place)
        made = verify_backup(place, _key_of(place))
    except EnvironmentFailure as failure:
        words = tell(failure)
        if as_json:
            print_json({"path": str(place), "sound": False, "reason": words.why or words.what})
        raise typer.Exit(1) from failure
    if as_json:
        print_json({**asdict(made), "sound": True})
    else:
        say(_("Sound: {path} ({count} rows)").format(path=made.path, count=made.count))


def _key_of(place: Path, recovery_code: str | None = None) -> OfficeKey:
    passphrase = None if recovery_code else os.environ.get("LAWDESK_PASSPHRASE")
    return unlock(read_key_record(OfficeFolder(place)), passphrase, recovery_code)


@backup_app.command(
    "restore", help=N_("Put a backup into a new folder, with the passphrase or the recovery code.")
)
def backup_restore(
    place: Annotated[Path, typer.Argument(metavar="SET")],
    target: Annotated[Path, typer.Argument(metavar="DIR")],
    recovery_code: Annotated[str | None, typer.Option("--recovery-code", envvar="LAWDESK_RECOVERY_CODE")] = None,
) -> None:
    """Put a backup into a new folder, with the passphrase or the recovery code."""
    restore_backup(place, _key_of(place, recovery_code), OfficeFolder(target))
    say(_("Restored to {path}").format(path=target))
