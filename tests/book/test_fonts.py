"""The families of a book."""

from __future__ import annotations

import pytest

from casegen.editions.book.fonts import find_fonts
from casegen.problem import CasegenError


def test_without_a_chinese_font_the_message_says_how_to_get_one(tmp_path):
    with pytest.raises(CasegenError) as caught:
        find_fonts("字", tmp_path, system=False)
    assert caught.value.slug == "no-font"
    assert "fonts 文件夹" in caught.value.hint
