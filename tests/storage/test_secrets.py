"""Fifty planted secrets are in no byte the program leaves on the disk, while it works and afterwards."""

from __future__ import annotations

import base64
import os
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from lawdesk.cases import (
    CaseDraft,
    CasePartyDraft,
    EnquiryDraft,
    NameKind,
    PartyDraft,
    PartyKind,
    ProceedingDraft,
    Side,
)
from lawdesk.cases.model import Case
from lawdesk.cli import main
from lawdesk.cli.session import OPTIONS
from lawdesk.conflicts import Asked
from lawdesk.conflicts import Role as AskedRole
from lawdesk.deadlines import EventDraft, ManualDeadline
from lawdesk.firm import Role
from lawdesk.kernel.clock import FixedClock
from lawdesk.kernel.errors import Bug
from lawdesk.kernel.i18n import language, set_language
from lawdesk.kernel.settings import Settings
from lawdesk.office import Office, create_office, open_office, read_key_record, write_key_record
from lawdesk.paper.blocks import Text, TextDocument
from lawdesk.paper.word import write_docx
from lawdesk.safekeeping.new_key import change_key
from lawdesk.storage import keys
from lawdesk.storage.backup import create_backup
from lawdesk.timesheet import EntryDraft
from tests.offices import START, Firm

SECRETS = {
    "passphrase": "口令-海棠依旧-passphrase-7731",
    "second passphrase": "换过的口令-绿肥红瘦-4402",
    "firm": "栖迟春晓律师事务所",
    "colleague": "暗记同事甲乙丙",
    "client": "岚屿暗记示例科技有限公司",
    "former name": "暗记旧名实业公司",
    "adverse": "暗记对手刘𬀩",
    "identity number": "11010519491231002X",
    "credit code": "91110000802100433B",
    "phone": "13912345678",
    "address": "暗记路一百二十三号",
    "cause": "暗记案由纠纷",
    "court number": "（2025）岚0302民初771188号",
    "facts": "暗记事实：深夜在仓库交付",
    "note": "暗记备注：客户愿意和解",
    "event": "暗记事件：收到判决",
    "narrative": "暗记工时：起草上诉状",
    "document name": "暗记文件名-证据.txt",
    "document": "暗记文件内容：双方签字确认",
    "half typed": "暗记草稿：还没有提交",
}
LISTED = {f"listed {number}": f"暗记名单{number:02}号郗{chr(0x4E00 + 7 * number)}" for number in range(20)}
TOLD = {f"told {number}": f"暗记旁白{number:02}号的去向{chr(0x5E00 + 9 * number)}" for number in range(10)}
SECRETS |= LISTED | TOLD
DAY = START.date()


