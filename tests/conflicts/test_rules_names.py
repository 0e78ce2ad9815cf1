"""Names taken apart: what is set aside, what is left, what cannot be searched."""

import pytest

from lawdesk.conflicts.rules import (
    ORGANIZATION,
    PERSON,
    compare_identifiers,
    forms_to_try,
    guess_kind,
    identifier_key,
    normalise_name,
)


@pytest.mark.parametrize(
    ("name", "core", "regions", "trades", "branch"),
    [
        ("浙江华砚隆食品有限公司", "华砚隆", ["浙江"], ["食品"], ""),
        ("震砚营销（深圳）有限公司宁波分公司", "震砚", ["深圳"], ["营销"], "宁波分公司"),
        ("震砚宁波分公司", "震砚", [], [], "宁波分公司"),
        ("兰州市岚一建设股份有限公司第五分公司", "岚一", ["兰州市"], ["建设"], "第五分公司"),
        ("四川岚府银行股份有限公司成都分行", "岚府", ["四川"], ["银行"], "成都分行"),
        ("爱砚国际防护服装科学研究院（北京）有限公司", "爱砚", ["北京"], ["防护服装"], ""),
        ("日照市岚山泉砚房地产开发有限责任公司", "泉砚", ["日照市", "岚山"], ["房地产"], ""),
        ("上海云汀示例投资合伙企业（有限合伙）", "云汀示例", ["上海"], ["投资"], ""),
        ("四川省砚溪探测数据中心", "砚溪", ["四川省"], ["探测"], ""),
        ("TCL科技集团股份有限公司", "tcl", [], ["科技"], ""),
        ("海安达物流有限公司", "海安达", [], ["物流"], ""),
        ("澄砚物业服务（青岚）有限公司", "澄砚", [], ["物业服务"], ""),
        ("恩施土家族苗族自治州晨湖商贸行", "晨湖", ["恩施土家族苗族自治州"], ["商贸"], ""),
    ],
)
def test_organizations_are_taken_apart(name, core, regions, trades, branch):
    parts = normalise_name(name, ORGANIZATION).parts
    assert "".join(parts.core) == core
    assert [region.written for region in parts.regions] == regions
    assert list(parts.trades) == trades
    assert parts.branch == branch
    assert not parts.thin


TRADES = (
    "物资 文具 火锅 畜牧 制衣 重工 铸造 宾馆 开关 计算机 数码 锅炉 轮胎 不锈钢 办公用品 公路工程 房地产经纪 "
    "米业 蜡业 糖业 棉业 肥业 危险废物处置 商业连锁 购物广场 咖啡 中药饮片 冷链物流 不动产评估 大酒店 园林古建"
)
SHOPS = (
    "水果店 花店 烟酒店 理发店 小吃店 驾校 停车场 苗圃 养猪场 林场 化工厂 酒厂 农药店 广告部 健身房 工作室 "
    "手机店 家电维修部 土菜馆 足浴店 茶庄 农机专业合作社 一人有限责任公司 再生资源回收站"
)


@pytest.mark.parametrize("word", [*TRADES.split(), *SHOPS.split()])
def test_what_firms_do_is_no_part_of_their_trade_name(word):
    for name in (f"晨湖{word}", f"上海晨湖{word}", f"上海晨湖{word}有限公司"):
        assert "".join(normalise_name(name, ORGANIZATION).units) == "晨湖", name


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("鑫米业有限公司", "鑫米业"),
        ("四川新健康出版有限公司", "新健康"),
        ("兴业银行股份有限公司", "兴业"),
        ("奈米汽车用品有限公司", "奈米"),
        ("晨乐器有限公司", "晨乐器"),
    ],
)
def test_a_trade_word_eats_no_trade_name(name, core):
    assert "".join(normalise_name(name, ORGANIZATION).units).startswith(core[:2])


@pytest.mark.parametrize(
    ("name", "place", "body"),
    [
        ("北京市教育局", "北京", "教育局"),
        ("北京市城市管理局执法大队", "北京", "城市管理局执法大队"),
        ("清河县人力资源和社会保障局", "清河", "人力资源社会保障局"),
        ("浙江省杭州市余杭区中西医结合医院", "余杭", "中西医结合医院"),
        ("永州市第一人民医院", "永州", "第一人民医院"),
        ("永州市法院", "永州", "人民法院"),
        ("永州市经济技术开发区管委会", "永州", "经济技术开发区管理委员会"),
    ],
)
def test_a_public_body_is_called_by_its_place(name, place, body):
    parts = normalise_name(name, ORGANIZATION).parts
    assert parts.thin
    assert ("".join(parts.core), parts.body) == (place, body)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("北京市育才中学", "育才"),
        ("永州市德康中医院", "德康"),
        ("安平县大何庄乡人民政府", "大何庄乡"),
        ("北京晨湖书局有限公司", "晨湖"),
        ("上海晨湖科技研究院", "晨湖"),
    ],
)
def test_a_school_or_hospital_with_a_name_of_its_own_keeps_it(name, core):
    parts = normalise_name(name, ORGANIZATION).parts
    assert "".join(parts.core).startswith(core)
    assert not parts.thin


