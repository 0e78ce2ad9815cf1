"""The request log, and holds."""

from __future__ import annotations

from datetime import date

from sqlalchemy import null, select
from sqlmodel import Session

from lawdesk.firm import Actor, require, visible_to
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.privacy.model import PrivacyHold, PrivacyRequest
from lawdesk.privacy.queries import PrivacyQueries
from lawdesk.privacy.queries.tables import tables
from lawdesk.privacy.rules.requests import RequestDraft, RequestState, answer_by, check_answer, check_request
from lawdesk.privacy.service.desk import Desk
from lawdesk.storage.database import check_version

RIGHT = "privacy.handle"


class RequestService:
    """What people asked, what was answered, and what must not be erased."""

    _desk: Desk
    queries: PrivacyQueries

    def add_request(self, actor: Actor, draft: RequestDraft) -> int:
        """Write down a request; return its id. The last day of the answer is counted from the day it came."""
        require(actor, RIGHT)
        if problems := check_request(draft, self._desk.database.clock.today()):
            raise Refused(problems)
        with self._desk.write(actor, "privacy.request") as work:
            row = work.add(
                PrivacyRequest(
                    kind=draft.kind.value,
                    subject=draft.subject.strip(),
                    asked_for=draft.asked_for.strip(),
                    received_on=draft.received_on,
                    channel=draft.channel.strip(),
                    identity=draft.identity.strip(),
                    detail=draft.detail.strip(),
                    answer_by=answer_by(draft.received_on),
                )
            )
            work.audit("privacy_request", row, kind=row.kind, answer_by=row.answer_by)
            work.announce(Changed("privacy", "requested", (row.key,)))
            return row.key

    def answer_request(
        self,
        actor: Actor,
        request_id: int,
        state: RequestState,
        answer: str = "",
        *,
        identity: str | None = None,
        seen: int | None = None,
    ) -> None:
        """Say how a request was answered. Raises Refused for a refusal without reasons or an unknown asker."""
        require(actor, RIGHT)
        with self._desk.write(actor, "privacy.answer") as work:
            row = work.session.get(PrivacyRequest, request_id)
            if row is None:
                raise UserError("request.unknown", N_("There is no such request."))
            check_version(row, seen)
            from lawdesk.privacy.rules import RequestKind

            proof = row.identity if identity is None else identity.strip()
            if problems := check_answer(state, answer, proof, RequestKind(row.kind)):
                raise Refused(problems)
            row.status, row.answer, row.identity = state.value, answer.strip(), proof
            row.answered_on, row.answered_by = work.clock.today(), actor.person_id
            work.audit("privacy_request", row, status=row.status, late=row.answered_on > row.answer_by)
            work.announce(Changed("privacy", "answered", (row.key,)))

    def hold(self, actor: Actor, reason: str, *, case_id: int | None = None, party_id: int | None = None) -> int:
        """Forbid erasing anything of a case or a party; return the hold's id. Raises Refused without a reason."""
        require(actor, RIGHT)
        if not reason.strip():
            raise Refused([Problem("hold.reason", N_("Say why."), "reason")])
        if (case_id is None) == (party_id is None):
            raise Refused([Problem("hold.what", N_("Say which case or which party."), "case")])
        with self._desk.database.write(actor, "privacy.hold") as work:
            _refuse_unknown(work.session, actor, case_id, party_id)
            work.lift_curtain()
            row = work.add(
                PrivacyHold(case_id=case_id, party_id=party_id, reason=reason.strip(), since=work.clock.today())
            )
            work.audit("privacy_hold", row, case_id=case_id, party=party_id)
            work.announce(Changed("privacy", "held", (row.key,)))
            return row.key

    def lift(self, actor: Actor, hold_id: int) -> None:
        """Lift a hold."""
        require(actor, RIGHT)
        with self._desk.write(actor, "privacy.lift") as work:
            row = work.session.get(PrivacyHold, hold_id)
            if row is None or row.lifted_on is not None:
                raise UserError("hold.unknown", N_("There is no such hold, or it was lifted already."))
            row.lifted_on, row.lifted_by = work.clock.today(), actor.person_id
            work.audit("privacy_hold", row, case_id=row.case_id, party=row.party_id)
            work.announce(Changed("privacy", "lifted", (row.key,)))

    def late(self, actor: Actor, today: date) -> int:
        """Return how many requests are past their day."""
        return sum(row.answer_by < today for row in self.queries.requests(actor, only_open=True))


def _refuse_unknown(session: Session, actor: Actor, case_id: int | None, party_id: int | None) -> None:
    name, key = ("cases", case_id) if case_id is not None else ("party", party_id)
    table = tables()[name]
    statement = select(table.c.id).where(table.c.id == key)
    statement = visible_to(statement, actor, table.c.id if case_id is not None else null())
    if session.execute(statement).first() is None:
        raise UserError("hold.nothing", N_("There is no such case or party."))
