"""Which names are the same party, which may be, and which must not raise an alarm."""

import pytest

from lawdesk.conflicts.rules import Level, compare_names, forms_to_try, normalise_name
from lawdesk.kernel.i18n import language, set_language


@pytest.fixture(autouse=True)
def _english():
    before = language()
    set_language("en")
    yield
    set_language(before)


def match(asked, known):
    """The best match of any way to read what was asked, as the search takes it."""
    other = normalise_name(known)
    found = [(compare_names(form, other), compare_names(other, form)) for form in forms_to_try(asked)]
    for forward, backward in found:
        assert forward.score == backward.score, "the order of asking must not matter"
    return max((forward for forward, _backward in found), key=lambda one: one.score)


CERTAIN = [
    ("浙江華硯隆食品有限公司", "浙江华砚隆食品有限公司"),
    ("浙江华砚隆食品有限责任公司", "浙江华砚隆食品有限公司"),
    ("震砚营销(深圳)有限公司宁波分公司", "震砚营销（深圳）有限公司 宁波分公司"),
    ("震砚营销（深圳）有限公司", "震砚营销（深圳）有限公司宁波分公司"),
    ("ＴＣＬ科技集团股份有限公司", "TCL科技集团股份有限公司"),
    ("Siemens S.p.A.", "SIEMENS SPA"),
]
CERTAIN.append(("Northwind Trading Gesellschaft mit beschränkter Haftung", "NORTHWIND TRADING GmbH"))
CERTAIN.append(("Benteler Electra A/S", "Benteler Electra AS"))
CERTAIN += [
    ("重慶市七彩辦公傢俱有限公司", "重庆市七彩办公家具有限公司"),
    ("上海晨湖科技有限公司", "上海晨湖科技有限公司华东大区"),
]
LIKELY = [
    ("震砚营销", "震砚营销（深圳）有限公司宁波分公司"),
    ("震砚宁波分公司", "震砚营销（深圳）有限公司宁波分公司"),
    ("晨湖科技", "晨湖示例科技有限公司"),
    ("嘉吉贸易", "广东嘉吉贸易有限公司"),
    ("爱砚国际公司", "爱砚国际防护服装科学研究院（北京）有限公司"),
    ("邯郸龙砚公司", "邯郸市龙砚房地产开发集团有限公司"),
    ("大安商贸", "大安市商贸有限公司"),
    ("大安商贸有限公司", "吉林省大安市商贸有限公司"),
    ("浙江华彦隆食品有限公司", "浙江华砚隆食品有限公司"),
    ("建设银行", "中国建设银行股份有限公司"),
    ("張偉強", "张伟强"),
    ("张玮", "张伟"),
    ("王𬀩", "王𬀩"),
    ("李㛃䶮", "李㛃䶮"),
    ("Zhang Weiqiang", "张伟强"),
    ("ZHANG, Wei-qiang", "张伟强"),
    ("Shan Ming", "单明"),
    ("FAN, Nv", "范女"),
    ("Weiss, Jürgen", "Jurgen Weiss"),
    ("Apple Computer", "Apple Computer Inc."),
]
LIKELY += [
    ("Chang San", "张三"),
    ("Wei-chiang Chang", "张伟强"),
    ("Mao Tse-tung", "Mao Zedong"),
    ("Bill Harrison", "William Harrison"),
    ("Müller, Hans", "Hans Mueller"),
    ("Сергей Лавров", "Sergei Lavrov"),
    ("Sergei Lavrof", "Sergei Lavrov"),
    ("SiemensAG", "Siemens AG"),
    ("震砚集团", "震砚营销（深圳）有限公司宁波分公司"),
    ("Lv Mengzheng", "吕蒙正"),
    ("布明", "卜明"),
    ("kan qikui", "阚启奎"),
    ("Schewtschenko", "Shevchenko"),
    ("晨湖市政工程有限公司", "杭州晨湖市政工程有限公司"),
    ("晨湖广东分公司", "晨湖科技有限公司"),
    ("震砚宁波第一营业部", "震砚商贸有限公司"),
]
LIKELY += [
    ("Vladimir Chruschtschow", "Vladimir Khrushchyov"),
    ("Mikhail Gorbatschow", "Mikhail Gorbachev"),
    ("Tschaikowski, Aleksei", "Alexey Tchaikovsky"),
    ("Ксения Цветков", "Kseniya Zwetkow"),
    ("Евгений Зайцев", "Jewgeni Saizew"),
    ("Володимир Зеленський", "Volodymyr Zelenskyy"),
    ("Жуков Михаил", "Mikhail Joukov"),
    ("Αλέξης Παπαδόπουλος", "Alexis Papadopoulos"),
    ("Xenia Mukhin", "Ksenia Mukhin"),
    ("Yousef Abdurrahman", "Yousef Abdul Rahman"),
    ("Jamal Abdelrahman", "Jamal Abd al-Rahman"),
    ("Husein Alsaud", "Hussein al-Saud"),
    ("Sayed Shareef", "Said Sharif"),
    ("Mehmet Omar", "Muhammad Umar"),
    ("Esther vanMetz", "Esther van Metz"),
    ("Oğuz Gueclue", "Oğuz Güçlü"),
    ("Summit Crown S.L.", "Summit Crown Steel S.L."),
    ("Amber Regent", "Amber Regent Motors Breweries (Asia) KG"),
    ("zhang1wei3qiang2", "张伟强"),
    ("zhang1 wei3 zi", "张伟子"),
    ("高xian科", "高𫍯科"),
    ("北京总工会", "北京市总工会"),
    ("永州中医院", "永州市中医院"),
    ("北京工商业联合会", "北京市工商业联合会"),
    ("清河教育局", "清河县教育局"),
    ("清河土地储备中心", "清河县土地储备中心"),
    ("清河中学", "清河县中学"),
    ("竹溪合作社", "临汾市竹溪农机专业合作社"),
    ("北京市发改委", "北京市发展和改革委员会"),
    ("新健康出版有限公司", "四川新健康出版有限公司"),
    ("雅闻中国", "雅闻（中国）安全评价有限公司"),
    ("阿里巴巴中国", "阿里巴巴（中国）网络技术有限公司"),
    ("北京海层乡", "北京海层乡理发店"),
    ("上海晨湖酒店", "上海晨湖酒店管理有限公司"),
]
POSSIBLE = [
    ("Sea Cole", "Sean Cole"),
    ("Eric Taylor", "Erin Taylor"),
    ("Johannes Lee", "Erik John Lee"),
    ("Tin Wolfe", "Tina Wolfe"),
    ("Stanley Wll", "Stanley Wall"),
    ("Iés Paz", "Inés Paz"),
    ("M.E. Anthony", "Maud Elias Anthony"),
    ("A.G. Smith", "Alan George Smith"),
    ("Thomka, A. K.", "Alojz Karol Thomka"),
    ("xionggangbinguan", "武汉雄刚宾馆有限公司"),
    ("beijingchenhukeji", "北京晨湖科技有限公司"),
    ("Ningbo Donglan Auto Parts", "宁波东澜汽车零部件有限公司"),
    ("Yang Shenming", "Yang Shengming"),
    ("J.C. Juncker", "Jean-Claude Juncker"),
    ("张讳强", "张伟强"),
    ("浙江砚食品有限公司", "浙江华砚食品有限公司"),
    ("浙华食", "浙江华砚食品有限公司"),
    ("Hans Keller", "Hans Peter Koller Keller"),
    ("中石化", "中国石油化工股份有限公司"),
    ("中移动", "中国移动通信集团有限公司"),
    ("张伟强", "张强伟"),
    ("张伟", "张伟强"),
    ("李末然", "李未然"),
    ("章为强", "张伟强"),
    ("浙江华砚隆食品有限公司", "轮台县华砚隆农林业开发有限公司"),
    ("J. Weiss", "Jurgen Weiss"),
    ("单明", "丹明"),
    ("层明", "曾明"),
    ("Ceng Ming", "曾明"),
    ("数字安防医药有限公司", "义乌市数字安防医药有限公司"),
    ("福鲁盟", "福州市鲁盟二手车经纪公司"),
    ("胡明", "福明"),
    ("刘府生", "刘户生"),
    ("张飞", "张辉"),
    ("王凡", "王韩"),
    ("陈风", "陈红"),
    ("范芳", "范黄"),
]
POSSIBLE += [
    ("成都市天超市", "成都市天乐超市"),
    ("重庆市固养殖场", "重庆市固力养殖场"),
    ("天津市克加油站", "天津市奇克加油站"),
    ("上海森集团有限公司", "上海森昌集团有限公司"),
    ("恩施土家族苗族自治州久糖业有限责任公司", "恩施土家族苗族自治州久庆糖业有限责任公司"),
    ("襄羊市教育局", "襄阳市教育局"),
    ("帐家口市交通运输局", "张家口市交通运输局"),
    ("洛阳市人民正府", "洛阳市人民政府"),
    ("白城市人民府", "白城市人民政府"),
    ("宜昌市鸡金会", "宜昌市基金会"),
    ("信阳吊公安局", "信阳市公安局"),
    ("兴悔县人民医院", "兴海县人民医院"),
    ("北京市市场监督局", "北京市市场监督管理局"),
    ("北京市育才中学", "济南市育才中学"),
    ("汨罗市铁艺新能源", "汨罗市铁异新能源有限公司"),
    ("泰州理财米业有限公司", "泰州云理财米业有限公司"),
    ("晨湖花店", "杭州晨湖汽修厂"),
]
NOTHING = [
    ("Tim Cook", "Tim Baker"),
    ("张江", "张汇海"),
    ("杭州岚平针织时装有限公司", "杭州旌砚针织时装有限公司"),
    ("北京晨湖科技有限公司", "北京栩岳科技有限公司"),
    ("浙江省人民政府", "吉林省人民政府"),
    ("北京市教育局", "济南市教育局"),
    ("教育局", "济南市教育局"),
    ("北京市教育局", "北京市公安局"),
    ("洛阳市第一中学", "洛阳市第二中学"),
    ("洛阳市人民医院", "洛阳市中心医院"),
    ("永州市实验中学", "鄂州市实验中学"),
    ("北京市自来水公司", "济南市自来水公司"),
    ("北京市城市建设投资集团有限公司", "济南市城市建设投资集团有限公司"),
    ("苏州工业园区教育局", "苏州市教育局"),
    ("吉林省人民政府", "吉林市人民政府"),
    ("大安商贸有限公司", "大安物流有限公司"),
    ("中国农业银行股份有限公司", "中国建设银行股份有限公司"),
    ("东莞市金屿峰实业有限公司", "东莞市金屿海实业有限公司"),
    ("兰州华砚商贸有限责任公司", "浙江华砚隆食品有限公司"),
    ("科技有限公司", "晨湖科技有限公司"),
    ("张伟强", "张伟明"),
    ("张伟", "李伟"),
    ("韩明", "黄明"),
    ("环梦", "韩梦"),
    ("姜某", "姜某某"),
    ("Zhang Wei", "李伟"),
    ("Pacific Trading Ltd", "Asia Trading Ltd"),
    ("International Trading Ltd", "Jurgen International Trading Ltd"),
    ("Tin Li", "Tina Lo"),
    ("Lon Mart", "Len Marc"),
    ("China Steel Ltd", "China Airlines Ltd"),
]


