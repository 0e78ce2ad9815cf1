"""The search over the whole registry: it finds what scoring everything finds, and never says "nothing" wrongly."""

import random

import pytest

from lawdesk.conflicts.rules import (
    Asked,
    Known,
    KnownName,
    Level,
    NameIndex,
    compare_names,
    find_hits,
    forms_to_try,
    hit_row,
    slips,
)

SURNAMES = "王李张刘陈单仇解章朱诸葛欧阳尉迟曾乐"
GIVEN = "伟玮炜纬强墙蔷明铭鸣晓小筱建健剑国果华骅花芳方房静婧靖晴睛末未然𬀩㛃䶮砚研彦"
PLACES = ["浙江", "杭州市", "宁波", "大安", "江山", "北京", "深圳", "吉林省", "兰州市", ""]
TRADES = ["食品", "科技", "商贸", "建设", "房地产开发", "汽车销售", "物流", "营销", ""]
FORMS = ["有限公司", "有限责任公司", "股份有限公司", "集团", "商行", "", "厂"]
BRANCHES = ["宁波分公司", "第五分公司", "成都办事处", "项目部"]
LATIN = [
    "Zhang",
    "Wei",
    "Siemens",
    "Apple",
    "Muller",
    "Jürgen",
    "Qiang",
    "Trading",
    "Huayan",
    "Ltd",
    "John",
    "J",
    "Hua",
]


def known(party, *names, kind="unknown", numbers=(), ref=""):
    return Known(party, tuple(KnownName(*name) if isinstance(name, tuple) else KnownName(name) for name in names),
                 kind, tuple(numbers), ref)  # fmt: skip


def random_name(luck):
    sort = luck.random()
    if sort < 0.05:  # names of minorities: long, with a dot
        return "阿" + "".join(luck.choices(GIVEN, k=3)) + "·" + "".join(luck.choices(GIVEN, k=2))
    if sort < 0.4:
        return luck.choice(SURNAMES) + "".join(luck.choices(GIVEN, k=luck.choice([1, 2, 2, 3])))
    if sort < 0.85:
        sizes = (1, 2, 2, 3, 4, 5, 2, 3, 4)
        brand = luck.choice(["同仁", *("".join(luck.choices(GIVEN, k=size)) for size in sizes)])
        name = luck.choice(PLACES) + brand + luck.choice(TRADES) + luck.choice(FORMS)
        return name + luck.choice(BRANCHES) if luck.random() < 0.15 else name
    return " ".join(luck.choices(LATIN, k=luck.choice([1, 2, 2, 3])))


def blurred(luck, name):
    """Return ``name`` with one of the faults people make."""
    at = luck.randrange(len(name))
    return luck.choice(
        [
            name,
            name[:at] + name[at + 1 :],
            name[:at] + luck.choice(GIVEN) + name[at:],
            name[:at] + luck.choice(GIVEN) + name[at + 1 :],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            name[: max(2, at)],
            name[::2][:4],
            name.replace(" ", ""),
        ]
    )


@pytest.mark.parametrize("seed", range(16))
def test_keys_lose_nothing_that_scoring_everything_finds(seed):
    luck = random.Random(seed)
    names = [random_name(luck) for _ in range(260)]
    index = NameIndex(known(number, name) for number, name in enumerate(names))
    for party in luck.sample(range(260), 40):
        index.remove(party)
    found = 0
    for query in [blurred(luck, luck.choice(names)) for _ in range(90)]:
        tried = forms_to_try(query)
        for form in (*tried, *slips(tried)):
            candidates = {id(entry) for entry in index.candidates(form)}
            for entry in index.entries():
                if compare_names(form, entry.form).level:
                    found += 1
                    assert id(entry) in candidates, (query, entry.name.text)
    assert found > 40


REGISTRY = [
    known(1, "浙江华砚隆食品有限公司", ref="A-1"),
    known(2, "震砚营销（深圳）有限公司宁波分公司", ("震砚宁波", "short")),
    known(3, "晨湖示例科技有限公司", ("晨湖示例软件有限公司", "former"), ("Chenhu Ltd", "english"),
          numbers=["91310000MA1K00000X"]),
    known(4, "张伟强", kind="person", numbers=["11010519491231002X"]),
    known(5, "张伟强", kind="person", numbers=["310115197806052318"]),
    known(6, "张泽（又名张小泽）", kind="person"),
    known(7, "轮台县华砚隆农林业开发有限公司"),
    known(8, "某食品商行（个体）"),
]  # fmt: skip


@pytest.fixture
def index():
    return NameIndex(REGISTRY)


def names_found(found):
    return [(hit.party, hit.level) for hit in found.hits]


