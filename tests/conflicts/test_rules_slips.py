"""Slips that cross the border of two words, and who stands first when many fit."""

from __future__ import annotations

import random

import pytest

from lawdesk.conflicts.rules import Asked, Known, KnownName, Looked, NameIndex, find_hits, normalise_name

ORG, PERSON = "organization", "person"


def registry(kind: str, *names: str) -> NameIndex:
    return NameIndex(Known(number, (KnownName(name),), kind) for number, name in enumerate(names))


def found(asked: str, index: NameIndex, limit: int = 10) -> list[str]:
    return [hit.matched for hit in find_hits(Asked(asked), index, limit).hits]


@pytest.mark.parametrize(
    ("asked", "known"),
    [
        ("湖北华汽德车网络科技有限公司", "湖北华德汽车网络科技有限公司"),
        ("北京星动际漫有限公司", "北京星际动漫有限公司"),
        ("大拓连普科技包装有限公司", "大连拓普科技包装有限公司"),
        ("同仁科技印刷有限公司", "重庆市同仁科技印刷有限公司"),
        ("重庆市同仁科技印刷有限公司", "同仁科技印刷有限公司"),
    ],
)
def test_a_slip_across_a_border_of_words_is_found(asked, known):
    index = registry(ORG, known, "北京星河物流有限公司", "湖北东风汽车有限公司", "大连港务有限公司")
    assert found(asked, index)[:1] == [known]


def test_a_slip_across_a_border_is_never_taken_for_sure():
    hit = find_hits(Asked("北京星动际漫有限公司"), registry(ORG, "北京星际动漫有限公司"), 10).hits[0]
    assert str(hit.level) == "possible"
    assert [(one.code, one.params) for one in hit.reasons] == [
        ("char.swapped", {"asked": "动际", "known": "际动"})
    ]


def test_two_swapped_consonants_of_a_latin_name_are_found():
    assert found("Melon Shamra", registry(PERSON, "Melon Peters", "Melon Sharma")) == ["Melon Sharma"]


def test_the_words_of_a_pinyin_name_tell_the_family_name():
    index = registry(PERSON, "刘志方", "方柳枝")
    hits = find_hits(Asked("Fang Liuzhi"), index, 10).hits
    assert [(hit.matched, str(hit.level)) for hit in hits] == [("方柳枝", "likely"), ("刘志方", "possible")]
    assert found("Liu Zhifang", index)[0] == "刘志方"
    for spelled in ("Ouyang Xiu", "Xiu Ouyang", "OUYANG, Xiu", "Ou Yang Xiu", "ouyangxiu"):
        assert str(find_hits(Asked(spelled), registry(PERSON, "欧阳修"), 10).hits[0].level) == "likely", spelled


def test_a_name_of_like_sound_comes_before_one_that_is_shorter():
    index = registry(PERSON, "王大", "王贵", *["王大贵"] * 5)
    assert found("王大柜", index)[:1] == ["王大贵"]


def test_many_bearers_of_a_likely_name_do_not_push_the_others_off_the_list():
    index = registry(PERSON, *["刘德华"] * 6, "刘玉华", "刘少华", "刘文华")
    order = found("刘华", index, limit=5)
    assert order[0] == "刘德华"
    assert {"刘玉华", "刘少华", "刘文华"} <= set(order)


def test_the_same_place_and_trade_count_more_than_the_same_name_elsewhere():
    index = registry(ORG, "昆明市联云实业有限责任公司", "山东联想云文化传媒有限公司")
    assert found("山东联云文化传媒有限公司", index)[0] == "山东联想云文化传媒有限公司"


def test_four_initials_in_order_come_before_a_name_of_like_sound():
    index = registry(
        ORG, "江苏星辰农业五金制品有限公司", "常福电子商务（太原）有限公司", "长沙市福满满建设工程有限公司"
    )
    assert found("长福建工", index)[0] == "长沙市福满满建设工程有限公司"


@pytest.mark.parametrize(
    "asked",
    [
        "东莞华砚建筑工程有限松司",
        "东莞华砚建筑工程有限公",
        "东莞华砚建筑工程限公司",
        "东莞华砚建筑工程股份限公司",
        "东莞华砚建筑工程有限责公司",
        "东莞华砚建筑工程有限司公",
        "东莞华砚建筑工程股分有限公司",
        "东莞华砚建筑工程有陷公司",
    ],
)
def test_a_slip_in_the_legal_form_leaves_the_name_whole(asked):
    hit = find_hits(Asked(asked), registry(ORG, "东莞华砚建筑工程有限公司", "东莞华年建筑工程有限公司"), 10).hits[
        0
    ]
    assert (hit.matched, str(hit.level)) == ("东莞华砚建筑工程有限公司", "likely")


