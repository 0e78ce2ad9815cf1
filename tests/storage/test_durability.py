"""What was acknowledged is there after a kill; a cut log opens at a committed state; writers lose nothing."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest

from lawdesk.cases import PartyDraft, PartyKind
from lawdesk.kernel.clock import FixedClock
from lawdesk.office import open_office
from lawdesk.storage.audit import verify_chain
from lawdesk.storage.migrate import integrity_faults
from tests.offices import PASSPHRASE, START, Firm, found

ROOT = Path(__file__).resolve().parents[2]
KILLS = 50
CUTS = int(os.environ.get("LAWDESK_CUTS", "20"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need fork")
def test_fifty_kills_lose_no_acknowledged_row(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.storage.killing", str(tmp_path), str(KILLS)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(ran.stdout)
    assert told["lost"] == []
    assert told["wrong"] == []
    assert told["rounds"] == KILLS
    assert told["killed_while_writing"] > KILLS // 3  # else nothing was tried
    assert told["acknowledged"].keys() == {"case", "party", "entry", "document"}


def test_a_lost_row_would_be_seen(tmp_path: Path) -> None:
    from tests.storage.killing import Tally, look

    place = str(tmp_path / "office")
    found(place, FixedClock(START)).office.close()
    tally = Tally(acknowledged={"party": [4711]})
    look(place, tally, closely=True)
    assert (tally.lost, tally.wrong) == (["party 4711"], [])


# --- the write-ahead log ---------------------------------------------------------------------------------------


@pytest.fixture
def written(file_office: Firm, tmp_path: Path) -> Path:
    """Files of an office as a power cut leaves them: forty parties written, most of them only in the log."""
    office = file_office.office
    with office.database.engine.connect() as connection:  # keep the log as long as possible
        connection.exec_driver_sql("PRAGMA wal_autocheckpoint = 0")
    for number in range(40):
        draft = PartyDraft(f"第{number:02}号示例公司", PartyKind.ORGANIZATION)
        office.cases.add_party(file_office.director, draft)
    cut = tmp_path / "cut"
    cut.mkdir()
    for name in ("office.db", "office.db-wal", "office.key"):
        shutil.copy(Path(file_office.place) / name, cut / name)
    return cut


def committed(place: Path) -> int:
    """Open an office; return how many of the forty parties it has, after seeing that nothing in it is half."""
    office = open_office(str(place), passphrase=PASSPHRASE, clock=FixedClock(START))
    try:
        actor = office.firm.queries.actor_by_login("admin")
        rows = office.cases.queries.list_parties(actor)
        assert [row.name for row in rows] == [f"第{number:02}号示例公司" for number in range(len(rows))]
        with office.database.read() as session:
            assert integrity_faults(session.connection()) == []
            report = verify_chain(session)
            assert report.sound
            for table in ("party_name", "search_entry"):
                assert session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == len(rows)
        added = office.cases.add_party(actor, PartyDraft("第99号示例公司", PartyKind.ORGANIZATION))
        assert office.cases.queries.party(actor, added).name == "第99号示例公司"  # and it works on
        return len(rows)
    finally:
        office.close()


def test_a_cut_or_garbled_log_opens_at_a_committed_state(written: Path, tmp_path: Path) -> None:
    whole = (written / "office.db-wal").read_bytes()
    assert len(whole) > 200_000
    chance, seen = Random(20251105), set()
    for trial in range(CUTS):
        place = tmp_path / f"trial{trial}"
        shutil.copytree(written, place)
        at = chance.randrange(len(whole))
        if trial % 2:
            spoiled = whole[:at]
        else:
            end = min(len(whole), at + chance.randrange(1, 5000))
            spoiled = whole[:at] + chance.randbytes(end - at) + whole[end:]
        (place / "office.db-wal").write_bytes(spoiled)
        seen.add(committed(place))
        shutil.rmtree(place)
    assert len(seen) > min(5, CUTS // 2)  # the cuts fell between different transactions
    assert max(seen) < 40


def test_a_whole_log_opens_with_everything(written: Path) -> None:
    assert committed(written) == 40


def test_a_lost_log_leaves_the_state_of_the_file(written: Path) -> None:
    (written / "office.db-wal").unlink()
    committed(written)


# --- writers at once -------------------------------------------------------------------------------------------

WRITERS, EACH = 4, 15


def write_some(place: str, seat: int) -> list[str]:
    """Write through an office of one's own; return what went wrong."""
    office = open_office(place, passphrase=PASSPHRASE, clock=FixedClock(START))
    try:
        actor = office.firm.queries.actor_by_login("admin")
        for number in range(EACH):
            party_id = office.cases.add_party(actor, PartyDraft(f"{seat}?{number}", PartyKind.PERSON))
            # reads before it writes: a transaction that took its lock late would fail here
            name = f"{seat}-{number}"
            office.cases.change_party(actor, party_id, seen=1, name=name, phone="", address="", note="")
            office.cases.queries.list_parties(actor, f"{seat}-")
    except Exception as error:
        return [repr(error)]
    finally:
        office.close()
    return []


def nothing_lost(firm: Firm) -> None:
    names = {row.name for row in firm.office.cases.queries.list_parties(firm.director, limit=1000)}
    assert names == {f"{seat}-{number}" for seat in range(WRITERS) for number in range(EACH)}
    with firm.office.database.read() as session:
        assert verify_chain(session).sound


def test_threads_with_databases_of_their_own_lose_nothing(office: Firm) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        wrong = [line for some in pool.map(write_some, [office.place] * WRITERS, range(WRITERS)) for line in some]
    assert wrong == []
    nothing_lost(office)


def test_processes_lose_nothing_and_are_never_locked_out(file_office: Firm) -> None:
    starting = multiprocessing.get_context("spawn")
    with starting.Pool(2) as pool:
        first = pool.starmap_async(write_some, [(file_office.place, seat) for seat in range(2)])
        here = [write_some(file_office.place, seat) for seat in range(2, WRITERS)]
        assert first.get(60) == [[], []]
        pool.close()
        pool.join()
    assert here == [[], []]
    nothing_lost(file_office)


def test_one_database_used_by_many_threads_loses_nothing(office: Firm) -> None:
    desk, actor = office.office.cases, office.director

    def write(seat: int) -> None:
        for number in range(EACH):
            desk.add_party(actor, PartyDraft(f"{seat}-{number}", PartyKind.PERSON))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(write, range(WRITERS)))
    nothing_lost(office)
