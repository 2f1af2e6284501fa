"""The keys of casegen.yml, and what is wrong with their values."""

import datetime as dt

import pytest

from casegen import settings
from casegen.collection.category import CATEGORIES, Category
from casegen.problem import Severity
from casegen.project import load_project


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


def told(found):
    faults = load_project(found.root)[1]
    return [(p.message, p.hint) for p in faults]


def test_terms_are_followed_to_their_end_and_a_circle_is_left_out(load):
    found, _ = load("title: 甲\nterms: {菜元: 菜圆, 菜圆: 菜园, 屏: 坪, 坪: 屏, 稻: 水稻, 词: }\n")
    assert found.config.terms == (("菜元", "菜园"), ("菜圆", "菜园"), ("稻", "水稻"))
    assert told(found) == [
        (
            "用语“词”没有写对的是什么，没有采用",
            "写成 词: 对的词，“对的词”换成要写的；用不着就删去这一项",
        ),
        ("用语绕了一步：菜元 → 菜圆 → 菜园", "写成 菜元: 菜园"),
        ("用语绕了一圈，没有采用：屏 → 坪 → 屏", "只留下一项，删去另外的"),
    ]


def test_a_term_whose_right_form_holds_what_is_known_to_be_wrong_is_told(load):
    found, _ = load("title: 甲\nterms: {党课: 叁会一课}\n")
    assert found.config.terms == (("党课", "三会一课"),)
    assert told(found)[0][1] == "写成 党课: 三会一课"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("targets: {校网: }", "写成 校网: 地址，“地址”换成要写的；用不着就删去这一项"),
        ("targets: [校网：sftp://x@h/w]", "写成 {校网: sftp://x@h/w}"),
        ("rules: [missing-cover: off]", "写成 {missing-cover: off}"),
        (
            "categories: [{a: {name: 甲}}]",
            "写成 {名称: 值}，或去掉各项前面的“- ”，每行一条，缩进两格",
        ),
        ("pages: {关于: about}", "写成 nav"),
    ],
)
def test_a_setting_of_another_form_is_answered_with_the_right_one(load, line, hint):
    found, _ = load(f"title: 甲\n{line}\n")
    assert [said for _, said in told(found)] == [hint]
