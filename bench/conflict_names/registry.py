"""A made-up registry: 60 % Chinese persons, 30 % Chinese organizations, 10 % Latin names, from public corpora."""

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lawdesk.cases.rules.identifiers import id_card_check, uscc_check

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
PERSON, ORGANIZATION = "person", "organization"
REGIONS = (
    "北京市 上海市 天津市 重庆市 浙江省 江苏省 广东省 福建省 四川省 山东省 河南省 湖北省 湖南省 安徽省 陕西省 辽宁省 杭州市 宁波市 "
    "温州市 深圳市 广州市 东莞市 佛山市 苏州市 无锡市 南京市 成都市 武汉市 长沙市 西安市 青岛市 济南市 郑州市 合肥市 厦门市 福州市 "
    "大连市 沈阳市 昆明市 贵阳市 南宁市 南昌市 石家庄市 太原市 哈尔滨市 长春市 义乌市 昆山市 常熟市 慈溪市"
).split()
TRADES = (
    "科技 网络科技 信息技术 生物科技 贸易 商贸 国际贸易 食品 餐饮管理 医药 医疗器械 建设工程 建筑工程 装饰工程 建筑劳务 房地产开发 "
    "置业 物业管理 物流 供应链管理 汽车销售 汽车服务 机械 机械制造 电子 电子科技 化工 新材料 环保科技 能源 农业发展 纺织 服饰 文化传媒 "
    "教育咨询 企业管理 投资管理 广告 旅游 酒店管理 电子商务 软件 智能科技 包装 印刷 家具 五金制品 塑料制品 实业 机电设备"
).split()
FORMS = ["有限公司"] * 14 + ["有限责任公司"] * 2 + ["股份有限公司"] * 2 + ["集团有限公司"]
BRANCHES = "分公司 支公司 办事处 营业部 项目部".split()
LATIN_WORDS = (
    "Northwind Bluestone Meridian Cascade Ironbridge Halcyon Vantage Redwood Solaris Kestrel Aurora Pinnacle Harrow "
    "Lockwood Sterling Orchid Juniper Falcon Zenith Beacon Granite Silverline Westgate Oakmont Trident Cobalt Emerald "
    "Hartmann Brandt Keller Rossi Moretti Dubois Lefevre Lindqvist Novak Kowalski Castellan Montclair Albion Quantum "
    "Polaris Vertex Helios Nimbus Arcadia Summit Lakeshore Evergreen Horizon Atlas"
).split()
LATIN_TRADES = (
    "Trading Logistics Technologies Foods Engineering Pharma Shipping Electronics Textiles Capital".split()
)
LATIN_FORMS = ["Ltd", "Limited", "LLC", "Inc.", "GmbH", "S.p.A.", "AG", "Co., Ltd.", "B.V.", "S.A."]
LATIN_SURNAMES = (
    "Müller Schröder Jäger Böhm Weiß Köhler Fernández García Núñez Muñoz Gonçalves Åström Lindström Sørensen Ødegård "
    "Novák Dvořák Černý Kovács Szabó Lefèvre Béranger Smith Johnson Williams Brown Taylor Anderson Thompson Whitfield "
    "Harrison Mitchell Campbell Robertson Crawford Sullivan Fitzgerald Montgomery Henderson Richardson Patterson "
    "Petrov Ivanov Sokolov Kuznetsov Rossi Ferrari Esposito Bianchi Ricci Costa Silva Santos Oliveira Pereira Tanaka "
    "Suzuki Yamamoto Nakamura Kobayashi Haddad Mansour Rahman Hussain Chaudhry Patel Sharma Gupta Banerjee Nguyen"
).split()
RARE = "㛃䶮𬀩𬭎𬱟𫍯𬬭𬣙𡐓𠅤𬘭𬤊𬳽𬶋𬒈"


@dataclass
class Entry:
    """One party: how it is imported, and what the queries need to know of how it was made."""

    ref: str
    name: str
    kind: str
    sort: str  # person, organization, latin_person, latin_organization
    aliases: list[str] = field(default_factory=list)
    identifier: str = ""
    alias_brand: str = ""
    parts: tuple[str, ...] = ()  # organization: region, brand, trade, form, branch; person: surname, given


def lines(name: str) -> Iterator[str]:
    path = CORPORA / name
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return iter(text.decode("utf-8-sig").splitlines())


