"""The encrypted file vault: documents by content, unreadable without the office's key, every change found.

A file is cut into chunks of 1 MiB, each sealed with AES-256-GCM under a key of its own file; chunk number and
"this is the last one" are part of the nonce: the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár,
"Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", CRYPTO 2015. Changed, cut, reordered,
repeated or exchanged chunks fail to open. The file's key is derived (HKDF-SHA256, RFC 5869) from the vault's key
and a random salt in the head. The address is a keyed hash of the content: names tell nothing about contents, equal
contents are stored once, and a file put under another's name is refused. What an onlooker still sees is how many
files there are and about how long each is.

Layout, version 1, big-endian: ``b"LDVAULT" version(1) chunk_size(4) size(8) salt(32) tag(32)``, then the chunks.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from lawdesk.kernel.errors import Cancelled, EnvironmentFailure
from lawdesk.kernel.files import atomic_path, file_failure
from lawdesk.kernel.i18n import N_
from lawdesk.storage.chunks import pieces
from lawdesk.storage.vault_blobs import BlobStore, FolderBlobs, copy_blobs
from lawdesk.storage.wraps import expand

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

__all__ = ["BlobStore", "FolderBlobs", "Integrity", "Progress", "StoredFile", "Vault", "VaultReport", "copy_blobs"]

CHUNK = 1024 * 1024
VERSION = 1
_MAGIC = b"LDVAULT"
_HEAD = struct.Struct(">7sBLQ32s32s")
_TAG = 16  # bytes AES-GCM adds to each chunk

Integrity = Literal["sound", "missing", "damaged"]
Progress = Callable[[int, int | None], None]
"""Called with the bytes done and the bytes in all, None where nobody knows."""
Cancel = Callable[[], bool]


@dataclass(frozen=True)
class StoredFile:
    """A file in the vault: SHA-256 of its content (hexadecimal), size in bytes, and its address."""

    sha256: str
    size: int
    address: str


@dataclass(frozen=True)
class VaultReport:
    """What :meth:`Vault.verify_all` found, by address: expected but absent, damaged, present but not expected."""

    checked: int
    missing: tuple[str, ...]
    mismatched: tuple[str, ...]
    orphans: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether every expected file is there and whole. Orphans cost room, they lose nothing."""
        return not self.missing and not self.mismatched


