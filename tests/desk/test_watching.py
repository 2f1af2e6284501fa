"""Changes of files that are noticed."""

from __future__ import annotations

import http.client

import pytest
from pictures import corners, saved
from preview import FINE, PATIENCE, previewing
from projects import case_text


@pytest.mark.parametrize("poll", [False, True], ids=["told by the system", "looked for"])
def test_new_removed_and_renamed_files_are_noticed(project, poll) -> None:
    made = project({"cases/a.md": case_text("甲")})
    with previewing(made.root, poll=poll) as preview:
        made.write({"pages/new.md": "# 新的一页\n\n正文。\n"})  # in a folder that was not there
        preview.wait(2)
        while preview.get("/new.html").status != 200:
            preview.wait(3)
        (made.root / "cases/a.md").rename(made.root / "cases/c.md")
        while preview.get("/cases/c.html").status != 200:
            preview.told.get(timeout=PATIENCE)
        assert preview.get("/cases/a.html").status == 404


def test_a_picture_beside_the_folders_of_sources_is_noticed(project) -> None:
    made = project(FINE | {"cases/b.md": case_text("乙", "![图](../pics/a.png)")})
    with previewing(made.root) as preview:
        assert preview.server.shown.broken
        made.write({"pics/a.png": saved(corners((40, 40)), "PNG")})
        while preview.server.shown.broken:
            preview.told.get(timeout=PATIENCE)


def test_a_save_is_shown_and_those_who_listen_are_told(project) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
        connection.request("GET", "/.preview/events?version=1")
        events = connection.getresponse()
        made.write({"cases/a.md": case_text("甲", body="改过的一句。")})
        lines = iter(events.readline, b"")  # a line now and then says that the host still lives
        assert int(next(line[6:-1] for line in lines if line[6:-1].isdigit())) > 1
        assert "改过的一句。" in preview.get("/cases/a.html").text
        connection.close()
