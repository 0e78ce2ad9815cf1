"""Names in Latin letters: whatever the rules find alike, its keys find too; who is meant stands first."""

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
)
from lawdesk.conflicts.rules.forms import guess_kind, normalise_name
from lawdesk.conflicts.rules.keys import index_keys, query_keys

GIVEN = [
    "Sean", "Tina", "Léon", "Inés", "Ana", "Lars", "Jamie", "Yelena", "Jewgeni",
    "Xenia", "Mohammed", "Yousef", "Said", "Jean-Claude", "J.", "M.E.", "A", "K.G.",
    "Li", "Wei", "Xin", "Zhang", "Wang", "Jiyu", "Shiji", "Vladimir", "Bo",
    "Ben", "Al",
]  # fmt: skip
FAMILY = [
    "Singh", "Wall", "Reis", "Knudsen", "Vents", "Tschaikowski", "Khrushchev", "Zhukov", "Joukov",
    "Schukow", "al-Saud", "Alsaud", "Rahman", "Wei", "Min", "Yang", "Liu", "Müller",
    "O'Brien", "Poppel", "Paz", "Wood", "Metz", "Tsvetkov", "Zwetkow", "Zhang",
]  # fmt: skip
SMALL = ["", "", "", "van ", "van der ", "de ", "abdul ", "abd al-", "el ", "Wei "]
BRANDS = [
    "Amber", "Regent", "Apex", "Silverline", "Ventus", "Harrow", "Aqua", "Summit", "Crown",
    "CVC", "Steel", "China", "Motors", "Huawei", "Donglan", "V", "VI",
]  # fmt: skip
MORE = ["", "Motors", "Steel", "Breweries (Asia)", "Seafood Group", "Foods", "International", "Zeta", "and Lange"]
FORMS = ["", "Ltd", "S.L.", "S.p.A.", "A/S", "KG", "S.à r.l."]
HAN = [
    "张伟",
    "李维新",
    "宁波东澜汽车配件有限公司",
    "北京晨湖科技有限公司",
    "王济宇",
    "杨柳",
    "重庆速博康绣品有限公司",
]


def person(luck):
    words = luck.choices(GIVEN, k=luck.choice([1, 1, 2]))
    return " ".join([*words, luck.choice(SMALL) + luck.choice(FAMILY)])


def company(luck):
    words = [*luck.sample(BRANDS, luck.choice([1, 2, 2])), luck.choice(MORE), luck.choice(FORMS)]
    return " ".join(filter(None, words))


def blurred(luck, name):
    at = luck.randrange(len(name))
    return luck.choice(
        [
            name,
            name[:at] + name[at + 1 :],
            name[:at] + luck.choice("aeiouknsrtm") + name[at:],
            name[:at] + luck.choice("aeiouknsrtm") + name[at + 1 :],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            name.replace(" ", ""),
            name.rpartition(" ")[0] or name,
            " ".join(reversed(name.split())),
        ]
    )


@pytest.mark.parametrize("seed", range(8))
def test_keys_find_whatever_is_alike_and_no_score_is_above_its_key(seed):
    luck = random.Random(seed)
    names = [luck.choice([person, company])(luck) for _ in range(150)] + HAN
    known = [normalise_name(name, luck.choice(["person", "organization", "unknown"])) for name in names]
    filed = [index_keys(form) for form in known]
    found = 0
    spelled = ["beijing chenhu keji", "Ningbo Donglan Auto Parts", "suobokangxiupin", "zhang1 wei3", "li wei xin"]
    for query in [*spelled, *(blurred(luck, luck.choice(names)) for _ in range(60))]:
        for form in forms_to_try(query):
            asked = query_keys(form)
            for other, keys in zip(known, filed, strict=True):
                match = compare_names(form, other)
                if not (form.is_latin or other.is_latin) or match.level is None:
                    continue
                found += 1
                assert match.score == compare_names(other, form).score, (query, other.raw)
                assert match.score <= max((asked[key] for key in keys & asked.keys()), default=0), (
                    query,
                    other.raw,
                )
    assert found > 60


def first(asked, *names):
    """Return the names found, best first."""
    index = NameIndex(Known(number, (KnownName(name),), guess_kind(name)) for number, name in enumerate(names))
    return [(hit.name, hit.level) for hit in find_hits(Asked(asked), index).hits]


@pytest.mark.parametrize(
    ("asked", "meant", "others"),
    [
        ("zhang yuan biao", "张元标", ["Sang Yuan", "Zhang Yuan"]),
        ("zhang shi jie", "张师杰", ["Zhang Shiji"]),
        ("Li Weixin", "李卫欣", ["Li Xin", "Li Wei"]),
        ("Perry, J. M.", "John Michael Perry", ["John Perry", "Jennifer Perry"]),
        ("Osama Moustafa Khoury", "Osama Mustafa Khoury", ["Osama Khoury"]),
        ("Abdullah Ahmed Alsaud", "Abdullah Ahmed al-Saud", ["Abdullah al-Saud"]),
        ("Amber Regent", "Amber Regent Motors Breweries (Asia) KG", ["Regent Holdings", "Amber Trading Ltd"]),
        ("Xiangtan Yuanquan Food", "湘潭市远泉食品有限公司", ["肥西县圆全环境科技有限公司"]),
    ],
)
def test_who_is_meant_stands_first(asked, meant, others):
    assert first(asked, *others, meant)[0][0] == meant


@pytest.mark.parametrize(
    ("asked", "stranger"),
    [("chen yu jiu", "Chen Jiyu"), ("zhang la zhi", "Zhang Shiji"), ("yang yang nan", "Nancy Yang"),
     ("WANG, Hongtu", "Wang Hongju"), ("YANG, Chijun", "杨志军"), ("xiong huang jie", "Huang Jiejie")],
)  # fmt: skip
def test_other_syllables_are_other_chinese_names(asked, stranger):
    assert not [level for _name, level in first(asked, stranger) if level in (Level.CERTAIN, Level.LIKELY)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Ian van Boven", "person"), ("Danielle Steel", "person"), ("S.A. Louis", "person"), ("A.G. Smith", "person"),
     ("Anderson, S.L.", "person"), ("Wan Hong", "person"), ("高xian科", "person"),
     ("Amber Regent Motors", "organization"),
     ("Summit Crown S.L.", "organization"), ("Electra Comercio A/S", "organization")],
)  # fmt: skip
def test_what_a_latin_name_looks_like(name, kind):
    assert guess_kind(name) == kind
    assert len({form.text for form in forms_to_try(name)}) == 1


def test_a_name_of_trades_only_is_told_by_them():
    assert first("China Steel Ltd", "China Steel Corporation", "China Airlines Ltd")[0] == (
        "China Steel Corporation",
        Level.LIKELY,
    )
