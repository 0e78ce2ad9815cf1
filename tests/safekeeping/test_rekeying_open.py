"""Another key for an office that is open: the same services work on, and whatever goes wrong leaves it open."""

from __future__ import annotations

from pathlib import Path

import pytest

from lawdesk.kernel.errors import Cancelled, EnvironmentFailure, UserError
from lawdesk.office import open_office, read_key_record, unlock
from lawdesk.office.rekeying import change_office_key, key_ways, refuse_key_change
from lawdesk.storage import keys
from lawdesk.storage.keys import OfficeKey
from tests.cases.page_bench import open_case
from tests.offices import PASSPHRASE, Firm


def add_paper(firm: Firm, folder: Path) -> None:
    case_id = open_case(firm, "栩岳建设工程有限公司", "砚溪置业有限公司")
    paper = folder / "判决.txt"
    paper.write_text("本院认为", encoding="utf-8")
    firm.office.documents.add_files(firm.lawyer, case_id, [paper])


def test_the_open_office_goes_on_under_the_new_key(file_office: Firm, tmp_path: Path) -> None:
    office, actor = file_office.office, file_office.director
    add_paper(file_office, tmp_path)
    assert office.backups is not None
    older = office.backups.make(actor)
    partner = office.keys.new_code(actor, PASSPHRASE, "partner-1")
    office.sign_ins.set_own(file_office.lawyer, PASSPHRASE, "seven green teapots")
    ways = key_ways(office, actor)
    assert [(one.way.split("-")[0], one.name, one.renewable) for one in ways] == [
        ("partner", "", True),
        ("person", "顾知行", True),
    ]
    before, steps = office.key, list[tuple[int, int]]()
    changed = change_office_key(
        office, actor, PASSPHRASE, end=("partner-1",), progress=lambda *step: steps.append(step)
    )
    assert office.key == changed.key != before and not office.locked and steps
    assert changed.ended == ("partner-1",)
    record = read_key_record(office.folder)
    assert unlock(record, None, changed.recovery_code) == office.key
    assert keys.unlock_as(record, "gu", "seven green teapots") == office.key
    for gone in (partner, file_office.recovery_code):
        with pytest.raises(UserError):
            unlock(record, None, gone)
    assert office.documents.check_vault(actor).sound and office.chain.judge().sound
    assert office.backups.verify(actor, Path(older.path)).verified, "older backups are still read back"
    newer = office.backups.make(actor)
    assert newer.verified and office.firm.add_person(actor, name="新人", login="n", role=file_office.lawyer.role)


def test_what_is_refused_or_stopped_leaves_it_open_with_its_key(file_office: Firm, tmp_path: Path) -> None:
    office, actor = file_office.office, file_office.director
    add_paper(file_office, tmp_path)
    before = office.key
    with pytest.raises(UserError) as wrong:
        change_office_key(office, actor, "wrong horse")
    assert wrong.value.code == "key.wrong_passphrase"

    def stop(_done: int, _all: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        change_office_key(office, actor, PASSPHRASE, progress=stop)
    other = open_office(file_office.place, passphrase=PASSPHRASE)
    with other.database.read() as session:
        session.connection()
        with pytest.raises(EnvironmentFailure) as used:
            change_office_key(office, actor, PASSPHRASE)
    assert used.value.code == "key.in_use"
    other.close()
    with pytest.raises(UserError) as right:
        change_office_key(office, file_office.lawyer, PASSPHRASE)
    assert right.value.code == "not_allowed"
    assert office.key == before and not office.locked
    assert unlock(read_key_record(office.folder), None, file_office.recovery_code) == before
    assert office.documents.check_vault(actor).sound


def test_a_full_disk_is_said_before_anything_is_closed(file_office: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    from collections import namedtuple

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("lawdesk.safekeeping.new_key.shutil.disk_usage", lambda _path: usage(10, 9, 1))
    with pytest.raises(EnvironmentFailure) as error:
        refuse_key_change(file_office.office, file_office.director, PASSPHRASE)
    assert error.value.code == "key.no_room"


def test_a_server_keeps_its_key_and_says_what_to_do_instead(server_office: Firm) -> None:
    with pytest.raises(EnvironmentFailure) as error:
        change_office_key(server_office.office, server_office.director, PASSPHRASE)
    assert error.value.code == "key.server" and not server_office.office.locked


def test_the_keyring_goes_on_or_ends(file_office: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    office, actor = file_office.office, file_office.director
    kept: dict[str, OfficeKey] = {office.key.office_uid: office.key}
    monkeypatch.setattr(keys, "recall_from_keyring", kept.get)
    monkeypatch.setattr(keys, "remember_in_keyring", lambda key: kept.update({key.office_uid: key}))
    monkeypatch.setattr(keys, "forget_in_keyring", kept.pop)
    assert [one.way for one in key_ways(office, actor)] == ["keyring"]
    change_office_key(office, actor, PASSPHRASE)
    assert kept == {office.key.office_uid: office.key}
    change_office_key(office, actor, PASSPHRASE, end=("keyring",))
    assert kept == {}
