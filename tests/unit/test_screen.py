"""What is printed on the terminal."""

import io
import sys
from dataclasses import replace

import pytest

from casegen.problem import Location, Problem, Severity
from casegen.screen import (
    SHOWN_ERRORS,
    Bar,
    print_first,
    print_json,
    print_problems,
    print_summary,
    remind,
    say,
    say_built,
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


class Terminal(io.StringIO):
    """Standard error that says it is a terminal."""

    def isatty(self):
        return True


def drawn(monkeypatch, steps, *, shown=True):
    """What a bar draws for (stage, done, of)."""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Bar(shown=shown) as bar:
        for step in steps:
            bar.show(*step)
    return terminal.getvalue()


def test_progress_is_drawn_for_much_work_on_a_terminal_alone(monkeypatch):
    text = drawn(monkeypatch, [("parse", 100, 200), ("parse", 200, 200)])
    assert "读案例" in text
    assert "200/200" in text
    assert text.endswith("\x1b[?25h\n")  # the cursor is shown again
    assert drawn(monkeypatch, [("parse", 50, 99)]) == ""
    assert "上传" in drawn(monkeypatch, [("send", 1, 3)])
    assert drawn(monkeypatch, [("parse", 100, 200)], shown=False) == ""
    monkeypatch.setattr(Terminal, "isatty", lambda _: False)
    assert drawn(monkeypatch, [("parse", 100, 200)]) == ""


def test_a_stage_that_begins_again_has_a_bar_of_its_own_and_a_length_may_change(monkeypatch):
    again = drawn(monkeypatch, [("book", 5, 5), ("book", 1, 5), ("book", 5, 5)])
    assert again.count("0/5") == 2 * drawn(monkeypatch, [("book", 5, 5)]).count("0/5")
    assert "1/5" in again
    assert "8/8" in drawn(monkeypatch, [("book", 1, 5), ("book", 8, 8)])


def test_waiting_for_another_window_is_told_everywhere(capsys):
    with Bar(shown=False) as bar:
        bar.show("wait", 0, 0)
    assert capsys.readouterr().err.startswith("另一个窗口正在生成这个案例集")


def test_a_message_is_short_and_neither_it_nor_its_remedy_moves_the_cursor(capsys):
    _, err = printed(capsys, lambda: say("甲\r" + "长" * 9000, "看\r"))
    assert "\r" not in err
    assert len(err) < 5000
    hinted = replace(problem(), hint="看\r")
    assert "\r" not in printed(capsys, lambda: print_problems([hinted]))[0]
    assert strip_control("甲\u3000乙\u00a0丙") == "甲\u3000乙\u00a0丙"


def test_errors_that_stop_a_command_go_where_they_are_asked_to(capsys):
    out, err = printed(capsys, lambda: print_first((problem(),), err=True))
    assert (out, "没有摘要" in err) == ("", True)


@pytest.mark.parametrize(
    ("encoding", "text", "written"),
    [
        ("utf-8", "茶", '"茶"'),
        ("UTF-8", "茶", '"茶"'),
        ("gbk", "茶", '"\\u8336"'),
        ("utf-8", "\udcff", '"\\udcff"'),
    ],
)
def test_json_is_ascii_only_where_the_console_needs_it(monkeypatch, encoding, text, written):
    data = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(data, encoding=encoding))
    print_json(text)
    sys.stdout.flush()
    assert data.getvalue().decode(encoding).strip() == written


def test_the_result_of_a_build_names_its_numbers_its_remarks_and_its_folder(capsys, tmp_path):
    out, _ = printed(
        capsys, lambda: say_built(3, 9, (1, 2, 4), 0.5, ["两篇没有上网"], tmp_path / "site")
    )
    assert out.startswith(
        "3 篇案例，9 个页面；新写 1 个文件，未变 2 个，删去 4 个；用时 0.5 秒。\n两篇没有上网\n"
    )
    assert str(tmp_path / "site" / "index.html") in out
