"""Names as they stand in a ledger's cell: several at once, with notes, other names and roles around them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from lawdesk.cases.rules.ledger.text import HALF, says_later, says_nothing, tidy
from lawdesk.cases.rules.ledger.values import LedgerParty, PartyWord, warn
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_
from lawdesk.kernel.resources import load_rules

ROLES = (
    "原审原告",
    "原审被告",
    "一审原告",
    "一审被告",
    "反诉原告",
    "反诉被告",
    "附带民事诉讼原告人",
    "再审申请人",
    "申请再审人",
    "被申请执行人",
    "申请执行人",
    "被执行人",
    "被上诉人",
    "上诉人",
    "被申请人",
    "申请人",
    "被申诉人",
    "申诉人",
    "犯罪嫌疑人",
    "嫌疑人",
    "被告人",
    "被害人",
    "自诉人",
    "案外人",
    "异议人",
    "利害关系人",
    "第三人",
    "原告",
    "被告",
    "复议申请人",
    "委托人",
    "顾问单位",
    "债权人",
    "债务人",
    "担保人",
    "保证人",
    "投资人",
)
"""Standings, longer ones first where one holds another."""

_STRONG = re.compile(
    r"公司|集团|银行|信用社|合作社|联社|合伙|企业|工厂|商行|车行|商店|商场|超市|酒店|宾馆|饭店|餐厅|经营部|门市部|营业部|"
    r"服务部|项目部|指挥部|事务所|研究所|派出所|研究院|医院|学院|法院|检察院|政府|委员会|管委会|居委会|村委会|业委会|"
    r"人民.*局|分局|管理局|管理处|办事处|办公室|街道|学校|大学|中学|小学|幼儿园|中心|基地|基金会|协会|学会|商会|联合会|工会|"
    r"联盟|俱乐部|工作室|大队|支队|仲裁|公证处|村民小组|经济社|农场|林场|电厂|加工厂|个体工商户|Co\.|Ltd|Inc|LLC|GmbH|Corp|Limited|PLC",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:厂|矿|店|行|部|院|所|局|委|会|社|站|馆|场|处|队|坊|室|堂|吧|铺|庄|园|楼|城|港|厅|署|科|团|组|村|镇|乡|校|宫|寺|户|中队)$"
)
_NEVER_GIVEN = re.compile(r"(?:记.{0,4}|[店厂矿铺吧馆局署厅校寺站部队组镇乡所院委])$")
_KEPT = re.compile(
    r"^(?:有限合伙|普通合伙|特殊普通合伙|个体|个体户|个体工商户|个人独资|集团|筹|筹备|筹建|中国|特殊的普通合伙)$"
)
_OTHER_NAME = re.compile(r"^(?:又名|亦名|也叫|别名|别称|化名|绰号|外号|小名|乳名|英文名|笔名)[:为是]?(.+)$")
_FORMER = re.compile(r"^(?:曾用名|曾用|原名称|原名|原企业名称|更名前|前称|旧名|原)[:为是]?(.+)$")
_SHORT = re.compile(r"^(?:以下简称|下称|简称)[:为]?[“\"]?(.+?)[”\"]?$")
_REMARK = re.compile(
    r"家属|代办|代理|委托|法定代表|负责人|经理|老板|电话|手机|身份证|联系|父|母|夫|妻|子|女|兄|弟|姐|妹|男|已|未|见|详|系|之|死亡|年|月|介绍|\d{3}"
)
_COUNT = re.compile(r"等(?:共|计)?\s*([\d一二三四五六七八九十百两]+)?\s*(人|名|位|家|户|个|方|公司|单位)?$")
_PAIR = re.compile(r"([一-龥]{2,4})(?:和|与|及|以及)([一-龥]{2,4})")
_SUFFIX = re.compile(r"\s*,\s*(?=(?:Ltd|Inc|LLC|Limited|Corp)\b)", re.IGNORECASE)


@dataclass(frozen=True)
class Names:
    """The parties of one cell and what was wrong with it."""

    parties: tuple[LedgerParty, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_names(text: str, field: str) -> Names:
    """Return the names in ``text``; problems carry ``field``. Nothing, — and 待定 give no name."""
    if says_nothing(text) or says_later(text):
        return Names()
    problems: list[Problem] = []
    parties: dict[str, LedgerParty] = {}
    body = _without_count(text.strip(), field, problems)
    for piece in _split(body):
        party = _read_one(piece, field, problems)
        if party is None:
            continue
        key = name_key(party.name)
        if key in parties:
            message = N_("{name} is written twice; it was taken once.")
            problems.append(warn("name_repeated", field, message, name=party.name))
        parties.setdefault(key, party)
    for party in parties.values():
        problems += _doubts(party, field)
    return Names(tuple(parties.values()), tuple(problems))


def party_kind(name: str) -> PartyWord:
    """Tell a person from an organization by the words of the name; ``unknown`` where they do not tell."""
    bare = re.sub(r"[(（][^()（）]*[)）]", "", name).strip()
    if _STRONG.search(name):
        return "organization"
    if "·" in bare or "•" in bare or re.fullmatch(r"[A-Za-z][A-Za-z.'\-]*(?: [A-Za-z][A-Za-z.'\-]*){1,4}", bare):
        return "person"
    if not all(_is_han(sign) for sign in bare):
        return "organization" if _ENDING.search(bare) else "unknown"
    if len(bare) >= 3 and _NEVER_GIVEN.search(bare):
        return "organization"
    single, compound = _surnames()
    if 2 <= len(bare) <= 4 and (bare[0] in single or bare[:2] in compound):
        return "person"
    return "organization" if len(bare) >= 4 and _ENDING.search(bare) else "unknown"


@cache
def _surnames() -> tuple[frozenset[str], frozenset[str]]:
    words = load_rules("ledger")["surnames"]
    return frozenset("".join(words["single"].split())), frozenset(words["compound"].split())


def name_key(name: str) -> str:
    """Return the form in which two spellings of one name are equal: width, brackets, spaces, case."""
    return re.sub(r"[\s·•.,]", "", unicodedata.normalize("NFKC", name)).casefold()


def parent_key(name: str) -> str:
    """Return the key of the legal person behind a name: that of the company for its branch (民法典第74条)."""
    key = re.sub(r"(银行|信用社)(?:股份)?有限(?:责任)?公司", r"\1", name_key(name))
    match = re.fullmatch(r"(.{2,}?(?:公司|银行|集团|信用社))(.+(?:分公司|支行|分行|营业部|分店|办事处|分社))", key)
    return match[1] if match else key


def read_people(text: str) -> tuple[str, ...]:
    """Return the lawyers named in a cell, in order, each once."""
    if says_nothing(text) or says_later(text):
        return ()
    pieces = re.split(r"[、，,；;/\n\r]+", re.sub(r"[(（][^()（）]*[)）]", "", text))
    names = [re.sub(r"(?<=..)律师$", "", re.sub(r"\s", "", name)) for piece in pieces for name in _spaced(piece)]
    return tuple(dict.fromkeys(name for name in names if name))


def _split(text: str) -> list[str]:
    """Cut at separators outside brackets; a space cuts only between two whole names."""
    protected = _SUFFIX.sub("\x00", text)
    pieces, depth, start = [], 0, 0
    for index, sign in enumerate(protected):
        if sign in "(（":
            depth += 1
        elif sign in ")）":
            depth = max(0, depth - 1)
        elif sign in "、，,；;\n\r/" and depth == 0:
            pieces.append(protected[start:index])
            start = index + 1
    pieces.append(protected[start:])
    result: list[str] = []
    for piece in (piece.replace("\x00", ", ").strip() for piece in pieces):
        pair = _PAIR.fullmatch(piece)
        if pair and party_kind(piece) != "organization" and party_kind(pair[1]) == party_kind(pair[2]) == "person":
            result += [pair[1], pair[2]]
        else:
            result += _spaced(piece)
    return [piece for piece in result if piece]


def _spaced(piece: str) -> list[str]:
    """Return the whole names between spaces; otherwise the space is padding inside one name (王 芳)."""
    parts = piece.split()
    if len(parts) < 2 or re.search(r"[A-Za-z]", piece):
        return [tidy(piece)]
    compound = len(parts) == 2 and parts[0] in _surnames()[1]  # 欧阳 文丽 is one name
    if not compound and all(len(part) > 1 and party_kind(part) != "unknown" for part in parts):
        return parts
    return ["".join(parts)] if all(_is_han(sign) for sign in "".join(parts)) else [tidy(piece)]


def _read_one(piece: str, field: str, problems: list[Problem]) -> LedgerParty | None:
    name = _without_number(_without_role(piece, field, problems), field, problems)
    aliases: list[str] = []
    former: list[str] = []
    for match in re.finditer(r"[(（]([^()（）]*)[)）]", name):
        inside = match[1].strip()
        if _sort_bracket(inside, aliases, former):
            message = N_("The other name in brackets belongs to {name} and is stored as such: {other}.")
            other = "、".join((*aliases, *former))
            owner = name[: match.start()].strip()
            problems.append(warn("alias_in_name", field, message, name=owner, other=other))
        elif _keeps(name, match):
            continue
        else:
            message = N_("The words in brackets are no part of the name and were left out: “{text}”.")
            problems.append(warn("name_with_note", field, message, text=inside))
        name = name.replace(match[0], "\x00" * len(match[0]), 1)
    name = name.replace("\x00", "").strip()
    if re.fullmatch(r"[㐀-鿿\s]+", name):
        name = re.sub(r"\s", "", name)
    if not name:
        return None
    return LedgerParty(name, party_kind(name), tuple(aliases), tuple(former))


def _sort_bracket(inside: str, aliases: list[str], former: list[str]) -> bool:
    """Put another name said in brackets where it belongs; False when the brackets say something else."""
    inside = inside.translate(HALF).strip()
    if (match := _OTHER_NAME.match(inside)) or (match := _SHORT.match(inside)):
        aliases += re.split(r"[、,，]", match[1])
        return True
    if (match := _FORMER.match(inside)) and not any(inside.startswith(role) for role in ROLES):
        former += re.split(r"[、,，]", match[1])
        return True
    return False


def _keeps(name: str, match: re.Match[str]) -> bool:
    """Say whether brackets are part of an organization's name: a legal form, a place, or in the middle of it."""
    inside = match[1].strip()
    if _KEPT.match(inside):
        return True
    if party_kind(name) != "organization" or not inside:
        return False
    if any(role in inside for role in ROLES) or _REMARK.search(inside):
        return False
    in_the_middle = bool(name[match.end() :].strip())
    return in_the_middle or (len(inside) <= 8 and all(_is_han(sign) for sign in inside))


