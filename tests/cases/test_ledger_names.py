"""The intake ledger: names of parties, people and lawyers as people write them."""

import pytest

from lawdesk.cases.rules.ledger.names import parent_key, party_kind, read_names, read_people


@pytest.mark.parametrize(
    ("text", "names", "codes"),
    [
        ("吕昕", ["吕昕"], []),
        ("何润英、何川红，李四;赵六", ["何润英", "何川红", "李四", "赵六"], []),
        ("王　芳", ["王芳"], []),
        ("张三 李四", ["张三", "李四"], []),
        ("欧阳 文丽", ["欧阳文丽"], []),
        ("张三和李四", ["张三", "李四"], []),
        ("和平饭店有限公司", ["和平饭店有限公司"], []),
        ("甲乙（深圳）有限公司\n丙丁有限公司", ["甲乙（深圳）有限公司", "丙丁有限公司"], []),
        ("ABC Trading Co., Ltd.", ["ABC Trading Co., Ltd."], []),
        ("上海示例投资合伙企业（有限合伙）", ["上海示例投资合伙企业（有限合伙）"], []),
        ("某食品商行（个体）", ["某食品商行（个体）"], ["name_masked"]),
        ("王志衡（家属王景代办）", ["王志衡"], ["name_with_note"]),
        ("示例公司（法定代表人李四）", ["示例公司"], ["name_with_note"]),
        ("张三（被告一）", ["张三"], ["name_with_note"]),
        ("原告：张三", ["张三"], ["name_with_role"]),
        ("被上诉人李四", ["李四"], ["name_with_role"]),
        ("张三 13800000000", ["张三"], ["name_with_number"]),
        ("何知、何知", ["何知"], ["name_repeated"]),
        ("姚川、田允、李培等8人", ["姚川", "田允", "李培"], ["names_incomplete"]),
        ("张三等", ["张三"], ["names_incomplete"]),
        ("李某", ["李某"], ["name_masked"]),
        ("—", [], []),
        ("待定", [], []),
    ],
)
def test_names(text: str, names: list[str], codes: list[str]) -> None:
    read = read_names(text, "clients")
    assert [party.name for party in read.parties] == names
    assert [problem.code for problem in read.problems] == codes


def test_other_names_are_kept_apart() -> None:
    read = read_names("张泽（又名张大泽）、示例学校（原示例县学校）、示例科技公司（简称“示例”）", "clients")
    assert [(party.name, party.aliases, party.former_names) for party in read.parties] == [
        ("张泽", ("张大泽",), ()),
        ("示例学校", (), ("示例县学校",)),
        ("示例科技公司", ("示例",), ()),
    ]
    assert {problem.code for problem in read.problems} == {"alias_in_name"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [(name, "person") for name in ("巨川", "洪川", "欧阳小红", "阿卜杜·热合曼", "John Smith", "何园", "上官云")]
    + [
        (name, "organization")
        for name in (
            "示例市税务局",
            "某某村民委员会",
            "张记面馆",
            "王家店",
            "甘肃省党员干部教育基地",
            "示例律师事务所",
            "吉林省人民政府",
            "中国工商银行杭州分行",
            "ABC GmbH",
            "李四口腔门诊部",
        )
    ]
    + [("丙丁", "unknown")],
)
def test_person_or_organization(name: str, kind: str) -> None:
    assert party_kind(name) == kind


def test_a_branch_is_its_company() -> None:
    assert parent_key("震砚营销(深圳)有限公司宁波分公司") == parent_key("震砚营销（深圳）有限公司")
    assert parent_key("示例银行股份有限公司成都分行") == parent_key("示例银行股份有限公司")
    assert parent_key("示例有限公司") != parent_key("示例贸易有限公司")


def test_lawyers() -> None:
    assert read_people("林若楠、何立新律师") == ("林若楠", "何立新")
    assert read_people("张律师") == ("张律师",)
    assert read_people("周 明远（主任）") == ("周明远",)
    assert read_people("—") == ()
