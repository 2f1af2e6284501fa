import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen import project
from casegen.collection.category import CATEGORIES, Category
from casegen.problem import CasegenError, Severity


@pytest.fixture
def load(tmp_path):
    def loaded(text):
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "casegen.yml").write_bytes(data)
        found, problems = project.load_project(tmp_path)
        return found, [(p.rule, p.where.line, p.where.column) for p in problems]

    return loaded


def test_only_the_title_is_needed(load):
    found, problems = load("title: 甲\n")
    assert problems == []
    assert found.config == project.Config(title="甲")
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


def test_a_gb18030_file_is_read(load):
    found, problems = load("标题: 甲".encode("gb18030"))
    assert found.config.title == "甲"
    assert problems == [("encoding", 1, 1)]


def test_the_project_is_found_from_any_folder_below(tmp_path):
    (tmp_path / "casegen.yml").write_text("title: 甲\n", encoding="utf-8")
    deep = tmp_path / "cases" / "x"
    deep.mkdir(parents=True)
    found = project.find_project(deep)
    assert found.root == tmp_path.resolve()
    assert found.cases_dir == tmp_path.resolve() / "cases"


def test_without_casegen_yml_the_way_out_is_named(tmp_path):
    with pytest.raises(CasegenError) as caught:
        project.find_project(tmp_path)
    assert caught.value.slug == "no-project"
    assert "casegen init" in caught.value.hint


def test_a_broken_casegen_yml_is_reported_with_its_place(tmp_path):
    (tmp_path / "casegen.yml").write_text("title: 甲: 乙\n", encoding="utf-8")
    with pytest.raises(CasegenError, match=r"casegen\.yml:1:9"):
        project.find_project(tmp_path)


def test_norms_change_with_what_they_are_made_of_and_with_nothing_else(load):
    digests = [
        load(text)[0].norms.digest
        for text in (
            "title: 甲\n",
            "title: 乙\nsearch: false\n",
            "title: 甲\nrules: {missing-cover: off}\n",
            "title: 甲\ncategories: {industry: 产业}\n",
            "title: 甲\nmetrics: {ships: {name: 船, unit: 艘}}\n",
        )
    ]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 4


SETTINGS = """\
title: 甲
nav: [a, {b: c}, {d: [e]}]
nav: {a: b}
categories: {industry: , a: {order: 1e5}, b: [1], 组织: 甲}
categories: [a]
metrics: {a: 1, b: {name: [1], rule: x, unit: 3}, funds_invested: {rule: none}}
metrics: []
rules: {missing-cover: {a: b}, [a]: off}
rules: off
base_url: https://[/
report_error: mailto:a@b@c
targets: {a: , b: [c], d: sftp://x}
search: true
"""
LINES = st.sampled_from(SETTINGS.splitlines())


@given(st.lists(LINES, max_size=9).map("\n".join).map(str.encode) | st.binary(max_size=99))
def test_any_casegen_yml_gives_a_project_or_the_reason_why_not(tmp_path_factory, data):
    root = tmp_path_factory.mktemp("project")
    (root / "casegen.yml").write_bytes(data)
    found, problems = project.load_project(root)
    assert found is not None or any(p.severity is Severity.ERROR for p in problems)
