"""``lawdesk privacy breach`` and ``lawdesk privacy disposal``."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from lawdesk.cli.privacy import Certificate, Json, Out, case_named, privacy_app
from lawdesk.cli.session import note, opened, print_json, print_table, say
from lawdesk.firm import Actor
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.office import Office
from lawdesk.outside.files import parse_toml
from lawdesk.privacy.queries.rows import BreachRow, ListRow
from lawdesk.privacy.rules import DISPOSAL_TITLES, BreachDraft, Scope, Term

breach_app = typer.Typer(no_args_is_help=True, help=N_("Breaches of personal data."))
disposal_app = typer.Typer(no_args_is_help=True, help=N_("Closed files whose retention is over."))
privacy_app.add_typer(breach_app, name="breach")
privacy_app.add_typer(disposal_app, name="disposal")


@breach_app.command("add", help=N_("Record a breach from a TOML file (see --help of breach example)."))
def breach_add(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)], as_json: Json = False) -> None:
    """Record a breach from a TOML file."""
    with opened() as (office, actor):
        made = office.privacy.add_breach(actor, _read_breach(office, actor, file))
        row = office.privacy.queries.breach(actor, made)
    if as_json:
        print_json(_breach(row))
        return
    words = _(
        "{number}: {count} persons affected. Notices: lawdesk privacy breach notice {id} --to persons --out …"
    )
    say(words.format(number=row.number, count=row.affected, id=row.id))


@breach_app.command("example", help=N_("Print a TOML file to fill in."))
def breach_example() -> None:
    """Print a TOML file to fill in."""
    say(_EXAMPLE)


@breach_app.command("list", help=N_("The recorded breaches."))
def breach_list(as_json: Json = False) -> None:
    """The recorded breaches."""
    with opened() as (office, actor):
        rows = office.privacy.queries.breaches(actor)
    if as_json:
        print_json([_breach(row) for row in rows])
        return
    print_table(
        [_("Number"), _("What happened"), _("Found at"), _("Persons")],
        [[row.number, row.title, f"{row.found_at:%Y-%m-%d %H:%M}", str(row.affected)] for row in rows],
    )


@breach_app.command("notice", help=N_("Draft the notice to the authority or the persons, or the firm's record."))
def breach_notice(
    number: int,
    out: Out,
    to: Annotated[str, typer.Option("--to", help=N_("authority, persons or report."))] = "authority",
) -> None:
    """Draft the notice to the authority or the persons, or the firm's record."""
    if to not in ("authority", "persons", "report"):
        raise typer.BadParameter("authority, persons, report", param_hint="--to")
    with opened() as (office, actor):
        count = office.privacy.draft_notice(actor, number, to, out)  # type: ignore[arg-type]  # checked above
    say(_("Written to {path}: {count} persons.").format(path=out, count=count))


@breach_app.command("told", help=N_("Write down who was told; --close ends the record."))
def breach_told(
    number: int,
    authority: Annotated[bool, typer.Option("--authority")] = False,
    persons: Annotated[bool, typer.Option("--persons")] = False,
    not_told_why: Annotated[str, typer.Option("--not-told-why", help=N_("Why persons need not be told."))] = "",
    close: Annotated[bool, typer.Option("--close")] = False,
) -> None:
    """Write down who was told."""
    with opened() as (office, actor):
        office.privacy.told(
            actor, number, authority=authority, persons=persons, not_told_why=not_told_why, close=close
        )
    say(_("Noted."))


@disposal_app.command("class", help=N_("Choose the class of a case's file: permanent, long or short."))
def disposal_class(
    case: str,
    term: Term,
    years: Annotated[int | None, typer.Option("--years")] = None,
    why: Annotated[str, typer.Option("--why", help=N_("The reason."))] = "",
) -> None:
    """Choose the class of a case's file."""
    with opened() as (office, actor):
        case_id = case_named(office, actor, case)
        if case_id is None:
            raise UserError("case.unknown", N_("There is no such case."))
        office.privacy.set_retention(actor, case_id, term, years, why)
    say(_("Noted."))


@disposal_app.command("propose", help=N_("Make a list of the files whose retention is over."))
def disposal_propose(out: Certificate = None, as_json: Json = False) -> None:
    """Make a list of the files whose retention is over."""
    with opened() as (office, actor):
        made = office.privacy.propose(actor)
        if out is not None:
            office.privacy.print_list(actor, made, out)
        row = office.privacy.queries.disposal(actor, made)
    _tell_list(row, as_json=as_json)


@disposal_app.command("sign", help=N_("Sign a list; two people must, one of them the director."))
def disposal_sign(number: int) -> None:
    """Sign a list."""
    with opened() as (office, actor):
        state = office.privacy.sign(actor, number)
    say(_(DISPOSAL_TITLES[state]))


