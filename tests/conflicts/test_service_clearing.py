"""Deciding and keeping: no case opens on an undecided check, and what was kept never changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import pytest

from lawdesk.cases import CaseDraft, CasePartyDraft, ClearanceResult, NameKind, PartyDraft, PartyKind, Side
from lawdesk.conflicts import Asked, CheckResult, Decision, Role
from lawdesk.firm import Actor
from lawdesk.firm import Role as FirmRole
from lawdesk.kernel.errors import Refused, UserError
from tests.offices import Firm

CLIENT = "杭州墨禾食品有限公司"
OTHER = "宁波沐岚物流有限公司"


class Name(NamedTuple):
    """A name as the windows of cases hand it over."""

    name: str
    kind: PartyKind
    side: str
    identifier: str = ""


@pytest.fixture
def busy(office: Firm) -> Firm:
    """An office with one open case of CLIENT against OTHER."""
    parties = (
        CasePartyDraft(PartyDraft(CLIENT, PartyKind.ORGANIZATION), Side.CLIENT),
        CasePartyDraft(PartyDraft(OTHER, PartyKind.ORGANIZATION), Side.ADVERSE),
    )
    conflicts = office.office.conflicts
    asked = [Asked(CLIENT, Role.CLIENT, "organization"), Asked(OTHER, Role.ADVERSE, "organization")]
    clearance = conflicts.clear(office.lawyer, conflicts.check(office.lawyer, asked))
    draft = CaseDraft("civil", "运输合同纠纷", parties, office.lawyer.person_id, date(2025, 3, 3))
    office.office.cases.open_case(office.lawyer, draft, clearance)
    return office


def against_client(firm: Firm, actor: Actor | None = None) -> CheckResult:
    asked = [Asked("青帆广告有限公司", Role.CLIENT, "organization"), Asked(CLIENT, Role.ADVERSE, "organization")]
    return firm.office.conflicts.check(actor or firm.lawyer, asked)


def changed_sides(firm: Firm) -> CheckResult:
    """The other side of the open case comes as a client against ours: forbidden."""
    asked = [Asked(OTHER, Role.CLIENT, "organization"), Asked(CLIENT, Role.ADVERSE, "organization")]
    return firm.office.conflicts.check(firm.lawyer, asked)


def decide(result: CheckResult, decision: str, reason: str = "已核对") -> list[Decision]:
    return [Decision(hit.asked.name, hit.party, decision, reason) for hit in result.hits]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_an_undecided_hit_refuses_the_clearance(busy: Firm) -> None:
    with pytest.raises(Refused) as refused:
        busy.office.conflicts.clear(busy.lawyer, against_client(busy))
    assert codes(refused) == ["conflict.undecided"]
    assert CLIENT in str(refused.value.problems[0].words())


def test_a_decision_needs_its_reason(busy: Firm) -> None:
    result = against_client(busy)
    with pytest.raises(Refused) as refused:
        busy.office.conflicts.clear(busy.lawyer, result, decide(result, "waived", "  "))
    assert codes(refused) == ["conflict.reason"]


def test_a_waived_conflict_opens_the_case_and_says_so(busy: Firm) -> None:
    result = against_client(busy)
    clearance = busy.office.conflicts.clear(busy.lawyer, result, decide(result, "waived", "双方书面同意，11月3日"))
    assert clearance.result is ClearanceResult.WAIVED
    assert clearance.names == ("青帆广告有限公司", CLIENT)
    [reason] = clearance.reasons
    assert (reason["name"], reason["decision"], reason["why"]) == (CLIENT, "waived", "双方书面同意，11月3日")
    parties = (CasePartyDraft(PartyDraft("青帆广告有限公司", PartyKind.ORGANIZATION), Side.CLIENT),)
    draft = CaseDraft("civil", "广告合同纠纷", parties, busy.lawyer.person_id, date(2025, 11, 5))
    opened = busy.office.cases.open_case(busy.lawyer, draft, clearance)
    assert busy.office.cases.queries.case(busy.lawyer, opened.case_id).clearances[0].result == "waived"


@pytest.mark.parametrize("decision", ["waived", "no_conflict"])
def test_no_consent_lifts_what_is_forbidden(busy: Firm, decision: str) -> None:
    result = changed_sides(busy)
    with pytest.raises(Refused) as refused:
        busy.office.conflicts.clear(busy.director, result, decide(result, decision))
    assert set(codes(refused)) == {"conflict.absolute"}


def test_only_the_director_may_say_that_it_is_another_party(busy: Firm) -> None:
    result = changed_sides(busy)
    with pytest.raises(Refused) as refused:
        busy.office.conflicts.clear(busy.lawyer, result, decide(result, "other_person"))
    assert set(codes(refused)) == {"conflict.director"}
    clearance = busy.office.conflicts.clear(busy.director, result, decide(result, "other_person"))
    assert clearance.result is ClearanceResult.NOTED


def test_the_directors_decision_can_be_taken_over_but_not_invented(busy: Firm) -> None:
    conflicts = busy.office.conflicts
    result = changed_sides(busy)
    made_up = [Decision(h.asked.name, h.party, "other_person", "x", check="01-no-such") for h in result.hits]
    with pytest.raises(Refused):
        conflicts.clear(busy.lawyer, result, made_up)
    conflicts.clear(busy.director, result, decide(result, "other_person", "证件号不同"))
    with pytest.raises(Refused):
        conflicts.clear(busy.lawyer, result, decide(result, "other_person", "我也这么看"))
    earlier = conflicts.queries.earlier(busy.lawyer, result.asked)
    assert {(one.decision, one.reason, one.by) for one in earlier} == {("other_person", "证件号不同", "秦望舒")}
    taken = [Decision(one.asked, one.party, one.decision, one.reason, one.check) for one in earlier]
    assert conflicts.clear(busy.lawyer, result, taken).result is ClearanceResult.NOTED


def test_every_name_that_was_not_searched_needs_its_own_word(busy: Firm) -> None:
    conflicts = busy.office.conflicts
    names = ("贸易公司", "王")
    result = conflicts.check(busy.lawyer, [Asked(name, Role.ADVERSE) for name in names])
    one = Decision("贸易公司", "", "checked_otherwise", "全称已查")
    with pytest.raises(Refused) as refused:
        conflicts.clear(busy.lawyer, result, [one])
    assert codes(refused) == ["conflict.unsearched"]
    assert "王" in refused.value.problems[0].words()
    clearance = conflicts.clear(busy.lawyer, result, [one, Decision("王", "", "checked_otherwise", "问明全名")])
    assert clearance.result is ClearanceResult.NOTED
    [row] = conflicts.queries.recent(busy.lawyer, 1)
    assert [entry["why"] for entry in row.content["decisions"]] == ["全称已查", "问明全名"]


def test_who_may_not_decide_is_told_so(busy: Firm) -> None:
    person = busy.office.firm.add_person(busy.director, name="周遥", login="zhou", role=FirmRole.ASSISTANT)
    assistant = Actor(person, "周遥", "zhou", FirmRole.ASSISTANT)
    result = against_client(busy, assistant)
    with pytest.raises(UserError) as refused:
        busy.office.conflicts.clear(assistant, result, decide(result, "waived"))
    assert refused.value.code == "not_allowed"
    clear = busy.office.conflicts.check(assistant, [Asked("从未见过的人", Role.CLIENT, "person")])
    assert busy.office.conflicts.clear(assistant, clear).result is ClearanceResult.CLEAR


def test_the_kept_check_holds_everything_and_never_changes(busy: Firm) -> None:
    conflicts, cases = busy.office.conflicts, busy.office.cases
    result = against_client(busy)
    clearance = conflicts.clear(busy.lawyer, result, decide(result, "no_conflict", "另案，标的不同"))
    [kept] = conflicts.queries.recent(busy.lawyer, 1)
    assert (kept.asked_by, kept.names, kept.result) == (
        "顾知行",
        ("青帆广告有限公司", CLIENT),
        "noted",
    )
    assert kept.uid == clearance.searched["check"]
    searched = kept.content["searched"]
    assert (searched["cases"], searched["parties"]) == (1, result.searched.parties)
    assert len(searched["fingerprint"]) == 32
    assert kept.content["variants"]
    assert kept.content["rule_version"] == result.rule_version
    assert kept.content["not_searched"]
    [hit] = kept.content["hits"]
    assert (hit["decision"], hit["why"], hit["level"]) == ("no_conflict", "另案，标的不同", "certain")
    assert hit["standings"][0]["stand"] == "client"
    party = result.hits[0].party
    assert isinstance(party, int)
    cases.add_name(busy.lawyer, party, NameKind.SHORT, "墨禾")
    seen = cases.queries.party(busy.lawyer, party).version
    cases.change_party(busy.lawyer, party, seen=seen, name="墨禾集团", phone="", address="", note="")
    [again] = [row for row in conflicts.queries.recent(busy.lawyer) if row.id == kept.id]
    assert again == kept


def test_a_refusal_keeps_its_reason(busy: Firm) -> None:
    result = changed_sides(busy)
    with pytest.raises(Refused):
        busy.office.conflicts.refuse(busy.lawyer, result, " ")
    clearance = busy.office.conflicts.refuse(busy.lawyer, result, "与在办案件冲突")
    assert clearance.result is ClearanceResult.REFUSED
    [kept] = busy.office.conflicts.queries.recent(busy.lawyer, 1)
    assert [(one["decision"], one["why"]) for one in kept.content["decisions"]] == [("refused", "与在办案件冲突")]


def test_names_are_cleared_without_a_person_where_nothing_is_open(busy: Firm) -> None:
    conflicts = busy.office.conflicts
    fine = conflicts.clear_names(busy.lawyer, [Name("从未见过的人", PartyKind.PERSON, "adverse")])
    assert (fine.result, fine.names) == (ClearanceResult.CLEAR, ("从未见过的人",))
    kept = len(conflicts.queries.recent(busy.lawyer))
    open_hit = conflicts.clear_names(busy.lawyer, [Name(CLIENT, PartyKind.ORGANIZATION, "adverse")])
    assert open_hit.result is ClearanceResult.NOT_CHECKED
    assert open_hit.reasons[0]["name"] == CLIENT
    both = [Name(OTHER, PartyKind.ORGANIZATION, "client"), Name(CLIENT, PartyKind.ORGANIZATION, "adverse")]
    assert conflicts.clear_names(busy.lawyer, both).result is ClearanceResult.REFUSED
    assert conflicts.clear_names(busy.lawyer, []).result is ClearanceResult.REFUSED
    assert len(conflicts.queries.recent(busy.lawyer)) == kept


def test_what_was_decided_lately_clears_the_same_name_again(busy: Firm) -> None:
    conflicts = busy.office.conflicts
    name = [Name(CLIENT, PartyKind.ORGANIZATION, "adverse")]
    result = conflicts.check(busy.lawyer, [Asked(CLIENT, Role.ADVERSE, "organization")])
    conflicts.clear(busy.lawyer, result, decide(result, "waived", "已书面同意"))
    clearance = conflicts.clear_names(busy.lawyer, name)
    assert clearance.result is ClearanceResult.WAIVED
    assert clearance.reasons[0]["why"] == "已书面同意"
    busy.clock.advance(timedelta(days=8))
    assert conflicts.clear_names(busy.lawyer, name).result is ClearanceResult.NOT_CHECKED
