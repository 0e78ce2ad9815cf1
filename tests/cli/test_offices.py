"""Making offices and opening them: who may not get in, and why, in exit codes; backups; the audit chain."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lawdesk.kernel.errors import UserError
from lawdesk.office import read_key_record, unlock
from lawdesk.storage.audit import AuditRecord
from lawdesk.storage.place import OfficeFolder
from tests.cli.conftest import Line
from tests.offices import PASSPHRASE, Firm

SET = "sets/*"


def made(line: Line, tmp_path: Path) -> tuple[Path, str]:
    line.set(LAWDESK_PASSPHRASE=PASSPHRASE)
    place = tmp_path / "新所"
    ran = line("office", "create", place, "--name", "恒岚律师事务所", "--founder", "秦望舒", "--login", "qin")
    assert ran.code == 0, ran.err
    (code,) = re.findall(r"(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}", ran.out)
    return place, code


def test_an_office_is_made_once_and_opens_with_its_passphrase(bare: Line, tmp_path: Path) -> None:
    place, _code = made(bare, tmp_path)
    bare.set(LAWDESK_OFFICE=str(place))
    info = bare.json("office", "info")
    assert (info["firm"], info["engine"], info["counts"]["people"]) == ("恒岚律师事务所", "sqlite", 1)
    again = bare("office", "create", place, "--name", "另一家")
    assert (again.code, again.out) == (4, "")
    assert bare.json("office", "info")["firm"] == "恒岚律师事务所"


def test_the_passphrase_may_come_from_a_variable_of_another_name(bare: Line, tmp_path: Path) -> None:
    bare.set(OFFICE_SECRET="a long enough one")
    arguments = ("office", "create", tmp_path / "o", "--name", "恒岚", "--passphrase-env", "OFFICE_SECRET")
    assert bare(*arguments).code == 0
    bare.set(LAWDESK_OFFICE=str(tmp_path / "o"), LAWDESK_PASSPHRASE="a long enough one")
    assert bare("office", "info").code == 0
    bare.set(OFFICE_SECRET=None)
    assert bare("office", "create", tmp_path / "p", *arguments[3:]).code == 4
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(
    ("name", "passphrase", "code"), [("恒岚", "short", 3), (" ", PASSPHRASE, 3), ("长" * 121, PASSPHRASE, 3)]
)
def test_a_refused_office_leaves_nothing(
    bare: Line, tmp_path: Path, name: str, passphrase: str, code: int
) -> None:
    bare.set(LAWDESK_PASSPHRASE=passphrase)
    ran = bare("office", "create", tmp_path / "o", "--name", name)
    assert (ran.code, ran.out) == (code, "")
    assert not (tmp_path / "o" / "office.db").exists()
    assert not (tmp_path / "o" / "office.key").exists()


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LAWDESK_PASSPHRASE": "wrong passphrase"}, "key.wrong_passphrase"),
        ({"LAWDESK_PASSPHRASE": ""}, "key.wrong_passphrase"),
        ({"LAWDESK_PASSPHRASE": None}, "key.needed"),
        ({"LAWDESK_OFFICE": "/nowhere at all"}, "place.no_office"),
        ({"LAWDESK_OFFICE": "."}, "place.no_office"),
        ({"LAWDESK_OFFICE": "postgresql://nobody@127.0.0.1:9/none"}, "server.unreachable"),
    ],
)
def test_who_cannot_get_in_gets_4(line: Line, environment: dict[str, str | None], code: str) -> None:
    line.set(**environment)
    ran = line("case", "list", "--json")
    assert (ran.code, ran.out) == (4, "")
    assert f"[{code}]" in ran.err


def test_an_unknown_or_departed_login_is_refused(line: Line, file_office: Firm) -> None:
    line.set(LAWDESK_USER="nobody")
    assert line("office", "info").code == 3
    people = file_office.office.firm
    gu = people.queries.person(file_office.director, file_office.lawyer.person_id or 0)
    people.change_person(file_office.director, gu.id, seen=gu.version, name=gu.name, role=gu.role, active=False)
    line.set(LAWDESK_USER="gu")
    ran = line("case", "list")
    assert (ran.code, ran.out) == (3, "")


@pytest.mark.parametrize(
    ("file", "content", "code"),
    [
        ("office.key", b"", "key.damaged"),
        ("office.key", b"\xff\xfe", "key.damaged"),
        ("office.key", b"[]", "key.damaged"),
        ("office.key", b'{"format": 1, "office": 7, "wraps": []}', "key.damaged"),
        ("office.key", b'{"format": 99, "office": "x", "wraps": {}}', "key.newer"),
        ("office.key", None, "key.missing"),
        ("office.db", b"", "file.empty"),
        ("office.db", None, "file.missing"),
        ("office.db", b"SQLite format 3\x00" + bytes(5000), "file.not_encrypted"),
        ("office.db", b"x" * 8192, "file.foreign"),
    ],
)
def test_broken_files_are_4_with_their_own_words(
    line: Line, file_office: Firm, file: str, content: bytes | None, code: str
) -> None:
    file_office.office.close()
    path = Path(file_office.place) / file
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    ran = line("office", "info")
    assert ran.code == 4
    assert f"[{code}]" in ran.err
    assert content is None or path.read_bytes() == content  # nothing was repaired behind anybody's back


def test_a_wrap_that_cannot_be_opened_is_a_damaged_key(line: Line, file_office: Firm) -> None:
    path = Path(file_office.place) / "office.key"
    body = json.loads(path.read_text(encoding="utf-8"))
    for name, value in (("salt", "%%%"), ("memory_kib", 10**9), ("box", ""), ("passes", "many")):
        spoiled = {**body, "wraps": {**body["wraps"], "passphrase": {**body["wraps"]["passphrase"], name: value}}}
        path.write_text(json.dumps(spoiled), encoding="utf-8")
        ran = line("office", "info")
        assert ran.code == 4, name
        assert "[key.damaged]" in ran.err


def test_a_flipped_bit_anywhere_is_never_read_as_data(line: Line, file_office: Firm) -> None:
    file_office.office.close()
    path = Path(file_office.place) / "office.db"
    whole = path.read_bytes()
    for place in range(5000, len(whole), len(whole) // 12):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        ran = line("backup", "create")
        assert ran.code in (0, 4), ran.err
        assert "Traceback" not in ran.err
        if ran.code == 0:  # the page held nothing: the copy was written anew and read back
            assert line("audit", "verify").code == 0


# --- backups ---------------------------------------------------------------------------------------------------


def test_a_backup_is_made_read_back_listed_and_restored(bare: Line, tmp_path: Path) -> None:
    place, code = made(bare, tmp_path)
    bare.set(LAWDESK_OFFICE=str(place))
    target = tmp_path / "disk"
    backup = bare.json("backup", "create", target)
    assert backup["verified"] is True
    assert [row["path"] for row in bare.json("backup", "list", target)] == [backup["path"]]
    assert bare.json("backup", "verify", backup["path"])["sound"] is True
    bare.set(LAWDESK_PASSPHRASE=None, LAWDESK_OFFICE=None)
    assert bare("backup", "restore", backup["path"], tmp_path / "back").code == 4  # no key given
    ran = bare("backup", "restore", backup["path"], tmp_path / "back", "--recovery-code", code.lower())
    assert ran.code == 0, ran.err
    bare.set(LAWDESK_OFFICE=str(tmp_path / "back"), LAWDESK_PASSPHRASE=PASSPHRASE)
    assert bare.json("office", "info")["firm"] == "恒岚律师事务所"
    assert bare.json("audit", "verify")["sound"] is True
    taken = bare("backup", "restore", backup["path"], tmp_path / "back")
    assert taken.code == 4


@pytest.mark.parametrize("file", ["office.db", "office.key", "manifest.json", "gone"])
def test_a_backup_that_is_not_sound_is_1(line: Line, tmp_path: Path, file: str) -> None:
    (place,) = [Path(line.json("backup", "create", tmp_path / "disk")["path"])]
    if file == "gone":
        (place / "office.db").unlink()
    else:
        content = bytearray((place / file).read_bytes())
        content[len(content) // 2] ^= 0xFF
        (place / file).write_bytes(content)
    document = line.json("backup", "verify", place, code=1)
    assert document["sound"] is False
    assert document["reason"]
    assert line("backup", "restore", place, tmp_path / "back").code in (3, 4)
    assert not (tmp_path / "back" / "office.db").exists()


def test_a_folder_that_is_no_backup_is_4(line: Line, tmp_path: Path) -> None:
    assert line("backup", "verify", tmp_path).code == 4
    assert line("backup", "verify", tmp_path / "nothing").code == 4


def test_a_lawyer_makes_no_backup(line: Line) -> None:
    line.set(LAWDESK_USER="gu")
    assert line("backup", "create").code == 3


def test_a_changed_audit_record_is_1(line: Line, file_office: Firm) -> None:
    assert line("audit", "verify").code == 0
    with file_office.office.database.write(file_office.director, "tamper") as work:
        record = work.session.get(AuditRecord, 2)
        assert record is not None
        record.actor_name = "somebody else"
        work.not_audited()
    document = line.json("audit", "verify", code=1)
    assert (document["sound"], document["broken_at"]) == (False, 2)


def test_everything_leaves_as_open_files_and_comes_back(line: Line, file_office: Firm, tmp_path: Path) -> None:
    made = line.json("export", tmp_path / "out")
    assert made["rows"]["person"] == 2 and made["documents"] == 0 and (tmp_path / "out" / "index.html").exists()
    again = line("export", tmp_path / "out")
    assert (again.code, again.out) == (4, "") and "not empty" in again.err
    brought = line("office", "import", tmp_path / "out", tmp_path / "new")
    assert brought.code == 0 and re.search(r"(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}", brought.out)
    line.set(LAWDESK_OFFICE=str(tmp_path / "new"))
    assert line.json("office", "info")["counts"]["people"] == 2
    assert line.json("audit", "verify")["sound"]


def test_a_lawyer_may_not_export(line: Line, tmp_path: Path) -> None:
    ran = line("--as", "gu", "export", tmp_path / "out")
    assert ran.code == 3 and not (tmp_path / "out").exists()


def test_passphrase_and_code_are_replaced_on_the_command_line(line: Line, file_office: Firm) -> None:
    line.set(NEW_ONE="a quite different one")
    assert line("office", "passphrase", "--new-env", "NEW_ONE").code == 0
    assert line("office", "info").code == 4
    line.set(LAWDESK_PASSPHRASE="a quite different one")
    ran = line("office", "code", "--for", "partner-1")
    (partner,) = re.findall(r"(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}", ran.out)
    assert ran.code == 0 and unlock(read_key_record(OfficeFolder(Path(file_office.place))), None, partner)
    assert line("office", "code", "--for", "partner-1", "--end").code == 0
    assert line("office", "code", "--for", "recovery", "--end").code == 2
    assert line("office", "code", "--for", "somebody").code == 2
    assert line("--as", "gu", "office", "code").code == 3


def test_the_key_itself_is_changed_with_a_new_code_and_a_backup(line: Line, file_office: Firm) -> None:
    before = file_office.office.key
    partner = file_office.office.keys.new_code(file_office.director, PASSPHRASE, "partner-1")
    ran = line("office", "key")
    assert (ran.code, "key.in_use" in ran.err) == (4, True), "the window has it open"
    file_office.office.close()
    assert line("office", "key", "--end", "nobody").code == 2
    ran = line("office", "key", "--end", "partner-1")
    assert ran.code == 0, ran.err
    code = re.search(r"(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}", ran.out)
    assert code and "partner-1" in ran.out and "sets" in ran.out
    record = read_key_record(OfficeFolder(Path(file_office.place)))
    assert unlock(record, None, code[0]) == unlock(record, PASSPHRASE, None) != before
    with pytest.raises(UserError):
        unlock(record, None, partner)
    assert line("office", "key", "--keep-code").code == 0
    assert unlock(read_key_record(OfficeFolder(Path(file_office.place))), None, code[0]) != before
    assert line("--as", "gu", "office", "key").code == 3


def test_backups_go_to_a_chosen_folder_are_tried_out_and_stand_well(line: Line, tmp_path: Path) -> None:
    assert line.json("backup", "status", code=1)["condition"] == "none"
    assert line("backup", "folder", tmp_path / "disk").code == 0
    made = line.json("backup", "create")
    assert Path(made["path"]).is_relative_to(tmp_path / "disk") and made["audit"]["seal"]
    assert line.json("backup", "trial")["sound"]
    stand = line.json("backup", "status")
    assert (stand["condition"], stand["good"], stand["trial_failed"]) == ("good", 1, None) and stand["tried_out"]
    elsewhere = line.json("backup", "create", tmp_path / "usb")
    assert Path(elsewhere["path"]).is_relative_to(tmp_path / "usb") and line.json("backup", "status")["good"] == 1


def test_the_records_are_compared_with_heads_and_sheet(line: Line, file_office: Firm, tmp_path: Path) -> None:
    from pypdf import PdfReader

    assert line("backup", "create").code == 0
    assert line.json("audit", "verify")["heads"] == 1
    assert line("audit", "sheet", tmp_path / "head.pdf").code == 0
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "head.pdf").pages)
    (code,) = re.findall(r"(?:[0-9A-F]{4} ){4}[0-9A-F]{4}", text)
    (number,) = re.findall(r"Last record\s+(\d+)", text)
    assert line("audit", "compare", "--record", number, "--code", code).code == 0
    assert line("audit", "compare", "--record", "1", "--code", code).code == 1
    with file_office.office.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM audit_record WHERE id > 1")
    verdict = line.json("audit", "verify", code=1)
    assert verdict["fault"] == "cut" and not verdict["sound"]
    assert "end of the records is missing" in line("audit", "verify").out


def test_an_office_is_checked_and_a_damaged_one_gets_its_way_back(line: Line, file_office: Firm) -> None:
    assert line.json("office", "check") == {"sound": True, "documents": 0, "findings": []}
    made = line.json("backup", "create")
    file_office.office.close()
    path = Path(file_office.place) / "office.db"
    path.write_bytes(bytes(4096) + path.read_bytes()[4096:])
    for companion in ("office.db-wal", "office.db-shm"):
        (path.parent / companion).unlink(missing_ok=True)
    ran = line("office", "check")
    assert ran.code == 1 and "file.first_page" in ran.err
    assert made["path"] in ran.err and list(path.parent.glob("damaged-*/office.db"))


def test_an_office_in_a_sync_folder_is_made_and_warned_about(bare: Line, tmp_path: Path) -> None:
    bare.set(LAWDESK_PASSPHRASE=PASSPHRASE)
    ran = bare("office", "create", tmp_path / "OneDrive" / "office", "--name", "恒岚")
    assert ran.code == 0 and "OneDrive" in ran.err and "not synchronised" in ran.err
    assert "OneDrive" not in bare("office", "create", tmp_path / "plain", "--name", "恒岚").err
