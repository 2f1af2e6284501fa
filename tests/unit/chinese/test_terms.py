"""Fixed terms of policy and names of offices, and how they are misspelled."""

import pytest

from casegen.chinese.terms import find_misheard, list_corrections


def heard(text, key="sounds"):
    return [(text[each.start : each.end], each.name) for each in find_misheard(text, key)]


def test_the_terms_of_a_project_join_those_that_are_known_and_override_them():
    known = dict(list_corrections())
    assert known["叁会一课"] == "三会一课"
    own = dict(list_corrections((("驻村公作队", "驻村工作队"), ("叁会一课", "三会一刻"))))
    assert own["驻村公作队"] == "驻村工作队"
    assert own["叁会一课"] == "三会一刻"


def test_a_form_that_a_project_calls_right_is_no_mistake():
    assert "叁会一课" not in dict(list_corrections((("叁会一课", "叁会一课"),)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("坚持山会一课。", [("山会一课", "三会一课")]),
        ("坚持三会一课。", []),
        ("这四个不在名单里。", []),  # 四个不摘 by a loose sound: other words
    ],
)
def test_terms_are_known_by_their_sound(text, found):
    assert heard(text) == found


def test_offices_are_a_list_of_their_own():
    assert heard("县农业农村居", "offices") == [("农业农村居", "农业农村局")]
    assert heard("县农业农村居") == []
