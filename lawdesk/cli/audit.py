"""``lawdesk audit``: the chain of what was done, and the sheet that proves it on paper."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from lawdesk.cli.session import opened, print_json, say
from lawdesk.kernel.i18n import N_, _, ngettext
from lawdesk.safekeeping import FAULTS

audit_app = typer.Typer(no_args_is_help=True, help=N_("Check the audit chain."))

Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]


@audit_app.command("verify", help=N_("Walk the audit chain; exit code 1 when it is broken."))
def audit_verify(
    heads: Annotated[Path | None, typer.Option("--heads", help=N_("A backup folder kept elsewhere."))] = None,
    as_json: Json = False,
) -> None:
    """Walk the audit chain and compare it with the heads kept outside; exit code 1 when anything is wrong."""
    with opened() as (office, _actor):
        verdict = office.chain.judge(heads)
    report = {**asdict(verdict.chain), "fault": verdict.fault, "where": verdict.where, "heads": verdict.heads}
    if as_json:
        print_json({**report, "left_behind": verdict.left_behind, "sound": verdict.sound})
    elif verdict.sound:
        words = _("The audit chain is sound: {count} records.").format(count=verdict.chain.records)
        heads_words = ngettext(
            "It agrees with {count} head kept outside.",
            "It agrees with {count} heads kept outside.",
            verdict.heads,
        )
        say(f"{words} {heads_words.format(count=verdict.heads)}")
    else:
        say(_(FAULTS[verdict.fault]).format(number=verdict.where, at=verdict.head_at))
    if not verdict.sound:
        raise typer.Exit(1)


@audit_app.command("sheet", help=N_("The signed head of the chain as a page to print and keep."))
def audit_sheet(target: Annotated[Path, typer.Argument(metavar="FILE.pdf")]) -> None:
    """Write the signed head of the chain as a page to print and keep."""
    with opened() as (office, actor):
        head = office.chain.print_head(actor, target)
    say(_("Printed to {path}: {count} records.").format(path=target, count=head.records))


@audit_app.command("compare", help=N_("Compare the chain with a printed sheet; exit code 1 when they differ."))
def audit_compare(
    record: Annotated[int, typer.Option("--record", help=N_("The number of the last record on the sheet."))],
    code: Annotated[str, typer.Option("--code", help=N_("The code on the sheet."))],
) -> None:
    """Compare the chain with a printed sheet; exit code 1 when they differ."""
    with opened() as (office, _actor):
        fits = office.chain.fits_sheet(record, code)
    say(_("The chain still holds what the sheet says.") if fits else _("The chain is not what the sheet says."))
    if not fits:
        raise typer.Exit(1)
