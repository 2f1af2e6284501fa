"""Themes: where titles may break, and files that change under the builder's hands."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from casegen.editions.site import theme
from casegen.problem import CasegenError


def test_a_file_that_changes_while_a_site_is_built_is_named_with_what_to_do(tmp_path):
    own = tmp_path / "themes" / "mine"
    (own / "assets").mkdir(parents=True)
    (own / "theme.yml").write_text("name: 我的\nextends: default\n", "utf-8")
    sheet = own / "assets" / "style.css"
    sheet.write_text("a { color: red }", "utf-8")
    look = theme.load_theme("mine", "zh-CN", tmp_path / "themes")
    assert sheet in [path for _, path in theme.asset_files(look)]
    sheet.write_text("a { color: blue }", "utf-8")
    with pytest.raises(CasegenError, match=r"主题的文件在生成网站时改动了：assets/style-"):
        theme.asset_files(look)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("山里来了新队伍：电商记", ["山里来了新队伍：", "电商记"]),
        ("念好“甘蔗经”，走稳增收路", ["念好{“甘蔗经”}，", "走稳增收路"]),
        ("他说“好。”再走", ["他说{“好。”}再走"]),
        # Longer than a narrow phone is wide in large type.
        ("“一二三四五六”之路", ["“一二三四五六”之路"]),
        ("某大学（某职业技术学院）", ["某大学（某职业技术学院）"]),
        ("“<b>”与“&amp;”", ["“<b>”与“&amp;”"]),
    ],
)
def test_a_title_breaks_between_phrases_and_not_in_a_short_name_in_quotes(title, expected):
    soup = BeautifulSoup(theme.split_phrases(title), "html.parser")
    assert soup.get_text() == title
    for name in soup.select(".nb"):
        name.replace_with("{" + name.get_text() + "}")
    assert [phrase.get_text() for phrase in soup.select(".ph")] == expected


def test_a_short_quotation_in_a_summary_stays_whole_and_a_line_may_end_after_it():
    soup = BeautifulSoup(theme.keep_unbroken("培育“土专家”“田秀才”1400多人"), "html.parser")
    assert [span.text for span in soup.select(".nb")] == ["“土专家”", "“田秀才”", "1400多人"]
    assert len(soup.select("wbr")) == 2


def test_a_style_sheet_loses_its_comments_and_keeps_its_strings(tmp_path):
    sheet = tmp_path / "style.css"
    sheet.write_text(
        '/* 一 */a::before { content: "/* 二 */"; }\n/* 三\n四 */b { color: red; }\n', "utf-8"
    )
    bare = theme.read_bare_asset(sheet).decode()
    assert bare == 'a::before { content: "/* 二 */"; }\nb { color: red; }\n'


@pytest.mark.parametrize(
    ("script", "bare"),
    [
        ("/* a.js\n * 讲它做什么 */\n\nuse('/* b */');\n", "use('/* b */');\n"),
        ("/*! 许可 */\nuse();\n", "/*! 许可 */\nuse();\n"),
        ("use(); /* 后 */\n", "use(); /* 后 */\n"),
        ("/* 没有结尾\nuse();\n", "/* 没有结尾\nuse();\n"),
    ],
)
def test_a_script_loses_the_comment_it_begins_with(tmp_path, script, bare):
    file = tmp_path / "a.js"
    file.write_text(script, "utf-8")
    assert theme.read_bare_asset(file).decode() == bare
