from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from casegen.collection import vocabulary
from casegen.collection.vocabulary import Vocabulary

TESTS = Path(__file__).parents[2]
USUAL: dict[str, tuple[str, str]] = yaml.safe_load(
    (TESTS / "tables/usual_names.yml").read_text("utf-8")
)
FILE: dict[str, Any] = yaml.safe_load(
    (TESTS.parent / "casegen/data/vocabulary.yml").read_text("utf-8")
)
VOCABULARY, _ = Vocabulary.from_mapping(FILE)


def means(name: str, unit: str | None = None) -> str:
    found = VOCABULARY.recognise(name, unit)
    return found.key if found else ""


def test_the_usual_names_mean_the_indicators_of_the_table():
    assert {name: [unit, means(name, unit)] for name, (unit, _) in USUAL.items()} == USUAL


@pytest.mark.parametrize(
    ("name", "unit", "key"),
    [
        ("水苔种植面积", "亩", "planting_area"),
        ("培训", "人", "trainees"),
        ("培训", "人次", "training_person_times"),
        ("电商培训", "场", "activities"),
        ("接待游客", "万人次", "visitors"),
        ("太阳能路灯", "盏", "street_lights"),
        ("毕业生就业率", "%", "coverage_rate"),
        ("结对重度残疾人", "个", "people_cared"),
        ("路灯数量", "盏", "street_lights"),
        ("培训留守儿童", "人", "trainees"),
        ("硬化通社道路", "平方米", "hardened_area"),
        ("硬化机耕道", "公里", "road_length"),
        ("乡村振兴带头人培训班", "期", "activities"),
        ("2023年种植面积", "亩", "planting_area"),
        ("2021-2023年累计投入帮扶资金", "万元", "funds_invested"),
        ("三年来捐赠图书", "册", "goods_donated"),
        ("新建公厕", "座", "toilets"),
        ("建档立卡户", "户", "households_registered"),
        ("已脱贫户", "户", "households_lifted"),
        ("培训乡村讲师", "名", "trainees"),
        ("苗木成活率", "%", "coverage_rate"),
        ("灌溉渠", "公里", "pipeline_length"),
        ("路灯改造", "盏", "street_lights"),
        ("林道", "公里", "road_length"),
        ("机耕道", "公里", "road_length"),
        ("硬化机耕道", "平方米", "hardened_area"),
        ("温室", "栋", "greenhouses"),
        ("电商销售", "万元", "sales_income"),
        ("线上销售", "万元", "sales_income"),
        ("直播带货", "万元", "sales_income"),
        ("直播带货", "场", "activities"),
        ("直播带货", "斤", "goods_sold"),
        ("帮助销售", "万元", "produce_sold_for"),
        ("帮助销售脐橙", "万元", "produce_sold_for"),
        ("帮助销售脐橙", "吨", "goods_sold"),
        ("慰问", "户", "households_visited"),
        ("慰问困难群众", "名", "people_cared"),
        ("慰问金", "万元", "donation_cash"),
        ("组织招聘会", "场", "activities"),
        ("监测户户数", "户", "households_monitored"),
        ("脱贫户户数", "户", "households_lifted"),
        ("脱贫人口人数", "人", "households_lifted"),
        ("户均增收额", "元", "per_capita_income"),
    ],
)
def test_a_name_means_what_its_head_or_opening_verb_says_if_the_unit_allows(name, unit, key):
    assert means(name, unit) == key


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("说不清的东西", "个"),
        ("电商服务站", "个"),
        ("培训基地", "个"),
        ("镇村结对项目", "个"),
        ("留守儿童之家", "个"),
        ("残疾人康复站", "个"),
        ("厕所管护员", "名"),
        ("服务电商企业", "家"),
        ("扶持合作社", "家"),
        ("支持脱贫户", "户"),
        ("结对帮扶干部", "名"),
        ("第一书记工作室", "个"),
        ("亩均增收", "斤"),
        ("投入帮扶资金", "亩"),
        ("每头销售收入", "元"),
        ("每期培训人数", "人"),
        ("温室", "亩"),
        ("慰问物资", "份"),
        ("脐橙损耗率", "%"),
        ("2023年贷款利率", "%"),
        ("汇率", "%"),
        ("仔猪死亡率", "%"),
        ("培训讲师", "名"),
        ("新增培训师资人数", "人"),
    ],
)
def test_a_name_that_differs_in_kind_means_no_indicator(name, unit):
    assert not means(name, unit)


@pytest.mark.parametrize(
    ("name", "unit", "nearest"),
    [
        ("派驻队员", "名", "选派驻村干部"),
        ("民宿收入合计", "万元", "旅游收入"),
        ("专利", "项", ""),
        ("绿化", "个", ""),
        ("培训讲师", "名", ""),
        ("损耗率", "%", ""),
        ("卫生室", "个", ""),
        ("标准化卫生室诊室", "间", ""),
        ("户用卫生厕", "座", "卫生厕所"),
    ],
)
def test_the_nearest_indicator_takes_the_unit(name, unit, nearest):
    found = VOCABULARY.nearest(name, unit)
    assert (found.name if found else "") == nearest


def test_an_unknown_name_is_compared_only_with_indicators_that_share_a_letter(monkeypatch):
    compared: list[str] = []
    likeness = vocabulary._likeness

    def count(one: str, other: str) -> float:
        compared.append(other)
        return likeness(one, other)

    monkeypatch.setattr(vocabulary, "_likeness", count)
    rows = {i: {i.name, *i.synonyms} for i in VOCABULARY.indicators}
    sharing = [names for names in rows.values() if {"片", "鹅"} & set("".join(names))]
    assert VOCABULARY.nearest("鹅片", "片") is None
    assert len(compared) == sum(map(len, sharing)) < sum(map(len, rows.values())) / 10


def test_a_broader_indicator_that_does_not_exist_is_a_fault():
    _, faults = VOCABULARY.extended({"loans": {"broader": "nothing"}})
    assert faults == ("词表 loans：broader（上位指标）“nothing”不在词表里",)


def test_a_name_that_an_editors_row_takes_is_no_longer_a_known_ones():
    extended, faults = VOCABULARY.extended({"stations": {"name": "污水处理站", "unit": "座"}})
    assert faults == ()
    found = extended.recognise("污水处理站", "座")
    assert found
    assert found.key == "stations"
