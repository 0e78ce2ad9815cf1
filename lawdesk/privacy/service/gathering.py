"""Everything on file about one person, as they may have it: third parties masked, other people's secrets left out.

Somebody who is not the firm's client learns what is kept about them as such (names, numbers, contact), but not the
secrets of the client they stand against: a lawyer keeps those from everybody (律师法 art. 38; 个人信息保护法
art. 45 with art. 18 lets the law on secrecy go first). What is left out is counted and said.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlmodel import Session

from lawdesk.cases import RELATION_TITLES, SIDE_TITLES, STATUS_TITLES, CaseStatus, RelationKind, Side, matter_kinds
from lawdesk.firm import Actor
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.i18n import _, language, ngettext
from lawdesk.kernel.masking import mask_name
from lawdesk.privacy.queries.rows import Extent, Mention
from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.service.finding import family_of, names_of, visible_cases

_OWN = ("party", "party_name", "party_identifier")
_LEFT_OUT = frozenset({"id", "version", "created_by", "updated_by", "party_id", "merged_into", "blocked", "note"})
"""Keys and marks of the program, who of the firm typed it, and the lawyer's own note (a professional secret)."""


@dataclass(frozen=True)
class Section:
    """One table of the answer: title, headings, rows of words."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Dossier:
    """The answer to a request for access. ``raw`` is the same as plain data, ``withheld`` what was left out."""

    name: str
    parties: tuple[int, ...]
    uids: tuple[str, ...]
    client: bool
    sections: tuple[Section, ...]
    withheld: tuple[str, ...]
    mentions: tuple[Mention, ...]
    extent: Extent
    raw: dict[str, Any] = field(hash=False)


def gather(
    session: Session, actor: Actor, name: str, parties: Sequence[int]
) -> tuple[tuple[Section, ...], dict[str, Any], list[str], bool]:
    """Return the sections about these parties, the same as plain data, what is withheld, and whether a client."""
    family = family_of(session, parties)
    raw: dict[str, Any] = {"name": name}
    sections = []
    for table in _OWN:
        section, rows = _own_rows(session, table, family)
        raw[table] = rows
        sections.append(section)
    withheld: list[str] = []
    relations, raw["relations"] = _relations(session, family)
    sections.append(relations)
    cases, raw["cases"], client, hidden, walled = _cases(session, actor, family)
    sections.append(cases)
    if hidden:
        words = ngettext(
            "{count} matter in which the firm acts for somebody else: what a client entrusts is secret "
            "(Lawyers Law, art. 38).",
            "{count} matters in which the firm acts for somebody else: what a client entrusts is secret "
            "(Lawyers Law, art. 38).",
            hidden,
        )
        withheld.append(words.format(count=hidden))
    if walled:
        words = ngettext(
            "{count} matter behind a wall: somebody who may see it must complete this answer.",
            "{count} matters behind a wall: somebody who may see them must complete this answer.",
            walled,
        )
        withheld.append(words.format(count=walled))
    enquiries, raw["enquiries"] = _enquiries(session, family)
    sections.append(enquiries)
    if client:
        papers, raw["documents"] = _documents(session, actor, family)
        sections.append(papers)
    handled, raw["handled"] = _handled(session, family)
    sections.append(handled)
    return tuple(section for section in sections if section.rows), raw, withheld, client


def _own_rows(session: Session, name: str, family: Collection[int]) -> tuple[Section, list[dict[str, Any]]]:
    from lawdesk.safekeeping.shapes import table_shapes, to_json, to_words

    shape = next(one for one in table_shapes() if one.name == name)
    key = shape.table.c["id" if name == "party" else "party_id"]
    rows = session.execute(select(shape.table).where(key.in_(family)).order_by(shape.table.c.id)).all()
    shown = [column for column in shape.columns if column.name not in _LEFT_OUT]
    words = tuple(tuple(to_words(getattr(row, column.name), column.kind) for column in shown) for row in rows)
    raw = [{column.name: to_json(getattr(row, column.name)) for column in shown} for row in rows]
    return Section(shape.title(language()), tuple(one.title(language()) for one in shown), words), raw


def _relations(session: Session, family: Collection[int]) -> tuple[Section, list[dict[str, Any]]]:
    """Return how the person is tied to others; other people only by their first letter, organizations whole."""
    tie, party = tables()["party_relation"], tables()["party"]
    statement = (
        select(tie.c.kind, tie.c.party_id, tie.c.since, tie.c.until, party.c.name, party.c.kind.label("of"))
        .join(
            party,
            or_(
                and_(tie.c.party_id.in_(family), party.c.id == tie.c.other_id),
                and_(tie.c.other_id.in_(family), party.c.id == tie.c.party_id),
            ),
        )
        .where(party.c.id.not_in(family))
        .order_by(tie.c.id)
    )
    rows, raw = [], []
    for row in session.execute(statement).all():
        other = row.name if row.of == "organization" else mask_name(row.name)
        kind = _(RELATION_TITLES[RelationKind(row.kind)])
        way = _("{relation} of") if row.party_id in family else _("has as {relation}")
        rows.append((way.format(relation=kind), other, _day(row.since), _day(row.until)))
        raw.append({"kind": row.kind, "is": row.party_id in family, "other": other})
    return Section(_("Relations"), (_("Relation"), _("To whom"), _("Since"), _("Until")), tuple(rows)), raw


def _cases(
    session: Session, actor: Actor, family: Collection[int]
) -> tuple[Section, list[dict[str, Any]], bool, int, int]:
    """Return the cases in which the person is the client; how many others there are, and how many behind walls."""
    case, stand = tables()["cases"], tables()["case_party"]
    statement = (
        select(case, stand.c.side)
        .join(stand, stand.c.case_id == case.c.id)
        .where(stand.c.party_id.in_(family))
        .order_by(case.c.id)
    )
    shown = visible_cases(session, actor)
    rows, raw, hidden, walled = [], [], 0, 0
    for row in session.execute(statement).all():
        if row.id not in shown:
            walled += 1
        elif row.side != Side.CLIENT.value:
            hidden += 1
        else:
            status = _(STATUS_TITLES[CaseStatus(row.status)])
            kind = matter_kinds()[row.kind].title
            side = _(SIDE_TITLES[Side(row.side)])
            rows.append((row.number, kind, row.cause, side, status, _day(row.received_on), _day(row.closed_on)))
            raw.append(
                {
                    "number": row.number,
                    "kind": row.kind,
                    "cause": row.cause,
                    "side": row.side,
                    "status": row.status,
                    "received_on": _day(row.received_on),
                    "closed_on": _day(row.closed_on),
                }
            )
    head = (_("Number"), _("Kind"), _("Cause of action"), _("Side"), _("Status"), _("Taken in on"), _("Closed on"))
    return Section(_("Cases"), head, tuple(rows)), raw, bool(rows), hidden, walled


def _enquiries(session: Session, family: Collection[int]) -> tuple[Section, list[dict[str, Any]]]:
    """Return the enquiries the person made; what others said about them is those people's."""
    asked, party = tables()["enquiry"], tables()["enquiry_party"]
    statement = (
        select(asked)
        .join(party, party.c.enquiry_id == asked.c.id)
        .where(party.c.party_id.in_(family), party.c.side == Side.CLIENT.value)
        .order_by(asked.c.id)
    )
    found = session.execute(statement).all()
    rows = tuple((_day(row.received_on), row.subject, row.phone) for row in found)
    raw = [{"received_on": _day(row.received_on), "subject": row.subject, "phone": row.phone} for row in found]
    return Section(_("Enquiries"), (_("Day"), _("What about"), _("Telephone")), rows), raw


