"""The vault of an office on PostgreSQL: files as rows, in pieces, visible only when they are whole."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select, update
from sqlmodel import col

from lawdesk.kernel.errors import Cancelled, EnvironmentFailure
from lawdesk.storage.vault import Vault
from lawdesk.storage.vault_table import PIECE, TableBlobs, VaultPiece
from tests.offices import Firm

KEY = bytes(range(32))


@pytest.fixture
def engine(server_office: Firm) -> Iterator[Engine]:
    yield server_office.office.database.engine


@pytest.fixture
def vault(engine: Engine) -> Vault:
    return Vault(TableBlobs(engine), KEY)


def pieces(engine: Engine) -> list[tuple[str, int, int]]:
    """Return address, number and length of every stored piece."""
    statement = select(col(VaultPiece.address), col(VaultPiece.number), func.length(col(VaultPiece.content)))
    with engine.connect() as connection:
        rows = connection.execute(statement.order_by(col(VaultPiece.address), col(VaultPiece.number)))
        return [(row[0], row[1], row[2]) for row in rows]


def test_five_mebibytes_lie_in_several_pieces_and_come_back(engine: Engine, vault: Vault, tmp_path: Path) -> None:
    content = os.urandom(5 * 1024 * 1024 + 3)
    (tmp_path / "录音.m4a").write_bytes(content)
    heard: list[tuple[int, int | None]] = []
    stored = vault.put(tmp_path / "录音.m4a", lambda done, total: heard.append((done, total)))
    found = pieces(engine)
    assert {address for address, _number, _length in found} == {stored.address}
    assert [number for _address, number, _length in found] == list(range(len(found))) and len(found) >= 7
    assert max(length for _address, _number, length in found) <= PIECE
    assert heard[-1] == (len(content), len(content))
    vault.export(stored.address, tmp_path / "out.m4a")
    assert (tmp_path / "out.m4a").read_bytes() == content
    assert vault.verify(stored.address) == "sound" and vault.size(stored.address) == len(content)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_sizes_at_the_edge_of_a_piece(vault: Vault, size: int) -> None:
    content = os.urandom(size)
    stored = vault.put(io.BytesIO(content))
    with vault.open(stored.address) as stream:
        assert stream.read() == content


def test_reading_may_begin_anywhere(vault: Vault) -> None:
    content = os.urandom(3 * PIECE + 100)
    with vault.open(vault.put(io.BytesIO(content)).address) as stream:
        for start in (0, 17, PIECE - 5, 2 * PIECE + 1, len(content) - 3, len(content)):
            stream.seek(start)
            assert stream.read(40) == content[start : start + 40]


def test_what_is_stopped_leaves_nothing(engine: Engine, vault: Vault) -> None:
    def stop(done: int, _total: int | None) -> None:
        if done >= 3 * PIECE:
            assert pieces(engine), "pieces were on their way"
            raise Cancelled

    with pytest.raises(Cancelled):
        vault.put(io.BytesIO(os.urandom(5 * PIECE)), stop)
    assert pieces(engine) == []


def test_what_is_being_written_is_invisible(engine: Engine) -> None:
    blobs = TableBlobs(engine)
    writer = blobs.open_write(4)
    writer.write(b"x" * (PIECE + 10))
    assert pieces(engine) and list(blobs.iterate()) == [] and not blobs.exists("a" * 64)
    with pytest.raises(KeyError):
        blobs.open_read("a" * 64)
    writer.commit("a" * 64, b"head")
    assert list(blobs.iterate()) == ["a" * 64]
    with blobs.open_read("a" * 64) as stream:
        assert stream.read() == b"head" + b"x" * (PIECE + 10)
    writer.abort()
    assert blobs.exists("a" * 64)


def test_a_second_commit_replaces_the_whole(engine: Engine) -> None:
    blobs = TableBlobs(engine)
    for content in (b"old" * PIECE, b"new"):
        writer = blobs.open_write(4)
        writer.write(content)
        writer.commit("a" * 64, b"head")
    with blobs.open_read("a" * 64) as stream:
        assert stream.read() == b"headnew"
    assert len(pieces(engine)) == 2


def test_equal_contents_are_stored_once_and_deleted_for_good(engine: Engine, vault: Vault) -> None:
    first, second = (vault.put(io.BytesIO(b"same")) for _time in range(2))
    assert first == second and len(pieces(engine)) == 2
    assert vault.delete(first.address) and not vault.delete(first.address)
    assert pieces(engine) == [] and vault.verify(first.address) == "missing"


def test_one_changed_byte_in_a_row_is_found_and_not_handed_out(engine: Engine, vault: Vault) -> None:
    stored = vault.put(io.BytesIO(os.urandom(2 * PIECE)))
    with engine.begin() as connection:
        mine = (col(VaultPiece.address) == stored.address) & (col(VaultPiece.number) == 2)
        content = bytearray(connection.execute(select(col(VaultPiece.content)).where(mine)).scalar_one())
        content[100] ^= 1
        connection.execute(update(VaultPiece).where(mine).values(content=bytes(content)))
    assert vault.verify(stored.address) == "damaged"
    with pytest.raises(EnvironmentFailure) as failure, vault.open(stored.address) as stream:
        stream.read()
    assert failure.value.code == "vault.damaged"


def test_a_lost_row_is_found_and_storing_again_heals_it(engine: Engine, vault: Vault) -> None:
    content = os.urandom(3 * PIECE)
    stored = vault.put(io.BytesIO(content))
    with engine.begin() as connection:
        connection.execute(VaultPiece.__table__.delete().where(col(VaultPiece.number) == 2))  # type: ignore[attr-defined]
    report = vault.verify_all([stored.address, "b" * 64])
    assert report.mismatched == (stored.address,) and report.missing == ("b" * 64,)
    vault.put(io.BytesIO(content))
    assert vault.verify(stored.address) == "sound"


def test_the_rows_hold_no_readable_content(engine: Engine, vault: Vault) -> None:
    vault.put(io.BytesIO("沐岚物流诉墨禾食品".encode() * 1000))
    with engine.connect() as connection:
        stored = b"".join(connection.execute(select(col(VaultPiece.content))).scalars())
    assert "沐岚".encode() not in stored and "墨禾".encode() not in stored


def test_what_a_dead_writer_left_goes_after_a_day(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    blobs = TableBlobs(engine)
    writer = blobs.open_write(4)
    writer.write(b"x" * PIECE)
    assert TableBlobs(engine).cleaned == 0 and len(pieces(engine)) == 1
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 25 * 3600 * 10**9)
    kept = blobs.open_write(4)
    kept.write(b"y" * PIECE)
    assert TableBlobs(engine).cleaned == 1
    assert [length for _address, _number, length in pieces(engine)] == [PIECE]
    kept.commit("a" * 64, b"head")
    assert blobs.exists("a" * 64)
