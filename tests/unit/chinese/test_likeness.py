"""A wrong word is held against the known ones in one way wherever a hint asks what was meant."""

from __future__ import annotations

from casegen.chinese.likeness import find_like, suggest


def test_the_most_alike_come_first():
    assert find_like("茶园树", ["果园", "茶园村", "茶园"], most=3) == ["茶园", "茶园村"]
    assert find_like("茶园树", ["果园", "茶园村", "茶园"]) == ["茶园"]


def test_what_is_hardly_like_it_is_not_meant():
    assert find_like("茶圆", ["茶园"], 0.6) == []
    assert suggest("水", ["茶园", "果园"]) == ""


def test_the_question_names_one_word():
    assert suggest("茶圆", ["茶园", "果园"]) == "是不是“茶园”？"
