"""Showing masked values whole, each time on record: who, whose, which, why (``personal.reveal``)."""

from __future__ import annotations

from sqlmodel import col, select

from lawdesk.cases.model import Enquiry, Party, PartyIdentifier
from lawdesk.cases.rules.revealing import Masked, Purpose, party_blocked
from lawdesk.firm import Actor, require, visible_to
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
                statement = select(PartyIdentifier.value).where(col(PartyIdentifier.party_id) == party_id)
                values = list(work.session.exec(statement))
                value = values[place] if place < len(values) else ""
            else:
                value = party.phone if what is Masked.PHONE else party.address
            if not value:
                raise UserError("reveal.nothing", N_("There is nothing to show."))
            work.audit("party", party, what=what.value, why=why.value)
            return value

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
