"""characters: which characters are Chinese."""

import re

import pytest

from casegen.chinese.characters import HAN, PUNCTUATION, holds_chinese, is_wide


@pytest.mark.parametrize("char", ["村", "〇", "々", "㛃", "䶮", "𬱖", "龥", "鿿", "﨩"])
def test_ideographs_of_every_block_are_chinese(char):
    assert holds_chinese(f"a{char}1")
    assert re.fullmatch(f"[{HAN}]", char)


@pytest.mark.parametrize("char", ["a", "1", "，", "。", "カ", "한", "é", "①", "🌾", ""])
def test_letters_digits_marks_and_other_scripts_are_not(char):
    assert not holds_chinese(char)


@pytest.mark.parametrize("char", "，。：；！？（）「」《》、…—“”１Ａ")
def test_marks_that_take_no_space_beside_them_are_punctuation(char):
    assert re.fullmatch(f"[{PUNCTUATION}]", char)


@pytest.mark.parametrize(
    ("char", "wide"),
    [("村", True), ("，", True), ("Ａ", True), ("·", True), ("a", False), (" ", False)],
)
def test_what_is_set_as_wide_as_a_chinese_character_is_known(char, wide):
    assert is_wide(char) is wide
