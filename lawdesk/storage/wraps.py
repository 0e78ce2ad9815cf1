"""One way to a key: the key sealed so that a passphrase or a printed code opens it (Argon2id, AES-256-GCM).

Each wrap also carries a public key (X25519, RFC 7748) whose private half comes from the passphrase or code alone.
So the office can get a new key without everybody typing theirs: the new key is sealed for each wrap's public key.
"""

from __future__ import annotations

import base64
import os
from typing import TYPE_CHECKING, Any

from lawdesk.storage.secret import taken

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

COSTS = {"memory_kib": (8, 2 * 1024 * 1024), "passes": (1, 64), "lanes": (1, 64)}
"""No office asks for less or more; a key file that does was tampered with and would keep the PC busy for days."""
_PRIVATE, _RENEWAL = b"lawdesk/renewing/1", b"lawdesk/renewal/1"


class WrongWordError(Exception):
    """The passphrase or code does not open this wrap."""


def wrap(secret: bytes, office_uid: str, word: str, costs: dict[str, int]) -> dict[str, Any]:
    """Return ``secret`` sealed so that ``word`` opens it; ``costs`` are Argon2id's."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    stretched = _stretch(word, salt, costs)
    box = AESGCM(stretched).encrypt(nonce, secret, office_uid.encode())
    public = _b64(_private(stretched).public_key().public_bytes_raw())
    sealed = {"salt": _b64(salt), "nonce": _b64(nonce), "box": _b64(box), "public": public}
    return {"kdf": "argon2id", **costs, **sealed}


def unwrap(wrapped: dict[str, Any], office_uid: str, word: str) -> bytes:
    """Return the secret of now. Raises WrongWordError, and ValueError (or worse) for what is no wrap."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce, box = _bytes(wrapped, "salt", "nonce", "box")
    if len(box) != 48 or any(not least <= wrapped[name] <= most for name, (least, most) in COSTS.items()):
        raise ValueError("no wrapped key")
    stretched = _stretch(word, salt, wrapped)
    try:
        secret = taken(AESGCM(stretched).decrypt(nonce, box, office_uid.encode()))
    except InvalidTag as error:
        raise WrongWordError from error
    for step in wrapped.get("renewals", ()):
        sender, nonce, box = _bytes(step, "from", "nonce", "box")
        shared = _private(stretched).exchange(X25519PublicKey.from_public_bytes(sender))
        secret = taken(AESGCM(expand(shared, secret, _RENEWAL)).decrypt(nonce, box, office_uid.encode()))
    return secret


def renew(wrapped: dict[str, Any], office_uid: str, old: bytes, new: bytes) -> dict[str, Any] | None:
    """Return the wrap leading on from the ``old`` secret to the ``new`` one; None for one without public key.

    The sealing key comes from a Diffie-Hellman exchange with the wrap's public key and from the old secret: the
    first keeps out whoever has an old secret, the second whoever could write a key file of their own making.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if "public" not in wrapped:
        return None
    mine, nonce = X25519PrivateKey.generate(), os.urandom(12)
    shared = mine.exchange(X25519PublicKey.from_public_bytes(base64.b64decode(wrapped["public"], validate=True)))
    box = AESGCM(expand(shared, old, _RENEWAL)).encrypt(nonce, new, office_uid.encode())
    sender = _b64(mine.public_key().public_bytes_raw())
    step = {"from": sender, "nonce": _b64(nonce), "box": _b64(box)}
    return {**wrapped, "renewals": [*wrapped.get("renewals", ()), step]}


def expand(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """Return 32 bytes derived from ``secret`` for one use (HKDF-SHA256, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return taken(HKDF(SHA256(), 32, salt=salt, info=info).derive(secret))


def _private(stretched: bytes) -> X25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(expand(stretched, b"", _PRIVATE))


def _bytes(body: dict[str, Any], *names: str) -> tuple[bytes, ...]:
    return tuple(base64.b64decode(body[name], validate=True) for name in names)


def _stretch(word: str, salt: bytes, parameters: dict[str, Any]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return taken(
        hash_secret_raw(
            taken(word.encode("utf-8")),
            salt,
            time_cost=parameters["passes"],
            memory_cost=parameters["memory_kib"],
            parallelism=parameters["lanes"],
            hash_len=32,
            type=Type.ID,
        )
    )


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
