from __future__ import annotations

import pytest

from casegen.editions.site import assets, theme
from casegen.problem import CasegenError


def test_a_file_that_changes_while_a_site_is_built_is_named_with_what_to_do(tmp_path):
    own = tmp_path / "themes" / "mine"
    (own / "assets").mkdir(parents=True)
    (own / "theme.yml").write_text("name: 我的\nextends: default\n", "utf-8")
    sheet = own / "assets" / "style.css"
    sheet.write_text("a { color: red }", "utf-8")
    look = theme.load_theme("mine", "zh-CN", tmp_path / "themes")
    assert sheet in [path for _, path in assets.list_asset_files(look.folders, look.asset_paths)]
    sheet.write_text("a { color: blue }", "utf-8")
    with pytest.raises(CasegenError, match=r"主题的文件在生成网站时改动了：assets/style-"):
        assets.list_asset_files(look.folders, look.asset_paths)


def test_a_style_sheet_loses_its_comments_and_keeps_its_strings(tmp_path):
    sheet = tmp_path / "style.css"
    sheet.write_text(
        '/* 一 */a::before { content: "/* 二 */"; }\n/* 三\n四 */b { color: red; }\n', "utf-8"
    )
    bare = assets.read_bare_asset(sheet).decode()
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
    assert assets.read_bare_asset(file).decode() == bare


def test_the_name_of_a_file_changes_with_its_content_and_keeps_its_ending():
    one, other = (assets.make_hashed_path("a.b.css", text) for text in (b"1", b"2"))
    assert one != other
    for path in (one, other):
        assert path.startswith("assets/a.b-")
        assert path.endswith(".css")


def test_of_equal_files_the_one_of_the_nearer_theme_is_copied(tmp_path):
    places = []
    for name in ("base", "near"):
        folder = tmp_path / name
        (folder / "assets").mkdir(parents=True)
        (folder / "assets" / "a.css").write_bytes(b"same")
        places.append(folder)
    path = assets.make_hashed_path("a.css", b"same")
    assert assets.list_asset_files(places, {path}) == ((path, places[1] / "assets" / "a.css"),)


def test_a_file_that_no_theme_has_is_named_where_a_template_asks_for_it():
    with pytest.raises(CasegenError, match=r"主题缺少文件“assets/b\.css”"):
        assets.Assets({"a.css": "assets/a-1.css"})["b.css"]
