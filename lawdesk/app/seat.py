"""Who sits at this PC, in which office: read once, on the worker, when the office opens or the person changes."""

from __future__ import annotations

from dataclasses import dataclass

from lawdesk.firm import Actor
from lawdesk.kernel.errors import UserError
from lawdesk.office import Office


@dataclass(frozen=True)
class Seat:
    """The open office, who acts in it, and the colleagues who may take over."""

    office: Office
    actor: Actor
    firm_name: str
    colleagues: tuple[tuple[str, str], ...]
    """Login and name of everybody active but the one who acts."""
    is_demo: bool = False


def take_seat(office: Office, login: str = "") -> Seat:
    """Return the seat of ``login``; of the first administrator where that person is unknown or has left."""
    queries = office.firm.queries
    try:
        actor = queries.actor_by_login(login or None)
    except UserError:
        actor = queries.actor_by_login(None)
    people = queries.people(actor)
    others = tuple((person.login, person.name) for person in people if person.id != actor.person_id)
    return Seat(office, actor, queries.firm_name(actor), others, office.is_demo())
