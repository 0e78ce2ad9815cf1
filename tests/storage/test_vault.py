"""Attachments: nothing is lost, nothing changed goes unnoticed, nothing tells (trust list, checks 8 and 9)."""

from __future__ import annotations

import errno
import hashlib
import hmac
import io
import os
import random
import shutil
import sys
import tracemalloc
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, describe
from lawdesk.storage import vault as vault_module
from lawdesk.storage.vault import FolderBlobs, Vault, copy_blobs

KEY = bytes(range(32))
CHUNK = vault_module.CHUNK
SMALL = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "vault", create=True)


@pytest.fixture
def vault(blobs: FolderBlobs) -> Vault:
    return Vault(blobs, KEY)


@pytest.fixture
def tiny_chunks(monkeypatch: pytest.MonkeyPatch) -> int:
    """Chunks of 64 bytes, so that files of many chunks stay small; the chunk size is written in each head."""
    monkeypatch.setattr(vault_module, "CHUNK", 64)
    return 64


class Dripping(io.RawIOBase):
    """A stream that gives less than it is asked for, as sockets and pipes do."""

    def __init__(self, data: bytes, step: int) -> None:
        self._inner, self._step = io.BytesIO(data), step

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(min(size, self._step) if size >= 0 else self._step)


def leftovers(blobs: FolderBlobs, tmp_path: Path) -> list[Path]:
    return list((tmp_path / "vault" / "tmp").glob("*"))


