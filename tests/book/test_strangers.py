"""A theme and fonts that came from a stranger: the book asks no host and reads nothing outside."""

from __future__ import annotations

import os
import socket

import pytest
from book.printed import TWO

from casegen.process_limits import Limits

THEME = {"themes/mine/theme.yml": "name: 我的\nextends: default\n"}


def test_a_template_that_asks_for_a_package_reaches_no_host(project, monkeypatch):
    asked = socket.create_server(("127.0.0.1", 0))
    asked.settimeout(0)
    for name in ("HTTPS_PROXY", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{asked.getsockname()[1]}")
    package = '#import "@preview/example:0.1.0": *\n'
    folder = project(TWO | THEME | {"themes/mine/book/book.typ": package})
    folder.write({"casegen.yml": "title: 集\ntheme: mine\n"})
    done = folder.start("book", "--format", "pdf")
    assert done.exit_code == 2
    assert "模板排不出来" in done.output
    with pytest.raises(BlockingIOError):
        asked.accept()
    assert os.environ["HTTPS_PROXY"].endswith(str(asked.getsockname()[1]))
    asked.close()


@pytest.mark.parametrize("kind", ["folder", "inside", "pipe"])
def test_fonts_are_not_looked_for_outside_the_project(project, kind):
    folder = project(TWO)
    fonts = folder.root / "fonts"
    if kind == "folder":
        fonts.symlink_to("/usr/share")
    else:
        fonts.mkdir()
    if kind == "inside":
        (fonts / "all").symlink_to("/usr/share")
    if kind == "pipe":
        os.mkfifo(fonts / "x.otf")
    done = folder.start("book", "--format", "pdf")
    assert done.exit_code == 2
    assert "fonts" in done.output
    assert ("管道" if kind == "pipe" else "链接") in done.output


@pytest.mark.parametrize("command", [("book", "--format", "pdf"), ("build", "--jobs", "1")])
@pytest.mark.parametrize(
    ("written", "limits"),
    [
        # typst itself stops a loop that never ends, but not one that ends in a thousand years
        ("#for i in range(99999) { for j in range(99999) { for k in range(99999) {} } }",
         Limits(seconds=3, grace=0)),
        ("#let x = range(100000000)", Limits(memory=1 << 30)),
    ],
)  # fmt: skip
def test_a_template_of_a_book_that_takes_all_time_or_memory_is_told_and_changes_nothing(
    project, monkeypatch, command, written, limits
):
    monkeypatch.setattr("casegen.editions.book.pdf.STRANGERS", limits)
    folder = project(TWO | THEME | {"themes/mine/book/book.typ": written})
    folder.write({"casegen.yml": "title: 集\ntheme: mine\nbook: {site: true}\n"})
    done = folder.start(*command)
    assert done.exit_code == 2
    assert "书的模板排不出来：算个没完，或用尽了内存" in done.output
    assert not (folder.root / "book").exists()
    assert not (folder.root / "site").exists()
