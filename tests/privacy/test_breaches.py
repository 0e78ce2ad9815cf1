"""A breach: who is concerned, what must be told, and the letters."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from lawdesk.kernel.errors import Refused, UserError
from lawdesk.kernel.i18n import set_language
from lawdesk.privacy.rules import BreachDraft, Scope
from lawdesk.privacy.rules.breaches import check_breach, missing_for_notice
from tests.offices import START
from tests.privacy.conftest import ADDRESS, NAME, NUMBER, PHONE, Desk, words_of

FULL = BreachDraft(
    "笔记本电脑在高铁上遗失",
    START - timedelta(hours=3),
    ("lost",),
    ("names", "numbers"),
    happened_from=date(2025, 11, 4),
    cause="电脑未加密且遗忘在座位",
    harm="身份证号可能被冒用",
    measures="已远程擦除并报警",
    advice="留意以本人名义开立的账户",
    contact="沈砚 0000-8888",
    authority="青岚市网信办",
)


def draft(scope: Scope, base: BreachDraft = FULL) -> BreachDraft:
    return BreachDraft(**{**{name: getattr(base, name) for name in base.__dataclass_fields__}, "scope": scope})


def test_what_is_wrong_and_what_is_missing_are_told_apart() -> None:
    empty = BreachDraft(
        " ",
        START + timedelta(hours=1),
        ("stolen",),
        happened_from=date(2025, 2, 2),
        happened_until=date(2025, 2, 1),
    )
    assert [one.code for one in check_breach(empty, START)] == [
        "breach.title",
        "breach.found",
        "breach.days",
        "breach.kind",
    ]
    assert check_breach(BreachDraft("遗失", START), START) == []
    missing = [one.field for one in missing_for_notice(BreachDraft("遗失", START))]
    assert missing == ["kinds", "data", "cause", "harm", "measures", "advice", "contact"]  # art. 57, one by one
    assert missing_for_notice(FULL) == []


def test_the_people_of_the_cases_are_found_clients_first_and_organizations_left_out(both: Desk) -> None:
    case = both.case(client="祁晚舟", adverse=NAME)
    other = both.case(client="屿白物流有限公司", adverse="顾不言")
    found = both.privacy.affected(both.director, Scope(cases=(case,)))
    assert [(one.name, one.client) for one in found] == [("祁晚舟", True), (NAME, False)]
    assert found[1].numbers == 1
    more = both.privacy.affected(both.director, Scope(cases=(case, other)))
    assert {one.name for one in more} == {"祁晚舟", NAME, "顾不言"}
    everybody = both.privacy.affected(both.director, Scope(everything=True))
    assert {one.name for one in everybody} == {"祁晚舟", NAME, "顾不言"}


def test_who_stands_for_an_organization_is_affected_too(desk: Desk) -> None:
    from lawdesk.cases import RelationDraft, RelationKind

    case = desk.case(client="屿白物流有限公司", adverse="顾不言")
    with desk.firm.office.database.read() as session:
        firm = session.connection().exec_driver_sql("SELECT id FROM party WHERE name LIKE '屿白%'").scalar_one()
    head = desk.person("祁晚舟", "")
    desk.firm.office.cases.add_relation(desk.lawyer, RelationDraft(head, firm, RelationKind.LEGAL_REPRESENTATIVE))
    assert "祁晚舟" in {one.name for one in desk.privacy.affected(desk.director, Scope(cases=(case,)))}


def test_contact_is_masked_on_screen_and_in_the_report(desk: Desk, tmp_path: Path) -> None:
    party = desk.person()
    (one,) = desk.privacy.affected(desk.director, Scope(parties=(party,)))
    assert PHONE not in one.phone and one.phone.endswith("5678") and "榆钱" not in one.address
    breach = desk.privacy.add_breach(desk.director, draft(Scope(parties=(party,))))
    assert desk.privacy.draft_notice(desk.director, breach, "report", tmp_path / "r.docx") == 1
    said = words_of(tmp_path / "r.docx")
    assert NAME in said and PHONE not in said and ADDRESS not in said and NUMBER not in said


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_notices_hold_every_item_of_article_57(desk: Desk, tmp_path: Path, ending: str) -> None:
    case = desk.case(client="祁晚舟", adverse=NAME)
    breach = desk.privacy.add_breach(desk.director, draft(Scope(cases=(case,))))
    for paper in ("authority", "persons"):
        target = tmp_path / f"{paper}.{ending}"
        assert desk.privacy.draft_notice(desk.director, breach, paper, target) == 2
        said = "".join(words_of(target).split())
        for item in (FULL.cause, FULL.harm, FULL.measures, FULL.advice, "".join(FULL.contact.split())):
            assert item in said, item
    people = words_of(tmp_path / f"persons.{ending}")
    assert NAME in people and "祁晚舟" in people
    assert NAME not in words_of(tmp_path / f"authority.{ending}") and "2" in words_of(
        tmp_path / f"authority.{ending}"
    )


def test_gaps_are_marked_not_hidden(desk: Desk, tmp_path: Path) -> None:
    set_language("en")
    breach = desk.privacy.add_breach(desk.director, BreachDraft("Lost laptop", START))
    desk.privacy.draft_notice(desk.director, breach, "authority", tmp_path / "a.docx")
    assert words_of(tmp_path / "a.docx").count("(to be filled in)") >= 6
    with pytest.raises(Refused):
        desk.privacy.draft_notice(desk.director, breach, "persons", tmp_path / "p.docx")


def test_it_is_closed_only_when_the_persons_know_or_a_reason_stands(desk: Desk) -> None:
    breach = desk.privacy.add_breach(desk.director, FULL)
    with pytest.raises(Refused) as caught:
        desk.privacy.told(desk.director, breach, authority=True, close=True)
    assert caught.value.code == "breach.not_told"
    desk.privacy.told(desk.director, breach, not_told_why="硬盘已加密，措施能有效避免危害", close=True)
    row = desk.privacy.queries.breach(desk.director, breach)
    assert row.closed_on is not None and row.persons_told_at is None
    other = desk.privacy.add_breach(desk.director, FULL)
    desk.privacy.told(desk.director, other, authority=True, persons=True, close=True)
    row = desk.privacy.queries.breach(desk.director, other)
    assert row.authority_told_at == row.persons_told_at == desk.firm.clock.now()


def test_what_is_found_out_later_is_added_and_counted_again(desk: Desk) -> None:
    breach = desk.privacy.add_breach(desk.director, FULL)
    case = desk.case(client="祁晚舟", adverse=NAME)
    assert desk.privacy.queries.breach(desk.director, breach).affected == 0
    desk.privacy.change_breach(desk.director, breach, draft(Scope(cases=(case,))))
    row = desk.privacy.queries.breach(desk.director, breach)
    assert row.affected == 2 and row.scope["cases"] == [case]
    with pytest.raises(UserError):
        desk.privacy.change_breach(desk.director, 99, FULL)