@dataclass(frozen=True)
class _Head:
    """The head of a stored file."""

    chunk: int
    size: int
    salt: bytes

    @property
    def chunks(self) -> int:
        return max(1, -(-self.size // self.chunk))

    @property
    def stored_size(self) -> int:
        return _HEAD.size + self.size + self.chunks * _TAG


class Vault:
    """Encrypted files in ``blobs``. ``key`` is a secret of 32 bytes used for nothing else."""

    def __init__(self, blobs: BlobStore, key: bytes) -> None:
        if len(key) != 32:
            raise ValueError("the vault's key has 32 bytes")
        self._blobs = blobs
        self._content_key = expand(key, b"", b"lawdesk vault: content")
        self._address_key = expand(key, b"", b"lawdesk vault: address")

    def put(
        self, source: Path | BinaryIO, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> StoredFile:
        """Store the content of ``source``, a file or a stream read to its end; durable on return.

        Content the vault already holds soundly is not stored again. Memory stays at a few chunks.
        Raises Cancelled (nothing is left behind) and EnvironmentFailure when reading or writing fails.
        """
        if isinstance(source, Path):
            with _reading(source), source.open("rb") as stream:
                return self._put(stream, os.fstat(stream.fileno()).st_size, progress, cancel)
        with _reading(Path(str(getattr(source, "name", "") or "?"))):
            return self._put(source, None, progress, cancel)

    def _put(
        self, stream: BinaryIO, total: int | None, progress: Progress | None, cancel: Cancel | None
    ) -> StoredFile:
        salt = os.urandom(32)
        seal = self._cipher(salt)
        digest = hashlib.sha256()
        size = 0
        writer = self._blobs.open_write(_HEAD.size)
        try:
            for number, last, piece in pieces(stream, CHUNK):
                _check(cancel)
                digest.update(piece)
                size += len(piece)
                writer.write(seal.encrypt(_nonce(number, last), piece, None))
                if progress:
                    progress(size, total)
            stored = StoredFile(digest.hexdigest(), size, self.address_of(digest.digest()))
            _check(cancel)
            if self.verify(stored.address) != "sound":  # absent, or damaged and healed by this copy
                writer.commit(stored.address, self._head(_Head(CHUNK, size, salt), stored.address))
        finally:
            writer.abort()
        return stored

    def address_of(self, sha256: bytes) -> str:
        """Return the address of content with this SHA-256 (32 bytes)."""
        return hmac.new(self._address_key, sha256, hashlib.sha256).hexdigest()

    def open(self, address: str) -> io.BufferedReader:
        """Return the content as a seekable stream that decrypts and checks chunk by chunk.

        Raises EnvironmentFailure (``vault.missing``, ``vault.damaged``), here or while reading; bytes that were
        read are always the original ones.
        """
        try:
            stored = self._blobs.open_read(address)
        except KeyError:
            raise _missing(address) from None
        try:
            head = self._read_head(stored, address)
            return io.BufferedReader(_Reader(stored, head, self._cipher(head.salt), address), 64 * 1024)
        except BaseException:
            stored.close()
            raise

    def size(self, address: str) -> int:
        """Return the size of the content in bytes. Raises EnvironmentFailure like :meth:`open`."""
        with self.open(address) as stream:
            return stream.seek(0, io.SEEK_END)

    def export(
        self, address: str, target: Path, progress: Progress | None = None, cancel: Cancel | None = None
    ) -> None:
        """Write the content to the file ``target``, which is the old file or the complete new one at any moment.

        Raises Cancelled, and EnvironmentFailure when the content is missing or damaged or cannot be written.
        """
        with self.open(address) as stream:
            total = stream.seek(0, io.SEEK_END)
            stream.seek(0)
            with atomic_path(target) as temporary, temporary.open("wb") as file:
                done = 0
                while piece := stream.read(CHUNK):
                    _check(cancel)
                    file.write(piece)
                    done += len(piece)
                    if progress:
                        progress(done, total)

    def digest(self, address: str, cancel: Cancel | None = None) -> bytes | Literal["missing", "damaged"]:
        """Read the whole file and return the SHA-256 (32 bytes) of its content if that is what its address says.

        Raises Cancelled, and EnvironmentFailure only when the store itself cannot be read.
        """
        digest = hashlib.sha256()
        try:
            with self.open(address) as stream:
                while piece := stream.read(CHUNK):
                    _check(cancel)
                    digest.update(piece)
        except EnvironmentFailure as failure:
            if failure.code == "vault.missing":
                return "missing"
            if failure.code in ("vault.damaged", "vault.newer"):
                return "damaged"
            raise
        found = digest.digest()
        return found if hmac.compare_digest(self.address_of(found), address) else "damaged"

    def verify(self, address: str, cancel: Cancel | None = None) -> Integrity:
        """Read the whole file and compare it with its address; raises as :meth:`digest` does."""
        found = self.digest(address, cancel)
        return "sound" if isinstance(found, bytes) else found

    def verify_all(
        self, expected: Iterable[str], progress: Progress | None = None, cancel: Cancel | None = None
    ) -> VaultReport:
        """Verify every expected address and list what else lies in the vault.

        ``progress`` counts files. Orphans are named, not deleted: a document may be on its way in just now.
        """
        wanted = sorted(set(expected))
        found: dict[str, Integrity] = {}
        for number, address in enumerate(wanted, 1):
            _check(cancel)
            found[address] = self.verify(address, cancel)
            if progress:
                progress(number, len(wanted))
        return VaultReport(
            checked=len(wanted),
            missing=tuple(address for address in wanted if found[address] == "missing"),
            mismatched=tuple(address for address in wanted if found[address] == "damaged"),
            orphans=tuple(address for address in self._blobs.iterate() if address not in found),
        )

    def owns(self, address: str) -> bool:
        """Return whether the file is there and was stored under this vault's key; only its head is read."""
        try:
            with self._blobs.open_read(address) as stored:
                self._read_head(stored, address)
        except (KeyError, EnvironmentFailure):
            return False
        return True

    def delete(self, address: str) -> bool:
        """Remove the file for good; return whether it was there. The caller knows that no row needs it."""
        return self._blobs.delete(address)

    def _cipher(self, salt: bytes) -> AESGCM:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(expand(self._content_key, salt, b"lawdesk vault: file"))

    def _head(self, head: _Head, address: str) -> bytes:
        open_part = (_MAGIC, VERSION, head.chunk, head.size, head.salt)
        return _HEAD.pack(*open_part, self._head_tag(_HEAD.pack(*open_part, bytes(32)), address))

    def _head_tag(self, head: bytes, address: str) -> bytes:
        """Bind the head to the address, so that an exchanged file is found before its first byte is read."""
        return hmac.new(self._content_key, head[:-32] + address.encode(), hashlib.sha256).digest()

    def _read_head(self, stored: BinaryIO, address: str) -> _Head:
        raw = _read_stored(stored, _HEAD.size, address)
        if len(raw) != _HEAD.size:
            raise _damaged(address)
        magic, version, chunk, size, salt, tag = _HEAD.unpack(raw)
        if magic == _MAGIC and version > VERSION:
            raise EnvironmentFailure(
                "vault.newer",
                N_("This file was stored by a newer LawDesk."),
                hint=N_("Update LawDesk on this PC and try again."),
            )
        if magic != _MAGIC or not hmac.compare_digest(tag, self._head_tag(raw, address)):
            raise _damaged(address)
        head = _Head(chunk, size, salt)
        if stored.seek(0, io.SEEK_END) != head.stored_size:
            raise _damaged(address)
        return head


class _Reader(io.RawIOBase):
    """The content of a stored file; every chunk is checked before a byte of it is handed out."""

    def __init__(self, stored: BinaryIO, head: _Head, cipher: AESGCM, address: str) -> None:
        self._stored, self._head, self._cipher, self._address = stored, head, cipher, address
        self._position = 0
        self._number = -1
        self._chunk = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._head.size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer is taken
        if self._position >= self._head.size:
            if self._head.size == 0:
                self._load(0)  # the one empty chunk is checked too
            return 0
        number, start = divmod(self._position, self._head.chunk)
        self._load(number)
        piece = self._chunk[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._chunk = b""
            self._stored.close()
        super().close()

    def _load(self, number: int) -> None:
        from cryptography.exceptions import InvalidTag

        if number == self._number:
            return
        head = self._head
        last = number == head.chunks - 1
        length = head.size - number * head.chunk if last else head.chunk
        place = _HEAD.size + number * (head.chunk + _TAG)
        self._stored.seek(place)
        sealed = _read_stored(self._stored, length + _TAG, self._address)
        try:
            self._chunk = self._cipher.decrypt(_nonce(number, last), sealed, None)
        except InvalidTag:
            raise _damaged(self._address) from None
        self._number = number


def _read_stored(stored: BinaryIO, length: int, address: str) -> bytes:
    try:
        return stored.read(length)
    except OSError as error:
        raise EnvironmentFailure(
            "vault.unreadable",
            N_("A file of the office could not be read from the disk."),
            N_("The system says: {reason}."),
            N_("Check the disk; if this stays, restore the file from a backup."),
            reason=error.strerror or str(error),
            address=address,
        ) from error


def _nonce(number: int, last: bool) -> bytes:
    """Return the 12 bytes of nonce: chunk number and end mark. Unique under the key, which is the file's own."""
    return number.to_bytes(11, "big") + bytes([last])


def _check(cancel: Cancel | None) -> None:
    if cancel and cancel():
        raise Cancelled


@contextmanager
def _reading(source: Path) -> Iterator[None]:
    """Turn errors of reading the source into words; the store has worded its own already."""
    try:
        yield
    except OSError as error:
        raise file_failure(error, source) from error


def _missing(address: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        "vault.missing",
        N_("The file is not in the office's files any more."),
        N_("It was removed outside LawDesk, or a restored backup did not hold it."),
        N_("Restore it from a backup, or add the document again."),
        address=address,
    )


def _damaged(address: str) -> EnvironmentFailure:
    return EnvironmentFailure(
        "vault.damaged",
        N_("The stored file is damaged and was not opened."),
        N_("Its content no longer matches its check sum: a disk fault, or somebody changed it."),
        N_("Restore it from a backup, or add the original document again; that repairs it."),
        address=address,
    )
