"""Another key for an open office: it is closed while everything is written anew, and open again afterwards."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lawdesk.firm import Actor, require
from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_
from lawdesk.office import Office
from lawdesk.safekeeping.new_key import KeyChanged, Progress, change_key, refuse_full
from lawdesk.storage import keys
from lawdesk.storage.place import is_server

KEYRING = "keyring"


@dataclass(frozen=True)
class KeyWay:
    """One way to the key beside the office's passphrase and recovery code: ``keyring``, ``partner-1``, a person's.

    ``name`` is the person's, ``renewable`` whether it can lead to another key: those made by the first LawDesk
    cannot, they end.
    """

    way: str
    name: str = ""
    renewable: bool = True


def key_ways(office: Office, actor: Actor) -> tuple[KeyWay, ...]:
    """Return the ways that go on or end with another key."""
    require(actor, "office.keys")
    record = office.keys.record()
    names = {keys.person_way(record.office_uid, one.login): one.name for one in office.firm.queries.people(actor)}
    found = [KeyWay(KEYRING)] if keys.recall_from_keyring(record.office_uid) is not None else []
    others = (way for way in record.wraps if way not in ("passphrase", "recovery"))
    return (*found, *(KeyWay(way, names.get(way, ""), "public" in record.wraps[way]) for way in others))


def refuse_key_change(office: Office, actor: Actor, passphrase: str) -> None:
    """Raise what speaks against another key before anything is closed.

    A right that is missing, a server, a wrong passphrase (UserError ``key.wrong_passphrase``), too little room.
    """
    require(actor, "office.keys")
    if is_server(office.place):
        raise EnvironmentFailure(
            "key.server",
            N_("The key of an office on a server cannot be changed."),
            N_("Other seats work with the old one meanwhile."),
            N_("Change passphrase and codes, or export the office and import it: it gets a new key then."),
        )
    keys.unlock_with_passphrase(office.keys.record(), passphrase)
    refuse_full(office.folder)


def change_office_key(
    office: Office,
    actor: Actor,
    passphrase: str,
    *,
    new_code: bool = True,
    end: Collection[str] = (),
    progress: Progress | None = None,
) -> KeyChanged:
    """Give the office another key; ``end`` are the ways (see :func:`key_ways`) that do not lead to it.

    Nothing of the office may be in use meanwhile. Raises as :func:`refuse_key_change` and :func:`change_key`: then
    the old key holds. Where the office cannot be opened again afterwards it stays locked, and that is raised.
    """
    refuse_key_change(office, actor, passphrase)
    folder, key, record = office.folder, office.key, office.keys.record()
    try:
        office.lock(actor)
        changed = change_key(folder, key, record, passphrase, actor, new_code=new_code, end=end, progress=progress)
    finally:
        office.reopen(lambda record: (keys.unlock_with_passphrase(record, passphrase), "passphrase"))
    if keys.recall_from_keyring(key.office_uid) is not None:
        if KEYRING in end:
            keys.forget_in_keyring(key.office_uid)
        else:
            keys.remember_in_keyring(office.key)
    return changed
