"""The table of keys: always in step with the names, on both engines, and it loses nothing that scoring finds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from sqlalchemy import select, text

from lawdesk.cases import NameKind, PartyDraft, PartyKind, RelationDraft, RelationKind
from lawdesk.cases.model import PartyName
from lawdesk.conflicts import Asked
from lawdesk.conflicts.model import PartyKey
from lawdesk.conflicts.rules import KEY_VERSION, compare_names, forms_to_try, index_keys, normalise_name, slips
from lawdesk.conflicts.rules.values import KnownName
from lawdesk.conflicts.rules.weighing import weigh
from lawdesk.conflicts.service import keeping
from lawdesk.conflicts.service.keeping import STATE, filed
from lawdesk.outside import Reader
from lawdesk.storage.bulk import insert_many
from lawdesk.storage.database import Work
from lawdesk.storage.state import set_state
from tests.offices import Firm

SURNAMES, GIVEN = "王李张刘陈单仇解章朱", "伟玮炜纬强墙蔷明铭鸣晓小建健国果华骅方房静婧晴睛末未𬀩㛃砚研彦"
PLACES, TRADES = ["浙江", "杭州市", "江山", "同仁", "北京", ""], ["食品", "科技", "商贸", "建设工程", ""]
FORMS, BRANCHES = ["有限公司", "股份有限公司", "集团", "厂", ""], ["", "", "", "宁波分公司", "项目部"]
WORDS = [
    "Zhang",
    "Wei",
    "Siemens",
    "Muller",
    "Mueller",
    "William",
    "Bill",
    "Trading",
    "Huayan",
    "Ltd",
    "John",
    "J",
    "Keller",
]


def made_up(luck: random.Random) -> str:
    sort = luck.random()
    if sort < 0.4:
        return luck.choice(SURNAMES) + "".join(luck.choices(GIVEN, k=luck.choice([1, 2, 2, 3])))
    if sort < 0.8:
        brand = luck.choice(["同仁", *("".join(luck.choices(GIVEN, k=size)) for size in (2, 2, 3, 4, 5, 3, 2, 4))])
        return luck.choice(PLACES) + brand + luck.choice(TRADES) + luck.choice(FORMS) + luck.choice(BRANCHES)
    return " ".join(luck.choices(WORDS, k=luck.choice([1, 2, 2, 3])))


def faulty(luck: random.Random, name: str) -> str:
    at = luck.randrange(len(name))
    return luck.choice(
        [
            name,
            name[:at] + name[at + 1 :],
            name[:at] + luck.choice(GIVEN) + name[at + 1 :],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            name[: max(2, at)],
        ]
    )


def brought_in(firm: Firm, tmp_path: Path, names: list[str]) -> dict[int, str]:
    rows = "\n".join(f"R{number},{name}" for number, name in enumerate(names))
    table = tmp_path / "parties.csv"
    table.write_text(f"ref,name\n{rows}\n", encoding="utf-8")
    firm.office.cases.import_parties(firm.director, table)
    with firm.office.database.read() as session:
        found = session.execute(select(PartyName.party_id, PartyName.name)).all()
    return {row[0]: row[1] for row in found}


def test_nothing_is_lost_that_scoring_every_name_finds(office: Firm, tmp_path: Path) -> None:
    luck = random.Random(7)
    names = brought_in(office, tmp_path, [made_up(luck) for _ in range(250)])
    forms = {party: normalise_name(name) for party, name in names.items()}
    found = 0
    for query in [faulty(luck, luck.choice(list(names.values()))) for _ in range(60)]:
        tried = forms_to_try(query)
        asked = [form for form in (*tried, *slips(tried)) if form.text]
        if not asked:
            continue
        wanted = {
            party
            for party, form in forms.items()
            for one in asked
            if weigh(compare_names(one, form), KnownName(form.raw), (one, form), Asked(query)).level
        }
        hits = office.office.conflicts.check(office.lawyer, [Asked(query)], limit=1000).hits
        own = {hit.party for hit in hits if isinstance(hit.party, int)}
        assert wanted == own, query
        short = office.office.conflicts.check(office.lawyer, [Asked(query)], limit=5).hits
        assert [hit.score for hit in short[:5]] == [hit.score for hit in hits[:5]], query
        found += len(wanted)
    assert found > 60


def rows(firm: Firm) -> set[tuple[int, int]]:
    with firm.office.database.read() as session:
        return {(key, slot) for key, slot in session.execute(select(PartyKey.key, PartyKey.slot)).all()}


def test_every_way_in_is_filed_in_the_same_transaction(office: Firm) -> None:
    cases, database = office.office.cases, office.office.database
    party = cases.add_party(office.lawyer, PartyDraft("青岚云梧科技有限公司", PartyKind.ORGANIZATION))
    before = rows(office)
    cases.add_name(office.lawyer, party, NameKind.SHORT, "半山书屋")
    assert before < rows(office)

    def by_the_thousand(work: Work) -> None:
        insert_many(work, PartyName, [{"party_id": party, "kind": "alias", "name": "澄研"}])

    with database.write(office.director, "test") as work:  # past every service
        work.not_audited()
        by_the_thousand(work)
    with database.read() as session:
        assert filed(session.connection())[1]
    assert office.office.conflicts.check(office.lawyer, [Asked("澄研")]).hits[0].party == party
    with database.write(office.director, "test") as work:
        work.not_audited()
        work.session.execute(text("UPDATE party SET note = 'x'"))
    with database.read() as session:
        assert filed(session.connection())[1]


def test_a_party_that_turns_out_to_be_an_organization_is_found_as_one(office: Firm, tmp_path: Path) -> None:
    table = tmp_path / "parties.csv"
    table.write_text("ref,name\n1,华砚\n", encoding="utf-8")
    office.office.cases.import_parties(office.director, table)
    table.write_text("ref,name,kind\n1,华砚,organization\n", encoding="utf-8")
    office.office.cases.import_parties(office.director, table)
    hits = office.office.conflicts.check(office.lawyer, [Asked("浙江华砚食品有限公司", kind="organization")]).hits
    assert [hit.name for hit in hits] == ["华砚"]


def test_new_rules_file_everything_anew(office: Firm, tmp_path: Path) -> None:
    luck = random.Random(3)
    brought_in(office, tmp_path, [made_up(luck) for _ in range(60)])
    made = rows(office)
    database = office.office.database
    with database.write(office.director, "test") as work:
        work.not_audited()
        work.session.execute(text("DELETE FROM party_key WHERE slot > 40"))
        work.session.execute(text("INSERT INTO party_key (key, slot) VALUES (1, 1)"))
        state = filed(work.session.connection())[0]
        work.session.flush()
        old = f'{{"version": "0", "name": {state.name}, "number": 0, "party": {state.party}, "fingerprint": "ab"}}'
        set_state(work.session, STATE, old)
        follower = database._followers.pop()  # an older LawDesk
    database.follow(follower)
    assert rows(office) != made
    result = office.office.conflicts.check(office.lawyer, [Asked("谁都不是")])
    assert rows(office) == made
    assert result.searched.parties == 60 + 3  # the firm and its two people


ROWS = keeping._ROWS


@pytest.mark.parametrize("target", [ROWS, "lawdesk.conflicts.rules.filing:gone", "sys:exit"])
def test_two_processes_make_the_keys_that_one_makes(
    file_office: Firm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    luck = random.Random(4)
    brought_in(file_office, tmp_path, [made_up(luck) for _ in range(90)])
    made, database = rows(file_office), file_office.office.database
    with database.read() as session:
        before = filed(session.connection())[0]
    asked: list[str] = []
    ask = Reader.ask
    monkeypatch.setattr(Reader, "ask", lambda reader, *words: asked.append(words[0]) or ask(reader, *words))
    monkeypatch.setattr(keeping, "_READ_AT_ONCE", 4)
    monkeypatch.setattr(keeping, "_ROWS", target)
    with database.write(file_office.director, "test") as work:
        work.not_audited()
        work.session.execute(text("DELETE FROM party_key"))
        set_state(work.session, STATE, f'{{"version": "{KEY_VERSION}"}}')
    assert rows(file_office) == made
    assert set(asked) == {target}
    assert (len(asked) > 1) == (target == ROWS)  # one that breaks is not asked again
    with database.read() as session:
        after = filed(session.connection())[0]
    assert (after.name, after.names, after.parties) == (before.name, before.names, before.parties)


def test_a_read_of_many_namesakes_is_bounded_and_said(file_office: Firm, tmp_path: Path) -> None:
    brought_in(file_office, tmp_path, ["章砚秋"] * 400 + ["章砚丘"])
    result = file_office.office.conflicts.check(file_office.lawyer, [Asked("章砚秋", kind="person")], limit=10)
    assert len(result.hits) == 10
    assert {hit.name for hit in result.hits} == {"章砚秋"}
    assert result.more >= 391


SAMPLES = [
    *("张伟强", "单明", "欧阳修远", "阿卜杜拉·买买提"),
    *(
        "浙江华砚隆食品有限公司",
        "大安商贸",
        "中国石油化工股份有限公司",
        "震砚营销（深圳）有限公司宁波分公司",
        "TCL科技集团",
    ),
    *("William J. Harrison", "Siemens AG", "Zhang Weiqiang", "I Ya-tang"),
]
KEYS_OF_SAMPLES = {"2": 25631619438, "3": 14991831383, "4": 8839720490}


def test_whoever_changes_keys_raises_their_version() -> None:
    total = sum(key for name in SAMPLES for key in index_keys(normalise_name(name)))
    assert KEYS_OF_SAMPLES.get(KEY_VERSION) == total, "raise KEY_VERSION and write down the new sum"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1101 0519 4912 3100 2x", "王志衡"),
        ("110105-19491231-002X", "王志衡"),
        ("110105491231002", "王志衡"),
        ("９１３１００００ＭＡ１Ｋ００００１Ｙ", "晨湖示例科技有限公司"),
        ("91310000ma1k00001y", "晨湖示例科技有限公司"),
        ("完全不同的名字 11010519491231002X", "王志衡"),
    ],
)
def test_numbers_typed_where_the_name_belongs(file_office: Firm, typed: str, found: str) -> None:
    cases = file_office.office.cases
    number = (("", "11010519491231002X"),)
    cases.add_party(file_office.lawyer, PartyDraft("王志衡", PartyKind.PERSON, identifiers=number))
    code = (("other", "91310000MA1K00001Y"),)
    cases.add_party(
        file_office.lawyer, PartyDraft("晨湖示例科技有限公司", PartyKind.ORGANIZATION, identifiers=code)
    )
    hits = file_office.office.conflicts.check(file_office.lawyer, [Asked(typed)]).hits
    assert (hits[0].name, hits[0].level) == (found, "certain")


def test_a_namesake_with_another_number_raises_no_alarm(file_office: Firm) -> None:
    number = (("", "11010519491231002X"),)
    file_office.office.cases.add_party(
        file_office.lawyer, PartyDraft("王志衡", PartyKind.PERSON, identifiers=number)
    )
    [hit] = file_office.office.conflicts.check(file_office.lawyer, [Asked("王志衡 310115197806052318")]).hits
    assert (hit.level, hit.namesake) == ("possible", True)


def found(firm: Firm, name: str, **more: str) -> dict[str, list[str]]:
    """Return the ways to what is found, by name."""
    hits = firm.office.conflicts.check(firm.lawyer, [Asked(name, **more)]).hits  # type: ignore[arg-type]
    return {hit.name: [step.name for step in hit.path[1:]] for hit in hits}


@pytest.mark.parametrize(
    "asked",
    ["郁長風", "郁长凤", "Yu Changfeng", "11010519491231002X", "老郁"],
    ids=["traditional", "misspelt", "romanized", "number", "alias"],
)
def test_relations_are_walked_from_whatever_key_the_beginning_was_found_by(file_office: Firm, asked: str) -> None:
    cases, actor = file_office.office.cases, file_office.director
    draft = PartyDraft("郁长风", PartyKind.PERSON, identifiers=(("id-card", "11010519491231002X"),))
    head = cases.add_party(actor, draft)
    cases.add_name(actor, head, NameKind.ALIAS, "老郁")
    mother = cases.add_party(actor, PartyDraft("澄研控股有限公司", PartyKind.ORGANIZATION))
    daughter = cases.add_party(actor, PartyDraft("半山书屋有限公司", PartyKind.ORGANIZATION))
    cases.add_relation(actor, RelationDraft(head, mother, RelationKind.CONTROLLER))
    cases.add_relation(actor, RelationDraft(mother, daughter, RelationKind.PARENT))
    if asked.isascii() and asked[0].isdigit():
        ways = found(file_office, "", identifiers=(asked,))  # type: ignore[arg-type]
    else:
        ways = found(file_office, asked)
    assert ways["郁长风"] == ["郁长风"]
    assert ways["半山书屋有限公司"] == ["郁长风", "澄研控股有限公司", "半山书屋有限公司"]


def test_relations_leave_the_order_of_the_names_as_the_search_gave_it(file_office: Firm) -> None:
    cases, actor = file_office.office.cases, file_office.director
    people = [cases.add_party(actor, PartyDraft(name, PartyKind.PERSON)) for name in ["王建国"] * 5 + ["王健国"]]

    def order() -> list[int]:
        hits = file_office.office.conflicts.check(file_office.lawyer, [Asked("王建国", kind="person")]).hits
        return [hit.party for hit in hits if hit.party in people]  # type: ignore[misc]

    before = order()
    company = cases.add_party(actor, PartyDraft("半山书屋有限公司", PartyKind.ORGANIZATION))
    cases.add_relation(actor, RelationDraft(people[3], company, RelationKind.CONTROLLER))
    assert order() == before


def test_parties_made_one_and_two_again_stay_filed(office: Firm) -> None:
    cases, database, actor = office.office.cases, office.office.database, office.director
    keep = cases.add_party(actor, PartyDraft("晨湖（上海）数据有限公司", PartyKind.ORGANIZATION))
    mother = cases.add_party(actor, PartyDraft("澄研控股有限公司", PartyKind.ORGANIZATION))
    code = ("uscc", "91110000802100433B")
    gone = cases.add_party(actor, PartyDraft("青岚云梧", PartyKind.UNKNOWN, identifiers=(code,)))
    cases.add_name(actor, gone, NameKind.ALIAS, "晨湖（上海）数据有限公司")  # the newest of all, put aside
    cases.add_relation(actor, RelationDraft(mother, gone, RelationKind.PARENT))

    def in_step() -> bool:
        with database.read() as session:
            return filed(session.connection())[1]

    def count() -> tuple[int, int]:
        searched = office.office.conflicts.check(office.lawyer, [Asked("谁都不是")]).searched
        return searched.parties, searched.names

    before = count()
    merge = cases.merge_parties(actor, keep, gone)
    assert in_step()
    assert count()[1] == before[1] - 1
    for asked in (Asked("青岚云梧"), Asked("", identifiers=(code[1],))):
        hits = office.office.conflicts.check(office.lawyer, [asked]).hits
        assert {hit.party for hit in hits} == {keep, mother}, asked
    cases.unmerge_parties(actor, merge)
    assert in_step()
    assert count() == before
    assert set(found(office, "青岚云梧")) == {"青岚云梧", "澄研控股有限公司"}
