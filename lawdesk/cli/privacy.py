"""``lawdesk privacy``: one person's data, requests, holds, breaches, disposal lists."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from lawdesk.cli.session import note, opened, print_json, print_table, read_day, say
from lawdesk.firm import Actor
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import Office
from lawdesk.privacy.queries.rows import RequestRow
from lawdesk.privacy.rules import (
    ERASURE_TITLES,
    REQUEST_TITLES,
    STATE_TITLES,
    ErasureKind,
    RequestDraft,
    RequestKind,
    RequestState,
)

privacy_app = typer.Typer(no_args_is_help=True, help=N_("Personal data: find, hand over, erase, log, tell."))
log_app = typer.Typer(no_args_is_help=True, help=N_("The log of requests."))
hold_app = typer.Typer(no_args_is_help=True, help=N_("Holds: what must not be erased."))
privacy_app.add_typer(log_app, name="log")
privacy_app.add_typer(hold_app, name="hold")

Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
Parties = Annotated[list[int], typer.Option("--party", help=N_("The entry, as privacy find numbers it."))]
Request = Annotated[int | None, typer.Option("--request", help=N_("The request this answers."))]
Out = Annotated[Path, typer.Option("--out", help=N_("Where it is written."))]
Certificate = Annotated[Path | None, typer.Option("--out", help=N_("The certificate: .docx or .pdf."))]


@privacy_app.command("find", help=N_("Who on file may be a person, and where else the name stands."))
def find(
    name: Annotated[str, typer.Argument()] = "",
    number: Annotated[list[str] | None, typer.Option("--number", help=N_("Identity or telephone number."))] = None,
    documents: Annotated[bool, typer.Option("--documents", help=N_("Look into documents, too."))] = False,
    as_json: Json = False,
) -> None:
    """Who on file may be a person, and where else the name stands."""
    with opened() as (office, actor):
        found = office.privacy.find(actor, name, number or (), documents=documents)
    if as_json:
        print_json(
            {
                "candidates": [
                    {
                        "party": one.party_id,
                        "uid": one.uid,
                        "name": one.name,
                        "level": one.level,
                        "why": one.why,
                        "names": one.names,
                        "numbers": one.numbers,
                        "cases": one.cases,
                        "blocked": one.blocked,
                    }
                    for one in found.candidates
                ],
                "members": found.members,
                "mentions": [
                    {"table": one.table, "column": one.column, "row": one.row_id, "case": one.case_id}
                    for one in found.mentions
                ],
                "searched": {"texts": found.extent.texts, "documents": found.extent.documents},
                "not_searched": found.extent.not_searched,
            }
        )
        return
    rows = [
        [str(one.party_id), one.name, one.level, "、".join(one.names), " ".join(one.numbers), str(one.cases)]
        for one in found.candidates
    ]
    print_table([_("Entry"), _("Name"), _("Level"), _("Other names"), _("Numbers"), _("Cases")], rows)
    note(_("{count} further texts name the person.").format(count=len(found.mentions)))
    for line in found.extent.not_searched:
        note(line)


@privacy_app.command("export", help=N_("What is kept about a person, as a ZIP to hand over."))
def export(parties: Parties, out: Out, request: Request = None, as_json: Json = False) -> None:
    """What is kept about a person, as a ZIP to hand over."""
    with opened() as (office, actor):
        made = office.privacy.export_person(actor, parties, out, request_id=request)
    if as_json:
        print_json(
            {
                "path": str(out),
                "client": made.client,
                "withheld": made.withheld,
                "mentions": len(made.mentions),
                "not_searched": made.extent.not_searched,
            }
        )
        return
    say(_("Written to {path}.").format(path=out))
    for line in (*made.withheld, *made.extent.not_searched):
        note(line)


@privacy_app.command("erase", help=N_("Erase a person, or block, or refuse with reasons; --plan only says which."))
def erase(
    parties: Parties,
    out: Certificate = None,
    request: Request = None,
    plan: Annotated[bool, typer.Option("--plan", help=N_("Only say what would be done."))] = False,
    as_json: Json = False,
) -> None:
    """Erase a person, or block, or refuse; exit code 1 when the wish is refused."""
    with opened() as (office, actor):
        number: int | None = None
        if plan:
            found = office.privacy.plan_erasure(actor, parties)
        else:
            number, found = office.privacy.erase_person(actor, parties, out, request_id=request)
    reasons = [one.words() for one in found.verdict.reasons]
    if as_json:
        print_json(
            {
                "outcome": found.outcome.value,
                "certificate": number,
                "until": found.verdict.until,
                "reasons": reasons,
                "blacked_out": len(found.blacked) - len(found.doubtful),
                "left_for_namesakes": len(found.doubtful),
                "kept": [
                    {"table": one.table, "row": one.row_id, "why": why, "until": until}
                    for one, why, until in found.kept
                ],
                "elsewhere": found.remains.words(),
            }
        )
    else:
        say(_(ERASURE_TITLES[found.outcome]))
        for line in (*reasons, found.remains.words()):
            say(line)
        if found.doubtful:
            words = _(
                "{count} texts were left as they are: others are called so, too. The window asks text by text."
            )
            note(words.format(count=len(found.doubtful)))
    if found.outcome is ErasureKind.REFUSED:
        raise typer.Exit(1)


@privacy_app.command(
    "compact", help=N_("Rewrite the file where an erasure could not; exit code 1 if it is in use.")
)
def compact() -> None:
    """Rewrite the file where an erasure could not."""
    with opened() as (office, actor):
        waiting = [
            row
            for row in office.privacy.queries.erasures(actor)
            if row.kind in (ErasureKind.ERASED, ErasureKind.DISPOSED) and not row.compacted
        ]
        done = office.privacy.compact(actor) if waiting else True
    say(
        _("The file was rewritten.")
        if done
        else _("The file could not be rewritten: another program has it open.")
    )
    if not done:
        raise typer.Exit(1)


@privacy_app.command("returned", help=N_("Who was erased and came back with a backup; exit code 1 if anybody."))
def returned(
    folder: Annotated[Path | None, typer.Option("--folder", help=N_("The folder of the backups then."))] = None,
    as_json: Json = False,
) -> None:
    """Who was erased and came back with a restored backup; exit code 1 if anybody."""
    with opened() as (office, actor):
        found = office.privacy.came_back(actor, folder)
    if as_json:
        print_json([{"party": one.party_id, "name": one.name} for one in found])
    else:
        print_table([_("Entry"), _("Name")], [[str(one.party_id), one.name] for one in found])
    if found:
        raise typer.Exit(1)


@privacy_app.command("unblock", help=N_("Let blocked data be used again."))
def unblock(party: int, why: Annotated[str, typer.Option("--why", help=N_("The reason."))]) -> None:
    """Let blocked data be used again."""
    with opened() as (office, actor):
        office.privacy.unblock(actor, party, why)
    say(_("The data may be used again."))


@log_app.command("add", help=N_("Write down a request."))
def log_add(
    kind: RequestKind,
    subject: str,
    on: Annotated[str, typer.Option("--on", help=N_("The day it came."))] = "",
    channel: Annotated[str, typer.Option("--channel", help=N_("How it came."))] = "",
    identity: Annotated[str, typer.Option("--identity", help=N_("How identity was checked."))] = "",
    asked_for: Annotated[str, typer.Option("--by", help=N_("Who asks, if somebody else."))] = "",
    detail: Annotated[str, typer.Option("--detail")] = "",
    as_json: Json = False,
) -> None:
    """Write down a request."""
    with opened() as (office, actor):
        day = read_day(on) if on else office.clock.today()
        made = office.privacy.add_request(
            actor, RequestDraft(kind, subject, day, channel, identity, detail, asked_for)
        )
        row = office.privacy.queries.request(actor, made)
    if as_json:
        print_json(_request(row))
        return
    say(_("{number}: to be answered by {day}.").format(number=row.number, day=row.answer_by))


@log_app.command("answer", help=N_("Say how a request was answered."))
def log_answer(
    number: int,
    state: RequestState,
    answer: Annotated[str, typer.Option("--answer", help=N_("What was answered; the reasons of a refusal."))] = "",
    identity: Annotated[str | None, typer.Option("--identity", help=N_("How identity was checked."))] = None,
) -> None:
    """Say how a request was answered."""
    with opened() as (office, actor):
        office.privacy.answer_request(actor, number, state, answer, identity=identity)
    say(_(STATE_TITLES[state]))


@log_app.command("list", help=N_("The requests, what is due first; --out writes it as a paper."))
def log_list(
    only_open: Annotated[bool, typer.Option("--open", help=N_("Only those to be answered."))] = False,
    out: Certificate = None,
    as_json: Json = False,
) -> None:
    """The requests, what is due first."""
    with opened() as (office, actor):
        rows = office.privacy.queries.requests(actor, only_open=only_open)
        if out is not None:
            office.privacy.print_log(actor, out)
    if as_json:
        print_json([_request(row) for row in rows])
        return
    print_table(
        [_("Number"), _("What"), _("About"), _("Answer by"), _("Status")],
        [
            [row.number, _(REQUEST_TITLES[row.kind]), row.subject, str(row.answer_by), _(STATE_TITLES[row.status])]
            for row in rows
        ],
    )


@hold_app.command("add", help=N_("Forbid erasing anything of a case (number) or a party (entry)."))
def hold_add(
    reason: str,
    case: Annotated[str, typer.Option("--case", help=N_("The number of the case."))] = "",
    party: Annotated[int | None, typer.Option("--party", help=N_("The entry of the party."))] = None,
) -> None:
    """Forbid erasing anything of a case or a party."""
    with opened() as (office, actor):
        made = office.privacy.hold(actor, reason, case_id=case_named(office, actor, case), party_id=party)
    say(_("Held. To lift it: lawdesk privacy hold lift {number}").format(number=made))


@hold_app.command("lift", help=N_("Lift a hold."))
def hold_lift(number: int) -> None:
    """Lift a hold."""
    with opened() as (office, actor):
        office.privacy.lift(actor, number)
    say(_("The hold is lifted."))


@hold_app.command("list", help=N_("The holds that stand, and blocked data with their days."))
def hold_list(as_json: Json = False) -> None:
    """The holds that stand, and blocked data with their days."""
    with opened() as (office, actor):
        holds = office.privacy.queries.holds(actor)
        blocks = office.privacy.queries.blocks(actor, office.clock.today())
    if as_json:
        print_json(
            {
                "holds": [
                    {
                        "id": one.id,
                        "case": one.case_id,
                        "party": one.party_id,
                        "reason": one.reason,
                        "since": one.since,
                    }
                    for one in holds
                ],
                "blocks": [
                    {"party": one.party_id, "since": one.since, "until": one.until, "due": one.due}
                    for one in blocks
                ],
            }
        )
        return
    rows = [[str(one.id), one.about, one.reason, str(one.since)] for one in holds]
    rows += [
        [_("blocked"), one.name, _("until {day}").format(day=one.until or "—"), str(one.since)] for one in blocks
    ]
    print_table([_("Number"), _("About"), _("Reason"), _("Since")], rows)


def case_named(office: Office, actor: Actor, words: str) -> int | None:
    """Return the case meant by ``words``, None for none; raises UserError when none or several fit."""
    if not words:
        return None
    found = office.cases.queries.find_case(actor, words)
    if found is None:
        raise UserError("case.unknown", N_("There is no such case."), hint=N_("Look it up by number or name."))
    return found


def _request(row: RequestRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind.value,
        "subject": row.subject,
        "received_on": row.received_on,
        "answer_by": row.answer_by,
        "status": row.status.value,
        "answered_on": row.answered_on,
        "answered_by": row.answered_by,
    }