def _documents(session: Session, actor: Actor, family: Collection[int]) -> tuple[Section, list[dict[str, Any]]]:
    """Return the names of the papers in the person's own cases; the papers themselves are handed over by hand."""
    paper, case, stand = tables()["document"], tables()["cases"], tables()["case_party"]
    shown = visible_cases(session, actor)
    statement = (
        select(case.c.id, case.c.number, paper.c.name, paper.c.dated_on)
        .join(paper, paper.c.case_id == case.c.id)
        .join(stand, and_(stand.c.case_id == case.c.id, stand.c.side == Side.CLIENT.value))
        .where(stand.c.party_id.in_(family), paper.c.removed.is_(False))
        .order_by(case.c.id, paper.c.id)
    )
    found = [row for row in session.execute(statement).all() if row[0] in shown]
    rows = tuple((number, name, _day(day)) for _case, number, name, day in found)
    raw = [{"case": number, "name": name, "dated_on": _day(day)} for _case, number, name, day in found]
    return Section(_("Documents"), (_("Case"), _("File"), _("Date")), rows), raw


def _handled(session: Session, family: Collection[int]) -> tuple[Section, list[dict[str, Any]]]:
    """Return what was done with the person's entry, by the records: when and what, not by whom of the firm."""
    record = tables()["audit_record"]
    statement = (
        select(record.c.at, record.c.action)
        .where(record.c.subject == "party", record.c.subject_id.in_(family))
        .order_by(record.c.id)
    )
    found: list[tuple[datetime, str]] = [(row[0], row[1]) for row in session.execute(statement).all()]
    rows = tuple((f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}", action) for at, action in found)
    raw = [{"at": at.isoformat(), "action": action} for at, action in found]
    return Section(_("What was done with these data"), (_("When"), _("What")), rows), raw


def numbers_of(session: Session, parties: Sequence[int]) -> tuple[list[str], list[str]]:
    """Return all names and numbers under which the person is looked for."""
    return names_of(session, family_of(session, parties))


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
