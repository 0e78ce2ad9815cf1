"""Erasing and what lies elsewhere: backups that still hold the person, the certificate on paper."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from lawdesk.cases import Side
from lawdesk.office import open_office
from lawdesk.storage.backup import restore_backup
from lawdesk.storage.place import OfficeFolder
from tests.offices import PASSPHRASE
from tests.privacy.conftest import (
    ADDRESS,
    ALIAS,
    FORMER,
    NAME,
    NUMBER,
    PHONE,
    Desk,
    rows,
    words_of,
)

LONG_AGO = date(2012, 3, 1)
PLANTED = (NAME, FORMER, ALIAS, NUMBER, PHONE, ADDRESS, "来电咨询借款", "说已还一半")


def enquirer(desk: Desk) -> int:
    """Somebody who called long ago, under several names, named in a draft, too; return the party."""
    desk.enquiry(day=LONG_AGO)
    (party,) = (row[0] for row in rows(desk, f"SELECT id FROM party WHERE name = '{NAME}'"))
    desk.names(party)
    desk.firm.office.cases.save_draft(desk.lawyer, "new-case", {"parties": [NAME, NUMBER]})
    return int(party)


def test_backups_that_still_hold_the_person_are_named_with_a_day(desk: Desk, tmp_path: Path) -> None:
    party = enquirer(desk)
    backups = desk.firm.office.backups
    assert backups is not None
    backups.make(desk.director)
    newest = backups.sets()[0].moment
    desk.privacy.erase_person(desk.director, [party], tmp_path / "证明.docx")
    (row,) = desk.privacy.queries.erasures(desk.director)
    remains = row.content["remains"]
    assert remains["backups"] == 1 and date.fromisoformat(remains["until"]) > newest.date() + timedelta(days=364)
    assert remains["until"] in words_of(tmp_path / "证明.docx")


def test_who_comes_back_with_a_backup_is_named(desk: Desk, tmp_path: Path) -> None:
    party = enquirer(desk)
    backups = desk.firm.office.backups
    assert backups is not None
    made = backups.make(desk.director)
    desk.privacy.erase_person(desk.director, [party])
    assert desk.privacy.came_back(desk.director) == []
    kept = backups.folder() / "erasures.jsonl"
    assert NAME not in kept.read_text(encoding="utf-8")
    place = OfficeFolder(tmp_path / "again")
    restore_backup(Path(made.path), desk.firm.office.key, place)
    restored = open_office(str(place.path), passphrase=PASSPHRASE, use_keyring=False, clock=desk.firm.clock)
    try:
        (row,) = restored.privacy.came_back(desk.director, backups.folder())
        assert (row.party_id, row.name) == (party, NAME)
        restored.privacy.erase_person(desk.director, [party])
        assert restored.privacy.came_back(desk.director, backups.folder()) == []
    finally:
        restored.close()


def test_a_broken_list_of_erasures_is_read_as_far_as_it_goes(desk: Desk, tmp_path: Path) -> None:
    party = desk.person()
    (uid,) = rows(desk, f"SELECT uid FROM party WHERE id = {party}")[0]
    text = f'{{"uid": "{uid}"}}\n{{"uid": \n[]\nnull\n\xff'
    (tmp_path / "erasures.jsonl").write_bytes(text.encode("latin-1"))
    assert [one.party_id for one in desk.privacy.came_back(desk.director, tmp_path)] == [party]
    assert desk.privacy.came_back(desk.director, tmp_path / "nowhere") == []


def test_the_certificate_names_the_person_only_on_paper(desk: Desk, tmp_path: Path) -> None:
    party = enquirer(desk)
    number, plan = desk.privacy.erase_person(desk.director, [party], tmp_path / "证明.docx")
    assert NAME in words_of(tmp_path / "证明.docx")
    desk.privacy.write_certificate(desk.director, number, tmp_path / "again.docx")
    again = words_of(tmp_path / "again.docx")
    assert NAME not in again and plan.uids[0] in again
    (row,) = rows(desk, "SELECT fingerprint FROM privacy_erasure")
    assert len(row[0]) == 64 and Side.CLIENT
