"""Signing in: who may act as whom, and the passphrases people have of their own.

A person's own passphrase wraps the office key beside the other ways in ``office.key``. Who opens the office with
it is that person; somebody else becomes them only with it. Who has none works as before: the office is open, so
they may sit down. All ways lead to one key: this keeps colleagues apart in LawDesk, not against somebody who takes
the key and the file elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from lawdesk.firm import Actor, FirmQueries, Role, require
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_
from lawdesk.safekeeping.key_files import KeyService
from lawdesk.safekeeping.sessions import SessionLog
from lawdesk.storage import keys
from lawdesk.storage.database import Database
from lawdesk.storage.keys import KeyRecord, OfficeKey

TRIES, WITHIN = 5, timedelta(minutes=5)
"""After so many wrong passphrases within this time the next try has to wait until the oldest is past."""


class SignInService:
    """Who acts in the open office, which was opened by ``opened``: the key, and the way to it."""

    def __init__(
        self, database: Database, opened: tuple[Callable[[], OfficeKey], str], ways: KeyService, firm: FirmQueries
    ) -> None:
        self._database, (self._key, self._way) = database, opened
        self._ways, self._firm, self._log = ways, firm, SessionLog(database)
        self._wrong: list[datetime] | None = None
        """The wrong passphrases while the office is closed, when they cannot be written down."""

    def protected(self, login: str) -> bool:
        """Whether one becomes this person only with their own passphrase."""
        return keys.has_own_passphrase(self._ways.record(), login)

    def opener(self) -> str | None:
        """Return the login of who opened the office with a passphrase of their own."""
        if not self._way.startswith("person-"):
            return None
        uid = self._key().office_uid
        return next((one for one in self._firm.logins() if keys.person_way(uid, one) == self._way), None)

    def free_login(self) -> str | None:
        """Return the login of somebody whom the office's own passphrase, typed in, lets sit down; None: nobody."""
        if self._way != "passphrase":
            return None
        record = self._ways.record()
        return next((one for one in self._firm.logins() if not keys.has_own_passphrase(record, one)), None)

    def unlock(self, actor: Actor, passphrase: str | None, recovery_code: str | None) -> None:
        """Lift the lock of who sits here: by their own passphrase if they have one, else by the office's.

        The printed code lifts it too, where no passphrase of one's own stands before it or a director sits.
        """
        self.way_in(self._ways.record(), actor, passphrase, recovery_code)

    def way_in(
        self, record: KeyRecord, actor: Actor, passphrase: str | None, recovery_code: str | None
    ) -> OfficeKey:
        """Return the office key as :meth:`unlock` finds it; the office itself may be closed meanwhile."""
        own = keys.has_own_passphrase(record, actor.login)
        if recovery_code is not None and (not own or actor.role is Role.DIRECTOR):
            return keys.unlock_with_recovery_code(record, recovery_code)
        if own:
            return self._check(record, actor, passphrase or "")
        return keys.unlock_with_passphrase(record, passphrase or "")

    def close(self, actor: Actor) -> None:
        """The office is about to be closed with ``actor`` before it: wrong passphrases are counted here then."""
        self._wrong = []
        self._wrong = self._log.failed_since(actor.person_id, self._database.clock.now() - WITHIN)

    def reopen(self) -> None:
        """The office is open again: wrong passphrases are on record from now on."""
        self._wrong = None

    def actor(self, login: str | None = None, passphrase: str | None = None) -> Actor:
        """Return who acts: ``login``, else who opened the office, else its first administrator or director.

        Raises UserError ``signin.needed`` where that person has a passphrase of their own and it was not given,
        ``key.wrong_passphrase``, ``signin.wait`` after too many wrong ones; ``person.unknown_login``. With the
        printed recovery code one may act as a director: who forgot their passphrase comes back in by it.
        """
        opener = self.opener()
        who = self._firm.actor_by_login(login or opener)
        if who.login == opener or not self.protected(who.login):
            return who
        if self._way == "recovery" and who.role is Role.DIRECTOR:
            return who
        if passphrase is None:
            raise UserError(
                "signin.needed",
                N_("{name} signs in with a passphrase of their own."),
                hint=N_("Enter the passphrase of {name}."),
                name=who.name,
            )
        self.check(who, passphrase)
        return who

    def check(self, who: Actor, passphrase: str) -> None:
        """Raise UserError unless this is the person's own passphrase; a wrong one is on record."""
        self._check(self._ways.record(), who, passphrase)

    def _check(self, record: KeyRecord, who: Actor, passphrase: str) -> OfficeKey:
        now = self._database.clock.now()
        failed = self._failed(who)
        if len(failed) >= TRIES:
            wait = int((failed[-TRIES] + WITHIN - now).total_seconds()) + 1
            raise UserError(
                "signin.wait",
                N_("Too many wrong passphrases for {name}."),
                hint=N_("Try again in {seconds} seconds."),
                name=who.name,
                seconds=wait,
            )
        try:
            return keys.unlock_as(record, who.login, passphrase)
        except UserError:
            if self._wrong is None:
                self._log.note(who, "failed")
            else:
                self._wrong.append(now)
            raise

    def _failed(self, who: Actor) -> list[datetime]:
        """Return when a passphrase of this person was wrong of late, oldest first."""
        since = self._database.clock.now() - WITHIN
        if self._wrong is None:
            return self._log.failed_since(who.person_id, since)
        return [one for one in self._wrong if one >= since]

    def set_own(self, actor: Actor, old: str, new: str) -> None:
        """Give oneself a passphrase of one's own, or another one. ``old``: the own one, at first the office's.

        Raises UserError for a wrong old one, Refused for a short new one.
        """
        require(actor, "firm.read")
        record = self._ways.record()
        if keys.has_own_passphrase(record, actor.login):
            self.check(actor, old)
        else:
            keys.unlock_with_passphrase(record, old)
        changed = keys.set_own_passphrase(record, self._key(), actor.login, new)
        if keys.unlock_as(changed, actor.login, new) != self._key():
            raise keys.damaged_key()
        self._ways.write(changed, actor, way="own")

    def drop_own(self, actor: Actor, passphrase: str) -> None:
        """Do without a passphrase of one's own again."""
        require(actor, "firm.read")
        self.check(actor, passphrase)
        self._ways.write(keys.drop_own_passphrase(self._ways.record(), actor.login), actor, way="own", ended=True)

    def reset(self, actor: Actor, person_id: int) -> None:
        """Take back the passphrase of somebody who forgot it; they sit down without one and set another."""
        require(actor, "signin.reset")
        person = self._firm.person(actor, person_id)
        record = self._ways.record()
        if keys.has_own_passphrase(record, person.login):
            changed = keys.drop_own_passphrase(record, person.login)
            self._ways.write(changed, actor, way="own", ended=True, person=person_id)

    def left(self, actor: Actor, login: str) -> None:
        """End the passphrase of somebody who left the firm. Copies of the key file in backups still know it."""
        record = self._ways.record()
        if keys.has_own_passphrase(record, login):
            self._ways.write(keys.drop_own_passphrase(record, login), actor, way="own", ended=True, left=True)