def test_best_first_with_ref_level_and_reasons(index):
    found = find_hits(Asked("浙江华砚隆食品有限责任公司"), index)
    assert names_found(found) == [(1, Level.CERTAIN), (7, Level.POSSIBLE)]
    row = hit_row(found.hits[0])
    assert row["ref"] == "A-1"
    assert row["name"] == row["matched"] == "浙江华砚隆食品有限公司"
    assert row["level"] == "certain"
    assert row["reasons"]
    assert row["path"] == ["浙江华砚隆食品有限责任公司", "浙江华砚隆食品有限公司"]


def test_former_short_and_english_names(index):
    former = find_hits(Asked("晨湖示例软件有限公司"), index).hits[0]
    assert (former.party, former.level, former.name) == (3, Level.CERTAIN, "晨湖示例科技有限公司")
    assert "kind.former" in {one.code for one in former.reasons}
    short = find_hits(Asked("震砚宁波"), index).hits[0]
    assert (short.party, short.level) == (2, Level.LIKELY)
    assert find_hits(Asked("CHENHU LTD."), index).hits[0].party == 3
    assert find_hits(Asked("晨湖"), index).hits[0].party == 3
    assert find_hits(Asked("张小泽"), index).hits[0].party == 6


def test_numbers_settle_identity(index):
    mine = Asked("张伟强", kind="person", identifiers=("1101 0519 4912 3100 2x",))
    found = {hit.party: hit for hit in find_hits(mine, index).hits}
    assert found[4].level == Level.CERTAIN
    assert found[4].reasons[0].code == "id.same"
    assert found[5].level == Level.POSSIBLE
    assert found[5].namesake
    assert "id.differs" in {one.code for one in found[5].reasons}


def test_a_number_finds_a_party_of_quite_another_name(index):
    found = find_hits(Asked("旭日集团有限公司", identifiers=("91310000-MA1K00000-X",)), index)
    assert names_found(found) == [(3, Level.CERTAIN)]


def test_a_wrong_kind_does_not_hide_anybody(index):
    assert {hit.party for hit in find_hits(Asked("张伟强", kind="organization"), index).hits} >= {4, 5}
    assert find_hits(Asked("晨湖", kind="person"), index).hits[0].party == 3


def test_a_list_in_one_field_is_searched_name_by_name(index):
    found = find_hits(Asked("王五、张伟强"), index)
    assert {hit.party for hit in found.hits} >= {4, 5}
    assert "王五" in found.variants


@pytest.mark.parametrize(
    "name",
    ["", "张", "🙂", "\x00\x07", "有限公司", "科技有限公司", "某", "张" * 10_000, "((((", "）（", "a", "·", "𬀩"],
)
def test_what_was_not_searched_is_said(index, name):
    found = find_hits(Asked(name), index)
    assert found.not_searched
    assert all(entry.words() for entry in found.not_searched)


@pytest.mark.parametrize(
    "name",
    [
        "Ελληνική Α.Ε.",
        "محمد علي",
        "김철수",
        "ABC张伟强123",
        "'; DROP TABLE--",
        "{asked}",
        "%_%",
        "①②③",
        "張\ud800偉",
        "x" * 200,
    ],
)
def test_odd_input_is_searched_or_refused_but_never_breaks(index, name):
    find_hits(Asked(name), index)
    index.put(known("odd", name, kind="organization"))
    assert find_hits(Asked(name, kind="organization"), index).hits or find_hits(Asked(name), index).not_searched


def test_hidden_names_match_only_as_a_whole_and_never_raise_an_alarm(index):
    found = find_hits(Asked("某食品商行（个体）"), index)
    assert names_found(found) == [(8, Level.POSSIBLE)]


def test_the_limit_counts_what_it_leaves_out_and_never_cuts_likely_hits():
    index = NameIndex(known(number, "晨湖食品有限公司", kind="organization") for number in range(30))
    for number in range(30, 60):
        index.put(known(number, "晨湖物流有限公司", kind="organization"))
    found = find_hits(Asked("晨湖食品有限公司"), index, limit=10)
    assert len(found.hits) == 30
    assert found.more == 30


def test_an_everyday_name_does_not_drown_the_list_and_needs_one_more_fact():
    index = NameIndex(known(number, "章砚秋", kind="person") for number in range(30))
    index.put(known(30, "章砚秋", kind="person", numbers=["11010519491231002X"]))
    found = find_hits(Asked("章砚秋"), index, limit=10)
    assert {hit.level for hit in found.hits} == {Level.POSSIBLE}
    assert (len(found.hits), found.more) == (10, 21)
    assert "name.everyday" in {one.code for one in found.hits[0].reasons}
    sure = find_hits(Asked("章砚秋", identifiers=("11010519491231002X",)), index, limit=10).hits[0]
    assert (sure.party, sure.level) == (30, Level.CERTAIN)


