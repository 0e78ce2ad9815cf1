"""The office key and the ways to it: keyring, passphrase, printed codes.

A random 256-bit key opens everything. It is never stored in clear; ``office.key`` holds it wrapped by a key
derived from the passphrase and again from the printed recovery code (Argon2id, RFC 9106; AES-256-GCM). The
system keyring may hold a copy for comfort, never the only one, and every trouble with it just means "ask for
the passphrase".
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from lawdesk.kernel.errors import EnvironmentFailure, Problem, Refused, UserError
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.ids import new_uid
from lawdesk.storage.secret import taken
from lawdesk.storage.wraps import WrongWordError, expand, renew, unwrap, wrap

FORMAT = 1
CIPHER = "sqlcipher-4 raw-256"
KEYRING_SERVICE = "LawDesk"
ARGON2 = {"memory_kib": 65536, "passes": 3, "lanes": 4}
MIN_PASSPHRASE = 8
CODE_WAYS = ("recovery", "partner-1", "partner-2")
"""Printed codes: the office's own, and one each for two partners who want one. Any of them opens."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford base 32: no I, L, O, U
_LOOKALIKES = str.maketrans("ILOU", "110V")
ALLOWED_KEYRINGS = frozenset(
    {
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
    }
)


@dataclass(frozen=True)
class OfficeKey:
    """The unwrapped key of one office; its parts are derived so that no two uses share one key."""

    office_uid: str
    secret: bytes = field(repr=False)
    former: tuple[bytes, ...] = field(default=(), compare=False, repr=False)
    """Secrets the office had before: what was made under them (backups, signed heads) can still be read."""

    def every(self) -> tuple[OfficeKey, ...]:
        """Return this key and the former ones, the newest first."""
        return (self, *(OfficeKey(self.office_uid, secret) for secret in self.former))

    def derive(self, purpose: str) -> bytes:
        """Return 32 bytes for one purpose, such as ``database`` or ``vault`` (HKDF-SHA256, RFC 5869)."""
        return expand(self.secret, self.office_uid.encode(), f"lawdesk/{purpose}/1".encode())


