"""``lawdesk deadlines``: who is reminded, when, and who stands in for whom."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from lawdesk.cli.session import note, opened, print_json, print_table, read_day, say
from lawdesk.deadlines import LADDER_TITLES, make_steps
from lawdesk.firm import Actor
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.office import Office

Json = Annotated[bool, typer.Option("--json", help=N_("Print one JSON document."))]


def reminders(
    seen: Annotated[bool, typer.Option("--seen", help=N_("Confirm all that are shown."))] = False,
    as_json: Json = False,
) -> None:
    """What fell due and is not confirmed yet, what was missed first."""
    with opened() as (office, actor):
        office.deadlines.reminders.collect(actor)
        rows = office.deadlines.reminders.show(actor)
        if seen:
            office.deadlines.reminders.acknowledge(actor, [row.id for row in rows])
        bare = office.deadlines.queries.bare_cases(actor)
    if as_json:
        print_json(
            {
                "reminders": [{**asdict(row), "title": row.title} for row in rows],
                "bare_cases": [asdict(case) for case in bare],
            }
        )
        return
    print_table(
        [_("Reminder of"), _("Until"), _("Deadline"), _("Case")],
        [
            [row.falls_on.isoformat(), row.due.isoformat(), row.title, f"{row.case_number} {row.case_title}"]
            for row in rows
        ],
    )
    for case in bare:
        words = _("{number} {title}: nothing is due and nothing is noted in this case.")
        note(words.format(number=case.number, title=case.title))


def ladder(
    kind: Annotated[str, typer.Argument(help=N_("The kind to set; without it all are shown."))] = "",
    before: Annotated[str, typer.Option("--before", help=N_("Days before, such as 30,14,7,3,1."))] = "",
    after: Annotated[str, typer.Option("--after", help=N_("Days after, while it is open."))] = "",
    reset: Annotated[bool, typer.Option("--reset", help=N_("As LawDesk comes."))] = False,
    as_json: Json = False,
) -> None:
    """On which days each kind of deadline is reminded of; a change holds for what falls due from today."""
    with opened() as (office, actor):
        if kind:
            if reset == bool(before):
                raise typer.BadParameter("--before … | --reset")
            steps = None if reset else make_steps(before, after)
            office.deadlines.reminders.set_ladder(actor, kind, steps)
        rows = office.deadlines.reminders.ladders(actor)
    if as_json:
        fields = [{"kind": row.kind, "days": row.steps, "since": row.since, "usual": row.usual} for row in rows]
        print_json(fields)
        return
    print_table(
        [_("Kind of date"), _("Title"), _("Days before"), _("Days after, while open"), _("In force from")],
        [
            [
                row.kind,
                _(LADDER_TITLES[row.kind]),
                " ".join(map(str, row.before)),
                " ".join(map(str, row.after)),
                row.since.isoformat() if row.since is not None else "",
            ]
            for row in rows
        ],
    )


def deputy(
    person: Annotated[str, typer.Argument(help=N_("The login of who is away."))],
    stands_in: Annotated[str, typer.Argument(help=N_("The login of who stands in."))],
    first: Annotated[str, typer.Option("--from", help=N_("First day away; without it: always."))] = "",
    last: Annotated[str, typer.Option("--until", help=N_("Last day away."))] = "",
) -> None:
    """Say who stands in for whom: always, or while somebody is away."""
    with opened() as (office, actor):
        away, other = (_person(office, actor, login) for login in (person, stands_in))
        begin, end = (read_day(text) if text else None for text in (first, last))
        office.deadlines.reminders.set_deputy(actor, away, other, first=begin, last=end)
    say(_("Noted."))


def deputies(
    remove: Annotated[
        int | None, typer.Option("--remove", help=N_("Take the entry with this number back."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Who stands in for whom, and who is away when."""
    with opened() as (office, actor):
        if remove is not None:
            office.deadlines.reminders.remove_deputy(actor, remove)
        rows = office.deadlines.queries.deputies(actor)
    if as_json:
        print_json([asdict(row) for row in rows])
        return
    print_table(
        [
            _("Number"),
            _("Away"),
            _("Stands in"),
            pgettext("of days", "From"),
            pgettext("of days", "Until"),
            pgettext("about a deadline", "Note"),
        ],
        [
            [
                str(row.id),
                row.person,
                row.deputy,
                row.first.isoformat() if row.first is not None else _("always"),
                row.last.isoformat() if row.last is not None else "",
                row.note,
            ]
            for row in rows
        ],
    )


def _person(office: Office, actor: Actor, login: str) -> int:
    for row in office.firm.queries.people(actor, everybody=True):
        if row.login == login:
            return row.id
    raise UserError("person.unknown_login", N_("Nobody in this office has the login {login}."), login=login)


WATCHING = (
    ("reminders", reminders, N_("What fell due and is not confirmed yet, what was missed first.")),
    ("ladder", ladder, N_("On which days each kind of deadline is reminded of.")),
    ("deputy", deputy, N_("Say who stands in for whom: always, or while somebody is away.")),
    ("deputies", deputies, N_("Who stands in for whom, and who is away when.")),
)
"""Name, function and help of each command."""