@pytest.mark.parametrize(("asked", "known"), CERTAIN)
def test_certain(asked, known):
    assert match(asked, known).level == Level.CERTAIN


@pytest.mark.parametrize(("asked", "known"), LIKELY)
def test_likely(asked, known):
    assert match(asked, known).level == Level.LIKELY


@pytest.mark.parametrize(("asked", "known"), POSSIBLE)
def test_possible(asked, known):
    assert match(asked, known).level == Level.POSSIBLE


@pytest.mark.parametrize(("asked", "known"), NOTHING)
def test_different_parties(asked, known):
    assert match(asked, known).level is None


def test_same_brand_in_another_city_and_trade_is_a_small_doubt_only():
    found = match("宁波华砚隆物流有限公司", "轮台县华砚隆农林业开发有限公司")
    assert found.level == Level.POSSIBLE
    assert {one.code for one in found.reasons} == {"core.same", "region.differs", "trade.differs"}


def test_reasons_say_what_was_compared_with_what():
    found = match("张玮", "张伟")
    assert [one.words() for one in found.reasons] == ["Character 2 sounds the same (wěi): 玮 / 伟"]
    assert [pair.kind for pair in found.alignment.pairs] == ["same", "sound"]
    assert [one.words() for one in match("浙江华彦隆食品有限公司", "浙江华砚隆食品有限公司").reasons] == [
        "Character 2 sounds the same (yàn): 彦 / 砚"
    ]
    set_language("zh")
    assert [one.words() for one in match("张玮", "张伟").reasons] == ["第2字同音（wěi）：玮 / 伟"]
    assert [one.words() for one in match("嘉吉贸易", "广东嘉吉贸易有限公司").reasons] == [
        "字号相同：嘉吉",
        "一方未写地区：广东",
    ]


def test_an_equal_person_name_is_never_certain():
    found = match("王建国", "王建国")
    assert found.level == Level.LIKELY
    assert found.reasons[0].code == "name.same_person"