@dataclass(frozen=True)
class KeyRecord:
    """The content of ``office.key``: harmless without passphrase or recovery code."""

    office_uid: str
    wraps: dict[str, dict[str, Any]]

    def to_json(self) -> str:
        """Return the text to store."""
        body = {"format": FORMAT, "cipher": CIPHER, "office": self.office_uid, "wraps": self.wraps}
        return json.dumps(body, indent=1)

    @classmethod
    def from_json(cls, text: str) -> KeyRecord:
        """Read what :meth:`to_json` wrote; raises EnvironmentFailure for anything else."""
        try:
            body = json.loads(text)
            if not isinstance(body["office"], str) or not isinstance(body["wraps"], dict):
                raise ValueError("not a key record")
            if body.get("cipher", CIPHER) != CIPHER:
                raise EnvironmentFailure(
                    "key.other_cipher",
                    N_("This office uses another version of the encryption."),
                    N_("Its key file says {found}, this program knows {known}."),
                    N_("Install the LawDesk that made it; nothing was changed."),
                    found=str(body["cipher"])[:60],
                    known=CIPHER,
                )
            if body["format"] > FORMAT:
                raise EnvironmentFailure(
                    "key.newer",
                    N_("This office was made by a newer LawDesk."),
                    hint=N_("Install the newest LawDesk on this PC."),
                )
            return cls(body["office"], body["wraps"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise damaged_key() from error


def damaged_key() -> EnvironmentFailure:
    """Return the failure for a key file that cannot be read."""
    return EnvironmentFailure(
        "key.damaged",
        N_("The key file of this office is damaged."),
        N_("office.key cannot be read; without it nobody can open the office."),
        N_("Put back office.key from any backup of this office, then open it again."),
    )


def create_key(passphrase: str) -> tuple[OfficeKey, KeyRecord, str]:
    """Return a new key, its record and the recovery code to print once.

    Raises Refused when the passphrase is too short.
    """
    check_passphrase(passphrase)
    key = OfficeKey(new_uid(), taken(os.urandom(32)))
    code = new_recovery_code()
    wraps = {"passphrase": _wrap(key, passphrase), "recovery": _wrap(key, normalise_code(code))}
    return key, KeyRecord(key.office_uid, wraps), code


def check_passphrase(passphrase: str) -> None:
    """Raise Refused when ``passphrase`` is shorter than eight characters or only blanks."""
    if len(passphrase.strip()) < MIN_PASSPHRASE:
        message = N_("The passphrase needs at least {count} characters.")
        raise Refused([Problem("passphrase.short", message, "passphrase", params={"count": MIN_PASSPHRASE})])


def change_passphrase(record: KeyRecord, key: OfficeKey, passphrase: str) -> KeyRecord:
    """Return the record with the passphrase replaced; the office key itself stays."""
    check_passphrase(passphrase)
    return KeyRecord(record.office_uid, {**record.wraps, "passphrase": _wrap(key, passphrase)})


def change_code(record: KeyRecord, key: OfficeKey, way: str = "recovery") -> tuple[KeyRecord, str]:
    """Return the record with a new code for ``way`` (one of :data:`CODE_WAYS`) and the code to print once."""
    if way not in CODE_WAYS:
        raise ValueError(way)
    code = new_recovery_code()
    return KeyRecord(record.office_uid, {**record.wraps, way: _wrap(key, normalise_code(code))}), code


def renewed(
    record: KeyRecord, old: OfficeKey, new: OfficeKey, known: Mapping[str, str], end: Collection[str] = ()
) -> tuple[KeyRecord, tuple[str, ...]]:
    """Return the record with every way leading to the ``new`` key, and the ways that ended.

    ``known`` are passphrases and codes at hand, by way. The others go on as well, without anybody typing them:
    each wrap carries a public key whose private half only its passphrase or code gives. Ways in ``end`` are left
    out, and so are those made before wraps had one.
    """
    wraps: dict[str, dict[str, Any]] = {}
    for way, wrapped in record.wraps.items():
        if way in known:
            continue
        on = None if way in end else renew(wrapped, record.office_uid, old.secret, new.secret)
        if on is not None:
            wraps[way] = on
    for way, word in known.items():
        wraps[way] = _wrap(new, normalise_code(word) if way in CODE_WAYS else word)
    return KeyRecord(record.office_uid, wraps), tuple(way for way in record.wraps if way not in wraps)


def drop_code(record: KeyRecord, way: str) -> KeyRecord:
    """Return the record without a partner's code; raises ValueError for the recovery code, which always stays."""
    if way not in CODE_WAYS[1:]:
        raise ValueError(way)
    return KeyRecord(record.office_uid, {name: wrap for name, wrap in record.wraps.items() if name != way})


def unlock_with_passphrase(record: KeyRecord, passphrase: str) -> OfficeKey:
    """Return the office key; raises UserError ``key.wrong_passphrase``."""
    return _unwrap(record, "passphrase", passphrase, "key.wrong_passphrase", N_("The passphrase is not right."))


def person_way(office_uid: str, login: str) -> str:
    """Return the name under which the key lies wrapped by a person's own passphrase: says nothing about who."""
    return "person-" + hashlib.sha256(f"{office_uid}/{login}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def has_own_passphrase(record: KeyRecord, login: str) -> bool:
    """Whether that person has a passphrase of their own."""
    return person_way(record.office_uid, login) in record.wraps


def set_own_passphrase(record: KeyRecord, key: OfficeKey, login: str, passphrase: str) -> KeyRecord:
    """Return the record with the key wrapped by a person's own passphrase too; raises Refused for a short one."""
    check_passphrase(passphrase)
    way = person_way(record.office_uid, login)
    return KeyRecord(record.office_uid, {**record.wraps, way: _wrap(key, passphrase)})


def drop_own_passphrase(record: KeyRecord, login: str) -> KeyRecord:
    """Return the record without a person's own passphrase."""
    way = person_way(record.office_uid, login)
    return KeyRecord(record.office_uid, {name: wrap for name, wrap in record.wraps.items() if name != way})


def unlock_as(record: KeyRecord, login: str, passphrase: str) -> OfficeKey:
    """Return the office key by a person's own passphrase; raises UserError ``key.wrong_passphrase``."""
    way = person_way(record.office_uid, login)
    return _unwrap(record, way, passphrase, "key.wrong_passphrase", N_("The passphrase is not right."))


def unlock_by_words(record: KeyRecord, passphrase: str, login: str = "") -> tuple[OfficeKey, str]:
    """Return the office key and the way it was found: the office's passphrase, or somebody's own.

    That of ``login`` is tried first; raises UserError ``key.wrong_passphrase`` when none fits.
    """
    own = [name for name in record.wraps if name.startswith("person-")]
    first = person_way(record.office_uid, login)
    ways = [*(name for name in own if name == first), "passphrase", *(name for name in own if name != first)]
    wrong = N_("The passphrase is not right.")
    for way in ways[:-1]:
        try:
            return _unwrap(record, way, passphrase, "key.wrong_passphrase", wrong), way
        except UserError:
            continue
    return _unwrap(record, ways[-1], passphrase, "key.wrong_passphrase", wrong), ways[-1]


def unlock_with_recovery_code(record: KeyRecord, code: str) -> OfficeKey:
    """Return the office key; raises UserError when the code is mistyped or belongs to another office."""
    normal = normalise_code(code)
    if not _code_is_well_formed(normal):
        raise UserError(
            "key.mistyped_code",
            N_("The recovery code has a typing mistake."),
            hint=N_("It has 8 groups of 4 letters and digits. Compare group by group."),
        )
    wrong = N_("This code does not open this office.")
    for way in CODE_WAYS[1:]:
        if way in record.wraps:
            try:
                return _unwrap(record, way, normal, "key.wrong_code", wrong)
            except UserError:
                continue
    return _unwrap(record, "recovery", normal, "key.wrong_code", wrong)


def new_recovery_code() -> str:
    """Return a code of 8 groups of 4: 150 random bits and a 10-bit check sum."""
    bits = int.from_bytes(os.urandom(19), "big") >> 2
    body = "".join(_ALPHABET[bits >> shift & 31] for shift in range(145, -1, -5))
    code = body + _check_letters(body)
    return "-".join(code[start : start + 4] for start in range(0, 32, 4))


def normalise_code(code: str) -> str:
    """Return the code as it was made, whatever case, dashes, blanks or look-alike letters were typed."""
    return "".join(ch for ch in code.upper().translate(_LOOKALIKES) if ch in _ALPHABET)


def looks_like_code(text: str) -> bool:
    """Whether ``text`` is a printed code typed without a mistake; a passphrase never is one by chance."""
    return _code_is_well_formed(normalise_code(text))


def remember_in_keyring(key: OfficeKey) -> bool:
    """Keep a copy in the system keyring; True when that worked with an allowed backend."""
    backend = _allowed_keyring()
    if backend is None:
        return False
    try:
        backend.set_password(KEYRING_SERVICE, key.office_uid, base64.b64encode(key.secret).decode())
    except Exception:  # any keyring trouble means: no comfort, never a failure
        return False
    return True


def recall_from_keyring(office_uid: str) -> OfficeKey | None:
    """Return the key kept in the system keyring, or None: then ask for the passphrase."""
    backend = _allowed_keyring()
    if backend is None:
        return None
    try:
        stored = backend.get_password(KEYRING_SERVICE, office_uid)
        secret = taken(base64.b64decode(stored)) if stored else b""
    except Exception:  # locked, dismissed, foreign, broken: all the same to us
        return None
    return OfficeKey(office_uid, secret) if len(secret) == 32 else None


def keyring_is_there() -> bool:
    """Whether this PC has a keyring that encrypts what it keeps."""
    return _allowed_keyring() is not None


def forget_in_keyring(office_uid: str) -> None:
    """Remove the copy in the system keyring, if there is one."""
    backend = _allowed_keyring()
    if backend is not None:
        try:
            backend.delete_password(KEYRING_SERVICE, office_uid)
        except Exception:  # nothing there, or no keyring: it is forgotten either way
            return


def _allowed_keyring() -> Any | None:
    """Return the system keyring if it is one that encrypts; plaintext and unknown ones count as none."""
    if os.environ.get("LAWDESK_NO_KEYRING"):
        return None
    try:
        import keyring

        backend = keyring.get_keyring()
        candidates = getattr(backend, "backends", [backend])  # the chainer holds several
    except Exception:
        return None
    for candidate in candidates:
        kind = type(candidate)
        if f"{kind.__module__}.{kind.__qualname__}" in ALLOWED_KEYRINGS:
            return candidate
    return None


def _wrap(key: OfficeKey, word: str) -> dict[str, Any]:
    return wrap(key.secret, key.office_uid, word, dict(ARGON2))


def _unwrap(record: KeyRecord, kind: str, word: str, code: str, what: str) -> OfficeKey:
    wrapped = record.wraps.get(kind)
    if wrapped is None:
        raise UserError("key.no_such_way", N_("This office has no such way to open it."))
    try:
        secret = unwrap(wrapped, record.office_uid, word)
    except WrongWordError as error:
        raise UserError(code, what, hint=N_("Try again, or use the printed recovery code.")) from error
    except Exception as error:  # base64, Argon2 and AES each say "unusable" in their own way
        raise damaged_key() from error
    return OfficeKey(record.office_uid, secret)


def _check_letters(body: str) -> str:
    digest = hashlib.sha256(body.encode()).digest()
    number = int.from_bytes(digest[:2], "big")
    return _ALPHABET[number >> 5 & 31] + _ALPHABET[number & 31]


def _code_is_well_formed(code: str) -> bool:
    return len(code) == 32 and code[30:] == _check_letters(code[:30])
