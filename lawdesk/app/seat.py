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


def open_seat(office: Office, login: str, *, meant: bool = False) -> Seat:
    """Return the seat of who just opened ``office``.

    Whoever's own passphrase opened it sits here; else ``login``, and where that person has a passphrase of their
    own, one who has none, unless ``login`` was ``meant``. Raises UserError ``signin.needed``.
    """
    sign_ins = office.sign_ins
    if not meant:
        login = sign_ins.opener() or login
    try:
        return take_seat(office, login)
    except UserError as error:
        free = None if meant or error.code != "signin.needed" else sign_ins.free_login()
        if free is None:
            raise
        return take_seat(office, free)


def take_seat(office: Office, login: str = "", passphrase: str | None = None) -> Seat:
    """Return the seat of ``login``; of the first administrator where that person is unknown or has left.

    Raises UserError ``signin.needed`` and ``key.wrong_passphrase`` for who has a passphrase of their own.
    """
    try:
        actor = office.sign_ins.actor(login or None, passphrase)
    except UserError as error:
        if error.code != "person.unknown_login":
            raise
        actor = office.sign_ins.actor(None, passphrase)
    return _seat_of(office, actor)


def keep_seat(seat: Seat) -> Seat:
    """Return the seat of who sits here already, read anew; raises UserError when they left the firm."""
    return _seat_of(seat.office, seat.office.firm.queries.actor_by_login(seat.actor.login))


def _seat_of(office: Office, actor: Actor) -> Seat:
    queries = office.firm.queries
    people = queries.people(actor)
    others = tuple((person.login, person.name) for person in people if person.id != actor.person_id)
    return Seat(office, actor, queries.firm_name(actor), others, office.is_demo())
