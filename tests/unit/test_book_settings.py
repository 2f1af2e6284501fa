"""The key `book` of casegen.yml."""

import pytest

from casegen.book_settings import PARTS, Book, read_settings
from casegen.problem import Severity
from casegen.source.schema import Faults


def read(**values):
    faults = Faults("casegen.yml", {})
    return read_settings(values, faults), [(p.where.field, p.hint) for p in faults.problems]


def test_without_settings_every_default_holds():
    assert read() == (Book(), [])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"paper": "A4"}, {"paper": "a4"}),
        ({"paper": "大32开", "order": "地区", "print": "黑白"},
         {"paper": "32k", "order": "region", "print": "grey"}),
        ({"omit": ["封面", "index", "cover"]}, {"omit": ("cover", "index")}),
        ({"binding": 0}, {"binding": 0.0}),
        ({"committee": (("主任", "某某"),), "site": True},
         {"committee": (("主任", "某某"),), "site": True}),
    ],
)  # fmt: skip
def test_words_in_either_language_are_known(values, expected):
    assert read(**values) == (Book(**expected), [])


@pytest.mark.parametrize(
    ("values", "field", "hint"),
    [
        ({"paper": "B5"}, "book.paper", "16k"),
        ({"order": "类型"}, "book.order", "是不是“类别”？"),
        ({"omit": ["封皮"]}, "book.omit", "是不是“封面”？"),
        ({"binding": 31}, "book.binding", "写 0 到 30 之间的数"),
        ({"binding": -1}, "book.binding", "写 0 到 30 之间的数"),
    ],
)
def test_an_unknown_word_is_told_and_becomes_the_default(values, field, hint):
    book, [(where, said)] = read(**values)
    assert book == Book()
    assert where == field
    assert hint in said


def test_every_part_of_the_book_can_be_left_out():
    book, problems = read(omit=list(PARTS.values()))
    assert (book.omit, problems) == (tuple(PARTS), [])


def test_the_widest_binding_is_allowed_and_blanks_around_a_word_mean_nothing():
    assert read(binding=30, paper=" A4 ") == (Book(binding=30.0, paper="a4"), [])


def test_an_unknown_word_is_a_warning_that_names_the_setting_in_chinese():
    faults = Faults("casegen.yml", {})
    read_settings({"paper": "B5"}, faults)
    [problem] = faults.problems
    assert problem.severity is Severity.WARNING
    assert "开本“B5”" in problem.message
