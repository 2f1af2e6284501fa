from casegen.problem import LONG_VALUE, LONGEST, Edit, Location, Problem, Severity, sort_problems


def problem(path="cases/a.md", line=1, column=1, rule="missing-alt", fix=None):
    return Problem(
        rule, Severity.WARNING, "没有替代文字", Location(path, line, column), "写上", fix
    )


def test_problems_are_shown_by_file_line_and_column_and_each_once():
    first = problem(line=2, column=9)
    second = problem(line=10, column=1)
    other = problem(path="cases/b.md")
    assert sort_problems((other, second, first, second)) == (first, second, other)


def test_the_json_of_a_problem_has_the_promised_keys():
    assert problem(line=3, fix=Edit(0, 1, "")).as_json() == {
        "rule": "missing-alt",
        "severity": "warning",
        "message": "没有替代文字",
        "path": "cases/a.md",
        "line": 3,
        "column": 1,
        "hint": "写上",
        "fixable": True,
        "fix": "safe",
    }


def test_words_of_a_problem_are_one_line_of_a_length_to_be_read():
    where = Location("cases/a.md")
    long = Problem("r", Severity.NOTE, f"网址名“{'x' * 5000}”的写法\n不对", where, "长" * 5000)
    (shown,) = sort_problems((long,))
    assert shown.message == f"网址名“{'x' * LONG_VALUE}……”的写法\\n不对"
    assert shown.hint == "长" * LONGEST + "……"
    assert sort_problems((problem(),)) == (problem(),)


def test_another_severity_changes_nothing_else():
    raised = problem().at(Severity.ERROR)
    assert raised.severity is Severity.ERROR
    assert raised.at(Severity.WARNING) == problem()
