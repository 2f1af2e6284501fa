"""The keys of casegen.yml, and what is wrong with their values."""

import datetime as dt

import pytest

from casegen import settings
from casegen.collection.category import CATEGORIES, Category
from casegen.problem import Severity


def test_only_the_title_is_needed(load):
    found, problems = load("title: 甲\n")
    assert problems == []
    assert found.config == settings.Config(title="甲")
    assert (found.config.search, found.config.qr, found.config.iis) == (True, False, False)
    assert found.config.categories == CATEGORIES
    assert found.today == dt.date.today()  # noqa: DTZ011


def test_every_key_is_read_in_chinese(load):
    found, problems = load("""\
标题: 甲
副标题: 乙
主办单位: 某校
联系: 某处
版权声明: 保留
网址: https://example.edu.cn/xczx
语言: zh-CN
主题: plain
备案号: 甲ICP备1号
公安备案号: 甲公网安备1号
标识码: bm1
报错: mailto:a@example.edu.cn
导航: [关于: about, 外: https://example.edu.cn/]
类别: {产业: , health: {名称: 健康, 颜色: "#0a0", 简介: 话, 顺序: 0}}
词表: {ships: {name: 船, unit: 艘, rule: sum}}
规则: {missing-cover: off, missing-alt: error}
发布目标: {校网: sftp://x@host/www}
搜索: false
二维码: true
iis: true
""")
    assert problems == []
    config = found.config
    assert (config.base_url, config.theme) == ("https://example.edu.cn/xczx/", "plain")
    assert config.nav == (("关于", "about"), ("外", "https://example.edu.cn/"))
    assert config.categories == (
        Category("health", "健康", "#0a0", "话", 0),
        Category("industry", "产业", "", "", 1),
    )
    assert found.norms.vocabulary.get("船").key == "ships"
    assert found.norms.severities == {"missing-cover": None, "missing-alt": Severity.ERROR}
    assert config.targets == (("校网", "sftp://x@host/www"),)
    assert (config.search, config.qr, config.iis) == (False, True, True)


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ("titel: 乙", "unknown-field", 1),
        ("base_url: ftp://example.edu.cn/", "ignored-setting", 11),
        ("base_url: https://example.edu.cn/?a=1", "ignored-setting", 11),
        ("report_error: http://example.edu.cn/", "ignored-setting", 15),
        ("nav: [关于]", "ignored-setting", 7),
        ("categories: {教育: 甲}", "ignored-setting", 14),
        ("categories: {a: {color: red}}", "ignored-setting", 25),
        ("rules: {missing-covers: off}", "unknown-rule", 9),
        ("rules: {missing-cover: no}", "ignored-setting", 24),
        ("rules: {missing-image: warning}", "fixed-rule", 24),
        ("metrics: {ships: {name: 船}}", "ignored-setting", 11),
        ("search: 1", "ignored-setting", 9),
        ("标题: 乙", "duplicate-key", 1),
    ],
)
def test_a_fault_is_a_warning_at_its_place_and_the_project_still_works(load, line, rule, column):
    found, problems = load(f"title: 甲\n{line}\n")
    assert problems == [(rule, 2, column)]
    assert found is not None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("subtitle: 甲\n", "missing-field"),
        ("title: [甲]\n", "malformed-field"),
        ("- 甲\n", "malformed-field"),
        ('title: "甲\n', "yaml-syntax"),
        ("", "missing-field"),
    ],
)
def test_without_a_title_there_is_no_project(load, text, rule):
    found, problems = load(text)
    assert found is None
    assert [each for each, _, _ in problems] == [rule]


def test_all_faults_are_found_in_one_run(load):
    _, problems = load("title: 甲\nsearch: 1\nqr: 2\nfoo: 3\nrules: {a: off, b: off}\n")
    assert [line for _, line, _ in sorted(problems, key=lambda p: p[1])] == [2, 3, 4, 5, 5]
