"""Why an office file does not open: told apart with the key in hand, without writing a byte.

SQLCipher says "file is not a database" for a wrong key, another cipher version and a damaged first page alike.
Each of its pages carries a seal (HMAC-SHA512 under a key derived from the file's salt and the database key), so
whether the key is right can be asked of any page; LawDesk makes the salt from the key, so that it is known even
when the first page is lost.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import struct
from binascii import hexlify
from pathlib import Path
from typing import Any

from lawdesk.kernel.errors import EnvironmentFailure
from lawdesk.kernel.i18n import N_
from lawdesk.storage.secret import taken

PAGE = 4096
SALT, SEAL = 16, 64
_OTHER_VERSIONS = (3, 2, 1)
_SAMPLE = 64
"""So many pages are asked, spread over the file."""
_KNOWN = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf")
_RESTORE = N_("Do not work on it. Restore the newest verified backup into a new folder.")


def file_salt(key: bytes) -> bytes:
    """Return the 16 bytes a new office file begins with."""
    return hmac.new(key, b"lawdesk/database salt/1", hashlib.sha256).digest()[:SALT]


def give_key(connection: Any, key: bytes, *, new: bool = False) -> None:
    """Give a connection its key, the first thing done with it; ``new`` gives a file that is being made its salt.

    Not by the statement ``PRAGMA key``: its text would stay in memory, also among the connection's statements.
    """
    salt = file_salt(key) if new else b""
    connection.set_key(taken(b"".join((b"x'", taken(hexlify(key)), hexlify(salt), b"'"))))


def sealed_pages(path: Path, key: bytes) -> tuple[int, int]:
    """Return how many of the pages looked at carry the seal of ``key``, and how many were looked at."""
    size = path.stat().st_size
    pages = size // PAGE
    with path.open("rb") as file:
        salts = {file.read(SALT), file_salt(key)}
        numbers = range(1, pages + 1, max(1, pages // _SAMPLE))
        best = 0
        for salt in salts:
            mask = bytes(byte ^ 0x3A for byte in salt)
            sealing = hashlib.pbkdf2_hmac("sha512", key, mask, 2, 32)
            best = max(best, sum(_sealed(file.fileno(), number, sealing) for number in numbers))
    return best, len(numbers)


def why_not_opened(path: Path, key: bytes, error: BaseException) -> EnvironmentFailure:
    """Return the failure that says why the non-empty file at ``path`` did not open with ``key``."""
    said = str(getattr(error, "orig", error)).lower()
    if "readonly" in said or "read-only" in said or "unable to open" in said:
        return _not_writable(path)
    if "locked" in said or "busy" in said:
        return EnvironmentFailure(
            "file.locked",
            N_("The office file is busy."),
            N_("Another LawDesk is writing for longer than half a minute."),
            N_("Wait for it to finish or close it, then try again."),
        )
    try:
        return _told_apart(path, key)
    except OSError as trouble:
        return EnvironmentFailure(
            "file.unreadable",
            N_("The office file cannot be read."),
            N_("{reason}"),
            N_("Check that the disk is connected and that you may read the folder."),
            reason=trouble.strerror or str(trouble),
        )


def _told_apart(path: Path, key: bytes) -> EnvironmentFailure:
    found, _looked = sealed_pages(path, key)
    if found:
        return EnvironmentFailure(
            "file.first_page",
            N_("The first page of the office file is damaged."),
            N_("The key is right, for the rest of the file is sealed with it; the disk lost the first page."),
            _RESTORE,
        )
    if _opens_with_other_version(path, key):
        return EnvironmentFailure(
            "file.other_cipher",
            N_("The office file is encrypted with another version of the cipher."),
            N_("The key is right, but another program wrote the file in an older format."),
            N_("Use the file that LawDesk wrote, or restore the newest verified backup into a new folder."),
        )
    if _is_something_else(path):
        return EnvironmentFailure(
            "file.foreign",
            N_("The file office.db is not an office file."),
            N_("It holds something else: another file was put in its place, or it was cut off."),
            _RESTORE,
        )
    return EnvironmentFailure(
        "file.wrong_key",
        N_("The office file cannot be opened with this key."),
        N_("office.key and office.db do not belong together: one of them is from another office."),
        N_("Put both files of the same office or of the same backup into one folder."),
    )


def _sealed(handle: int, number: int, sealing: bytes) -> bool:
    os.lseek(handle, (number - 1) * PAGE, os.SEEK_SET)
    page = os.read(handle, PAGE)
    if len(page) != PAGE:
        return False
    content = page[SALT if number == 1 else 0 : PAGE - SEAL] + struct.pack("<I", number)
    return hmac.compare_digest(hmac.digest(sealing, content, "sha512"), page[PAGE - SEAL :])


def _opens_with_other_version(path: Path, key: bytes) -> bool:
    """Whether an older SQLCipher format opens the file; it is opened for reading only."""
    from sqlcipher3 import dbapi2

    for version in _OTHER_VERSIONS:
        connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            give_key(connection, key)
            connection.execute(f"PRAGMA cipher_compatibility = {version}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.Error:
            continue
        finally:
            connection.close()
        return True
    return False


def _is_something_else(path: Path) -> bool:
    """Whether the file cannot be an encrypted database: no whole pages, a known beginning, text, or all alike."""
    with path.open("rb") as file:
        head = file.read(PAGE)
    readable = re.fullmatch(rb"[\t\r\n\x20-\x7e\x80-\xff]{64,}", head) is not None
    plain = readable and sum(byte in b" \n" for byte in head) * 20 > len(head)
    return bool(path.stat().st_size % PAGE) or head.startswith(_KNOWN) or plain or len(set(head)) < 64


def _not_writable(path: Path) -> EnvironmentFailure:
    return EnvironmentFailure(
        "disk.read_only",
        N_("The office file cannot be written."),
        N_("The disk or the folder {folder} is read-only."),
        N_("Allow writing to the folder, or copy a backup to a disk that can be written and restore it there."),
        folder=str(path.parent),
    )
