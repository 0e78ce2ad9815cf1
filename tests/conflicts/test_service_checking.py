"""The check over a real office, on both engines: who is found, and that the index is always of now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lawdesk.cases import CaseDraft, CasePartyDraft, EnquiryDraft, NameKind, PartyDraft, PartyKind, Side
from lawdesk.conflicts import Asked, CheckResult, Decision, Hit, Outcome, Role, Severity, grave, outcome
from lawdesk.firm import Role as FirmRole
from lawdesk.office import Office, open_office
from tests.offices import PASSPHRASE, Firm

CLIENT = "杭州墨禾食品有限公司"
OTHER = "宁波沐岚物流有限公司"
CODE = "91330102MA27XF5T7H"


def open_case(
    firm: Firm,
    client: str | PartyDraft = CLIENT,
    other: str = OTHER,
    *,
    kind: str = "civil",
    third: str = "",
) -> int:
    """Open a case on a check whose hits are all decided to be no obstacle."""
    first = client if isinstance(client, PartyDraft) else PartyDraft(client, PartyKind.ORGANIZATION)
    parties = [CasePartyDraft(first, Side.CLIENT)]
    if other:
        parties.append(CasePartyDraft(PartyDraft(other, PartyKind.ORGANIZATION), Side.ADVERSE))
    if third:
        parties.append(CasePartyDraft(PartyDraft(third, PartyKind.PERSON), Side.THIRD))
    asked = [Asked(one.party.name, Role(one.side), one.party.kind.value) for one in parties]
    conflicts = firm.office.conflicts
    result = conflicts.check(firm.director, asked)
    decisions = [Decision(hit.asked.name, hit.party, "other_person", "test") for hit in result.hits if grave(hit)]
    clearance = conflicts.clear(firm.director, result, decisions)
    draft = CaseDraft(
        kind=kind,
        cause="买卖合同纠纷",
        parties=tuple(parties),
        lead=firm.lawyer.person_id,
        received_on=date(2025, 3, 3),
    )
    return firm.office.cases.open_case(firm.director, draft, clearance).case_id


def check(
    firm: Firm, name: str, role: Role = Role.ADVERSE, kind: str = "unknown", number: str = ""
) -> CheckResult:
    asked = Asked(name, role, kind, (number,) if number else ())
    return firm.office.conflicts.check(firm.lawyer, [asked])


def only(result: CheckResult) -> Hit:
    assert [hit.name for hit in result.hits] == [result.hits[0].name]
    return result.hits[0]


def test_a_former_client_is_found_under_its_short_name(office: Firm) -> None:
    case = open_case(office)
    office.office.cases.close_case(office.director, case, date(2025, 6, 30))
    hit = only(check(office, "墨禾"))
    assert hit.name == CLIENT
    [standing] = hit.standings
    assert (standing.stand, standing.open, standing.closed_on) == ("client", False, date(2025, 6, 30))
    assert standing.lead == "顾知行"
    assert standing.case_id == case
    assert hit.severity is Severity.REVIEW


def test_the_side_decides_how_grave_it_is(office: Firm) -> None:
    open_case(office)
    against = only(check(office, CLIENT, Role.ADVERSE, "organization"))
    once_more = only(check(office, CLIENT, Role.CLIENT, "organization"))
    opponent = only(check(office, OTHER, Role.CLIENT, "organization"))
    assert against.severity is Severity.WAIVABLE
    assert once_more.severity is Severity.NOTE
    assert opponent.severity is Severity.WAIVABLE
    assert outcome(check(office, CLIENT, Role.CLIENT, "organization")) is Outcome.CLEAR


def test_the_other_side_of_one_case_cannot_come_as_client_against_ours(office: Firm) -> None:
    open_case(office)
    asked = [Asked(OTHER, Role.CLIENT, "organization"), Asked(CLIENT, Role.ADVERSE, "organization")]
    result = office.office.conflicts.check(office.lawyer, asked)
    assert outcome(result) is Outcome.BLOCKED
    assert {hit.severity for hit in result.hits} == {Severity.ABSOLUTE}


def test_a_standing_counsel_client_is_told_from_a_client_of_a_case(office: Firm) -> None:
    open_case(office, other="", kind="retainer")
    [standing] = only(check(office, CLIENT)).standings
    assert standing.stand == "retainer"


def test_third_parties_are_found(office: Firm) -> None:
    open_case(office, third="林疏桐")
    [standing] = only(check(office, "林疏桐", Role.CLIENT, "person")).standings
    assert standing.stand == "third"


def test_enquiries_are_searched_until_they_are_cases(office: Firm) -> None:
    parties = (
        (Side.CLIENT, PartyDraft("韩照", PartyKind.PERSON)),
        (Side.ADVERSE, PartyDraft("许砚秋", PartyKind.PERSON)),
    )
    office.office.cases.take_enquiry(office.lawyer, EnquiryDraft("借款", date(2025, 10, 9), parties))
    [caller] = only(check(office, "韩照", kind="person")).standings
    [opponent] = only(check(office, "许砚秋", Role.CLIENT, "person")).standings
    assert (caller.stand, opponent.stand) == ("enquirer", "enquiry_adverse")
    assert caller.lead == "顾知行"
    result = check(office, "韩照", kind="person")
    assert (result.searched.enquiries, result.searched.cases) == (1, 0)
    assert outcome(result) is Outcome.NEEDS_DECISION


def test_the_firm_and_its_members_are_found_those_who_left_too(office: Firm) -> None:
    person = office.office.firm.add_person(office.director, name="陆听白", login="lu", role=FirmRole.LAWYER)
    row = office.office.firm.queries.person(office.director, person)
    for name in ("陆听白", "恒岚律师事务所"):
        hit = only(check(office, name))
        assert [standing.stand for standing in hit.standings] == ["staff"]
        assert outcome(check(office, name)) is not Outcome.CLEAR
    office.office.firm.change_person(
        office.director, person, seen=row.version, name=row.name, role=row.role, active=False
    )
    assert only(check(office, "陆听白")).standings[0].stand == "staff"


def test_an_identifier_finds_a_party_under_any_name(office: Firm) -> None:
    open_case(office, PartyDraft("吴砚舟", PartyKind.PERSON, identifiers=(("", "110105198001010016"),)))
    hit = only(check(office, "完全不同的名字", kind="person", number="11010519800101001 6"))
    assert (hit.name, hit.level) == ("吴砚舟", "certain")


def test_renames_aliases_and_numbers_are_found_at_once(office: Firm) -> None:
    cases = office.office.cases
    party = cases.add_party(office.lawyer, PartyDraft("青岚云梧信息技术有限公司", PartyKind.ORGANIZATION))
    assert check(office, "澄研科技").hits == ()
    seen = cases.queries.party(office.lawyer, party).version
    cases.change_party(
        office.lawyer, party, seen=seen, name="澄研科技（青岚）有限公司", phone="", address="", note=""
    )
    assert only(check(office, "澄研科技")).name == "澄研科技（青岚）有限公司"
    former = only(check(office, "云梧信息"))
    assert (former.name, former.matched_kind) == ("澄研科技（青岚）有限公司", "former")
    assert check(office, "半山书屋").hits == ()
    cases.add_name(office.lawyer, party, NameKind.SHORT, "半山书屋")
    assert only(check(office, "半山书屋")).party == party
    cases.add_identifier(office.lawyer, party, "", CODE)
    assert only(check(office, "名字无关公司", kind="organization", number=CODE)).party == party


def test_an_import_is_found_at_once(office: Firm, tmp_path: Path) -> None:
    assert check(office, "栩岳建设").hits == ()
    table = tmp_path / "parties.csv"
    table.write_text(
        "ref,name,kind,aliases,identifier\nA1,栩岳建设工程有限公司,organization,栩岳,\n", encoding="utf-8"
    )
    office.office.cases.import_parties(office.director, table)
    hit = only(check(office, "栩岳建设"))
    assert (hit.name, hit.ref) == ("栩岳建设工程有限公司", "A1")


@pytest.fixture
def second(office: Firm) -> Iterator[Office]:
    """The same office opened once more, as another seat or the command line would."""
    other = open_office(office.place, passphrase=PASSPHRASE, clock=office.clock)
    yield other
    other.close()


def test_what_another_seat_enters_is_found_without_a_restart(office: Firm, second: Office) -> None:
    assert check(office, "泊舟文旅").hits == ()
    party = second.cases.add_party(office.director, PartyDraft("泊舟文旅发展有限公司", PartyKind.ORGANIZATION))
    assert only(check(office, "泊舟文旅")).party == party
    second.cases.add_name(office.director, party, NameKind.SHORT, "青帆")
    assert only(check(office, "青帆")).party == party


def test_the_state_of_the_data_is_named(office: Firm) -> None:
    before = check(office, "谁都不是").searched
    again = check(office, "另一个名字").searched
    office.office.cases.add_party(office.lawyer, PartyDraft("新的当事人", PartyKind.PERSON))
    after = check(office, "谁都不是").searched
    assert before.fingerprint == again.fingerprint != after.fingerprint
    assert (after.parties, after.names) == (before.parties + 1, before.names + 1)


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "\x00\x01\x02"])
def test_nothing_asked_is_never_no_conflict(office: Firm, name: str) -> None:
    result = check(office, name)
    assert outcome(result) is not Outcome.CLEAR
    assert result.problems or any(entry.name.strip() or entry.reason for entry in result.not_searched)


@pytest.mark.parametrize("name", ["王" * 10_000, "贸易公司", "某公司", "王", "😀😀", "王强等"])
def test_what_cannot_be_searched_is_said(file_office: Firm, name: str) -> None:
    result = check(file_office, name)
    assert [entry.name for entry in result.not_searched if entry.name] != []
    assert outcome(result) is Outcome.NEEDS_DECISION


def test_rare_characters_and_control_characters_do_no_harm(file_office: Firm) -> None:
    file_office.office.cases.add_party(file_office.lawyer, PartyDraft("陈𬀩㛃", PartyKind.PERSON))
    assert only(check(file_office, "陈𬀩㛃", kind="person")).name == "陈𬀩㛃"
    assert only(check(file_office, "陈\x0b𬀩\u200b㛃\t", kind="person")).name == "陈𬀩㛃"
