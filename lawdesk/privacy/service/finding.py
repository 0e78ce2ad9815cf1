"""One person found: by the conflict check under every spelling, and in every text of the office by reading it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, or_, select
from sqlmodel import Session

from lawdesk.firm import Actor, require, visible_to
from lawdesk.kernel.chinese import compact
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.i18n import N_, _, language, ngettext
from lawdesk.kernel.masking import mask_number
from lawdesk.outside import Reader
from lawdesk.outside.documents import readable
from lawdesk.privacy.queries.rows import Candidate, Extent, Mention
from lawdesk.privacy.queries.tables import case_of, tables, text_columns, texts
from lawdesk.privacy.rules.finding import Needles, excerpt, mentions, needles
from lawdesk.privacy.service.desk import Desk

Progress = Callable[[int, int], None]
RIGHT = "privacy.handle"
_OF_PARTIES = {"party": "id", "party_name": "party_id", "party_identifier": "party_id"}


@dataclass(frozen=True)
class Found:
    """Who may be meant, where else the name stands, and how far was looked; ``members`` are people of the firm."""

    name: str
    candidates: tuple[Candidate, ...]
    members: tuple[int, ...]
    mentions: tuple[Mention, ...]
    extent: Extent


class FindingService:
    """Looking for one person."""

    _desk: Desk

    def find(
        self,
        actor: Actor,
        name: str,
        numbers: Collection[str] = (),
        *,
        documents: bool = False,
        progress: Progress | None = None,
    ) -> Found:
        """Return everybody on file who may be the person, best first, and every text that names them.

        ``numbers`` are identity, telephone or account numbers. On record, without the name: who looked counts,
        whom they looked for would be one more place that names the person. Raises Refused without name and number.
        """
        require(actor, RIGHT)
        if not name.strip() and not any(number.strip() for number in numbers):
            raise Refused([Problem("privacy.name", N_("Say whose data: a name or a number."), "name")])
        levels, members = self._checked(actor, name.strip(), numbers)
        wanted = needles([name], numbers)
        with self._desk.database.read() as session:
            found, read = read_texts(session, actor, wanted, progress)
            levels = {**dict.fromkeys(_parties_named(session, found), ("mentioned", "")), **levels}
            candidates = tuple(_candidate(session, actor, one, *levels[one]) for one in levels)
        more, extent = self._documents(actor, wanted, read, asked=documents)
        kept = tuple(one for one in found if one.table not in _OF_PARTIES)
        with self._desk.write(actor, "privacy.find") as work:
            work.audit("privacy", candidates=len(candidates), mentions=len(kept) + len(more))
        return Found(name.strip(), candidates, members, (*kept, *more), extent)

    def _checked(
        self, actor: Actor, name: str, numbers: Collection[str]
    ) -> tuple[dict[int, tuple[str, str]], tuple[int, ...]]:
        """Return level and reasons by party as the conflict check finds them, and who of the firm."""
        from lawdesk.conflicts import Asked, Role

        asked = Asked(name, Role.THIRD, "unknown", tuple(number for number in numbers if number.strip()))
        levels: dict[int, tuple[str, str]] = {}
        members = []
        for hit in self._desk.conflicts().check(actor, [asked], limit=200).hits:
            if hit.reached_from is not None:
                continue  # reached through a relation: somebody else
            if isinstance(hit.party, int):
                levels.setdefault(hit.party, (str(hit.level), _("; ").join(one.words() for one in hit.reasons)))
            elif hit.party.startswith("person:"):
                members.append(int(hit.party.removeprefix("person:")))
        return levels, tuple(dict.fromkeys(members))

    def _documents(
        self, actor: Actor, wanted: Needles, read: int, *, asked: bool, only: Collection[int] | None = None
    ) -> tuple[list[Mention], Extent]:
        """Look into the documents ``actor`` may see; ``only`` those cases."""
        document, version = tables()["document"], tables()["document_version"]
        joined = select(
            document.c.id, document.c.case_id, document.c.name, version.c.number, version.c.address, version.c.size
        ).join(version, version.c.document_id == document.c.id)
        if only is not None:
            joined = joined.where(document.c.case_id.in_(list(only)))
        with self._desk.database.read() as session:
            rows = session.execute(visible_to(joined, actor, document.c.case_id).order_by(version.c.id)).all()
        found, closed = [], 0
        with Reader() as reader:
            for document_id, case_id, name, number, address, size in rows if asked else ():
                text = self._text(reader, name, address) if readable(name, size) else None
                if text is None:
                    closed += 1
                elif mentions(text, wanted):
                    place = _("content, version {number}").format(number=number)
                    found.append(Mention("document", _("Documents"), "content", place, document_id, case_id))
        return found, Extent(
            len(text_columns()),
            read,
            len(rows) - closed if asked else 0,
            tuple(_unsearched(rows, closed, asked=asked)),
        )

    def _text(self, reader: Reader, name: str, address: str) -> str | None:
        """Return the text of a document; None when it is damaged, or broke the reader."""
        with self._desk.documents().vault.open(address) as stream:
            content = stream.read()
        try:
            found: str | None = reader.ask("lawdesk.outside.documents:document_text", name, content, name=name)
        except UserError:
            return None
        return found


def read_texts(
    session: Session, actor: Actor, wanted: Needles, progress: Progress | None = None
) -> tuple[list[Mention], int]:
    """Return every text of the office that names the person and how many were read.

    Texts of cases that ``actor`` may not see are read, too, and told without their content: an erasure must know
    of them. Raises Cancelled when ``progress`` does.
    """
    found: list[Mention] = []
    read = 0
    if not wanted:
        return found, read
    shown = visible_cases(session, actor)
    titles, numbers = _titles(), replace(wanted, names=(), latin=())
    for place, (table, columns) in enumerate(text_columns()):
        if progress is not None:
            progress(place, len(text_columns()))
        for key, case, *values in texts(session, table, columns):
            for column, value in zip(columns, values, strict=True):
                if not value:
                    continue
                read += 1
                if mentions(value, wanted):
                    owner = case if case is not None else case_of(session, table.name, key)
                    seen = owner is None or owner in shown
                    table_title, column_title = titles(table.name, column.name)
                    said = excerpt(value, wanted) if seen else ""
                    certain = mentions(value, numbers)
                    row = Mention(table.name, table_title, column.name, column_title, key, owner, said, certain)
                    found.append(row)
    return found, read


def visible_cases(session: Session, actor: Actor) -> set[int]:
    """Return the cases ``actor`` may see."""
    cases = tables()["cases"]
    every = select(cases.c.id.label("case_id")).subquery("every_case")
    return set(session.execute(visible_to(select(every.c.case_id), actor, every.c.case_id)).scalars())


def family_of(session: Session, parties: Iterable[int]) -> tuple[int, ...]:
    """Return the parties and all that were merged into them, and what they were merged into."""
    party = tables()["party"]
    known, waiting = set(parties), list(parties)
    while waiting:
        statement = select(party.c.id, party.c.merged_into).where(
            or_(party.c.merged_into.in_(waiting), party.c.id.in_(waiting))
        )
        met = {one for row in session.execute(statement).all() for one in row if one is not None} - known
        known |= met
        waiting = list(met)
    return tuple(sorted(known))


def names_of(session: Session, parties: Sequence[int]) -> tuple[list[str], list[str]]:
    """Return every name, and every number and mobile telephone, of parties."""
    party, name, number = (tables()[one] for one in ("party", "party_name", "party_identifier"))
    names = list(session.execute(select(name.c.name).where(name.c.party_id.in_(parties))).scalars())
    rows = session.execute(select(party.c.name, party.c.phone).where(party.c.id.in_(parties))).all()
    numbers = list(session.execute(select(number.c.value).where(number.c.party_id.in_(parties))).scalars())
    names += [row[0] for row in rows]
    for _name, phone in rows:
        numbers += re.findall(r"\d{7,}", compact(phone))
    return list(dict.fromkeys(names)), list(dict.fromkeys(numbers))


def _candidate(session: Session, actor: Actor, party_id: int, level: str, why: str) -> Candidate:
    party, stands = tables()["party"], tables()["case_party"]
    row = session.execute(select(party).where(party.c.id == party_id)).one()
    family = family_of(session, [party_id])
    names, numbers = names_of(session, family)
    counted = select(func.count(func.distinct(stands.c.case_id))).where(stands.c.party_id.in_(family))
    cases = session.execute(visible_to(counted, actor, stands.c.case_id)).scalar_one()
    others = tuple(name for name in names if name != row.name)
    masked = tuple(mask_number(number) for number in numbers)
    return Candidate(party_id, row.uid, row.name, row.kind, level, why, others, masked, int(cases), row.blocked)


def _parties_named(session: Session, found: Sequence[Mention]) -> list[int]:
    """Return the living parties whose own rows name the person (a telephone, an earlier name)."""
    met: dict[int, None] = {}
    for one in found:
        column = _OF_PARTIES.get(one.table)
        if column is None:
            continue
        table = tables()[one.table]
        party = session.execute(select(table.c[column]).where(table.c.id == one.row_id)).scalar_one()
        met[_living(session, int(party))] = None
    return list(met)


def _living(session: Session, party_id: int) -> int:
    party = tables()["party"]
    while True:
        into = session.execute(select(party.c.merged_into).where(party.c.id == party_id)).scalar_one()
        if into is None:
            return party_id
        party_id = int(into)


def _titles() -> Callable[[str, str], tuple[str, str]]:
    from lawdesk.safekeeping.shapes import table_shapes

    shapes = {shape.name: shape for shape in table_shapes()}
    spoken = language()

    def titles(table: str, column: str) -> tuple[str, str]:
        shape = shapes[table]
        named = next(one for one in shape.columns if one.name == column)
        return shape.title(spoken), named.title(spoken)

    return titles


def _unsearched(rows: Sequence[object], closed: int, *, asked: bool) -> Iterable[str]:
    """Say what could not be searched."""
    if not asked and rows:
        words = ngettext(
            "The content of {count} document was not searched.",
            "The content of {count} documents was not searched.",
            len(rows),
        )
        yield words.format(count=len(rows))
    if closed:
        words = ngettext(
            "{count} document cannot be read here (scan, PDF, picture, sound, large): look into it by hand.",
            "{count} documents cannot be read here (scan, PDF, picture, sound, large): look into them by hand.",
            closed,
        )
        yield words.format(count=closed)
    yield _("Paper files, mail outside LawDesk, and files that were exported, cannot be searched from here.")
    yield _("Backups hold what they held when they were made.")


__all__ = ["FindingService", "Found", "family_of", "names_of", "read_texts", "visible_cases"]
