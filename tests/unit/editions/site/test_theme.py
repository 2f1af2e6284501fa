"""Themes: strangers' templates, where titles may break, files that change under one's hands."""

from __future__ import annotations

from dataclasses import dataclass

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
    assert sheet in [path for _, path in theme.list_asset_files(look)]
    sheet.write_text("a { color: blue }", "utf-8")
    with pytest.raises(CasegenError, match=r"主题的文件在生成网站时改动了：assets/style-"):
        theme.list_asset_files(look)


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
        # Longer than most lines: what follows begins where it ends.
        (
            "从一条泥巴路到四季花开的村庄，九个寨子用二十六年走出来的一条共同富裕的新的路子：接续",
            ["从一条泥巴路到四季花开的村庄，", "接续"],
        ),
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


@dataclass(frozen=True)
class Nothing:
    """A view that shows nothing."""


@pytest.mark.parametrize(
    ("template", "place"),
    [
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "第 1 行"),
        ("\n{{ t.func.__globals__ }}", "第 2 行"),
        ("{{ '{0.__class__}'.format(1) }}", "第 1 行"),
        ("{{ 1 / 0 }}", "第 1 行"),
        ("{{ [][7].x }}", "第 1 行"),
        ("{{ 'a' + 1 }}", "第 1 行"),
        ("{% for i in range(100000000) %}{% endfor %}", "第 1 行"),
        ("{% include '../../../../../../../etc/passwd' %}", "第 1 行"),
        ("{{ 'x' | long_date }}", "第 1 行"),
        ("{{ show_card(none, '') }}", "第 1 行"),
        ("{% set x = [1] %}\n{% for i in range(99) %}{{ x.extend(x) }}{% endfor %}", "第 2 行"),
        ("{{ 'x' * 10000000000 }}", "第 1 行"),
        ("{% set n = 1 %}\n{{ ('x' * 99999 * n) | replace(new='y' * 99999, old='x') }}", "第 2 行"),
        ("{{ ('x'.encode() * 9999).join([1] * 99999 * 99999) }}", "要用的内存太多"),
        ("{% for a in [1] %}" * 30 + "{% endfor %}" * 30, "too many"),
        ("{{ " + "(" * 100_000 + " }}", "404.html"),
    ],
)  # fmt: skip
def test_a_template_of_ones_own_cannot_leave_its_page_nor_crash(tmp_path, template, place):
    folder = tmp_path / "themes" / "mine"
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yml").write_text("name: 我的\nextends: default\n", "utf-8")
    (folder / "templates" / "404.html").write_text(template, "utf-8")
    look = theme.load_theme("mine", "zh-CN", tmp_path / "themes")
    with pytest.raises(CasegenError, match=r"主题“mine”的模板 .*有错") as found:
        theme.render_view(look, "404.html", Nothing())
    assert place in found.value.message
