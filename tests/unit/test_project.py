import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen import project
from casegen.problem import CasegenError, Severity


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
