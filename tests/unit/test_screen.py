"""What is printed on the terminal."""

from casegen.problem import Location, Problem, Severity
from casegen.screen import (
    SHOWN_ERRORS,
    print_first,
    print_problems,
    print_summary,
    remind,
    say,
    show_path,
    strip_control,
)


def problem(severity=Severity.ERROR, message="没有摘要", path="cases/a.md"):
    return Problem("missing-summary", severity, message, Location(path, 3, 2), "补一句")


def printed(capsys, act):
    act()
    found = capsys.readouterr()
    return found.out, found.err


def test_no_text_of_a_file_can_move_the_cursor(capsys):
    assert strip_control("甲\x1b[2J乙\r\n丙\u202e") == "甲\ufffd[2J乙\ufffd\n丙\ufffd"
    hostile = problem(message="甲\x1b[2J", path="cases/\x1b.md")
    out, _ = printed(capsys, lambda: print_problems([hostile]))
    assert "\x1b" not in out


def test_a_problem_is_a_line_with_its_place_and_one_with_its_remedy(capsys):
    out, err = printed(capsys, lambda: print_problems([problem()], err=True))
    assert out == ""
    assert err == "cases/a.md:3:2 错误 没有摘要  [missing-summary]\n    改法：补一句\n"


def test_problems_are_counted_by_severity(capsys):
    found = (problem(), problem(), problem(Severity.NOTE))
    assert printed(capsys, lambda: print_summary(found))[0].startswith("共 2 处错误、1 处提示。")
    assert printed(capsys, lambda: print_summary(()))[0] == "没有发现问题。\n"


def test_of_very_many_errors_only_the_first_are_printed(capsys):
    out, _ = printed(capsys, lambda: print_first((problem(),) * (SHOWN_ERRORS + 9)))
    assert out.count("没有摘要") == SHOWN_ERRORS


def test_remarks_go_to_standard_error_with_their_remedy(capsys):
    out, err = printed(capsys, lambda: say("连不上", "看网线", label="注意", color="red"))
    assert (out, err) == ("", "注意：连不上\n  改法：看网线\n")
    assert printed(capsys, lambda: remind(["甲", "乙"]))[1] == "提醒：甲。\n提醒：乙。\n"


def test_a_path_is_relative_only_inside_the_current_folder(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert show_path(tmp_path / "here" / "site") == "site"
    assert show_path(tmp_path / "away") == str(tmp_path / "away")
