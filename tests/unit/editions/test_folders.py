"""Where a theme is found, what it extends, and its words."""

import pytest

from casegen.editions.folders import (
    find_folders,
    has_own_templates,
    load_words,
    read_files,
    read_settings,
)
from casegen.problem import CasegenError


@pytest.fixture
def themes(tmp_path):
    """Writes themes of a project: {"mine/theme.yml": …}."""
    own = tmp_path / "project" / "themes"

    def write(files):
        for name, text in files.items():
            path = own / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return own

    return write


def test_a_theme_comes_before_those_it_extends(themes):
    own = themes({"far/theme.yml": "extends: default\n", "near/theme.yml": "extends: far\n"})
    found = find_folders("near", own)
    assert [folder.name for folder in found] == ["near", "far", "default"]
    assert not has_own_templates(found)
    themes({"far/templates/404.html": ""})
    assert has_own_templates(found)
    assert not has_own_templates(find_folders("default", own))


@pytest.mark.parametrize(
    ("files", "name", "message"),
    [
        ({}, "missing", "找不到网站主题“missing”"),
        ({"a/theme.yml": "extends: b\n", "b/theme.yml": "extends: a\n"}, "a", "“a”绕回了自己"),
        ({"a/theme.yml": "extends: ../a\n"}, "a", "找不到网站主题“../a”"),
        ({"a/theme.yml": "name: [甲\n"}, "a", "第 2 行读不懂"),
        ({"a/theme.yml": "- 甲\n"}, "a", "读不懂"),
    ],
)
def test_a_theme_that_cannot_be_used_is_an_error(themes, files, name, message):
    with pytest.raises(CasegenError, match=message):
        find_folders(name, themes({"x/theme.yml": "", **files}))


def test_the_known_themes_are_named(themes):
    with pytest.raises(CasegenError) as caught:
        find_folders("defualt", themes({"mine/theme.yml": ""}))
    assert "mine" in caught.value.hint
    assert "default" in caught.value.hint


def test_every_file_of_a_theme_is_read_by_path(themes):
    own = themes({"mine/theme.yml": "", "mine/assets/b.css": "b", "mine/assets/a.css": "a"})
    found = [(path.name, data) for path, data in read_files(own / "mine")]
    assert found == [("a.css", b"a"), ("b.css", b"b"), ("theme.yml", b"")]


def test_a_link_that_leads_out_of_the_project_is_refused(themes, tmp_path):
    own = themes({"mine/theme.yml": ""})
    (tmp_path / "secret.txt").write_text("密", "utf-8")
    (own / "mine" / "a.css").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(CasegenError, match="通到项目外面"):
        find_folders("mine", own)


def test_settings_are_a_mapping(themes):
    own = themes({"a/theme.yml": "indent: true\n", "b/theme.yml": ""})
    assert read_settings(own / "a" / "theme.yml") == {"indent": True}
    assert read_settings(own / "b" / "theme.yml") == {}


def test_the_words_of_the_nearest_theme_count_and_chinese_fills_the_rest(themes):
    own = themes(
        {
            "far/theme.yml": "", "far/words/zh-CN.yml": "a: 甲\nb: 乙\nc: 丙\n",
            "far/words/en.yml": "a: A\nb: B\n",
            "near/theme.yml": "", "near/words/en-GB.yml": "a: AA\n",
        }
    )  # fmt: skip
    folders = [own / "near", own / "far"]
    assert load_words("near", folders, "en-GB") == {"a": "AA", "b": "B", "c": "丙"}
    assert load_words("near", folders, "zh-CN") == {"a": "甲", "b": "乙", "c": "丙"}


def test_a_word_or_a_language_that_there_is_not_is_an_error(themes):
    own = themes({"mine/theme.yml": "", "mine/words/zh-CN.yml": "a: 甲\n"})
    words = load_words("mine", [own / "mine"], "zh-CN")
    with pytest.raises(CasegenError, match="主题缺少词条“b”"):
        words["b"]
    with pytest.raises(CasegenError, match="没有“fr”的译文"):
        load_words("mine", [own / "mine"], "fr")


@pytest.mark.parametrize(
    "text",
    ["{v.__class__}", "{v[0]}", "{v:999999}", "{v!r}", "{}", "{0}", "{", "{n", "{a{b}}"],
)
def test_words_with_more_than_a_name_in_braces_are_refused(themes, text):
    own = themes({"mine/theme.yml": "", "mine/words/zh-CN.yml": f"a: '甲{text}'\n"})
    with pytest.raises(CasegenError, match="词条“a”里，大括号写得不对"):
        load_words("mine", [own / "mine"], "zh-CN")


def test_words_name_values_in_braces_and_write_braces_twice(themes):
    own = themes({"mine/theme.yml": "", "mine/words/zh-CN.yml": "a: '{n}篇{{甲}}'\n"})
    assert load_words("mine", [own / "mine"], "zh-CN")["a"].format(n=2) == "2篇{甲}"
