"""Making two parties one, and two again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, or_, select

from lawdesk.cases.model import (
    CaseParty,
    EnquiryParty,
    FormerMatterParty,
    MemberParty,
    Party,
    PartyIdentifier,
    PartyMerge,
    PartyName,
    PartyRelation,
    Standing,
)
from lawdesk.cases.rules import NameKind, PartyKind
from lawdesk.cases.rules.merging import check_merge
from lawdesk.cases.service.parties import get_party, index_party
from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage import search
from lawdesk.storage.database import Database, Work
from lawdesk.storage.record import Record

_FILLED = ("kind", "phone", "address", "born_on", "note", "ref")
_TABLES: dict[str, type[Record]] = {
    model.__name__: model
    for model in (
        PartyName,
        PartyIdentifier,
        CaseParty,
        Standing,
        EnquiryParty,
        FormerMatterParty,
        MemberParty,
        PartyRelation,
    )
}
_ONCE: dict[type[Record], tuple[str, ...]] = {
    PartyName: ("name",),
    PartyIdentifier: ("kind", "value"),
    CaseParty: ("case_id",),
    Standing: ("proceeding_id",),
    EnquiryParty: ("enquiry_id", "side"),
    FormerMatterParty: ("matter_id", "side"),
}
"""What a party has only once: a second one of the party that goes is put aside."""


@dataclass
class _Merging:
    """One merge while it runs: which rows moved, which were put aside."""

    work: Work
    keep: Party
    gone: Party
    moved: list[dict[str, Any]] = field(default_factory=list)
    aside: list[dict[str, Any]] = field(default_factory=list)

    def move(self, row: Record, column: str, **other: Any) -> None:
        """Give a row to the party that stays; ``other`` values change with it."""
        before = {name: getattr(row, name) for name in other}
        self.moved.append({"table": type(row).__name__, "id": row.key, "column": column, "before": before})
        setattr(row, column, self.keep.key)
        for name, value in other.items():
            setattr(row, name, value)

    def put_aside(self, row: Record) -> None:
        """Take a row out that the party that stays has already."""
        self.aside.append({"table": type(row).__name__, "row": row.model_dump(mode="json")})
        self.work.session.delete(row)


class MergeService:
    """Parties that were entered twice."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def merge_parties(self, actor: Actor, keep_id: int, gone_id: int) -> int:
        """Make two parties one under the first's name; return the merge's id, which :meth:`unmerge_parties` takes.

        All names, numbers, relations, cases, enquiries of both belong to the one that stays. Raises Refused when
        they are surely two: other identity numbers, or opposite sides of one case.
        """
        require(actor, "party.write")
        if keep_id == gone_id:
            raise Refused([Problem("merge.self", N_("A party cannot be merged with itself."), "other")])
        with self._database.write(actor, "party.merge") as work:
            keep, gone = get_party(work.session, keep_id), get_party(work.session, gone_id)
            if (keep.key, gone.key) != (keep_id, gone_id):
                raise UserError("merge.done", N_("One of them was merged already."))
            work.lift_curtain()  # all links move, those behind walls too
            if problems := _problems(work.session, keep_id, gone_id):
                raise Refused(problems, N_("These two parties cannot be merged."))
            merging = _Merging(work, keep, gone)
            _give_over(merging)
            before = {name: _plain(keep, name) for name in _FILLED}
            _fill(keep, gone)
            after = {name: _plain(keep, name) for name in _FILLED}
            content = {
                "moved": merging.moved,
                "aside": merging.aside,
                "before": before,
                "after": after,
            }
            gone.merged_into = keep_id
            search.index(work.session, "party", gone_id, [])
            merge = work.add(
                PartyMerge(
                    kept_id=keep_id,
                    gone_id=gone_id,
                    gone_name=gone.name,
                    content=json.dumps(content, ensure_ascii=False, default=str),
                )
            )
            index_party(work.session, keep)
            work.audit("party", keep, merged=gone_id, merge=merge.key, moved=len(merging.moved))
            work.announce(Changed("party", "merged", (keep_id, gone_id)))
            return merge.key

    def unmerge_parties(self, actor: Actor, merge_id: int) -> int:
        """Make two parties of a merged one again; return the id of the one that comes back.

        What was added after the merge stays where it is. Raises UserError when it was undone already or the party
        has been merged into another one since.
        """
        require(actor, "party.write")
        with self._database.write(actor, "party.unmerge") as work:
            merge = work.session.get(PartyMerge, merge_id)
            if merge is None or merge.undone:
                raise UserError("merge.unknown", N_("There is no such merge, or it was undone already."))
            work.lift_curtain()
            keep = work.session.get(Party, merge.kept_id)
            gone = work.session.get(Party, merge.gone_id)
            if keep is None or gone is None or keep.merged_into is not None:
                raise UserError(
                    "merge.later",
                    N_("The party was merged into another one since."),
                    hint=N_("Undo that merge first."),
                )
            content = json.loads(merge.content)
            gone.merged_into = None
            _take_back(work.session, content, keep.key, gone.key)
            for name in _FILLED:
                if _plain(keep, name) == content["after"][name]:
                    setattr(keep, name, getattr(Party.model_validate(_only(content, keep)), name))
            merge.undone = True
            work.session.flush()
            for party in (keep, gone):
                index_party(work.session, party)
            work.audit("party", keep, unmerged=gone.key, merge=merge_id)
            work.announce(Changed("party", "merged", (keep.key, gone.key)))
            return gone.key


