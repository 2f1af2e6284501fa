"""Places as people write them are answered with whole, lawful paths."""

import pytest

from casegen.chinese import region, spelling

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
    "河北阜平县骆驼湾村、贵州雷山县南猛村": [
        "河北省/保定市/阜平县/骆驼湾村",
        "贵州省/黔东南苗族侗族自治州/雷山县/南猛村",
    ],
}


@pytest.mark.parametrize("text", WRITTEN)
def test_a_place_is_answered_with_its_whole_path_which_is_lawful(text):
    meant = spelling.spell_out(text)
    assert [place.text for place in meant] == WRITTEN[text]
    assert all(region.read_region(place.text) == (place, ()) for place in meant)


@pytest.mark.parametrize("text", ["某地", "朝阳区", "甘肃某县", "", "、"])
def test_a_place_that_is_not_sure_is_not_guessed(text):
    assert spelling.spell_out(text) == ()