def test_a_year_of_birth_or_an_address_lifts_an_everyday_name():
    index = NameIndex(
        Known(n, (KnownName("王建国"),), "person", born_year=1960 + n, address=f"杭州市西湖区文三路{n}号")
        for n in range(5)
    )
    alone = find_hits(Asked("王建国"), index).hits
    assert {hit.level for hit in alone} == {Level.POSSIBLE}
    born = {hit.party: hit for hit in find_hits(Asked("王建国", born_year=1963), index).hits}
    assert born[3].level == Level.LIKELY
    assert {born[number].level for number in (0, 1, 2, 4)} == {Level.POSSIBLE}
    assert "born.differs" in {one.code for one in born[0].reasons}
    lives = {hit.party: hit.level for hit in find_hits(Asked("王建国", address="西湖区文三路2号"), index).hits}
    assert [party for party, level in lives.items() if level == Level.LIKELY] == [2]


def test_one_of_many_who_sound_alike_is_only_possible_and_a_fact_tells_which():
    """陈伊: each of eight who sound so is less likely than the only one with a character more, and it is said."""
    sounding = ["陈宜", "陈谊", "陈怡", "陈仪", "陈夷", "陈移", "陈贻", "陈彝"]
    index = NameIndex(known(n, name, kind="person") for n, name in enumerate([*sounding, "陈伊夫"]))
    found = find_hits(Asked("陈伊", kind="person"), index).hits
    assert found[0].name == "陈伊夫"
    assert {hit.level for hit in found} == {Level.POSSIBLE}
    assert {"name.crowd"} <= {one.code for one in found[1].reasons}
    two = NameIndex(known(n, name, kind="person") for n, name in enumerate(sounding[:2]))
    assert {hit.level for hit in find_hits(Asked("陈伊", kind="person"), two).hits} == {Level.LIKELY}
    born = NameIndex(
        Known(n, (KnownName(name),), "person", born_year=1960 + n) for n, name in enumerate([*sounding, "陈伊夫"])
    )
    likely = [hit for hit in find_hits(Asked("陈伊", kind="person", born_year=1962), born).hits if hit.sure]
    assert [hit.name for hit in likely] == ["陈怡"]


def test_who_gives_the_number_and_another_spelling_is_only_possibly_meant():
    index = NameIndex([known(1, "谢东升", kind="person")])
    heard = find_hits(Asked("谢冬升", kind="person"), index).hits[0]
    numbered = find_hits(Asked("谢冬升", kind="person", identifiers=("110105198902129487",)), index).hits[0]
    assert (heard.level, numbered.level) == (Level.LIKELY, Level.POSSIBLE)
    assert "id.absent" in {one.code for one in numbered.reasons}


@pytest.mark.parametrize(
    ("asked", "on_file"),
    [("李香生", "李香主"), ("李小明", "孛小明"), ("Lo-i Ch'eng", "程洛伊"), ("Du Bang", "杜榜")],
)
def test_drawn_alike_and_spelled_in_old_ways(asked, on_file):
    index = NameIndex([known(1, on_file, kind="person")])
    assert names_found(find_hits(Asked(asked), index))[0][0] == 1


def test_a_slip_in_the_trade_name_weighs_less_when_all_else_agrees():
    index = NameIndex([known(1, "大连汉正建设工程有限公司"), known(2, "江苏正翰建设工程有限公司")])
    found = find_hits(Asked("大连正汉建设工程有限公司"), index).hits
    assert [hit.party for hit in found] == [1, 2]
    assert found[0].level == Level.LIKELY


def test_parties_are_replaced_and_removed(index):
    index.put(known(1, "浙江新名食品有限公司"))
    assert [hit.party for hit in find_hits(Asked("浙江华砚隆食品有限公司"), index).hits] == [7]
    assert find_hits(Asked("新名食品"), index).hits[0].party == 1
    index.remove(1)
    index.remove(1)
    assert not find_hits(Asked("新名食品"), index).hits
    assert index.party_count == 7
    with pytest.raises(ValueError, match="no name"):
        index.put(Known(9, ()))


def test_fingerprint_tells_the_state_of_the_data(index):
    again = NameIndex(reversed(REGISTRY))
    assert index.fingerprint == again.fingerprint
    again.put(known(6, "张泽"))
    assert index.fingerprint != again.fingerprint
    again.put(REGISTRY[5])
    assert index.fingerprint == again.fingerprint
    for party in range(1, 9):
        again.remove(party)
    assert again.fingerprint == NameIndex().fingerprint
