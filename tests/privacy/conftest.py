"""An office in which people with planted, unmistakable names stand, and the pages of its file in clear."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from docx import Document as WordFile
from pypdf import PdfReader

from lawdesk.cases import (
    EnquiryDraft,
    NameKind,
    PartyDraft,
    PartyKind,
    RelationDraft,
    RelationKind,
    Side,
)
from lawdesk.firm import Actor, Role
from lawdesk.privacy import PrivacyService
from tests.offices import DAY, Firm, dispute, open_cleared

NAME, NUMBER, PHONE, ADDRESS = "郦栖梧", "11010519491231002X", "13912345678", "青岚市暗渡区榆钱胡同九号"
FORMER, ALIAS = "郦栖凤", "Li Qiwu"
PAGE, RESERVED = 4096, 80


@dataclass(frozen=True)
class Desk:
    """The office, its service, its people."""

    firm: Firm
    director: Actor
    lawyer: Actor
    administrator: Actor

    @property
    def privacy(self) -> PrivacyService:
        return self.firm.office.privacy

    def person(self, name: str = NAME, number: str = NUMBER, **more: str) -> int:
        """Enter somebody with every kind of data; return the party."""
        numbers = (("id-card", number),) if number else ()
        draft = PartyDraft(
            name, PartyKind.PERSON, (), numbers, more.get("phone", PHONE), more.get("address", ADDRESS)
        )
        return self.firm.office.cases.add_party(self.lawyer, draft)

    def enquiry(
        self, name: str = NAME, *, day: date = DAY, side: Side = Side.CLIENT, status: str = "closed"
    ) -> int:
        """Somebody called; return the enquiry, in a state in which it became nothing."""
        parties = ((side, PartyDraft(name, PartyKind.PERSON, (), (("id-card", NUMBER),), PHONE, ADDRESS)),)
        found = self.firm.office.cases.take_enquiry(
            self.lawyer, EnquiryDraft(f"{name}来电咨询借款", day, parties, PHONE, f"{name}说已还一半")
        )
        with self.firm.office.database.write(self.lawyer, "test") as work:
            work.session.connection().exec_driver_sql(f"UPDATE enquiry SET status = '{status}' WHERE id = {found}")
            work.not_audited()
        return found

    def case(
        self, client: str = "屿白物流有限公司", adverse: str = NAME, *, closed: date | None = None, facts: str = ""
    ) -> int:
        """Open a case between the two, closed if so; return it."""

        def party(name: str) -> PartyDraft:
            kind = PartyKind.PERSON if len(name) <= 4 else PartyKind.ORGANIZATION
            return PartyDraft(name, kind, (), (("id-card", NUMBER),) if name == NAME else ())

        received = min(DAY, closed or DAY) - timedelta(days=30)
        draft = dispute(party(client), party(adverse), self.lawyer, "民间借贷纠纷", received=received, facts=facts)
        found = open_cleared(self.firm.office, self.lawyer, draft)
        if closed is not None:
            self.firm.office.cases.close_case(self.lawyer, found, closed)
        return found

    def relative(self, party: int, name: str) -> int:
        """Enter a relative of a party; return the relative."""
        other = self.firm.office.cases.add_party(self.lawyer, PartyDraft(name, PartyKind.PERSON))
        self.firm.office.cases.add_relation(self.lawyer, RelationDraft(other, party, RelationKind.SPOUSE))
        return other

    def names(self, party: int) -> None:
        """Give a party a former name and a foreign one."""
        for kind, name in ((NameKind.FORMER, FORMER), (NameKind.ENGLISH, ALIAS)):
            self.firm.office.cases.add_name(self.lawyer, party, kind, name)


@pytest.fixture
def desk(file_office: Firm) -> Desk:
    return _desk(file_office)


@pytest.fixture
def both(office: Firm) -> Desk:
    """The same on both engines."""
    return _desk(office)


def _desk(firm: Firm) -> Desk:
    person = firm.office.firm.add_person(firm.director, name="沈砚", login="shen", role=Role.ADMINISTRATOR)
    return Desk(firm, firm.director, firm.lawyer, Actor(person, "沈砚", "shen", Role.ADMINISTRATOR))


def clear_bytes(firm: Firm) -> bytes:
    """Every page of the office's file and of its log, decrypted: free pages, gaps and all."""
    folder = Path(firm.place)
    key = firm.office.key.derive("database")
    content = (folder / "office.db").read_bytes()
    pages = [(number, content[at : at + PAGE]) for number, at in enumerate(range(0, len(content), PAGE), 1)]
    log = folder / "office.db-wal"
    frames = log.read_bytes()[32:] if log.exists() else b""
    for at in range(0, len(frames) - PAGE - 23, PAGE + 24):
        pages.append((struct.unpack(">I", frames[at : at + 4])[0], frames[at + 24 : at + 24 + PAGE]))
    return b"".join(_decrypted(key, number, page) for number, page in pages)


def _decrypted(key: bytes, number: int, page: bytes) -> bytes:
    begin = 16 if number == 1 else 0
    vector = page[PAGE - RESERVED : PAGE - RESERVED + 16]
    if not vector.strip(b"\0"):
        return b""  # a page never written
    cipher = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
    return cipher.update(page[begin : PAGE - RESERVED]) + cipher.finalize()


def rows(desk: Desk, statement: str) -> list[Any]:
    with desk.firm.office.database.read() as session:
        return list(session.connection().exec_driver_sql(statement).all())


def dump(desk: Desk) -> str:
    """Every value of every row, as text: what a look into the tables would show."""
    from lawdesk.privacy.queries.tables import tables

    found = []
    with desk.firm.office.database.read() as session:
        for table in tables().values():
            found += [str(tuple(row)) for row in session.execute(table.select()).all()]
    return "\n".join(found)


def words_of(path: Path) -> str:
    if path.suffix == ".docx":
        book = WordFile(str(path))
        cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(one.text for one in book.paragraphs), *cells])
    return "".join(page.extract_text() for page in PdfReader(path).pages)


LONG_AGO = date(2012, 3, 1)


def enquirer(desk: Desk) -> int:
    """Somebody who called long ago, under several names, named in a draft, too; return the party."""
    desk.enquiry(day=LONG_AGO)
    (party,) = (row[0] for row in rows(desk, f"SELECT id FROM party WHERE name = '{NAME}'"))
    desk.names(party)
    desk.firm.office.cases.save_draft(desk.lawyer, "new-case", {"parties": [NAME, NUMBER]})
    return int(party)
