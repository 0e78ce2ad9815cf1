"""Showing masked values whole, each time on record: who, whose, which, why (``personal.reveal``)."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from lawdesk.cases.model import Enquiry, Party, PartyIdentifier
from lawdesk.cases.rules.revealing import Masked, Purpose, party_blocked
from lawdesk.firm import Actor, may, require, visible_to
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database

RIGHT = "personal.reveal"


class RevealService:
    """The one way to a number, telephone or address that lists and details show masked."""

    _database: Database

    def reveal(self, actor: Actor, party_id: int, what: Masked, why: Purpose, *, place: int = 0) -> str:
        """Return a party's value whole, on record; ``place`` counts its numbers from 0, in the order shown.

        For papers that must name it (a firm letter, a power of attorney) ``why`` is :attr:`Purpose.PAPER`. Raises
        UserError without the right, for an unknown or blocked party, and where there is nothing to show.
        """
        require(actor, RIGHT)
        with self._database.write(actor, RIGHT) as work:
            party = work.session.get(Party, party_id)
            if party is None:
                raise UserError("party.unknown", N_("There is no such party."))
            if party.blocked:
                raise party_blocked()
            if what is Masked.IDENTIFIER:
                values = _numbers(work.session, party_id)
                value = values[place] if 0 <= place < len(values) else ""
            else:
                value = party.phone if what is Masked.PHONE else party.address
            if not value:
                raise UserError("reveal.nothing", N_("There is nothing to show."))
            work.audit("party", party, what=what.value, why=why.value)
            return value

    def reveal_for_entry(self, actor: Actor, party_id: int, what: Collection[Masked]) -> dict[Masked, str]:
        """Return what a form takes over from a party chosen in it, whole: its first number, telephone, address.

        Each value handed over is on record as a look at it. Without the right nothing is: the form works without.
        """
        if not what or not may(actor, RIGHT):
            return {}
        with self._database.write(actor, RIGHT) as work:
            party = work.session.get(Party, party_id)
            if party is None or party.blocked:
                work.not_audited()
                return {}
            known = {Masked.PHONE: party.phone, Masked.ADDRESS: party.address}
            known[Masked.IDENTIFIER] = next(iter(_numbers(work.session, party_id)), "")
            found = {one: known[one] for one in Masked if one in what and known[one]}
            for one in found:
                work.audit("party", party, what=one.value, why=Purpose.ENTRY.value)
            if not found:
                work.not_audited()
            return found

    def reveal_enquiry(self, actor: Actor, enquiry_id: int, why: Purpose) -> str:
        """Return the telephone of an enquiry whole, on record."""
        require(actor, RIGHT)
        with self._database.write(actor, RIGHT) as work:
            statement = visible_to(
                select(Enquiry).where(col(Enquiry.id) == enquiry_id), actor, col(Enquiry.case_id)
            )
            enquiry = work.session.exec(statement).first()
            if enquiry is None or not enquiry.phone:
                raise UserError("reveal.nothing", N_("There is nothing to show."))
            work.audit("enquiry", enquiry, what=Masked.PHONE.value, why=why.value)
            return enquiry.phone


def _numbers(session: Session, party_id: int) -> list[str]:
    """Return the numbers of a party whole, in the order the look-ups show them."""
    statement = select(PartyIdentifier.value).where(col(PartyIdentifier.party_id) == party_id)
    return list(session.exec(statement.order_by(col(PartyIdentifier.id))))
