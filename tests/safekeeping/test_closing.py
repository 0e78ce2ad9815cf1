"""A locked office is closed: no connection, no key within reach; the right word opens the same services again."""

from __future__ import annotations

import gc
import hashlib
import re
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from lawdesk.firm import Actor
from lawdesk.kernel.clock import FixedClock
from lawdesk.kernel.errors import EnvironmentFailure, LawDeskError, UserError
from lawdesk.kernel.i18n import _
from lawdesk.office import open_office, read_key_record
from lawdesk.safekeeping.new_key import change_key
from lawdesk.storage.engine import connections_of
from lawdesk.storage.place import server_url
from tests.cases.page_bench import open_case
from tests.offices import PASSPHRASE, START, Firm, found
from tests.safekeeping.remembering import look_through
from tests.safekeeping.test_signing_in import OWN

HEX = re.compile("[0-9a-f]{64}")


def open_files(place: str) -> list[str]:
    """Return the files of an office that this process has open; the lock of its window is none of the office's."""
    names = []
    for entry in Path("/proc/self/fd").iterdir():
        try:
            names.append(str(entry.readlink()))
        except OSError:
            continue
    return [name for name in names if name.startswith(place) and not name.endswith("office.lock")]


def reachable(wanted: set[str]) -> list[str]:
    """Return which secrets (SHA-256 of each) some Python object of this process holds, in bytes or in hex."""
    gc.collect()
    found = set()
    for holder in gc.get_objects():
        for one in gc.get_referents(holder):
            if isinstance(one, bytes | bytearray) and len(one) == 32:
                found.add(hashlib.sha256(one).hexdigest())
            elif isinstance(one, str) and 64 <= len(one) < 200 and "x'" in one:
                part = one.split("x'")[1][:64]
                found.add(hashlib.sha256(bytes.fromhex(part)).hexdigest() if HEX.fullmatch(part) else "")
    return sorted(found & wanted)


def prints_of(firm: Firm) -> set[str]:
    """Return fingerprints of all keys of the office, without keeping the keys."""
    key, vault = firm.office.key, firm.office.documents.vault
    derived = [key.derive(purpose) for purpose in ("database", "vault", "privacy", "audit head")]
    kept = [key.secret, *key.former, *derived, vault._content_key, vault._address_key]
    return {hashlib.sha256(one).hexdigest() for one in kept}


def use(firm: Firm, folder: Path) -> int:
    """Work with everything that needs the key: vault, backups, chain, personal data."""
    office, case_id = firm.office, open_case(firm, "栩岳建设工程有限公司", "砚溪置业有限公司")
    paper = folder / "判决.txt"
    paper.write_text("本院认为", encoding="utf-8")
    office.documents.add_files(firm.lawyer, case_id, [paper])
    if office.backups is not None:
        office.backups.make(firm.director)
    assert office.chain.judge().sound
    assert office.privacy is not None
    return case_id


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
def test_no_file_stays_open_and_no_object_has_the_key(tmp_path: Path) -> None:
    firm = found(str(tmp_path / "fresh"), FixedClock(START))  # a key that no other test ever saw
    use(firm, tmp_path)
    wanted = prints_of(firm)
    assert open_files(firm.place) and reachable(wanted)
    firm.office.lock(firm.director)
    assert open_files(firm.place) == []
    assert reachable(wanted) == []
    firm.office.unlock(firm.director, PASSPHRASE, None)
    assert firm.office.documents.check_vault(firm.director).sound
    assert open_files(firm.place) and reachable(wanted)
    firm.office.close()


def test_everything_says_that_it_is_locked_and_nothing_opens_by_itself(office: Firm, tmp_path: Path) -> None:
    case_id = use(office, tmp_path)
    here = office.office
    here.lock(office.director)
    for ask in (
        lambda: here.cases.queries.case(office.lawyer, case_id),
        lambda: here.firm.add_person(office.director, name="新人", login="new", role=office.lawyer.role),
        lambda: here.documents.vault,
        lambda: here.documents.check_vault(office.director),
        here.chain.judge,
        lambda: here.key,
        lambda: here.keys.change_passphrase(office.director, PASSPHRASE, "another horse"),
        here.database.state_stamp,
        lambda: here.sessions.note(office.director, "lock"),
    ):
        with pytest.raises(LawDeskError) as error:
            ask()
        assert error.value.code == "office.locked" and _(error.value.what) == "工作库已锁定。"
    assert here.locked and not connections_of(here.database.engine)
    here.unlock(office.director, PASSPHRASE, None)
    assert here.cases.queries.case(office.lawyer, case_id).number
    assert here.documents.check_vault(office.director).checked == 1
    assert here.chain.judge().sound


def test_wrong_words_keep_it_closed(office: Firm) -> None:
    here = office.office
    here.lock(office.director)
    with pytest.raises(UserError) as wrong:
        here.unlock(office.director, "wrong horse", None)
    assert wrong.value.code == "key.wrong_passphrase" and here.locked
    with pytest.raises(UserError) as code:
        here.unlock(office.director, None, "0000-0000")
    assert code.value.code == "key.mistyped_code" and here.locked
    with pytest.raises(UserError):
        here.cases.queries.find_case(office.director, "x")
    assert not connections_of(here.database.engine)
    here.unlock(office.director, None, office.recovery_code)
    assert not here.locked


