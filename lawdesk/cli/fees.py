"""``lawdesk fees``: court fees and interest for delay; no office is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lawdesk.cli.session import print_json, print_table, read_day, say
from lawdesk.deadlines import (
    FEE_KINDS,
    FeeStep,
    Pause,
    Payment,
    calculate_fee,
    calculation_sheet,
    delay_interest,
    write_paper,
)
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.kernel.money import format_fen, parse_yuan

fees_app = typer.Typer(no_args_is_help=True, help=N_("Court fees and interest for delay, with every step."))
Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
Out = Annotated[
    Path | None, typer.Option("--out", dir_okay=False, help=N_("Write the calculation as .pdf or .docx."))
]


@fees_app.command("kinds", help=N_("Everything that can be calculated."))
def kinds(as_json: Json = False) -> None:
    """Everything that can be calculated."""
    if as_json:
        print_json([{"kind": kind, "title": _(title)} for kind, title in FEE_KINDS.items()])
        return
    print_table([_("Kind"), _("Title")], [[kind, _(title)] for kind, title in FEE_KINDS.items()])


@fees_app.command("compute", help=N_("One fee, such as: lawdesk fees compute property --amount 30万"))
def compute_fee(
    kind: Annotated[str, typer.Argument(help=N_("See: lawdesk fees kinds"))],
    amount: Annotated[str, typer.Option("--amount", help=N_("The claim in yuan: 300000 or 30万."))] = "",
    half: Annotated[
        list[str] | None,
        typer.Option("--half", help=N_("Halve it: mediation, withdrawal, summary, counterclaim.")),
    ] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """One fee with its steps."""
    found = calculate_fee(kind, _fen(amount) if amount else None, halves=tuple(half or ()))
    if out is not None:
        write_paper(calculation_sheet(found), out)
    if as_json:
        print_json(found.as_json())
        return
    _print_steps(found.steps)
    say(f"{_(found.title)}: {found.words}")
    say(f"{found.statute} {found.article}".strip())


@fees_app.command("interest", help=N_("Doubled interest for delay in performing a judgment."))
def interest(
    principal: Annotated[str, typer.Option("--principal", help=N_("The debt in yuan."))],
    since: Annotated[str, typer.Option("--since", help=N_("Last day of the time to perform."))],
    until: Annotated[str, typer.Option("--until", help=N_("The last day that counts."))],
    paid: Annotated[list[str] | None, typer.Option("--paid", help="2025-03-11=40000")] = None,
    pause: Annotated[list[str] | None, typer.Option("--pause", help="2025-03-20..2025-03-24")] = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Doubled interest for delay, with payments in between and times of rest."""
    payments = tuple(Payment(read_day(day), _fen(yuan)) for day, yuan in (_pair(text, "=") for text in paid or ()))
    pauses = tuple(
        Pause(read_day(first), read_day(last)) for first, last in (_pair(text, "..") for text in pause or ())
    )
    found = delay_interest(_fen(principal), read_day(since), read_day(until), payments=payments, pauses=pauses)
    if out is not None:
        write_paper(calculation_sheet(found), out)
    if as_json:
        print_json(found.as_json())
        return
    _print_steps(found.steps)
    say(_("Debt still open: {yuan} yuan").format(yuan=format_fen(found.principal_fen)))
    say(found.statute)


def _print_steps(steps: tuple[FeeStep, ...]) -> None:
    for step in steps:
        say(f"  {step.words()}")


def _pair(text: str, mark: str) -> tuple[str, str]:
    first, _mark, last = text.partition(mark)
    return first, last


def _fen(text: str) -> int:
    try:
        return parse_yuan(text)
    except ValueError as error:
        raise UserError(
            "fee.money",
            N_("{text} is no amount of money."),
            hint=N_("Write it as 300000 or 30万."),
            text=text or "-",
        ) from error
