"""The vault's encrypted bytes as rows of the database: the store of an office on PostgreSQL.

Every seat reaches them through the server it already talks to; no shared folder is needed. A blob is its head
(row 0) and pieces of at most one mebibyte; it becomes visible when its rows get their address in one transaction.
"""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import BinaryIO

from sqlalchemy import Engine, LargeBinary, UniqueConstraint, delete, func, insert, select, update
from sqlmodel import Field, SQLModel, col

from lawdesk.kernel.ids import new_uid

PIECE = 1 << 20
_ABANDONED_MS = 24 * 60 * 60 * 1000
"""A piece under a temporary name belongs to a running writer, or after a day to one that died."""


class VaultPiece(SQLModel, table=True):
    """One piece of a stored file; ``address`` is a temporary name until the whole is there."""

    __tablename__ = "vault_piece"
    __table_args__ = (UniqueConstraint("address", "number", name="vault_piece_once"),)

    id: int | None = Field(default=None, primary_key=True)
    address: str = Field(index=True)
    number: int
    content: bytes = Field(sa_type=LargeBinary)


class TableBlobs:
    """Blobs as rows; fulfils :class:`~lawdesk.storage.vault_blobs.BlobStore`.

    Opening removes what a writer that died more than a day ago left half-written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(lawdesk_write=True)
        self.cleaned = self._clean()

    def open_write(self, head_size: int) -> _TableWriter:
        return _TableWriter(self._engine, head_size)

    def open_read(self, address: str) -> BinaryIO:
        reader = _TableReader(self._engine, address)
        if not reader.sizes:
            raise KeyError(address)
        return io.BufferedReader(reader, PIECE)

    def exists(self, address: str) -> bool:
        with self._engine.connect() as connection:
            statement = select(col(VaultPiece.id)).where(col(VaultPiece.address) == address).limit(1)
            return connection.execute(statement).first() is not None

    def delete(self, address: str) -> bool:
        with self._engine.begin() as connection:
            gone = connection.execute(delete(VaultPiece).where(col(VaultPiece.address) == address))
            return gone.rowcount > 0

    def iterate(self) -> Iterator[str]:
        with self._engine.connect() as connection:
            statement = (
                select(col(VaultPiece.address)).where(func.length(col(VaultPiece.address)) == 64).distinct()
            )
            yield from connection.execute(statement.order_by(col(VaultPiece.address))).scalars().all()

    def _clean(self) -> int:
        oldest = f"{time.time_ns() // 1_000_000 - _ABANDONED_MS:012x}"  # UUIDv7 begins with its milliseconds
        address = col(VaultPiece.address)
        abandoned = (address >= "tmp-") & (address < f"tmp-{oldest[:8]}-{oldest[8:]}")
        with self._engine.connect() as connection:
            if connection.execute(select(col(VaultPiece.id)).where(abandoned).limit(1)).first() is None:
                return 0
        with self._engine.begin() as connection:
            return connection.execute(delete(VaultPiece).where(abandoned)).rowcount


class _TableWriter:
    def __init__(self, engine: Engine, head_size: int) -> None:
        self._engine, self._head_size = engine, head_size
        self._temporary = f"tmp-{new_uid()}"
        self._buffer = bytearray()
        self._number = 1
        self._done = False

    def write(self, data: bytes) -> None:
        self._buffer += data
        while len(self._buffer) >= PIECE:
            self._store(bytes(self._buffer[:PIECE]))
            del self._buffer[:PIECE]

    def commit(self, address: str, head: bytes) -> None:
        if len(head) != self._head_size:
            raise ValueError("a head of another size was announced")
        if self._buffer:
            self._store(bytes(self._buffer))
            self._buffer.clear()
        with self._engine.begin() as connection:
            connection.execute(delete(VaultPiece).where(col(VaultPiece.address) == address))
            if head:
                connection.execute(insert(VaultPiece), {"address": address, "number": 0, "content": head})
            mine = update(VaultPiece).where(col(VaultPiece.address) == self._temporary)
            connection.execute(mine.values(address=address))
        self._done = True

    def abort(self) -> None:
        if not self._done:
            with self._engine.begin() as connection:
                connection.execute(delete(VaultPiece).where(col(VaultPiece.address) == self._temporary))

    def _store(self, content: bytes) -> None:
        with self._engine.begin() as connection:
            row = {"address": self._temporary, "number": self._number, "content": content}
            connection.execute(insert(VaultPiece), row)
        self._number += 1


class _TableReader(io.RawIOBase):
    """Head and body of a blob as one seekable stream; one piece is held at a time."""

    def __init__(self, engine: Engine, address: str) -> None:
        self._engine, self._address = engine, address
        with engine.connect() as connection:
            statement = select(col(VaultPiece.number), func.length(col(VaultPiece.content))).where(
                col(VaultPiece.address) == address
            )
            self.sizes = [
                (row[0], row[1]) for row in connection.execute(statement.order_by(col(VaultPiece.number)))
            ]
        self._position = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: sum(size for _n, size in self.sizes)}
        self._position = max(0, base[whence] + offset)
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        start, wanted = 0, -1 if size is None else size
        for number, length in self.sizes:
            if self._position < start + length:
                piece = self._piece(number)
                inside = self._position - start
                data = piece[inside:] if wanted < 0 else piece[inside : inside + wanted]
                self._position += len(data)
                return data + self.read(-1) if wanted < 0 and data else data
            start += length
        return b""

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer is taken
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _piece(self, number: int) -> bytes:
        if self._held[0] != number:
            with self._engine.connect() as connection:
                statement = select(col(VaultPiece.content)).where(
                    col(VaultPiece.address) == self._address, col(VaultPiece.number) == number
                )
                self._held = (number, bytes(connection.execute(statement).scalar_one()))
        return self._held[1]