@disposal_app.command("drop", help=N_("Give a list up."))
def disposal_drop(number: int) -> None:
    """Give a list up."""
    with opened() as (office, actor):
        office.privacy.drop(actor, number)
    say(_("The list is dropped; nothing was destroyed."))


@disposal_app.command("run", help=N_("Destroy the files of a list that two people signed."))
def disposal_run(number: int, out: Certificate = None, as_json: Json = False) -> None:
    """Destroy the files of a list that two people signed."""
    with opened() as (office, actor):
        certificate, count = office.privacy.dispose(actor, number, out)
    if as_json:
        print_json({"certificate": certificate, "destroyed": count})
        return
    say(_("{count} files were destroyed; certificate {number}.").format(count=count, number=certificate))


@disposal_app.command("list", help=N_("The disposal lists; --files the closed files with class and last day."))
def disposal_list(
    files: Annotated[bool, typer.Option("--files", help=N_("The closed files instead."))] = False,
    as_json: Json = False,
) -> None:
    """The disposal lists, or the closed files with class and last day."""
    with opened() as (office, actor):
        lists = office.privacy.queries.disposals(actor)
        rows = office.privacy.queries.retentions(actor, office.clock.today())
    if files:
        found = [
            {"case": row.number, "closed_on": row.closed_on, "class": row.term, "until": row.until, "due": row.due}
            for row in rows
        ]
        if as_json:
            print_json(found)
            return
        head = [_("Case"), _("Closed on"), _("Class"), _("Kept until")]
        print_table(head, [[str(value or "—") for value in list(row.values())[:4]] for row in found])
        return
    if as_json:
        print_json([_list(row) for row in lists])
        return
    print_table(
        [_("Number"), _("Status"), _("Files"), _("First signature"), _("Second signature")],
        [
            [str(row.id), _(DISPOSAL_TITLES[row.status]), str(len(row.items)), row.first, row.second]
            for row in lists
        ],
    )


def _tell_list(row: ListRow, *, as_json: bool) -> None:
    if as_json:
        print_json(_list(row))
        return
    for item in row.items:
        say(f"{item.number}\t{item.closed_on}\t{item.until}")
    note(_("List {number}: two people sign it with lawdesk privacy disposal sign {number}.").format(number=row.id))


def _list(row: ListRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "status": row.status.value,
        "first": row.first,
        "second": row.second,
        "files": [{"case": item.number, "until": item.until, "held": item.held} for item in row.items],
    }


def _breach(row: BreachRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "found_at": row.found_at.isoformat(),
        "affected": row.affected,
        "authority_told_at": row.authority_told_at,
        "persons_told_at": row.persons_told_at,
        "closed_on": row.closed_on,
    }


def _read_breach(office: Office, actor: Actor, file: Path) -> BreachDraft:
    try:
        content = parse_toml(file.read_text(encoding="utf-8"), file.name)
    except (UserError, UnicodeDecodeError) as error:
        what = N_("{name} cannot be read as TOML.")
        raise UserError(
            "breach.file", what, hint=N_("See: lawdesk privacy breach example"), name=file.name
        ) from error
    texts = {name: str(content.get(name, "")) for name in _TEXTS}
    first, last = (_a_day(content.get(name)) for name in ("happened_from", "happened_until"))
    cases = tuple(
        found for words in content.get("cases", ()) if (found := case_named(office, actor, str(words))) is not None
    )
    scope = Scope(cases, tuple(int(one) for one in content.get("parties", ())), bool(content.get("everything")))
    found_at = content.get("found_at")
    moment = found_at if isinstance(found_at, datetime) else office.clock.now()
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=CHINA)
    return BreachDraft(
        texts["title"],
        moment,
        tuple(map(str, content.get("kinds", ()))),
        tuple(map(str, content.get("data", ()))),
        scope,
        first,
        last,
        texts["cause"],
        texts["harm"],
        texts["measures"],
        texts["advice"],
        texts["contact"],
        texts["authority"],
    )


def _a_day(value: object) -> date | None:
    return value if isinstance(value, date) else None


_TEXTS = ("title", "cause", "harm", "measures", "advice", "contact", "authority")
_EXAMPLE = """title = "笔记本电脑遗失"
found_at = 2026-03-02T09:30:00      # China time
happened_from = 2026-03-01
happened_until = 2026-03-02
kinds = ["lost"]                    # leaked, changed, lost
data = ["names", "numbers"]         # names numbers addresses accounts health minors case_files logins
cases = ["（2026）民字第001号"]       # numbers of the firm; or everything = true
cause = ""
harm = ""
measures = ""
advice = ""
contact = ""
authority = "" """
