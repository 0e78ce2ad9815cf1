"""What the office file refuses, and in which words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from lawdesk.kernel.errors import EnvironmentFailure, UserError, describe
from lawdesk.office import create_office, open_office, read_key_record, unlock
from lawdesk.storage.diagnosis import why_not_opened
from lawdesk.storage.engine import PLAIN_HEADER, check_sqlite_version, open_sqlite
from lawdesk.storage.place import OfficeFolder, refuse_network_share
from tests.offices import PASSPHRASE, Firm

KEY = bytes(range(32))


def test_the_file_is_encrypted_from_its_first_byte(file_office: Firm) -> None:
    header = Path(file_office.place, "office.db").read_bytes()[:16]
    assert header != PLAIN_HEADER
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(Path(file_office.place, "office.db")).execute("SELECT * FROM sqlite_master")


def test_the_settings_that_keep_it_whole_are_on(file_office: Firm) -> None:
    with file_office.office.database.engine.connect() as connection:
        values = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "mmap_size")
        }
    assert values["journal_mode"] == "wal"
    assert (values["synchronous"], values["foreign_keys"], values["secure_delete"]) == (2, 1, 1)
    assert not values["mmap_size"]


@pytest.mark.parametrize(
    ("version", "fine"), [((3, 51, 2), False), ((3, 40, 1), False), ((3, 51, 3), True), ((3, 53, 4), True)]
)
def test_an_old_sqlite_is_refused(version: tuple[int, ...], fine: bool) -> None:
    if fine:
        check_sqlite_version(version)
    else:
        with pytest.raises(EnvironmentFailure) as error:
            check_sqlite_version(version)
        assert ".".join(map(str, version)) in describe(error.value).what


@pytest.mark.parametrize("kind", ["cifs", "nfs4", "fuse.sshfs", "smb3"])
def test_a_network_share_is_refused(tmp_path: Path, kind: str) -> None:
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} {kind} rw 0 0\n"
    with pytest.raises(EnvironmentFailure) as error:
        refuse_network_share(tmp_path / "office.db", mounts)
    assert error.value.code == "place.network_share"
    assert "PostgreSQL" in describe(error.value).next


def test_a_local_disk_beside_a_share_is_fine(tmp_path: Path) -> None:
    refuse_network_share(tmp_path / "office.db", "/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/share nfs rw 0 0\n")


def _spoil(place: Path, how: str, seed: int) -> None:
    path = place / "office.db"
    chance = Random(seed)
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "plain":
        path.unlink()
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE x (y)")
    elif how in ("first page", "salt"):
        data = bytearray(path.read_bytes())
        first, last = (0, 16) if how == "salt" else (chance.randrange(16, 3000), 4096)
        data[first:last] = chance.randbytes(last - first)
        path.write_bytes(data)
    elif how == "of another office":
        path.unlink()
        with closing(keyed(path, chance.randbytes(32))) as connection:
            connection.execute("CREATE TABLE x (y)")
    elif how == "another cipher version":
        key = unlock(read_key_record(OfficeFolder(place)), PASSPHRASE, None).derive("database")
        path.unlink()
        with closing(keyed(path, key)) as connection:
            connection.execute(f"PRAGMA cipher_compatibility = {chance.choice((1, 2, 3))}")
            connection.execute("CREATE TABLE x (y)")
    elif how == "no key file":
        (place / "office.key").unlink()
    else:
        path.write_bytes(NOT_OURS[how](chance))


def keyed(path: Path, key: bytes) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


NOT_OURS: dict[str, Callable[[Random], bytes]] = {
    "a PDF": lambda chance: b"%PDF-1.7\n" + chance.randbytes(8192),
    "a text": lambda chance: "起诉状 complaint and reply \n".encode() * chance.randrange(400, 500),
    "zeros": lambda chance: bytes(4096 * chance.randrange(1, 9)),
    "cut off": lambda chance: chance.randbytes(4096 * 3 + chance.randrange(1, 4000)),
}


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("of another office", "file.wrong_key"),
        ("no key file", "key.missing"),
        ("another cipher version", "file.other_cipher"),
        ("first page", "file.first_page"),
        ("salt", "file.first_page"),
        ("empty", "file.empty"),
        ("a PDF", "file.foreign"),
        ("a text", "file.foreign"),
        ("zeros", "file.foreign"),
        ("cut off", "file.foreign"),
        ("missing", "file.missing"),
        ("plain", "file.not_encrypted"),
    ],
)
def test_each_fault_of_the_file_has_its_own_words(file_office: Firm, how: str, code: str, seed: int) -> None:
    place = Path(file_office.place)
    file_office.office.close()
    for companion in ("office.db-wal", "office.db-shm"):
        (place / companion).unlink(missing_ok=True)
    _spoil(place, how, seed)
    before = {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()}
    with pytest.raises(EnvironmentFailure) as error:
        open_office(str(place), passphrase=PASSPHRASE)
    assert error.value.code == code
    words = describe(error.value)
    assert words.what and words.why and words.next
    assert {path.name: path.read_bytes() for path in place.iterdir() if path.is_file()} == before  # only looked at


def test_the_faults_are_said_in_different_words() -> None:
    key = bytes(32)
    seen = {
        describe(why_not_opened(Path("/nowhere/office.db"), key, OSError(said))).what
        for said in ("readonly", "locked", "x")
    }
    assert len(seen) == 3


def test_a_file_in_a_read_only_folder_is_told_from_a_wrong_key(
    file_office: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_office.office.close()

    def refuse(*_arguments: object, **_options: object) -> None:
        raise dbapi2.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr("lawdesk.storage.engine._check_header", lambda _path: None)
    monkeypatch.setattr("sqlcipher3.dbapi2.connect", refuse)
    with pytest.raises(EnvironmentFailure) as error:
        open_office(file_office.place, passphrase=PASSPHRASE)
    assert error.value.code == "disk.read_only" and "只读" in describe(error.value).why


def test_a_missing_file_is_never_made_anew(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure):
        open_sqlite(tmp_path / "office.db", KEY)
    assert not (tmp_path / "office.db").exists()


def test_an_office_is_never_made_over_another(file_office: Firm) -> None:
    before = Path(file_office.place, "office.key").read_bytes()
    with pytest.raises(EnvironmentFailure) as error:
        create_office(file_office.place, firm_name="别的所", founder="某", passphrase=PASSPHRASE)
    assert error.value.code == "place.taken"
    assert Path(file_office.place, "office.key").read_bytes() == before


def test_a_refused_creation_leaves_no_office(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        create_office(str(tmp_path / "o"), firm_name="  ", founder="某", passphrase=PASSPHRASE)
    assert not (tmp_path / "o" / "office.db").exists()
    assert not (tmp_path / "o" / "office.key").exists()
    create_office(str(tmp_path / "o"), firm_name="某所", founder="某", passphrase=PASSPHRASE).office.close()


def test_a_newer_office_is_refused_and_left_untouched(file_office: Firm) -> None:
    with file_office.office.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    file_office.office.close()
    path = Path(file_office.place, "office.db")
    before = path.read_bytes()
    with pytest.raises(EnvironmentFailure) as error:
        open_office(file_office.place, passphrase=PASSPHRASE)
    assert error.value.code == "file.newer"
    assert path.read_bytes() == before


def test_without_a_key_the_office_says_so(file_office: Firm) -> None:
    file_office.office.close()
    with pytest.raises(UserError) as error:
        open_office(file_office.place)
    assert error.value.code == "key.needed"


def test_the_recovery_code_opens_the_office(file_office: Firm) -> None:
    file_office.office.close()
    office = open_office(file_office.place, recovery_code=file_office.recovery_code)
    assert office.firm.queries.firm_name(file_office.director) == "恒岚律师事务所"
    office.close()