@dataclass(frozen=True)
class Places:
    """Every place the program may write to."""

    office: Path
    backups: Path
    settings: Path
    temporary: Path

    def files(self) -> Iterator[Path]:
        for folder in (self.office, self.backups, self.settings, self.temporary):
            for path in folder.rglob("*"):
                if path.is_file():
                    yield path


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Places]:
    made = Places(*(tmp_path / name for name in ("office", "backups", "config", "temporary")))
    made.temporary.mkdir()
    made.backups.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(made.temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("LAWDESK_CONFIG", str(made.settings))
    spoken = language()
    yield made
    set_language(spoken)  # the command line sets its own
    OPTIONS.office = OPTIONS.login = None


def ways_to_write(secret: str) -> list[bytes]:
    """Return the bytes a secret may stand in: the encodings in use, and as JSON escapes it."""
    escaped = secret.encode("unicode_escape").replace(b"\\U0001", b"\\ud8")
    encodings = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    return [*(secret.encode(encoding) for encoding in encodings), escaped]


def found_in(places: Places, more: dict[str, str] | None = None) -> list[str]:
    """Return where which secret stands in clear, in contents or in names."""
    wanted = {name: ways_to_write(secret) for name, secret in {**SECRETS, **(more or {})}.items()}
    hits = []
    for path in places.files():
        content = path.read_bytes() + b"\n" + os.fsencode(path.name)
        hits += [f"{name} in {path.name}" for name, ways in wanted.items() if any(way in content for way in ways)]
    return hits


def enter_everything(office: Office, folder: Path) -> int:
    """Enter the secrets through the services; return the case."""
    actor = office.firm.queries.actor_by_login("admin")
    office.firm.add_person(actor, name=SECRETS["colleague"], login="c", role=Role.LAWYER)
    client = PartyDraft(
        SECRETS["client"],
        PartyKind.ORGANIZATION,
        ((NameKind.FORMER, SECRETS["former name"]),),
        (("uscc", SECRETS["credit code"]),),
        SECRETS["phone"],
        SECRETS["address"],
    )
    adverse = PartyDraft(SECRETS["adverse"], PartyKind.PERSON, (), (("id-card", SECRETS["identity number"]),))
    sides = ((Side.CLIENT, client), (Side.ADVERSE, adverse))
    office.cases.take_enquiry(actor, EnquiryDraft(SECRETS["note"], DAY, sides, SECRETS["phone"]))
    parties = (CasePartyDraft(client, Side.CLIENT.value), CasePartyDraft(adverse, Side.ADVERSE.value))
    draft = CaseDraft(
        "civil",
        SECRETS["cause"],
        parties,
        actor.person_id,
        DAY,
        proceeding=ProceedingDraft("civil-first", "青岚市法院", SECRETS["court number"]),
        facts=SECRETS["facts"],
        note=SECRETS["note"],
    )
    asked = [Asked(party.party.name, AskedRole(party.side), party.party.kind.value) for party in parties]
    clearance = office.conflicts.clear(actor, office.conflicts.check(actor, asked))
    case_id = office.cases.open_case(actor, draft, clearance).case_id
    office.cases.save_draft(actor, "new-case", {"cause": SECRETS["half typed"]})
    office.deadlines.record_event(actor, EventDraft(case_id, DAY, SECRETS["event"], "judgment-served"))
    office.deadlines.add_deadline(actor, ManualDeadline(case_id, SECRETS["event"], date(2025, 12, 1)))
    office.timesheet.add_entry(actor, EntryDraft(case_id, DAY, 30, SECRETS["narrative"]))
    paper = folder / SECRETS["document name"]
    paper.write_text(SECRETS["document"] * 50, encoding="utf-8")
    office.documents.add_file(actor, case_id, paper)
    names = folder / "list.csv"  # read by a process of its own
    names.write_text("name,kind\n" + "".join(f"{name},person\n" for name in LISTED.values()), encoding="utf-8")
    assert office.cases.import_parties(actor, names).created == len(LISTED)
    for words in TOLD.values():
        office.timesheet.add_entry(actor, EntryDraft(case_id, DAY, 5, words))
    letter = folder / "函.docx"  # goes through LibreOffice on its way into the bound file, where there is one
    write_docx(TextDocument(SECRETS["client"], [Text(SECRETS["document"])]), letter)
    office.documents.add_file(actor, case_id, letter)
    return case_id


def test_no_secret_stands_in_clear_while_the_office_is_used_and_afterwards(places: Places, tmp_path: Path) -> None:
    clock = FixedClock(START)
    made = create_office(
        str(places.office), firm_name=SECRETS["firm"], founder="秦", passphrase=SECRETS["passphrase"], clock=clock
    )
    office, code = made.office, {"recovery code": made.recovery_code}
    code["bare recovery code"] = made.recovery_code.replace("-", "")
    own = tmp_path / "own files"  # what the user keeps in clear is theirs
    own.mkdir()
    case_id = enter_everything(office, own)
    actor = office.firm.queries.actor_by_login("admin")
    assert found_in(places, code) == []  # the write-ahead log is full now
    assert any(path.name.endswith("-wal") and path.stat().st_size for path in places.files())
    for form in ("docx", "pdf", "zip"):
        office.packages.package(actor, case_id, own / f"case.{form}", form)
    addresses = office.documents.queries.addresses(actor)
    create_backup(office.database, office.key, office.folder, places.backups, documents=addresses)
    record = keys.KeyRecord.from_json(office.folder.key_file.read_text(encoding="utf-8"))
    write_key_record(office, keys.change_passphrase(record, office.key, SECRETS["second passphrase"]))
    Settings().set("last_office", str(places.office))
    Settings().set("last_login", "admin")
    assert found_in(places, code) == []
    office.cases.close_case(actor, case_id, DAY)
    office.close()
    again = open_office(str(places.office), passphrase=SECRETS["second passphrase"], clock=clock)
    assert again.cases.queries.case(actor, case_id).facts == SECRETS["facts"]
    again.close()
    assert found_in(places, code) == []
    before = again.key
    record = read_key_record(again.folder)
    changed = change_key(again.folder, before, record, SECRETS["second passphrase"], actor)
    code["new recovery code"] = changed.recovery_code
    assert found_in(places, code) == []
    for secret in (before.secret, changed.key.secret):
        ways = (secret, secret.hex().encode(), base64.b64encode(secret))
        assert not [path.name for path in places.files() if any(way in path.read_bytes() for way in ways)]
    assert {"office.db", "office.key", "manifest.json", "settings.json"} <= {path.name for path in places.files()}
    assert any(path.suffix == ".ldv" for path in places.files())


def test_what_a_failing_command_says_holds_no_more_than_was_typed(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = FixedClock(START)
    made = create_office(
        str(places.office), firm_name=SECRETS["firm"], founder="秦", passphrase=SECRETS["passphrase"], clock=clock
    )
    enter_everything(made.office, tmp_path)
    monkeypatch.setenv("LAWDESK_OFFICE", str(places.office))
    monkeypatch.setenv("LAWDESK_PASSPHRASE", SECRETS["passphrase"])

    def broken(*_arguments: object, **_options: object) -> object:
        with made.office.database.engine.connect() as connection:
            statement = text("SELECT no_such_column FROM cases WHERE facts = :facts")
            return connection.execute(statement, {"facts": SECRETS["facts"]})

    monkeypatch.setattr("lawdesk.cases.CaseQueries.list_cases", broken)
    capsys.readouterr()
    assert main(["case", "list"]) == 70
    out, err = capsys.readouterr()
    assert "Traceback" in err
    assert [name for name, secret in SECRETS.items() if secret in out + err] == []
    assert main(["--office", str(places.office / "nowhere"), "case", "list"]) == 4
    monkeypatch.setenv("LAWDESK_PASSPHRASE", "wrong")
    assert main(["case", "list"]) == 4
    out, err = capsys.readouterr()
    assert [name for name, secret in SECRETS.items() if secret in out + err] == []
    made.office.close()
    assert found_in(places) == []


def test_errors_of_either_engine_name_no_values(office: Firm) -> None:
    actor = office.director
    row = {"kind": "civil", "cause": SECRETS["cause"], "title": SECRETS["client"], "fee_mode": ""}
    row |= {"lead_id": actor.person_id or 0, "received_on": DAY}

    def twice() -> None:
        with office.office.database.write(actor, "test") as work:
            for _time in range(2):
                work.add(Case(number=SECRETS["court number"], **row))

    with pytest.raises(Bug) as error:
        twice()
    assert SECRETS["court number"] not in f"{error.value!s} {error.value.what}"
    shown = "".join(traceback.format_exception(error.value))
    assert [name for name, secret in SECRETS.items() if secret in shown] == []


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_in_clear_would_be_found(places: Places, secret: str) -> None:
    for number, way in enumerate(ways_to_write(SECRETS[secret])):
        planted = places.backups / f"{number}.tmp"
        planted.write_bytes(os.urandom(3000) + way + os.urandom(3000))
        assert found_in(places) == [f"{secret} in {planted.name}"]
        planted.unlink()
    (places.backups / "x").mkdir()
    (places.backups / "x" / SECRETS[secret].replace("/", "")).write_bytes(b"")
    assert [hit.split(" in ")[0] for hit in found_in(places)] == [secret]