def _without_role(piece: str, field: str, problems: list[Problem]) -> str:
    """Take a standing off the front: 原告：张三, 被告张三."""
    for role in sorted(ROLES, key=len, reverse=True):
        match = re.match(rf"{role}(?:[一二三四五六七八九十\d]{{1,2}})?\s*([:：]?)\s*(?=\S)", piece)
        if match is None:
            continue
        rest = piece[match.end() :]
        if match[1] or party_kind(rest) != "unknown":
            message = N_("The standing “{role}” stands before the name and was left out.")
            problems.append(warn("name_with_role", field, message, role=role))
            return rest
    return piece


def _without_number(piece: str, field: str, problems: list[Problem]) -> str:
    """Take a telephone or identity number off the end."""
    match = re.search(r"[\s:：]*(?:联系|手机|电话|身份证)*(?:号码?)?[:：]?\s*\d[\d\-]{5,}[\dXx]\s*$", piece)
    if match is None or not match.start():
        return piece
    message = N_("A number behind the name was left out; enter it with the party.")
    problems.append(warn("name_with_number", field, message))
    return piece[: match.start()]


def _without_count(text: str, field: str, problems: list[Problem]) -> str:
    """Take 等8人 off the end and say who is missing."""
    match = _COUNT.search(text)
    if match is None or (match[1] is None and match[2] is not None) or len(text) < 3:
        return text
    message = N_("“{text}” leaves out names, so a conflict check cannot be complete; enter everybody.")
    problems.append(warn("names_incomplete", field, message, text=match[0]))
    return text[: match.start()]


def _doubts(party: LedgerParty, field: str) -> list[Problem]:
    if re.search(r"[某×*＊]", party.name) or re.search(r"[Xx]{2,}", party.name):
        message = N_("“{name}” is not the full name; a conflict check cannot find it.")
        return [warn("name_masked", field, message, name=party.name)]
    if party.kind == "unknown":
        message = N_("The name does not tell whether “{name}” is a person or an organization.")
        return [warn("kind_unknown", field, message, name=party.name)]
    return []


def _is_han(sign: str) -> bool:
    code = ord(sign)
    return 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF or 0xF900 <= code <= 0xFAFF or sign == "〇"