@pytest.mark.parametrize(
    ("name", "core"),
    [("上海歌华有线公司", "歌华有线"), ("上海复星控股有限公司", "复星"), ("首都国有公司", "首都国有")],
)
def test_what_only_looks_like_a_damaged_form_is_part_of_the_name(name, core):
    assert "".join(normalise_name(name, ORG).units) == core


def test_a_pinyin_name_that_is_also_a_place_is_a_persons():
    index = NameIndex(
        [
            Known(1, (KnownName("长沙市万虹建设工程有限公司"),), ORG),
            Known(2, (KnownName("万红"),), PERSON),
        ]
    )
    assert found("Wan Hong", index)[0] == "万红"


@pytest.mark.parametrize(
    ("asked", "first", "other"),
    [
        ("GUAN, Chen", "关辰", "陈冠"),
        ("Chen GUAN", "关辰", "陈冠"),
        ("CHEN Guan", "陈冠", "关辰"),
        ("Sun Feike", "孙菲克", "孙菲格"),
        ("Wei Chung-ch'i", "魏忠奇", "魏崇智"),
        ("Wei Ch'ung-chih", "魏崇智", "魏忠奇"),
    ],
)
def test_comma_capitals_and_apostrophes_tell_who_is_meant(asked, first, other):
    for names in ((first, other), (other, first)):
        assert found(asked, registry(PERSON, *names))[0] == first


def test_two_swapped_come_before_another_of_like_sound():
    assert found("王红志", registry(PERSON, "王洪志", "王志红"))[0] == "王志红"


def test_a_first_and_last_name_find_who_has_a_middle_one_before_who_only_sounds_so():
    assert (
        found("Crum Sharma", registry(PERSON, "Croom Sharma", "Crum Drucker Sharma"))[0] == "Crum Drucker Sharma"
    )


def test_a_place_that_no_list_has_is_a_place():
    assert "".join(normalise_name("澄湖市维砚示例电气有限公司", ORG).units) == "维砚示例"
    assert found(
        "维研示例电气有限公司", registry(ORG, "澄湖市维砚示例电气有限公司", "澄湖市华年电气有限公司")
    ) == ["澄湖市维砚示例电气有限公司"]
    for market in ("永辉超市连锁有限公司", "农贸市场管理有限公司"):
        assert not normalise_name(market, ORG).parts.regions, market


def test_a_company_spelled_in_full_comes_before_others_of_its_name():
    names = ("晨湖示例软件有限公司", "晨湖贸易有限公司", "晨湖示例科技有限公司")
    assert found("Chenhu Shili Keji", registry(ORG, *names))[0] == "晨湖示例科技有限公司"


@pytest.mark.parametrize(
    ("asked", "known"), [("李志翔仲", "李志翔"), ("欧阴修远", "欧阳修远"), ("陈女伎 Eric", "陈女伎")]
)
def test_a_person_is_found_under_a_name_that_looks_like_a_trade_name(asked, known):
    index = registry(PERSON, known, "王小明", "赵大海")
    assert found(asked, index)[:1] == [known]


def test_the_very_name_comes_first_also_where_it_is_a_former_one():
    names = (KnownName("麦浪控股集团有限公司"), KnownName("天津麦浪投资发展有限公司", "former"))
    alias = (KnownName("麦浪控股集团有限公司"), KnownName("天津麦浪投资发展有限公司", "alias"))
    for bearer in (names, alias):
        index = NameIndex([Known(1, bearer, ORG), Known(2, (KnownName("天津市麦浪投资发展有限公司"),), ORG)])
        assert found("天津麦浪投资发展有限公司", index)[0] == "天津麦浪投资发展有限公司"


class Crowded(NameIndex):
    """Names of which more than one under a key are only counted, as the table does from many on."""

    def look_up(self, keys):
        looked = super().look_up(keys)
        many = {key: len(slots) for key, slots in looked.found.items() if len(slots) > 1}
        return Looked({key: slots for key, slots in looked.found.items() if key not in many}, many)


def test_dense_pairs_are_left_out_only_where_a_rarer_one_leads_to_the_same():
    luck = random.Random(5)
    cores = ["".join(luck.choices("空间一度东方阳光世家天使", k=luck.randint(2, 5))) for _ in range(120)]
    names = sorted({f"杭州{core}科技有限公司" for core in cores})
    filed = [Known(number, (KnownName(name),), ORG) for number, name in enumerate(names)]
    plain, crowded = NameIndex(filed), Crowded(filed)
    for core in cores:
        for asked in (core, f"杭州{core}科技有限公司", core[1:] + "集团"):
            one, other = (find_hits(Asked(asked), index, 500).hits for index in (plain, crowded))
            assert {hit.party: hit.score for hit in one} == {hit.party: hit.score for hit in other}, asked