def is_bmp_han(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fa5" for char in text)


@cache
def surnames() -> tuple[list[str], list[float]]:
    rows = [row for row in csv.DictReader(lines("wainshine_family_names.csv")) if is_bmp_han(row["surname"])]
    return [row["surname"] for row in rows], [float(row["tf"]) for row in rows]


@cache
def given_names() -> list[str]:
    """Return given names as they are met, common ones often."""
    known = set(surnames()[0])
    found: list[str] = []
    for line in lines("jieba_person_names.csv.gz"):
        name, _comma, count = line.partition(",")
        if 2 <= len(name) <= 3 and name[0] in known and is_bmp_han(name):
            found += [name[1:]] * min(int(count or 1) if count.strip().isdigit() else 1, 40)
    return found


@cache
def brands() -> list[str]:
    return [line for line in lines("wainshine_company_short.txt.gz") if 2 <= len(line) <= 4 and is_bmp_han(line)]


@cache
def english_names() -> list[str]:
    return [line.strip().title() for line in lines("wainshine_english_names.txt") if 3 <= len(line.strip()) <= 9]


def id_card(luck: random.Random) -> str:
    area = luck.choice(["110105", "330106", "440305", "310115", "510104", "420106", "320102"])
    day = f"{luck.randint(1950, 2004)}{luck.randint(1, 12):02}{luck.randint(1, 28):02}"
    first = f"{area}{day}{luck.randint(0, 999):03}"
    return first + id_card_check(first)


def credit_code(luck: random.Random) -> str:
    from lawdesk.cases.rules.identifiers import organization_check

    body = "".join(luck.choices("0123456789ABCDEFGHJKLMNPQRTUWXY", k=8))
    first = "91" + luck.choice(["330100", "440300", "110100", "310000"]) + body + organization_check(body)
    return first + uscc_check(first)


def person(luck: random.Random) -> tuple[str, str]:
    names, weights = _weighted()
    surname = luck.choices(names, cum_weights=weights)[0]
    given = luck.choice(given_names())
    if luck.random() < 0.004:
        given = given[:-1] + luck.choice(RARE)
    return surname, given


@cache
def _weighted() -> tuple[list[str], list[float]]:
    names, weights = surnames()
    total, sums = 0.0, []
    for weight in weights:
        total += weight
        sums.append(total)
    return names, sums


def organization(luck: random.Random) -> tuple[str, ...]:
    region = luck.choice(REGIONS)
    if luck.random() < 0.5 and len(region) > 2:
        region = region[:-1]
    branch = ""
    if luck.random() < 0.08:
        branch = luck.choice(REGIONS)[:-1] + luck.choice(BRANCHES)
    return region, luck.choice(brands()), luck.choice(TRADES), luck.choice(FORMS), branch


def written(parts: tuple[str, ...], luck: random.Random) -> str:
    region, brand, trade, form, branch = parts
    if luck.random() < 0.12:
        return f"{brand}{trade}（{region}）{form}{branch}"
    return f"{region}{brand}{trade}{form}{branch}"


def make(count: int, seed: int = 1) -> list[Entry]:
    """Return ``count`` parties."""
    luck = random.Random(f"registry {seed}")
    found = []
    for number in range(count):
        ref, sort = f"R{number}", luck.random()
        if sort < 0.6:
            parts = person(luck)
            entry = Entry(ref, "".join(parts), PERSON, "person", parts=parts)
            if luck.random() < 0.05:
                entry.aliases = [
                    luck.choice(["阿", "小", "老"]) + parts[1][-1] + luck.choice("哥姐娃仔妹"),
                ]
            if luck.random() < 0.3:
                entry.identifier = id_card(luck)
        elif sort < 0.9:
            parts = organization(luck)
            entry = Entry(ref, written(parts, luck), ORGANIZATION, "organization", parts=parts)
            if luck.random() < 0.08:
                entry.alias_brand = luck.choice(brands())
                entry.aliases = [written((parts[0], entry.alias_brand, parts[2], parts[3], ""), luck)]
            if luck.random() < 0.4:
                entry.identifier = credit_code(luck)
        elif sort < 0.97:
            words = [luck.choice(english_names()), luck.choice(LATIN_SURNAMES)]
            if luck.random() < 0.25:
                words.insert(1, luck.choice(english_names()))
            entry = Entry(ref, " ".join(words), PERSON, "latin_person", parts=tuple(words))
        else:
            words = [*luck.sample(LATIN_WORDS, luck.choice([1, 2])), luck.choice(english_names())]
            luck.shuffle(words)
            parts = (" ".join(words), luck.choice(LATIN_TRADES), luck.choice(LATIN_FORMS))
            entry = Entry(ref, " ".join(parts), ORGANIZATION, "latin_organization", parts=parts)
        found.append(entry)
    return found


def write_csv(entries: list[Entry], path: Path) -> None:
    """Write the registry as ``party import`` reads it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["ref", "name", "kind", "aliases", "identifier"])
        for one in entries:
            table.writerow([one.ref, one.name, one.kind, ";".join(one.aliases), one.identifier])
