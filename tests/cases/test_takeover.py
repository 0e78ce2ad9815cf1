"""The firm's Excel ledger comes in whole or not at all, once, with every refusal named."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lawdesk.cases import CaseStatus, Clearance, ClearanceResult, Takeover
from lawdesk.cases.rules.court_numbers import normalize_number
from lawdesk.cases.service.takeover import ClearNames
from lawdesk.conflicts import Asked, Role
from lawdesk.firm import Actor
from lawdesk.firm import Role as FirmRole
from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.resources import resource_path
from lawdesk.storage.audit import verify_chain
from lawdesk.storage.database import Work
from tests.offices import Firm

LEDGER = resource_path("samples", "收案登记表.xlsx")
EXPECTED = json.loads(resource_path("samples", "收案登记表.expected.json").read_text(encoding="utf-8"))
PEOPLE = {"林若楠", "陈思齐", "何立新", "周明远", "郑一帆"}


def clearing(firm: Firm, actor: Actor) -> ClearNames:
    def clear(work: Work, names: list[tuple[str, str, str]]) -> Clearance:
        asked = [Asked(name, Role(side), kind) for name, kind, side in names]
        return firm.office.conflicts.take_over(actor, work, firm.office.conflicts.check(actor, asked))

    return clear


def take_over(firm: Firm, actor: Actor | None = None, clear: ClearNames | None = None, **how: Any) -> Takeover:
    actor = actor or firm.director
    clear = clear or clearing(firm, actor)
    return firm.office.cases.take_over_ledger(actor, LEDGER, firm.office.firm, clear, **how)


def everything(firm: Firm) -> tuple[object, ...]:
    """All that an import could change."""
    office, who = firm.office, firm.director
    return (
        office.database.state_stamp(),
        office.cases.queries.count_cases(who),
        office.cases.queries.count_parties(who),
        [person.name for person in office.firm.queries.people(who, everybody=True)],
        len(office.conflicts.queries.recent(who)),
    )


def test_the_sample_comes_in_but_for_its_faulty_rows(office: Firm) -> None:
    done = take_over(office)
    wanted = {(row["sheet"], row["row"]): row["status"] for row in EXPECTED["rows"]}
    assert {(row.sheet, row.row): row.status for row in done.rows} == wanted
    assert (done.taken, len(done.refused)) == (55, 12)
    assert {(row.sheet, row.row) for row in done.refused} == {
        place for place, status in wanted.items() if status == "faulty"
    }
    assert all(any(problem.severity == "error" for problem in row.problems) for row in done.refused)
    assert set(done.people) == PEOPLE
    queries = office.office.cases.queries
    assert queries.count_cases(office.director) == 55
    assert {row.number for row in done.rows if row.taken} == {
        row.number for row in queries.list_cases(office.director)
    }
    with office.office.database.read() as session:
        assert verify_chain(session).sound


def test_what_a_row_said_stands_in_its_case(office: Firm) -> None:
    take_over(office)
    queries = office.office.cases.queries
    for row in (row for row in EXPECTED["rows"] if row["status"] in ("ok", "check")):
        read = row["read"]
        found = queries.find_case(office.director, read["internal_number"])
        assert found is not None
        case = queries.case(office.director, found)
        assert case.received_on.isoformat() == read["intake_date"]
        assert (case.amount_fen, case.fee_fen, case.received_fen) == tuple(
            None if read.get(key) is None else round(read[key] * 100)
            for key in ("amount_yuan", "fee_yuan", "received_yuan")
        )
        assert case.cause == (read["cause"] or "")
        assert {party.name for party in case.parties if party.side == "client"} == {
            client["name"] for client in read["clients"]
        }
        assert [member.name for member in case.members] == list(dict.fromkeys([read["lead"], *read["assistants"]]))
        assert (case.status == CaseStatus.CLOSED) == (read["closed_date"] is not None)
        kept = normalize_number(case.proceedings[0].court_number + case.note)
        assert all(normalize_number(number) in kept for number in read["court_numbers"])
        assert (read["hearing"] or "")[:10] in case.note


def test_a_client_who_was_an_adverse_party_elsewhere_in_the_ledger_is_not_called_clear(office: Firm) -> None:
    take_over(office)
    queries = office.office.cases.queries
    results = {}
    for row in queries.list_cases(office.director):
        (clearance,) = queries.case(office.director, row.id).clearances
        results[row.number] = clearance.result
    assert results["（2024）民字第005号"] == ClearanceResult.TAKEN_OVER.value
    assert results["（2024）民字第001号"] == ClearanceResult.TAKEN_OVER.value  # its opponent, there
    assert results["（2024）民字第006号"] == ClearanceResult.CLEAR.value
    assert set(results.values()) == {"taken_over", "clear"}


def test_a_second_import_changes_nothing(office: Firm) -> None:
    take_over(office)
    before = everything(office)
    again = take_over(office)
    assert again.taken == 0
    assert again.people == ()
    taken_before = [row for row in again.refused if row.status != "faulty"]
    assert len(taken_before) == 55
    assert all(row.problems[-1].code == "case.number_taken" for row in taken_before)
    assert everything(office) == before


def test_a_dry_run_foresees_the_import_and_writes_nothing(office: Firm) -> None:
    before = everything(office)
    seen = take_over(office, dry_run=True)
    assert everything(office) == before
    done = take_over(office)
    assert [replace(row, opened=None) for row in seen.rows] == [replace(row, opened=None) for row in done.rows]
    assert seen.people == done.people


@pytest.mark.parametrize("fails_at", [1, 30, 55])
def test_an_import_that_breaks_off_leaves_nothing(office: Firm, fails_at: int) -> None:
    before = everything(office)
    real, count = clearing(office, office.director), 0

    def failing(work: Work, names: list[tuple[str, str, str]]) -> Clearance:
        nonlocal count
        count += 1
        if count == fails_at:
            raise OSError("the disk went away")
        return real(work, names)

    with pytest.raises(OSError, match="went away"):
        take_over(office, clear=failing)
    assert everything(office) == before
    assert take_over(office).taken == 55


def test_a_row_that_cannot_be_stored_is_refused_alone(office: Firm) -> None:
    client, adverse = ("台州向岚塑业有限公司", "震砚营销（深圳）有限公司宁波分公司")
    real = clearing(office, office.director)

    def clear(work: Work, names: list[tuple[str, str, str]]) -> Clearance:
        clearance = real(work, names)
        if {name for name, _kind, _side in names} == {client, adverse}:
            raise Refused([Problem("conflict.refused", "No.")])
        return clearance

    done = take_over(office, clear=clear)
    (alone,) = [row for row in done.refused if row.status != "faulty"]
    assert (alone.number, alone.problems[-1].code) == ("（2024）民字第001号", "conflict.refused")
    assert done.taken == 54
    assert len(office.office.conflicts.queries.recent(office.director, 100)) == 54
    people = [person.name for person in office.office.firm.queries.people(office.director, everybody=True)]
    assert sorted(people) == sorted([*PEOPLE, "秦望舒", "顾知行"])
    assert client not in {row.name for row in office.office.cases.queries.list_parties(office.director, client)}
    with office.office.database.read() as session:
        assert verify_chain(session).sound


def test_a_lawyer_brings_in_the_rows_of_colleagues_known_already(office: Firm) -> None:
    for name, login in (("何立新", "he"), ("林若楠", "lin")):
        office.office.firm.add_person(office.director, name=name, login=login, role=FirmRole.LAWYER)
    done = take_over(office, office.lawyer)
    assert done.people == ()
    wanted = {
        read["internal_number"]
        for row in EXPECTED["rows"]
        if row["status"] in ("ok", "check") and (read := row["read"])
        if {read["lead"], *read["assistants"]} <= {"何立新", "林若楠"}
    }
    assert {row.number for row in done.rows if row.taken} == wanted
    assert 0 < len(wanted) < 55
    unknown = [row for row in done.refused if row.status != "faulty"]
    assert all({problem.code for problem in row.problems} >= {"ledger.person"} for row in unknown)
    assert len(unknown) == 55 - len(wanted)
    assert len(office.office.firm.queries.people(office.director, everybody=True)) == 4


def test_who_may_not_import_does_not(office: Firm) -> None:
    person = office.office.firm.add_person(office.director, name="助理", login="zl", role=FirmRole.ASSISTANT)
    before = everything(office)
    with pytest.raises(UserError):
        take_over(office, Actor(person, "助理", "zl", FirmRole.ASSISTANT))
    assert everything(office) == before


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_ledger_is_refused_in_words(file_office: Firm, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "登记表.xlsx"
    path.write_bytes(content)
    before = everything(file_office)
    with pytest.raises(UserError):
        file_office.office.cases.take_over_ledger(
            file_office.director, path, file_office.office.firm, clearing(file_office, file_office.director)
        )
    assert everything(file_office) == before
