"""``lawdesk office check``: damage looked for, and the best way back when the office does not open."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lawdesk.cli.session import note, office_place, opened, print_json, say, tell
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_, _
from lawdesk.safekeeping import keep_evidence, newest_backup
from lawdesk.storage.place import OfficeFolder, is_server


def check(
    quick: Annotated[bool, typer.Option("--quick", help=N_("Only what takes a moment."))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))] = False,
) -> None:
    """Look for damage in the office; exit code 1 when there is any. Nothing is changed."""
    try:
        with opened() as (office, actor):
            found = office.health.quick() if quick else office.health.thorough(actor)
    except EnvironmentFailure as failure:
        if not failure.code.startswith("file."):
            raise
        tell(failure)
        _way_back()
        raise typer.Exit(1) from failure
    if as_json:
        findings = [{**asdict(one), "words": one.words(), "advice": one.advice()} for one in found.findings]
        print_json({"sound": found.sound, "documents": found.documents, "findings": findings})
    elif not found.findings:
        say(_("Nothing is damaged: file, links, records and {count} documents.").format(count=found.documents))
    for one in found.findings if not as_json else ():
        say(f"{one.words()} {one.advice()}")
    if not found.sound:
        if any(one.code == "database" for one in found.findings):
            _way_back()
        raise typer.Exit(1)


def _way_back() -> None:
    """Copy the damaged file aside and name the best backup."""
    place = office_place()
    if is_server(place):
        return
    folder = OfficeFolder(Path(place))
    if folder.database.exists() and folder.database.stat().st_size:
        note(_("The damaged file was copied aside: {path}").format(path=keep_evidence(folder)))
    best = newest_backup(folder)
    if best is None:
        note(_("No verified backup was found where this office keeps them; look on other disks."))
    else:
        words = _("The best way back: lawdesk backup restore {path} NEW-FOLDER")
        note(words.format(path=best.path))
