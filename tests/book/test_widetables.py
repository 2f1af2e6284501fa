"""A table with more columns than a page holds, in parts."""

from __future__ import annotations

import itertools

import pytest
from book.test_forms import FORMS, READERS
from projects import Project, case_text

from casegen.editions.book.blocks import Items, Matter, Note, Quote, Table, Text
from casegen.editions.book.widetables import part_tables


def row(count, sign):
    return tuple((Text(f"{sign}{at}"),) for at in range(1, count + 1))


def table(count, sign="列"):
    return Table(row(count, sign), (row(count, "12万"), row(count - 2, "7万")), ("right",) * count)


def say(*numbers):
    return " ".join(map(str, numbers))


def parts(found, paper="32k"):
    return part_tables(Matter((found,)), paper, say).blocks


@pytest.mark.parametrize(
    ("paper", "columns", "count"),
    [("32k", 8, 1), ("32k", 14, 2), ("32k", 30, 4), ("a4", 14, 1), ("a4", 30, 2), ("16k", 30, 3)],
)
def test_each_column_stands_in_one_part_below_the_first_column(paper, columns, count):
    whole = table(columns)
    found = parts(whole, paper)
    assert len(found) == count
    heads = [cell[0].text for part in found for cell in part.head[1:]]
    assert heads == [cell[0].text for cell in whole.head[1:]]
    for part in found if count > 1 else ():
        assert part.head[0] == whole.head[0]
        assert [line[0] for line in part.rows] == [line[0] for line in whole.rows]
        assert {len(line) for line in (part.head, *part.rows, part.align)} == {len(part.head)}
    if count == 1:
        assert found == (whole,)


def test_a_part_says_its_number_and_its_columns():
    columns = [part.caption.split() for part in parts(table(30))]
    assert [each[0] for each in columns] == ["1", "2", "3", "4"]
    assert {each[1] for each in columns} == {"4"}
    assert columns[0][2] == "2"
    assert columns[-1][3] == "30"
    assert all(int(a[3]) + 1 == int(b[2]) for a, b in itertools.pairwise(columns))


def test_columns_with_long_words_need_more_room():
    assert len(parts(table(8, "internationalization"))) > 1


def test_a_note_of_the_first_column_is_defined_once():
    wide = table(30)
    noted = Table(((Text("村"), Note(1)), *wide.head[1:]), wide.rows, wide.align)
    marks = [run.again for part in parts(noted) for run in part.head[0] if isinstance(run, Note)]
    assert marks == [False, True, True, True]


def test_tables_of_lists_quotations_and_notes_are_parted_too():
    wide = table(30)
    matter = Matter((Items(1, ((wide,),)), Quote((wide,))), ((wide,),))
    found = part_tables(matter, "32k", say)
    assert len(found.blocks[0].items[0]) == 4
    assert len(found.blocks[1].blocks) == 4
    assert len(found.notes[0]) == 4


@pytest.fixture(scope="module")
def wide_book(shared):
    """A case with a table of thirty columns, in every form."""

    def make(root) -> None:
        lines = ["|".join(["", *(f"{sign}{at}" for at in range(1, 31)), ""]) for sign in "列数"]
        rule = "|" + "---|" * 30
        files = {
            "cases/a.md": case_text("第一篇", "\n".join((lines[0], rule, lines[1]))),
            "casegen.yml": "title: 试验案例集\nbook: {paper: 32k}\n",
        }
        done = Project(root).write(files).start("book", "--format", "all")
        assert done.exit_code == 0, done.output

    return shared("wide-book", make) / "book"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_which_columns_a_part_holds(wide_book, form):
    found = READERS[form](wide_book / f"book.{form}")
    assert "第1段：第2" in found
    assert "（第1列每段都有）" in found
    assert found.count("列1列") >= 2
    assert all(f"数{at}" in found for at in range(1, 31))
