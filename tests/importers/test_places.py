"""Places of a manuscript: sentences and the regions that they name."""

from pathlib import Path

import pytest
import yaml

from casegen.importers.places import find_places

TABLE = yaml.safe_load((Path(__file__).parents[1] / "tables/places.yml").read_text("utf-8"))


@pytest.mark.parametrize(("sentence", "regions"), TABLE.items())
def test_a_sentence_names_these_regions(sentence, regions):
    assert list(find_places("帮扶纪实", [sentence])[0]) == regions


def test_a_place_is_told_from_the_province_down_to_the_village(news):
    assert news.regions == ("甘肃省/定西市/陇西县/菜子镇/步云村",)


def test_a_village_that_lies_in_a_township_stands_under_it(found):
    lies = (
        "平川村位于甘肃省定西市陇西县文峰镇，全村312户，"
        "去年建起了合作社，村民人人有活干，日子越过越好，外出的人也陆续回来了。"
    )
    assert found(f"合作社立起来\n{lies}\n").regions == ("甘肃省/定西市/陇西县/文峰镇/平川村",)


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("北坡村建起合作社，北坡村民风一年比一年好，北坡村的路通了。", ("北坡村",)),
        ("甘肃省定西市北坡村建起合作社，北坡村的路通了。", ("甘肃省/定西市/北坡村",)),
        ("西塬镇北坡村建起合作社，北坡村的路通了，西塬镇的人都来看。", ("西塬镇/北坡村",)),
        ("学校在陇西县办班，又引导xx县北坡村种花椒。", ("甘肃省/定西市/陇西县", "北坡村")),
    ],
)
def test_a_village_without_its_county_is_kept_and_uncertain(found, text, regions):
    one = found(f"合作社立起来\n{text}{'村民人人有活干，日子越过越好。' * 4}\n")
    assert one.regions == regions
    assert "请补全，从省写起" in one.uncertain["regions"]


def test_a_place_that_only_the_source_names_is_taken_and_told(found):
    who = "青石学院驻四川省巴中市通江县诺水河镇工作队"
    long = "工作队和村民一起修路架桥，把茶园管起来，日子一年比一年好。" * 3
    one = found(f"修路记修到家门口\n来源：{who}\n\n{long}\n")
    assert one.regions == ("四川省/巴中市/通江县/诺水河镇",)
    assert one.uncertain["regions"] == f"正文里没有写在哪里，这是署名里的：{who}"