def _problems(session: Session, keep_id: int, gone_id: int) -> list[Problem]:
    def numbers(party: int) -> list[tuple[str, str, bool]]:
        columns = (PartyIdentifier.kind, PartyIdentifier.value, PartyIdentifier.checked)
        return list(session.exec(select(*columns).where(col(PartyIdentifier.party_id) == party)))

    def sides(party: int) -> dict[int, str]:
        statement = select(CaseParty.case_id, CaseParty.side).where(col(CaseParty.party_id) == party)
        return dict(session.exec(statement).all())

    problems = check_merge(numbers(keep_id), numbers(gone_id), sides(keep_id), sides(gone_id))
    members = select(MemberParty).where(col(MemberParty.party_id).in_((keep_id, gone_id)))
    if len(session.exec(members).all()) > 1:
        message = N_("Both are members of the firm: these are two parties.")
        problems.append(Problem("merge.members", message, "other"))
    return problems


def _give_over(merging: _Merging) -> None:
    """Give everything of the party that goes to the one that stays."""
    session, keep, gone = merging.work.session, merging.keep.key, merging.gone.key
    for model, columns in _ONCE.items():
        owner: Any = model.party_id  # type: ignore[attr-defined]  # every one of them has it
        held = {_key(row, columns) for row in session.exec(select(model).where(owner == keep))}
        for row in session.exec(select(model).where(owner == gone).order_by(col(model.id))):
            if _key(row, columns) in held:
                merging.put_aside(row)
            elif isinstance(row, PartyName) and row.kind == NameKind.REGISTERED.value:
                merging.move(row, "party_id", kind=NameKind.ALIAS.value)
            else:
                merging.move(row, "party_id")
    for member in session.exec(select(MemberParty).where(col(MemberParty.party_id) == gone)):
        merging.move(member, "party_id")
    _give_relations(merging, session, keep, gone)


def _give_relations(merging: _Merging, session: Session, keep: int, gone: int) -> None:
    ends = or_(col(PartyRelation.party_id).in_((keep, gone)), col(PartyRelation.other_id).in_((keep, gone)))
    rows = session.exec(select(PartyRelation).where(ends).order_by(col(PartyRelation.id))).all()
    held = {(row.party_id, row.other_id, row.kind) for row in rows if gone not in (row.party_id, row.other_id)}
    for row in rows:
        if gone not in (row.party_id, row.other_id):
            continue
        party = keep if row.party_id == gone else row.party_id
        other = keep if row.other_id == gone else row.other_id
        if party == other or (party, other, row.kind) in held:
            merging.put_aside(row)
            continue
        held.add((party, other, row.kind))
        merging.move(row, "party_id" if row.party_id == gone else "other_id")


def _take_back(session: Session, content: dict[str, Any], keep: int, gone: int) -> None:
    for entry in content["moved"]:
        row = session.get(_TABLES[entry["table"]], entry["id"])
        if row is not None and getattr(row, entry["column"]) == keep:
            setattr(row, entry["column"], gone)
            for name, value in entry["before"].items():
                setattr(row, name, value)
    session.flush()
    for entry in content["aside"]:
        row = _TABLES[entry["table"]].model_validate(entry["row"])
        if row.id is not None and session.get(type(row), row.id) is not None:
            row.id = None  # SQLite gives the number of a row that went last to the next one
        session.add(row)
    session.flush()


def _fill(keep: Party, gone: Party) -> None:
    """Fill in what the party that stays lacks."""
    for name in _FILLED:
        empty = (None, "", PartyKind.UNKNOWN.value)
        if getattr(keep, name) in empty and getattr(gone, name) not in empty:
            setattr(keep, name, getattr(gone, name))


def _only(content: dict[str, Any], keep: Party) -> dict[str, Any]:
    return {**keep.model_dump(mode="json"), **content["before"]}


def _plain(party: Party, name: str) -> Any:
    return party.model_dump(mode="json")[name]


def _key(row: Record, columns: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)