def test_each_opens_with_their_own_and_guessing_has_to_wait(office: Firm) -> None:
    here, gu = office.office, office.lawyer
    here.sign_ins.set_own(gu, PASSPHRASE, OWN)
    with pytest.raises(UserError):
        here.sign_ins.check(gu, "guess 0 guess")
    here.lock(gu)
    with pytest.raises(UserError) as others:
        here.unlock(gu, PASSPHRASE, None)
    assert others.value.code == "key.wrong_passphrase", "the office's passphrase is not theirs"
    with pytest.raises(UserError) as printed:
        here.unlock(gu, None, office.recovery_code)
    assert printed.value.code == "key.wrong_passphrase", "nor is the printed code"
    for number in range(2):
        with pytest.raises(UserError):
            here.unlock(gu, f"guess {number} guess", None)
    with pytest.raises(UserError) as wait:
        here.unlock(gu, OWN, None)
    assert wait.value.code == "signin.wait"
    office.clock.set(START.replace(minute=START.minute + 6))
    here.unlock(gu, OWN, None)
    assert here.cases.queries is not None and not here.locked


def test_a_connection_in_use_is_waited_for_and_said(file_office: Firm) -> None:
    here = file_office.office
    connection = here.database.engine.connect()
    connection.execute(text("SELECT 1"))
    with pytest.raises(EnvironmentFailure) as error:
        here.database.shut(patience=0.05)
    assert error.value.code == "office.in_use"
    connection.close()
    here.database.shut(patience=5)
    assert open_files(file_office.place) == []


def test_a_key_changed_meanwhile_opens_with_the_new_one(file_office: Firm, tmp_path: Path) -> None:
    here = file_office.office
    use(file_office, tmp_path)
    before = here.key
    folder = here.folder
    here.lock(file_office.director)
    change_key(folder, before, read_key_record(folder), PASSPHRASE, file_office.director)
    here.unlock(file_office.director, PASSPHRASE, None)
    assert here.key != before and here.key.former == (before.secret,)
    assert here.documents.check_vault(file_office.director).sound
    assert here.chain.judge().sound and here.backups is not None
    assert here.backups.verify(file_office.director, Path(here.backups.sets()[0].path)).verified


def test_another_office_put_in_its_place_is_not_opened(file_office: Firm, tmp_path: Path) -> None:
    here = file_office.office
    here.lock(file_office.director)
    other = found(str(tmp_path / "other"), FixedClock(START))
    for number in range(3):
        other.office.firm.add_person(
            other.director, name=f"人{number}", login=f"p{number}", role=other.lawyer.role
        )
    other.office.close()
    for name in ("office.db", "office.key"):
        (tmp_path / "other" / name).replace(Path(file_office.place, name))
    for suffix in ("-wal", "-shm"):
        Path(file_office.place, f"office.db{suffix}").unlink(missing_ok=True)
    with pytest.raises(EnvironmentFailure) as error:
        here.unlock(file_office.director, PASSPHRASE, None)
    assert error.value.code == "office.exchanged" and here.locked
    assert open_files(file_office.place) == []


def test_a_person_put_back_by_others_is_as_they_are_now(file_office: Firm) -> None:
    here = file_office.office
    here.lock(file_office.director)
    again = open_office(file_office.place, passphrase=PASSPHRASE, clock=file_office.clock)
    again.firm.add_person(file_office.director, name="苏晚晴", login="su", role=file_office.lawyer.role)
    again.close()
    here.unlock(file_office.director, PASSPHRASE, None)
    assert isinstance(here.firm.queries.actor_by_login("su"), Actor)


def test_the_server_sees_nobody_while_it_is_locked(server_office: Firm) -> None:
    watcher = create_engine(server_url(server_office.place))
    count = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
    try:
        with watcher.connect() as connection:
            assert connection.execute(count).scalar() == 2
            connection.rollback()
            server_office.office.lock(server_office.director)
            assert connection.execute(count).scalar() == 1, "only who looks"
    finally:
        watcher.dispose()
    server_office.office.unlock(server_office.director, PASSPHRASE, None)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc")
def test_a_search_of_the_memory_finds_no_copy_of_a_key(file_office: Firm, tmp_path: Path) -> None:
    open_case(file_office, "栩岳建设工程有限公司", "砚溪置业有限公司")
    file_office.office.close()
    paper = tmp_path / "判决.txt"
    paper.write_text("本院认为", encoding="utf-8")
    try:
        found = look_through(file_office.place, paper)
    except PermissionError:
        pytest.skip("this system lets nobody look into another process")
    assert found["open"]["office"] and found["open"]["database"], "the search finds them while they are there"
    for step in ("locked", "locked again"):
        assert found[step] == dict.fromkeys(found[step], 0), step