def test_where_nothing_else_is_left_the_region_stands_for_the_trade_name():
    parts = normalise_name("大安市商贸有限公司").parts
    assert "".join(parts.core) == "大安"
    assert parts.thin
    assert not parts.generic


@pytest.mark.parametrize(
    "name",
    [
        "張偉強",
        "张 伟 强",
        "张\u200b伟强",
        "被告：张伟强",
        "张伟强先生",
        "原审第三人张伟强",
        "张伟强（家属李某代办）",
        "【张伟强】",
    ],
)
def test_persons_are_the_same_however_written(name):
    form = normalise_name(name, PERSON)
    assert form.text == "张伟强"
    assert form.searchable


def test_other_names_inside_are_kept():
    assert normalise_name("张泽（又名张小泽，原张强）").also == ("张小泽", "张强")
    assert normalise_name("晨湖示例科技有限公司（曾用名：晨湖示例软件有限公司）").also == ("晨湖示例软件有限公司",)
    assert normalise_name("震砚营销有限公司（震砚）").also == ("震砚",)
    assert normalise_name("王小明 Tom", PERSON).also == ("tom",)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("张伟", PERSON),
        ("欧阳小明", PERSON),
        ("阿卜杜热合曼·艾力", PERSON),
        ("王𬀩", PERSON),
        ("Zhang Wei", PERSON),
        ("何允等8人", PERSON),
        ("震砚营销", ORGANIZATION),
        ("吉林省人民政府", ORGANIZATION),
        ("晨湖示例科技有限公司", ORGANIZATION),
        ("震砚宁波分公司", ORGANIZATION),
        ("Siemens S.p.A.", ORGANIZATION),
    ],
)
def test_kind_is_guessed(name, kind):
    assert guess_kind(name) == kind
    assert normalise_name(name).kind == kind


def test_short_names_are_tried_as_both_kinds():
    assert {form.kind for form in forms_to_try("晨湖")} == {PERSON, ORGANIZATION}
    assert {form.kind for form in forms_to_try("张伟强", ORGANIZATION)} == {PERSON, ORGANIZATION}
    assert {form.text for form in forms_to_try("张三丰、李四光")} == {"张三丰", "李四光"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name.empty"),
        ("   ", "name.empty"),
        ("——（）", "name.empty"),
        ("🙂🙂", "name.empty"),
        ("\x00\x01", "name.empty"),
        ("张", "name.short"),
        ("某", "name.masked"),
        ("姜某", "name.masked"),
        ("王某甲", "name.masked"),
        ("某食品商行（个体）", "name.masked_organization"),
        ("科技有限公司", "name.generic"),
        ("Trading Co., Ltd.", "name.generic"),
        ("张" * 10_000, "name.long"),
    ],
)
def test_what_cannot_be_searched_says_so(name, code):
    form = normalise_name(name)
    assert not form.searchable
    assert [problem.code for problem in form.problems] == [code]
    assert form.problems[0].words()


def test_names_left_out_are_named():
    form = normalise_name("何允等8人")
    assert form.text == "何允"
    assert form.searchable
    assert [problem.code for problem in form.problems] == ["name.others"]


def test_identifiers_in_any_spelling():
    assert identifier_key("91310000MA1K00000X") == identifier_key("9131 0000-ma1k00000x")
    assert identifier_key("MA1K00000") == identifier_key("91310000MA1K00000X")  # organization code inside
    assert identifier_key("110105491231002") == identifier_key("11010519491231002X")  # 15 digits of before 1999
    assert identifier_key("000000000000000000") == identifier_key("无") == ""


def test_identifiers_settle_or_leave_open():
    card, other, passport = "11010519491231002X", "310115197806052318", "E12345678"
    assert compare_identifiers((card,), (card.lower(),)) == "same"
    assert compare_identifiers((card,), (other,)) == "differs"
    assert compare_identifiers((card,), ("11010519491231102X",)) == "nearly"
    assert compare_identifiers((card,), (passport,)) == "unknown"
    assert compare_identifiers((), (card,)) == "unknown"
