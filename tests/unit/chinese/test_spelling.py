"""Places as people write them are answered with whole, lawful paths."""

from collections import Counter

import pytest

from casegen.chinese import region, region_reading, spelling

WRITTEN = {
    "贵州从江县": ["贵州省/黔东南苗族侗族自治州/从江县"],
    "从江县": ["贵州省/黔东南苗族侗族自治州/从江县"],
    "贵州/从江": ["贵州省/黔东南苗族侗族自治州/从江县"],
    "重庆石柱县中益乡华溪村": ["重庆市/石柱土家族自治县/中益乡/华溪村"],
    "石柱县": ["重庆市/石柱土家族自治县"],
    "河北阜平县骆驼湾村": ["河北省/保定市/阜平县/骆驼湾村"],
    "河北省/阜平县": ["河北省/保定市/阜平县"],
    "河南安阳北关区": ["河南省/安阳市/北关区"],
    "安阳北关区": ["河南省/安阳市/北关区"],
    "甘肃定西陇西": ["甘肃省/定西市/陇西县"],
    "四川凉山州昭觉县": ["四川省/凉山彝族自治州/昭觉县"],
    "凉山州昭觉县": ["四川省/凉山彝族自治州/昭觉县"],
    "湖北恩施": ["湖北省/恩施土家族苗族自治州"],
    "延庆": ["北京市/延庆区"],
    "赤峰": ["内蒙古自治区/赤峰市"],
    "环江": ["广西壮族自治区/河池市/环江毛南族自治县"],
    "广西/环江县": ["广西壮族自治区/河池市/环江毛南族自治县"],
    "云南省昆明市盘龙区、西山区": ["云南省/昆明市/盘龙区", "云南省/昆明市/西山区"],
    # blanks, brackets and commas between levels, a level alone, townships and villages of one place
    "河南省 信阳市 新县": ["河南省/信阳市/新县"],
    "湖北 恩施州 利川市 毛坝镇": ["湖北省/恩施土家族苗族自治州/利川市/毛坝镇"],
    "江苏－钟楼区－深水镇": ["江苏省/常州市/钟楼区/深水镇"],
    "江西 / 吉安 / 青原区": ["江西省/吉安市/青原区"],
    "吉林 / 梨树县": ["吉林省/四平市/梨树县"],
    "江西于都（潭头村）": ["江西省/赣州市/于都县/潭头村"],
    "四川省凉山州（昭觉、布拖）": [
        "四川省/凉山彝族自治州/昭觉县",
        "四川省/凉山彝族自治州/布拖县",
    ],
    "四川省/凉山州/昭觉县，布拖县": [
        "四川省/凉山彝族自治州/昭觉县",
        "四川省/凉山彝族自治州/布拖县",
    ],
    "湖北恩施州宣恩、来凤、鹤峰三县": [
        "湖北省/恩施土家族苗族自治州/宣恩县",
        "湖北省/恩施土家族苗族自治州/来凤县",
        "湖北省/恩施土家族苗族自治州/鹤峰县",
    ],
    "浙江省安吉县余村、鲁家村": ["浙江省/湖州市/安吉县/余村", "浙江省/湖州市/安吉县/鲁家村"],
    "甘肃省陇西县步云村和白石村": ["甘肃省/定西市/陇西县/步云村", "甘肃省/定西市/陇西县/白石村"],
    # 和 in a name is no "and"
    "新疆维吾尔自治区和田地区墨玉县": ["新疆维吾尔自治区/和田地区/墨玉县"],
    "临夏州和政县、和田地区墨玉县": [
        "甘肃省/临夏回族自治州/和政县",
        "新疆维吾尔自治区/和田地区/墨玉县",
    ],
    "贵州省从江县，以及广西三江县": [
        "贵州省/黔东南苗族侗族自治州/从江县",
        "广西壮族自治区/柳州市/三江侗族自治县",
    ],
    # names of their own: banners, people, old ones, the 兵团
    "内蒙赤峰敖汉旗": ["内蒙古自治区/赤峰市/敖汉旗"],
    "广西省百色靖西": ["广西壮族自治区/百色市/靖西市"],
    "新疆自治区和田": ["新疆维吾尔自治区/和田地区"],
    "香港特区": ["香港特别行政区"],
    "内蒙古通辽市科左中旗": ["内蒙古自治区/通辽市/科尔沁左翼中旗"],
    "喀左县": ["辽宁省/朝阳市/喀喇沁左翼蒙古族自治县"],
    "甘肃省/临夏州/东乡县": ["甘肃省/临夏回族自治州/东乡族自治县"],
    "天津市蓟县": ["天津市/蓟州区"],
    "新疆生产建设兵团第一师阿拉尔市": ["新疆维吾尔自治区/阿拉尔市"],
    "河北阜平县骆驼湾村、贵州雷山县南猛村": [
        "河北省/保定市/阜平县/骆驼湾村",
        "贵州省/黔东南苗族侗族自治州/雷山县/南猛村",
    ],
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_place_is_answered_with_its_whole_path_which_is_lawful(text):
    meant = spelling.spell_out(text)
    assert [place.text for place in meant] == WRITTEN[text]
    assert all(region_reading.read_region(place.text) == (place, ()) for place in meant)


@pytest.mark.parametrize(
    "text", ["某地", "朝阳区", "甘肃某县", "", "、", "广西中南村", "从江县、广西中南村"]
)
def test_a_place_that_is_not_sure_is_not_guessed(text):
    assert spelling.spell_out(text) == ()


def test_places_of_one_name_are_all_named():
    named = [place.text for place in spelling.find_namesakes("梨树")]
    assert named == ["吉林省/四平市/梨树县", "黑龙江省/鸡西市/梨树区"]
    assert spelling.find_namesakes("从江县") == ()


def every_way(path):
    """A place as people write it: each level with or without its kind, levels left out, marks."""
    names = [path.province, path.city, path.county]
    top = region.find_province(path.province)
    forms = [(top.name, top.label), *((name, name) for name in names[1:])]
    for mark in ("", "/", " ", " / ", "-", "－", "·", ">", "，"):
        for short in (0, 1):
            given = [form[short] for form in forms if form[short]]
            yield mark.join(given)
            yield mark.join([*given, "深水镇", "白石村"])
            yield mark.join([given[0], given[-1], "深水镇"])


def test_any_way_to_write_a_county_is_answered_with_its_whole_path():
    named = Counter((place.province, place.county) for place in region.list_regions())
    counties = [p for p in region.list_regions() if p.county and named[p.province, p.county] == 1]
    for place in counties[::7]:
        for text in every_way(place):
            meant = spelling.spell_out(text)
            assert len(meant) == 1, text
            assert meant[0].names[: len(place.names)] == place.names, text
            assert region_reading.read_region(meant[0].text) == (meant[0], ())