@SMALL
@given(length=st.integers(0, 300), step=st.integers(1, 200), seed=st.integers(0, 99))
def test_any_length_comes_back(tiny_chunks: int, vault: Vault, length: int, step: int, seed: int) -> None:
    data = random.Random(seed).randbytes(length)
    stored = vault.put(Dripping(data, step))
    with vault.open(stored.address) as stream:
        assert stream.read() == data
    assert stored.size == length
    assert vault.verify(stored.address) == "sound"


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 1])
def test_lengths_around_the_real_chunk_border(vault: Vault, tmp_path: Path, length: int) -> None:
    source = tmp_path / "judgment.pdf"
    source.write_bytes(random.Random(length).randbytes(length))
    stored = vault.put(source)
    vault.export(stored.address, tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == source.read_bytes()
    assert vault.size(stored.address) == length


@SMALL
@given(data=st.data())
def test_reading_anywhere(tiny_chunks: int, vault: Vault, data: st.DataObject) -> None:
    content = random.Random(1).randbytes(500)
    stored = vault.put(io.BytesIO(content))
    with vault.open(stored.address) as stream:
        for _ in range(4):
            start, count = data.draw(st.integers(0, 520)), data.draw(st.integers(0, 200))
            stream.seek(start)
            assert stream.read(count) == content[start : start + count]


def test_same_content_is_stored_once_and_names_tell_nothing(
    vault: Vault, blobs: FolderBlobs, tmp_path: Path
) -> None:
    content = "张某某身份证号 110101199003071234".encode() * 50
    first, second = vault.put(io.BytesIO(content)), vault.put(Dripping(content, 7))
    assert first == second
    assert list(blobs.iterate()) == [first.address]
    assert first.sha256 not in str(blobs.path(first.address)), "a plain hash would let anyone test for known files"
    stored = blobs.path(first.address).read_bytes()
    assert "张某某".encode() not in stored
    assert b"110101199003071234" not in stored
    assert Vault(blobs, bytes(32)).put(io.BytesIO(content)).address != first.address


def test_two_files_of_equal_beginning_share_no_bytes_on_disk(vault: Vault, blobs: FolderBlobs) -> None:
    one = vault.put(io.BytesIO(bytes(5000)))
    two = vault.put(io.BytesIO(bytes(5001)))
    first, second = blobs.path(one.address).read_bytes(), blobs.path(two.address).read_bytes()
    assert first[100:164] not in second


@SMALL
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_every_flipped_bit_is_found(tiny_chunks: int, tmp_path: Path, place: int, bit: int) -> None:
    shutil.rmtree(tmp_path / "flip", ignore_errors=True)
    blobs = FolderBlobs(tmp_path / "flip", create=True)
    vault = Vault(blobs, KEY)
    stored = vault.put(io.BytesIO(random.Random(3).randbytes(200)))
    path = blobs.path(stored.address)
    content = bytearray(path.read_bytes())
    content[place % len(content)] ^= 1 << bit
    path.write_bytes(content)
    assert vault.verify(stored.address) == "damaged"


@pytest.mark.parametrize(
    "change", ["cut chunk", "cut byte", "empty", "append", "swap chunks", "repeat", "drop first"]
)
def test_changed_files_are_found(
    tiny_chunks: int, vault: Vault, blobs: FolderBlobs, change: str, tmp_path: Path
) -> None:
    stored = vault.put(io.BytesIO(random.Random(5).randbytes(64 * 4)))
    path = blobs.path(stored.address)
    whole = path.read_bytes()
    head, body = whole[: -4 * 80], whole[-4 * 80 :]
    chunks = [body[index : index + 80] for index in range(0, 320, 80)]
    path.write_bytes(
        {
            "cut chunk": head + b"".join(chunks[:3]),
            "cut byte": whole[:-1],
            "empty": b"",
            "append": whole + b"\0",
            "swap chunks": head + b"".join([chunks[1], chunks[0], *chunks[2:]]),
            "repeat": head + b"".join([chunks[0], chunks[0], *chunks[2:]]),
            "drop first": head + b"".join([*chunks[1:], chunks[3]]),
        }[change]
    )
    assert vault.verify(stored.address) == "damaged"
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    with pytest.raises(EnvironmentFailure) as caught:
        vault.export(stored.address, target)
    assert caught.value.code == "vault.damaged"
    assert target.read_bytes() == b"old"


def test_a_shortened_file_with_a_forged_length_is_found(
    tiny_chunks: int, vault: Vault, blobs: FolderBlobs
) -> None:
    stored = vault.put(io.BytesIO(bytes(64 * 3)))
    path = blobs.path(stored.address)
    whole = bytearray(path.read_bytes()[:-80])
    whole[12:20] = (64 * 2).to_bytes(8, "big")
    path.write_bytes(whole)
    assert vault.verify(stored.address) == "damaged"


def test_exchanged_files_are_refused_before_the_first_byte(vault: Vault, blobs: FolderBlobs) -> None:
    ours, theirs = vault.put(io.BytesIO(b"our contract")), vault.put(io.BytesIO(b"their forgery"))
    shutil.copyfile(blobs.path(theirs.address), blobs.path(ours.address))
    with pytest.raises(EnvironmentFailure, match=r"vault\.damaged"):
        vault.open(ours.address)


def test_another_key_opens_nothing(vault: Vault, blobs: FolderBlobs) -> None:
    stored = vault.put(io.BytesIO(b"secret"))
    with pytest.raises(EnvironmentFailure, match=r"vault\.damaged"):
        Vault(blobs, bytes(32)).open(stored.address)


def test_newer_format_is_refused_in_words(vault: Vault, blobs: FolderBlobs) -> None:
    stored = vault.put(io.BytesIO(b"x"))
    path = blobs.path(stored.address)
    content = bytearray(path.read_bytes())
    content[7] = 2
    path.write_bytes(content)
    with pytest.raises(EnvironmentFailure) as caught:
        vault.open(stored.address)
    assert caught.value.code == "vault.newer"


def test_adding_the_original_again_heals_a_damaged_file(vault: Vault, blobs: FolderBlobs) -> None:
    stored = vault.put(io.BytesIO(b"evidence"))
    blobs.path(stored.address).write_bytes(b"rotten")
    vault.put(io.BytesIO(b"evidence"))
    with vault.open(stored.address) as stream:
        assert stream.read() == b"evidence"


def test_audit_names_missing_damaged_and_orphans(vault: Vault, blobs: FolderBlobs) -> None:
    addresses = [vault.put(io.BytesIO(bytes([number]) * 100)).address for number in range(4)]
    blobs.path(addresses[0]).unlink()
    blobs.path(addresses[1]).write_bytes(b"x")
    seen: list[tuple[int, int | None]] = []
    report = vault.verify_all(addresses[:3], progress=lambda done, total: seen.append((done, total)))
    assert report.missing == (addresses[0],)
    assert report.mismatched == (addresses[1],)
    assert report.orphans == (addresses[3],)
    assert not report.sound
    assert seen[-1] == (3, 3)
    assert vault.verify_all([addresses[2], addresses[3]]).sound


def test_delete_and_missing_in_words(vault: Vault) -> None:
    stored = vault.put(io.BytesIO(b"x"))
    assert vault.delete(stored.address)
    assert not vault.delete(stored.address)
    with pytest.raises(EnvironmentFailure) as caught:
        vault.open(stored.address)
    assert "备份" in describe(caught.value).next


def test_an_address_is_never_a_path(vault: Vault) -> None:
    for wrong in ("../../etc/passwd", "", "A" * 64, "0" * 63):
        with pytest.raises(ValueError, match="not an address"):
            vault.open(wrong)


def test_stopping_leaves_nothing_behind(vault: Vault, blobs: FolderBlobs, tmp_path: Path) -> None:
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        vault.put(io.BytesIO(bytes(3 * CHUNK)), cancel=lambda: next(asked))
    assert list(blobs.iterate()) == []
    assert leftovers(blobs, tmp_path) == []
    stored = vault.put(io.BytesIO(bytes(2 * CHUNK)))
    (tmp_path / "old").write_bytes(b"old")
    with pytest.raises(Cancelled):
        vault.export(stored.address, tmp_path / "old", cancel=lambda: True)
    assert (tmp_path / "old").read_bytes() == b"old"


def test_progress_reaches_the_size(vault: Vault, tmp_path: Path) -> None:
    source = tmp_path / "scan.tif"
    source.write_bytes(bytes(2 * CHUNK + 5))
    seen: list[tuple[int, int | None]] = []
    vault.put(source, progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _total in seen] == [CHUNK, 2 * CHUNK, 2 * CHUNK + 5]
    assert {total for _done, total in seen} == {2 * CHUNK + 5}


def test_full_disk_in_words_and_nothing_half_stored(
    vault: Vault, blobs: FolderBlobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentFailure) as caught:
        vault.put(io.BytesIO(b"x" * 1000))
    monkeypatch.undo()
    assert caught.value.code == "file.disk_full"
    assert "磁盘" in describe(caught.value).why
    assert list(blobs.iterate()) == []
    assert leftovers(blobs, tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="the system cannot limit the size of files")
def test_a_write_that_really_fails_midway_leaves_nothing(vault: Vault, blobs: FolderBlobs, tmp_path: Path) -> None:
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (CHUNK + 100, limits[1]))
    try:
        with pytest.raises(EnvironmentFailure):
            vault.put(io.BytesIO(bytes(3 * CHUNK)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(blobs.iterate()) == []
    assert leftovers(blobs, tmp_path) == []


def test_missing_folder_and_missing_source_in_words(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFailure) as caught:
        FolderBlobs(tmp_path / "unplugged")
    assert caught.value.code == "vault.no_folder"
    assert not (tmp_path / "unplugged").exists(), "an unplugged disk must not become an empty vault"
    with pytest.raises(EnvironmentFailure) as caught:
        vault.put(tmp_path / "gone.pdf")
    assert caught.value.code == "file.missing"
    assert "gone.pdf" in describe(caught.value).what


def test_leftovers_of_a_crash_are_cleaned_but_not_what_is_being_written(
    tmp_path: Path, blobs: FolderBlobs
) -> None:
    writer = blobs.open_write(0)
    writer.write(b"in the middle")
    (tmp_path / "vault" / "tmp" / "dead.lawdesk-tmp").write_bytes(b"half")
    again = FolderBlobs(tmp_path / "vault")
    assert again.cleaned == 1
    writer.commit("0" * 64, b"")
    writer.abort()
    with again.open_read("0" * 64) as stream:
        assert stream.read() == b"in the middle"
    assert leftovers(blobs, tmp_path) == []


def test_copies_are_complete_and_repeatable(vault: Vault, blobs: FolderBlobs, tmp_path: Path) -> None:
    addresses = {vault.put(io.BytesIO(bytes([number]) * 3000)).address for number in range(3)}
    backup = FolderBlobs(tmp_path / "backup", create=True)
    assert set(copy_blobs(blobs, backup)) == addresses
    assert set(copy_blobs(blobs, backup)) == addresses
    assert Vault(backup, KEY).verify_all(addresses).sound


def test_memory_stays_small_for_a_large_stream(vault: Vault) -> None:
    class Sparse(io.RawIOBase):
        left = 64 * CHUNK

        def read(self, size: int = -1) -> bytes:
            size = min(size, self.left)
            self.left -= size
            return bytes(size)

    vault.put(io.BytesIO(b"load the libraries first"))
    tracemalloc.start()
    try:
        stored = vault.put(Sparse())
        assert vault.verify(stored.address) == "sound"
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert stored.size == 64 * CHUNK
    assert peak < 8 * CHUNK


def test_the_layout_is_as_documented_and_opens_without_lawdesk(
    tiny_chunks: int, vault: Vault, blobs: FolderBlobs
) -> None:
    """A reader written from the description alone: whoever has the key gets the documents out."""

    def derive(key: bytes, salt: bytes | None, info: bytes) -> bytes:
        return HKDF(SHA256(), 32, salt=salt, info=info).derive(key)

    content = bytes(range(256))[:150]
    stored = vault.put(io.BytesIO(content))
    raw = blobs.path(stored.address).read_bytes()
    assert raw[:8] == b"LDVAULT\x01"
    chunk, size, salt = int.from_bytes(raw[8:12], "big"), int.from_bytes(raw[12:20], "big"), raw[20:52]
    assert (chunk, size) == (64, 150)
    file_key = derive(derive(KEY, None, b"lawdesk vault: content"), salt, b"lawdesk vault: file")
    sealed = [raw[start : start + chunk + 16] for start in range(84, len(raw), chunk + 16)]
    opened = [
        AESGCM(file_key).decrypt(number.to_bytes(11, "big") + bytes([number == 2]), piece, None)
        for number, piece in enumerate(sealed)
    ]
    assert b"".join(opened) == content
    name = hmac.digest(derive(KEY, None, b"lawdesk vault: address"), hashlib.sha256(content).digest(), "sha256")
    assert stored.address == name.hex()
