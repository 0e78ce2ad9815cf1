"""Closed files whose time is over: classes, lists, two signatures, destruction, certificate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from lawdesk.firm import Actor, Role, require, visible_to
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_, _
from lawdesk.kernel.resources import load_rules
from lawdesk.privacy.model import CaseRetention, DisposalItem, DisposalList, PrivacyErasure
from lawdesk.privacy.queries import ItemRow, ListRow
from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.rules import DISPOSAL_TITLES, TERM_TITLES, DisposalState, ErasureKind, Term, needles
from lawdesk.privacy.rules.retention import check_retention, check_signature
from lawdesk.privacy.service.certificates import write_paper
from lawdesk.privacy.service.erasing import ErasingService
from lawdesk.privacy.service.finding import family_of, names_of, read_texts
from lawdesk.privacy.service.lists import disposal_document
from lawdesk.privacy.service.wiping import (
    black_out,
    compact_file,
    destroy_case,
    drop_checks,
    drop_questions,
    wipe_parties,
)
from lawdesk.storage.database import Work

RIGHT = "privacy.dispose"


class DisposalService(ErasingService):
    """Destroying what need not be kept any longer."""

    def set_retention(
        self, actor: Actor, case_id: int, term: Term, years: int | None = None, why: str = ""
    ) -> None:
        """Choose the class of a case's file, and its years where they are not the proposed ones."""
        require(actor, RIGHT)
        if problems := check_retention(term, years):
            raise Refused(problems)
        with self._desk.database.write(actor, "privacy.retention") as work:
            case = tables()["cases"]
            seen = visible_to(select(case.c.id).where(case.c.id == case_id), actor, case.c.id)
            if work.session.execute(seen).first() is None:
                raise UserError("case.unknown", N_("There is no such case."))
            statement = select(CaseRetention).where(col(CaseRetention.case_id) == case_id)
            row = work.session.execute(statement).scalar_one_or_none()
            if row is None:
                row = work.add(CaseRetention(case_id=case_id, term=term.value, years=years, why=why.strip()))
            else:
                row.term, row.years, row.why = term.value, years, why.strip()
            work.audit("case_retention", row, case_id=case_id, term=term.value, years=years)
            work.announce(Changed("privacy", "classed", (case_id,), (case_id,)))

    def propose(self, actor: Actor) -> int:
        """Make a list of the closed files whose retention is over; return its id.

        Left out: files without a chosen class, permanent ones, those on hold, those on another open list. Raises
        UserError when there is none.
        """
        require(actor, RIGHT)
        today = self._desk.database.clock.today()
        due = [row for row in self.queries.retentions(actor, today, 100_000) if row.due]
        open_lists = [one for one in self.queries.disposals(actor) if one.status not in _ENDED]
        listed = {item.case_id for one in open_lists for item in one.items}
        with self._desk.write(actor, "privacy.propose") as work:
            from lawdesk.privacy.queries import held_cases

            held = held_cases(work.session)
            chosen = [row for row in due if row.case_id not in held and row.case_id not in listed]
            if not chosen:
                raise UserError(
                    "disposal.none",
                    N_("There is no file to be destroyed."),
                    N_("None is past its retention, has a class, and is free of holds and other lists."),
                )
            made = work.add(DisposalList(made_on=today))
            for row in chosen:
                assert row.closed_on is not None and row.until is not None and row.term is not None
                work.session.add(
                    DisposalItem(
                        list_id=made.key,
                        case_id=row.case_id,
                        number=row.number,
                        term=row.term.value,
                        closed_on=row.closed_on,
                        until=row.until,
                    )
                )
            work.audit("disposal_list", made, cases=[row.case_id for row in chosen])
            work.announce(Changed("privacy", "listed", (made.key,)))
            return made.key

    def sign(self, actor: Actor, list_id: int) -> DisposalState:
        """Sign a disposal list; two people must, one of them the director. Returns how far it is now."""
        require(actor, RIGHT)
        with self._desk.write(actor, "privacy.sign") as work:
            row = _get(work.session, list_id)
            heads = row.first_by is not None and _is_director(work.session, row.first_by)
            problem = check_signature(
                DisposalState(row.status),
                first=row.first_by,
                signer=actor.person_id,
                first_heads=heads,
                signer_heads=actor.role is Role.DIRECTOR,
            )
            if problem is not None:
                raise Refused([problem], N_("This list cannot be signed by you now."))
            if row.first_by is None:
                row.first_by, row.first_at = actor.person_id, work.clock.now()
                row.status = DisposalState.HALF_SIGNED.value
            else:
                row.second_by, row.second_at = actor.person_id, work.clock.now()
                row.status = DisposalState.SIGNED.value
            work.audit("disposal_list", row, status=row.status)
            work.announce(Changed("privacy", "signed", (list_id,)))
            return DisposalState(row.status)

    def drop(self, actor: Actor, list_id: int) -> None:
        """Give a list up; nothing of it is destroyed."""
        require(actor, RIGHT)
        with self._desk.write(actor, "privacy.drop") as work:
            row = _get(work.session, list_id)
            if DisposalState(row.status) in _ENDED:
                raise UserError("disposal.ended", N_("This list has ended already."))
            row.status = DisposalState.DROPPED.value
            work.audit("disposal_list", row, status=row.status)
            work.announce(Changed("privacy", "dropped", (list_id,)))

    def print_list(self, actor: Actor, list_id: int, target: Path) -> None:
        """Write a list with its lines to sign: Word for ``.docx``, else PDF."""
        require(actor, RIGHT)
        row = self.queries.disposal(actor, list_id)
        with self._desk.write(actor, "privacy.print") as work:
            work.audit("disposal_list", _get(work.session, list_id))
        write_paper(disposal_document(row, self._desk.firm.firm_name(actor)), target)

    def dispose(self, actor: Actor, list_id: int, target: Path | None = None) -> tuple[int, int]:
        """Destroy the files of a list that two people signed; return the certificate's id and how many went.

        A case on which a hold lies now, or that was opened again, is left out. Parties that stand nowhere else go
        too. One transaction; then stored files nobody names are deleted and the office's file is rewritten.
        """
        require(actor, RIGHT)
        row = self.queries.disposal(actor, list_id)
        if row.status is not DisposalState.SIGNED:
            message = N_("Two people must sign the list first ({state}).")
            problem = Problem(
                "disposal.unsigned", message, "list", params={"state": _(DISPOSAL_TITLES[row.status])}
            )
            raise Refused([problem], N_("This list cannot be carried out yet."))
        free = [item for item in row.items if not item.held]
        with self._desk.write(actor, "privacy.dispose") as work:
            content, addresses = self._destroy(work, actor, free)
            made = work.add(
                PrivacyErasure(
                    kind=ErasureKind.DISPOSED.value,
                    done_at=work.clock.now(),
                    done_by=actor.person_id,
                    parties="[]",
                    content=json.dumps(content, ensure_ascii=False, default=str),
                )
            )
            stored = _get(work.session, list_id)
            stored.status, stored.done_at = DisposalState.DONE.value, work.clock.now()
            work.audit("disposal_list", stored, cases=[item.case_id for item in free], certificate=made.key)
            work.announce(Changed("case", "disposed", (), tuple(item.case_id for item in free)))
            work.announce(Changed("privacy", "disposed", (made.key,)))
        for address in addresses:
            self._desk.documents().vault.delete(address)
        self._compacted(actor, made.key, content["rows"])
        if target is not None:
            self.write_certificate(actor, made.key, target)
        return made.key, len(free)

    def _destroy(self, work: Work, actor: Actor, items: Sequence[ItemRow]) -> tuple[dict[str, Any], list[str]]:
        session, stays = work.session, frozenset(load_rules("privacy")["disposal"]["stays"])
        cases = [item.case_id for item in items]
        parties, checks = _parties_of(session, cases), _checks_of(session, cases)
        rows: dict[str, int] = {}
        addresses: list[str] = []
        drop_questions(session, cases, parties)
        for case_id in cases:
            done, gone = destroy_case(session, case_id, stays)
            addresses += gone
            for table, count in done.items():
                rows[table] = rows.get(table, 0) + count
        if checks:
            rows["conflict_check"] = drop_checks(session, checks)
        blacked = 0
        orphans = _orphans(session, parties)
        if orphans:
            family = family_of(session, orphans)
            wanted = needles(*names_of(session, family))
            found, _read = read_texts(session, actor, wanted)
            gone_with_it = [one for one in found if one.table in _LEFT_OF_CASES and one.case_id in set(cases)]
            for table, count in wipe_parties(session, family).items():
                rows[table] = rows.get(table, 0) + count
            blacked = black_out(session, gone_with_it, wanted)
        content = {
            "rows": rows,
            "blacked": blacked,
            "documents": len(addresses),
            "cases": [
                {
                    "number": item.number,
                    "term": _(TERM_TITLES[item.term]),
                    "closed_on": item.closed_on,
                    "until": item.until,
                }
                for item in items
            ],
            "remains": self.remains().as_data(),
            "engine": self._desk.database.kind,
        }
        return content, addresses


