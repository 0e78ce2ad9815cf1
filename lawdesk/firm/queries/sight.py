"""What stays hidden from somebody: walled cases and parties, team-only cases, and all that hangs on them.

The one place that decides it. :func:`visible_to` asks for the right to read cases at all; a :class:`Curtain` lies
over every session that is opened for somebody and hides what is behind walls, from lists, counts, joins and single
rows alike, so that a look-up or a write that forgets to ask is filtered all the same, and a new table that refers
to cases, parties or enquiries is behind the walls from its first day. While nothing is hidden it adds nothing. On
PostgreSQL the same conditions are row-level security besides (``policies``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    column,
    exists,
    false,
    literal,
    not_,
    or_,
    select,
    table,
    union_all,
)
from sqlmodel import SQLModel

from lawdesk.firm.rules import Actor, may
from lawdesk.storage.curtain import CASE_COLUMN

S = TypeVar("S", bound=Select[*tuple[Any, ...]])
_FEW = 400


@dataclass(frozen=True)
class Who:
    """Whose eyes: the person's id, whether their role sees all that no wall shuts it out of, and sets walls.

    Plain values, or SQL expressions where the database itself knows who asks.
    """

    me: Any
    sees_all: Any
    settles: Any = False


@dataclass(frozen=True)
class Hidden:
    """What is hidden from somebody, by kind: ids, or (for PostgreSQL) calls that return them."""

    cases: Any = ()
    enquiries: Any = ()
    parties: Any = ()
    checks: Any = ()
    news: Any = ()
    walls: Any = ()


def visible_to(statement: S, actor: Actor, case_id: Any) -> S:
    """Narrow ``statement`` to what ``actor`` may see; ``case_id`` is the column that names the case.

    ``null()`` for what belongs to no case. Without the right to read cases that is nothing; what is behind walls
    is taken out by the curtain of the session, which is opened for the actor.
    """
    if may(actor, "case.read"):
        return statement.where(case_id.is_(None) | case_id.is_not(None)).execution_options(
            **{CASE_COLUMN: case_id}
        )
    return statement.where(false())


def who_is(actor: Actor) -> Who:
    """Return the eyes of ``actor``."""
    return Who(actor.person_id or -1, may(actor, "case.see_all"), may(actor, "wall.set"))


def rows_of(name: str, *columns: str) -> Any:
    """Return a table by its names: cases stand above the firm, so their models are not at hand."""
    return table(name, *(column(one) for one in columns)).alias()


def among(column: Any, ids: Any) -> ColumnElement[bool]:
    """Whether a column holds one of ``ids``: values, or a statement that returns them."""
    if not isinstance(ids, Collection):
        found: ColumnElement[bool] = column.in_(ids)
    elif len(ids) <= _FEW:
        found = column.in_(sorted(ids))
    else:  # more than a statement has room for as parameters
        found = column.in_(bindparam(None, sorted(ids), expanding=True, literal_execute=True))
    return found


def _flag(value: Any) -> ColumnElement[bool]:
    return literal(value) if isinstance(value, bool) else value


def _outside(wall: Any, who: Who) -> ColumnElement[bool]:
    """Whether a standing wall keeps ``who`` out."""
    out, within = (rows_of("wall_person", "wall_id", "person_id", "inside") for _ in range(2))
    shut_out = exists().where(out.c.wall_id == wall.c.id, out.c.person_id == who.me, out.c.inside.is_(False))
    let_in = exists().where(within.c.wall_id == wall.c.id, within.c.person_id == who.me, within.c.inside.is_(True))
    return and_(wall.c.ended_at.is_(None), or_(shut_out, and_(not_(_flag(who.sees_all)), not_(let_in))))


def _walls() -> Any:
    return rows_of("wall", "id", "case_id", "party_id", "ended_at")


def _walled_parties(who: Who) -> Any:
    wall = _walls()
    return select(wall.c.party_id).where(wall.c.party_id.is_not(None), _outside(wall, who))


def hidden_walls(who: Who) -> Any:
    """Return the standing walls that keep ``who`` out."""
    wall = _walls()
    return select(wall.c.id).where(_outside(wall, who))


def hidden_cases(who: Who) -> Any:
    """Return the cases ``who`` may not see: walled, of a walled party, or of a team they are not in."""
    wall, party = _walls(), rows_of("case_party", "case_id", "party_id")
    case, member = rows_of("cases", "id", "lead_id", "access"), rows_of("case_member", "case_id", "person_id")
    works = exists().where(member.c.case_id == case.c.id, member.c.person_id == who.me)
    return union_all(
        select(wall.c.case_id).where(wall.c.case_id.is_not(None), _outside(wall, who)),
        select(party.c.case_id).where(party.c.party_id.in_(_walled_parties(who))),
        select(case.c.id).where(
            case.c.access == "team", not_(_flag(who.sees_all)), case.c.lead_id != who.me, not_(works)
        ),
    )


def hidden_enquiries(who: Who, cases: Any) -> Any:
    """Return the enquiries ``who`` may not see: those of hidden ``cases``, and of walled parties."""
    enquiry, party = rows_of("enquiry", "id", "case_id"), rows_of("enquiry_party", "enquiry_id", "party_id")
    return union_all(
        select(enquiry.c.id).where(among(enquiry.c.case_id, cases)),
        select(party.c.enquiry_id).where(party.c.party_id.in_(_walled_parties(who))),
    )


def _first_parties(who: Who, cases: Any, enquiries: Any) -> Any:
    """Return the walled parties, and those known from hidden cases and enquiries only (not from a list)."""
    stands, seen = (rows_of("case_party", "case_id", "party_id") for _ in range(2))
    calls, called = (rows_of("enquiry_party", "enquiry_id", "party_id") for _ in range(2))
    party = rows_of("party", "id", "ref")
    candidates = union_all(
        select(stands.c.party_id).where(among(stands.c.case_id, cases)),
        select(calls.c.party_id).where(among(calls.c.enquiry_id, enquiries)),
    )
    return union_all(
        _walled_parties(who),
        select(party.c.id).where(
            party.c.id.in_(candidates),
            party.c.ref == "",
            not_(exists().where(seen.c.party_id == party.c.id, not_(among(seen.c.case_id, cases)))),
            not_(exists().where(called.c.party_id == party.c.id, not_(among(called.c.enquiry_id, enquiries)))),
            *_not_brought_along(party),
        ),
    )


def _not_brought_along(party: Any) -> Iterator[ColumnElement[bool]]:
    """Say that no member of the firm brought the party along."""
    for name in ("former_matter_party", "member_party"):
        brought = rows_of(name, "party_id")
        yield not_(exists().where(brought.c.party_id == party.c.id))


def hidden_parties(who: Who, cases: Any, enquiries: Any) -> Any:
    """Return the parties ``who`` may not see.

    Walled ones; those known from hidden cases only; those known only as somebody's relation to such a party (the
    legal representative of a walled client); and what was merged into one of them.
    """
    first = _first_parties(who, cases, enquiries)
    here, there, one, other = (rows_of("party_relation", "party_id", "other_id") for _ in range(4))
    party, gone = rows_of("party", "id", "ref"), rows_of("party", "id", "merged_into")
    tied = union_all(
        select(here.c.party_id).where(here.c.other_id.in_(first)),
        select(there.c.other_id).where(there.c.party_id.in_(first)),
    )
    stands, calls = rows_of("case_party", "party_id"), rows_of("enquiry_party", "party_id")
    relations = select(party.c.id).where(
        party.c.id.in_(tied),
        party.c.ref == "",
        not_(exists().where(stands.c.party_id == party.c.id)),
        not_(exists().where(calls.c.party_id == party.c.id)),
        not_(exists().where(one.c.party_id == party.c.id, one.c.other_id.not_in(first))),
        not_(exists().where(other.c.other_id == party.c.id, other.c.party_id.not_in(first))),
        *_not_brought_along(party),
    )
    merged = select(gone.c.id).where(gone.c.merged_into.in_(first))
    return union_all(select(first.subquery().c[0]), relations, merged)


def hidden_checks(who: Who, cases: Any, parties: Any) -> Any:
    """Return the kept conflict checks that tell of something hidden: by what they found, cleared, or asked for."""
    about = rows_of("conflict_about", "check_id", "party_id", "case_id")
    clearance, named = rows_of("clearance", "case_id", "check_uid"), rows_of("party_name", "party_id", "name")
    check = rows_of("conflict_check", "id", "uid", "asked_by", "names")
    typed = exists().where(among(named.c.party_id, parties), check.c.names.contains(named.c.name))
    cleared = select(clearance.c.check_uid).where(among(clearance.c.case_id, cases))
    return union_all(
        select(about.c.check_id).where(
            about.c.check_id.is_not(None), or_(among(about.c.party_id, parties), among(about.c.case_id, cases))
        ),
        select(check.c.id).where(check.c.uid.in_(cleared)),
        select(check.c.id).where(or_(check.c.asked_by.is_(None), check.c.asked_by != who.me), typed),
    )


def hidden_news(cases: Any, parties: Any) -> Any:
    """Return the news about visible cases that tell of something hidden."""
    about = rows_of("conflict_about", "news_id", "party_id", "case_id")
    return select(about.c.news_id).where(
        about.c.news_id.is_not(None), or_(among(about.c.party_id, parties), among(about.c.case_id, cases))
    )


def _subjects(columns: Any, who: Who, hidden: Hidden) -> Iterator[ColumnElement[bool]]:
    """Hide what an index entry or audit record says about something hidden that is no case."""
    about = {"party": hidden.parties, "enquiry": hidden.enquiries}
    audit = "actor_id" in columns
    if audit:
        about |= {"conflict_check": hidden.checks, "wall": hidden.walls, "conflict_news": hidden.news}
    for subject, ids in about.items():
        if not _nothing(ids):
            told = not_(among(columns.subject_id, ids))
            yield or_(columns.subject != subject, columns.subject_id.is_(None), told)
    if audit:  # a reference belongs to who asked and to who answers
        yield or_(columns.subject != "wall_question", columns.actor_id == who.me, _flag(who.settles))


def _nothing(ids: Any) -> bool:
    return isinstance(ids, Collection) and not ids


def conditions(name: str, columns: Any, who: Who, hidden: Hidden) -> list[ColumnElement[bool]]:
    """Return what must hold of a row of the table ``name`` so that ``who`` may see it; empty: nothing to hide.

    ``columns`` are the row's columns. Everything follows from the foreign keys, but for the few tables that refer
    to things without one.
    """
    found = list(_special(name, columns, who, hidden))
    for key, target in _references(name):
        ids = _hidden_of(target, hidden)
        if ids is not None and not _nothing(ids):
            told = not_(among(columns[key], ids))
            nullable = SQLModel.metadata.tables[name].c[key].nullable
            found.append(or_(columns[key].is_(None), told) if nullable else told)
    return found


_ROOTS = {
    "cases": "cases",
    "party": "parties",
    "enquiry": "enquiries",
    "conflict_check": "checks",
    "conflict_news": "news",
    "wall": "walls",
}
"""The tables whose hidden rows are known by their ids."""


def _special(name: str, columns: Any, who: Who, hidden: Hidden) -> Iterator[ColumnElement[bool]]:
    ids = getattr(hidden, _ROOTS[name]) if name in _ROOTS else ()
    if not _nothing(ids):
        yield not_(among(columns.id, ids))
    if name in ("search_entry", "audit_record"):
        yield from _subjects(columns, who, hidden)
    elif name == "party_merge" and not _nothing(hidden.parties):
        yield not_(among(columns.kept_id, hidden.parties))
        yield not_(among(columns.gone_id, hidden.parties))
    elif name == "wall_question":
        yield or_(_flag(who.settles), and_(columns.person_id == who.me, columns.kind == "conflict"))
    elif name == "draft":
        yield columns.person_id == who.me


@cache
def _references(name: str) -> tuple[tuple[str, str], ...]:
    """Return (column, table) of what a row of a table hangs on; a case's own column speaks for all others.

    A column ``case_id`` without a foreign key counts: an index and a chain outlive what they tell of.
    """
    own = SQLModel.metadata.tables[name].c
    found = [(key.parent.name, key.column.table.name) for one in own for key in one.foreign_keys]
    if "case_id" in own and not own["case_id"].foreign_keys:
        found.append(("case_id", "cases"))
    if any(target == "cases" for _key, target in found):
        found = [(key, target) for key, target in found if target in _ROOTS]
    return tuple((key, target) for key, target in found if target not in ("person", name))


def _hidden_of(name: str, hidden: Hidden) -> Any:
    """Return the ids of the hidden rows of a table that others refer to, None when it hides nothing."""
    if name in _ROOTS:
        return getattr(hidden, _ROOTS[name])
    rows = rows_of(name, *SQLModel.metadata.tables[name].c.keys())
    told = [
        among(rows.c[key], ids)
        for key, target in _references(name)
        if (ids := _hidden_of(target, hidden)) is not None and not _nothing(ids)
    ]
    return select(rows.c.id).where(or_(*told)) if told else None
