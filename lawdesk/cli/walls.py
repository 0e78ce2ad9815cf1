"""``lawdesk wall``: ethical walls, who is inside, who met them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from lawdesk.cli.cases import find_case
from lawdesk.cli.parties import party_named
from lawdesk.cli.session import opened, print_json, print_table, say
from lawdesk.firm import ANSWER_TITLES, Actor, Answer, PersonRow, QuestionRow, WallDraft, WallRow, may
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.office import Office

wall_app = typer.Typer(no_args_is_help=True, help=N_("Ethical walls: around a case or a party."))

Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]
Number = Annotated[int, typer.Argument(help=N_("The number of the wall, as wall list shows it."))]
People = Annotated[list[str] | None, typer.Option(help=N_("Login or name."))]
Reason = Annotated[str, typer.Option("--reason", help=N_("Why; kept on record."))]


@wall_app.command("list", help=N_("The walls that stand: around what, who is inside, who raised them and why."))
def list_walls(
    ended: Annotated[bool, typer.Option("--ended", help=N_("Those that were lifted, too."))] = False,
    as_json: Json = False,
) -> None:
    """The walls that stand: around what, who is inside, who raised them and why."""
    with opened() as (office, actor):
        rows, people = office.walls.queries.walls(actor, ended=ended), _logins(office, actor)
    if as_json:
        print_json([wall_json(row, people) for row in rows])
        return
    heads = [_("Number"), _("Around"), _("Inside"), _("Shut out"), _("Reason"), _("Since"), _("Raised by")]
    heads += [_("Lifted")] if ended else []
    lines = [
        [str(row.id), row.around, _names(row.inside), _names(row.outside), row.reason, _day(row.since), row.set_by]
        + ([f"{_day(row.ended_at)} {row.ended_by} {row.ended_why}".strip()] if ended else [])
        for row in rows
    ]
    print_table(heads, lines)


@wall_app.command("raise", help=N_("Put a wall around a case or a party; only who is inside sees behind it."))
def raise_wall(
    case: Annotated[str, typer.Option("--case", help=N_("The case: number, court number or title."))] = "",
    party: Annotated[str, typer.Option("--party", help=N_("The party: id, ref or exact name."))] = "",
    reason: Reason = "",
    inside: People = None,
    shut_out: People = None,
    as_json: Json = False,
) -> None:
    """Put a wall around a case or a party; only who is inside sees behind it."""
    if bool(case) == bool(party):
        raise typer.BadParameter(_("Name a case or a party."), param_hint="--case / --party")
    with opened() as (office, actor):
        draft = WallDraft(
            reason,
            find_case(office, actor, case) if case else None,
            party_named(office, actor, party) if party else None,
            _people(office, actor, inside),
            _people(office, actor, shut_out),
        )
        number = office.walls.put_up(actor, draft)
        _show(office, actor, number, as_json=as_json)


@wall_app.command("lift", help=N_("Take a wall down; it stays on record with the reason."))
def lift(number: Number, reason: Reason = "") -> None:
    """Take a wall down; it stays on record with the reason."""
    with opened() as (office, actor):
        office.walls.end(actor, number, reason)
    say(_("Wall {number} is lifted.").format(number=number))


@wall_app.command("insiders", help=N_("Who is inside a wall; let people in or out, or shut out who sees all."))
def insiders(
    number: Number,
    add: People = None,
    remove: People = None,
    shut_out: People = None,
    admit: People = None,
    as_json: Json = False,
) -> None:
    """Who is inside a wall; let people in or out, or shut out who sees all."""
    with opened() as (office, actor):
        changed = any((add, remove, shut_out, admit))
        if changed:
            wall = _wall(office, actor, number)
            inside, outside = ({person for person, _name in side} for side in (wall.inside, wall.outside))
            office.walls.change(
                actor,
                wall.id,
                seen=wall.version,
                reason=wall.reason,
                inside=(inside | _people(office, actor, add)) - _people(office, actor, remove),
                outside=(outside | _people(office, actor, shut_out)) - _people(office, actor, admit),
            )
        _show(office, actor, number, as_json=as_json, changed=changed)


@wall_app.command("asked", help=N_("Who met a wall: the references, and what was answered."))
def asked(
    everything: Annotated[bool, typer.Option("--everything", help=N_("Answered ones, too."))] = False,
    as_json: Json = False,
) -> None:
    """Who met a wall: the references, and what was answered. Others see their own."""
    with opened() as (office, actor):
        queries = office.walls.queries
        if may(actor, "wall.set"):
            rows = queries.questions(actor, open_only=not everything)
        else:
            rows = [
                row for row in queries.own_questions(actor) if everything or row.answer in (None, Answer.LATER)
            ]
    if as_json:
        print_json([_question(row) for row in rows])
        return
    heads = [_("Reference"), _("Who"), _("How"), _("Names asked"), _("Times"), _("Last"), _("Behind"), _("Answer")]
    print_table(heads, [_question_line(row) for row in rows])


@wall_app.command("answer", help=N_("Answer a reference: free, conflict or later."))
def answer(
    reference: Annotated[int, typer.Argument(help=N_("The reference, as wall asked shows it."))],
    what: Annotated[Answer, typer.Argument(metavar="ANSWER", help=N_("free, conflict or later."))],
    words: Annotated[str, typer.Option("--words", help=N_("A word for who asked; they can read it."))] = "",
) -> None:
    """Answer a reference: free, conflict or later."""
    with opened() as (office, actor):
        office.walls.answer(actor, reference, what, words)
    say(_("Reference {number} is answered: {answer}").format(number=reference, answer=_(ANSWER_TITLES[what])))


def wall_json(row: WallRow, logins: dict[int, str]) -> dict[str, Any]:
    """Return a wall as plain data; people by login."""
    return {
        "id": row.id,
        "case": row.case_id,
        "party": row.party_id,
        "around": row.around,
        "reason": row.reason,
        "since": row.since,
        "raised_by": row.set_by,
        "inside": [logins.get(person, name) for person, name in row.inside],
        "shut_out": [logins.get(person, name) for person, name in row.outside],
        "ended_at": row.ended_at,
        "ended_by": row.ended_by,
        "ended_why": row.ended_why,
    }


def people_named(office: Office, actor: Actor, words: Iterable[str] | None) -> list[PersonRow]:
    """Return the people meant by logins or names; raises Refused for one who is nobody, or several."""
    everybody = office.firm.queries.people(actor)
    found: list[PersonRow] = []
    for word in words or ():
        meant = [one for one in everybody if one.login == word] or [one for one in everybody if one.name == word]
        if len(meant) != 1:
            message = N_("Nobody, or more than one, is called {words}: give the login.")
            raise Refused([Problem("person.unclear", message, "person", params={"words": word})])
        found += meant
    return found


def _people(office: Office, actor: Actor, words: Iterable[str] | None) -> frozenset[int]:
    return frozenset(one.id for one in people_named(office, actor, words))


def _wall(office: Office, actor: Actor, number: int) -> WallRow:
    row = next((one for one in office.walls.queries.walls(actor) if one.id == number), None)
    if row is None:
        raise UserError("wall.unknown", N_("There is no such wall, or it ended."))
    return row


def _show(office: Office, actor: Actor, number: int, *, as_json: bool, changed: bool = True) -> None:
    try:
        row = _wall(office, actor, number)
    except UserError as error:
        if not changed or error.code != "wall.unknown":
            raise
        said = _("Wall {number} stands; you are outside.").format(number=number)  # shut out by their own change
        print_json({"id": number, "outside": True}) if as_json else say(said)
        return
    logins = _logins(office, actor)
    if as_json:
        print_json(wall_json(row, logins))
        return
    say(_("Wall {number} around {around}").format(number=row.id, around=row.around))
    say(_("Reason: {reason}").format(reason=row.reason))
    for words, people in ((_("Inside"), row.inside), (_("Shut out"), row.outside)):
        for person, name in people:
            say(f"  {words}\t{name}\t{logins.get(person, '')}")


def _logins(office: Office, actor: Actor) -> dict[int, str]:
    return {one.id: one.login for one in office.firm.queries.people(actor, everybody=True)}


def _names(people: tuple[tuple[int, str], ...]) -> str:
    return pgettext("list", ", ").join(name for _id, name in people) or "–"


def _day(moment: Any) -> str:
    return moment.date().isoformat() if moment is not None else ""


def _question(row: QuestionRow) -> dict[str, Any]:
    return {
        "reference": row.id,
        "person": row.person,
        "how": row.kind,
        "asked": row.asked,
        "times": row.times,
        "last_at": row.last_at,
        "behind": list(row.about),
        "answer": row.answer.value if row.answer else None,
        "words": row.words,
        "answered_by": row.answered_by,
    }


def _question_line(row: QuestionRow) -> list[str]:
    how = _("conflict check") if row.kind == "conflict" else _("tried to open it")
    said = _(ANSWER_TITLES[row.answer]) if row.answer else ""
    said = f"{said} {row.words}".strip()
    behind = pgettext("list", ", ").join(row.about)
    return [str(row.id), row.person, how, row.asked, str(row.times), _day(row.last_at), behind, said]