_ENDED = (DisposalState.DONE, DisposalState.DROPPED)
_LEFT_OF_CASES = frozenset({"cases", "time_entry", "privacy_hold", "case_retention"})


def _get(session: Session, list_id: int) -> DisposalList:
    row = session.get(DisposalList, list_id)
    if row is None:
        raise UserError("disposal.unknown", N_("There is no such disposal list."))
    return row


def _is_director(session: Session, person_id: int) -> bool:
    person = tables()["person"]
    role = session.execute(select(person.c.role).where(person.c.id == person_id)).scalar_one_or_none()
    return bool(role == Role.DIRECTOR.value)


def _parties_of(session: Session, cases: Sequence[int]) -> list[int]:
    stand = tables()["case_party"]
    return list(session.execute(select(stand.c.party_id).where(stand.c.case_id.in_(cases)).distinct()).scalars())


def _checks_of(session: Session, cases: Sequence[int]) -> list[int]:
    """Return the kept conflict checks that the clearances of these cases rest on."""
    clearance, check = tables()["clearance"], tables()["conflict_check"]
    contents = session.execute(select(clearance.c.content).where(clearance.c.case_id.in_(cases))).scalars()
    uids = {str(json.loads(one).get("searched", {}).get("check", "")) for one in contents}
    return list(session.execute(select(check.c.id).where(check.c.uid.in_(uids - {""}))).scalars())


def _orphans(session: Session, parties: Sequence[int]) -> list[int]:
    """Return the parties that stand in no case, enquiry, hold or member's matter, and are no member."""
    left = set(parties)
    for name in ("case_party", "enquiry_party", "member_party", "former_matter_party", "privacy_hold"):
        table = tables()[name]
        left -= set(session.execute(select(table.c.party_id).where(table.c.party_id.in_(left))).scalars())
    return sorted(left)


__all__ = ["DisposalService", "ListRow", "compact_file"]
