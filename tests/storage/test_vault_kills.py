"""Killed in the middle of storing and exporting (trust list, check 8)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lawdesk.kernel.files import remove_leftovers
from lawdesk.storage.vault import FolderBlobs, Vault

KEY = bytes(range(32))
KILLS = int(os.environ.get("LAWDESK_KILLS", "20"))  # 200 before a release


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path / "vault", create=True)


_WRITER = """
import io, random, sys
from pathlib import Path
from lawdesk.storage.vault import FolderBlobs, Vault
seed, folder = int(sys.argv[1]), Path(sys.argv[2])
vault = Vault(FolderBlobs(folder), bytes(range(32)))
source = random.Random(seed)
print("ready", flush=True)
while True:
    stored = vault.put(io.BytesIO(source.randbytes(source.choice([10, 5000, 3_000_000]))))
    print(stored.address, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_killed_again_and_again_nothing_acknowledged_is_lost(tmp_path: Path, blobs: FolderBlobs) -> None:
    chance = random.Random(20)
    acknowledged: set[str] = set()
    for seed in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(seed), str(tmp_path / "vault")], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.15))
        process.send_signal(signal.SIGKILL)
        # A last line may be cut off in the pipe; it was not acknowledged then.
        acknowledged.update(
            line.strip() for line in process.stdout.read().splitlines(keepends=True) if line[-1] == "\n"
        )
        process.stdout.close()
        process.wait()
    again = FolderBlobs(tmp_path / "vault")
    assert len(acknowledged) > KILLS
    assert list((tmp_path / "vault" / "tmp").iterdir()) == []
    vault = Vault(again, KEY)
    assert vault.verify_all(acknowledged).sound
    assert vault.verify_all(again.iterate()).sound, "what is visible is whole, acknowledged or not"


_EXPORTER = """
import io, sys
from pathlib import Path
from lawdesk.storage.vault import FolderBlobs, Vault
folder, target = Path(sys.argv[1]), Path(sys.argv[2])
vault = Vault(FolderBlobs(folder), bytes(range(32)))
stored = [vault.put(io.BytesIO(bytes([mark]) * 5_000_000)) for mark in b"ab"]
print("ready", flush=True)
while True:
    for item in stored:
        vault.export(item.address, target)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
def test_killed_while_exporting_the_target_is_the_old_or_the_new_file(tmp_path: Path, blobs: FolderBlobs) -> None:
    chance = random.Random(8)
    target = tmp_path / "out" / "judgment.pdf"
    target.parent.mkdir()
    target.write_bytes(b"a" * 5_000_000)
    for _round in range(KILLS // 2):
        process = subprocess.Popen(
            [sys.executable, "-c", _EXPORTER, str(tmp_path / "vault"), str(target)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.1))
        process.kill()
        process.stdout.close()
        process.wait()
        content = target.read_bytes()
        assert content in (b"a" * 5_000_000, b"b" * 5_000_000)
    assert remove_leftovers(target.parent) <= KILLS // 2
    assert list(target.parent.iterdir()) == [target]
