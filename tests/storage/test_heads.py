"""Six kinds of tampering with the audit records, each found; heads kept outside cannot be forged or misled."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from lawdesk.firm import Role
from lawdesk.storage.audit import GENESIS, AuditRecord, record_hash
from lawdesk.storage.heads import SignedHead, Verdict, genuine, judge, keep_head, kept_heads, take_head
from lawdesk.storage.keys import OfficeKey
from tests.offices import Firm

TRIES = int(os.environ.get("LAWDESK_TAMPERINGS", "3"))


def work_on(firm: Firm, number: int) -> None:
    for index in range(number):
        login = f"l{index}-{os.urandom(4).hex()}"
        firm.office.firm.add_person(firm.director, name="新人", login=login, role=Role.LAWYER)


def head_of(firm: Firm) -> SignedHead:
    with firm.office.database.read() as session:
        return take_head(session, firm.office.key)


def verdict(firm: Firm, *heads: SignedHead) -> Verdict:
    with firm.office.database.read() as session:
        return judge(session, firm.office.key, heads)


def run(firm: Firm, *statements: str, **values: object) -> None:
    with firm.office.database.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement), values)


def rechain(firm: Firm, first: int) -> None:
    """Make everything from ``first`` on fit together again, as somebody with the program's code can."""
    with Session(firm.office.database.engine) as session:
        records = session.exec(select(AuditRecord).order_by(col(AuditRecord.id))).all()
        before = GENESIS
        for record in records:
            if (record.id or 0) >= first:
                record.previous_hash = before
                record.hash = record_hash(record)
            before = record.hash
        session.commit()


def tamper(firm: Firm, how: str, chance: Random, last: int) -> None:
    at = chance.randrange(2, last - 1)
    if how == "edit":
        column, value = chance.choice(
            [("actor_name", "别人"), ("action", "x"), ("detail", '{"a":1}'), ("subject_id", 77)]
        )
        run(firm, f"UPDATE audit_record SET {column} = :value WHERE id = :at", value=value, at=at)
    elif how == "delete":
        run(firm, "DELETE FROM audit_record WHERE id = :at", at=at)
    elif how == "insert":
        columns = ", ".join(name for name in AuditRecord.model_fields if name != "id")
        source = columns.replace("actor_name", "'塞入'", 1)
        run(
            firm,
            f"UPDATE audit_record SET id = id + 100000 WHERE id > {at}",
            "UPDATE audit_record SET id = id - 99999 WHERE id > 100000",
            f"INSERT INTO audit_record (id, {columns}) "
            f"SELECT {at + 1}, {source} FROM audit_record WHERE id = {at}",
        )
    elif how == "reorder":
        run(
            firm,
            f"UPDATE audit_record SET id = 100000 WHERE id = {at}",
            f"UPDATE audit_record SET id = {at} WHERE id = {at + 1}",
            f"UPDATE audit_record SET id = {at + 1} WHERE id = 100000",
        )
    elif how == "cut":
        run(firm, f"DELETE FROM audit_record WHERE id > {at}")
    elif how == "cut and go on":
        run(firm, f"DELETE FROM audit_record WHERE id > {at}")
        work_on(firm, last - at + 2)
    else:
        run(firm, "UPDATE audit_record SET actor_name = '别人' WHERE id = :at", at=at)
        rechain(firm, at)


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        ("edit", "content"),
        ("delete", "link"),
        ("insert", "link"),
        ("reorder", "link"),
        ("cut", "cut"),
        ("cut and go on", "rewritten"),
        ("rewrite", "rewritten"),
    ],
)
@pytest.mark.parametrize("seed", range(TRIES))
def test_each_kind_of_tampering_is_found_and_named(file_office: Firm, how: str, fault: str, seed: int) -> None:
    work_on(file_office, 6)
    head = head_of(file_office)
    assert verdict(file_office, head).sound
    tamper(file_office, how, Random(seed), head.record_id)
    found = verdict(file_office, head)
    assert (found.sound, found.fault) == (False, fault)
    assert found.where is not None


def test_without_a_head_a_cut_or_rewritten_chain_looks_sound(file_office: Firm) -> None:
    """Why heads are kept outside: the chain alone cannot tell."""
    work_on(file_office, 6)
    tamper(file_office, "rewrite", Random(1), 6)
    tamper(file_office, "cut", Random(2), 6)
    assert verdict(file_office).sound


def test_the_chain_is_judged_on_a_server_too(server_office: Firm) -> None:
    work_on(server_office, 6)
    head = head_of(server_office)
    work_on(server_office, 2)
    assert verdict(server_office, head).sound
    tamper(server_office, "rewrite", Random(1), head.record_id)
    assert verdict(server_office, head).fault == "rewritten"


@pytest.mark.parametrize("field", ["at", "record_id", "records", "hash", "seal"])
def test_a_changed_head_is_not_genuine(file_office: Firm, field: str) -> None:
    head = head_of(file_office)
    value = getattr(head, field)
    other = value + 1 if isinstance(value, int) else ("1" if value[0] != "1" else "3") + value[1:]
    changed = replace(head, **{field: other})
    assert genuine(head, file_office.office.key) and not genuine(changed, file_office.office.key)
    assert verdict(file_office, changed).fault == "seal"
    assert not genuine(head, OfficeKey(file_office.office.key.office_uid, bytes(32)))


def test_heads_are_kept_in_a_list_and_a_half_written_line_does_no_harm(file_office: Firm, tmp_path: Path) -> None:
    first = head_of(file_office)
    work_on(file_office, 1)
    second = head_of(file_office)
    for head in (first, second):
        keep_head(tmp_path, head)
    assert kept_heads(tmp_path) == [first, second]
    path = tmp_path / "audit-heads.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + '{"at": "2026', encoding="utf-8")
    assert kept_heads(tmp_path) == [first, second]
    path.write_text("nonsense\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert verdict(file_office, *kept_heads(tmp_path)).fault == "seal"
