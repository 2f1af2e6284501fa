"""Themes: what becomes of files that change under the builder's hands."""

from __future__ import annotations

import pytest

from casegen.editions import theme
from casegen.problem import CasegenError


def test_a_file_that_changes_while_a_site_is_built_is_named_with_what_to_do(tmp_path):
    own = tmp_path / "themes" / "mine"
    (own / "assets").mkdir(parents=True)
    (own / "theme.yml").write_text("name: 我的\nextends: default\n", "utf-8")
    sheet = own / "assets" / "style.css"
    sheet.write_text("a { color: red }", "utf-8")
    look = theme.load("mine", "zh-CN", tmp_path / "themes")
    assert sheet in [path for _, path in theme.asset_files(look)]
    sheet.write_text("a { color: blue }", "utf-8")
    with pytest.raises(CasegenError, match=r"主题的文件在生成网站时改动了：assets/style-"):
        theme.asset_files(look)
