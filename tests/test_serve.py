"""`casegen serve`: a real server on loopback, real files, real saves."""

from __future__ import annotations

import datetime as dt
import http.client
import os
import signal
import socket
import struct
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace

import pytest
from pictures import corners, saved
from preview import PATIENCE, previewing
from projects import CONFIG, Project, case_text

from casegen import desk, gathering
from casegen import project as projects
from casegen.desk import building
from casegen.desk.building import build_preview

FINE = {"cases/a.md": case_text("甲"), "cases/b.md": case_text("乙")}


@pytest.fixture(scope="module")
def preview(tmp_path_factory):
    """The preview of two cases, for tests that change nothing."""
    made = Project(tmp_path_factory.mktemp("fine")).write({"casegen.yml": CONFIG, **FINE})
    with previewing(made.root) as shown:
        yield shown


def test_a_page_carries_its_problems_with_line_and_remedy(project) -> None:
    made = project({"cases/a.md": case_text("甲", body="见[明细](mingxi.xlsx)。")})
    with previewing(made.root) as preview:
        bar = preview.get("/cases/a.html").bar
        assert "cases/a.md：1 处提醒" in bar
        assert "第 9 行：文件“mingxi.xlsx”不存在" in bar
        assert "改法：应在 cases/mingxi.xlsx" in bar
        assert "mingxi.xlsx" in preview.get("/.preview/").text


def test_the_files_of_the_preview_stay_as_built(project) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        assert "casegen-preview" in preview.get("/cases/a.html").text
        built = (made.root / ".casegen/preview/cases/a.html").read_text("utf-8")
        assert "/.preview/" not in built
    assert not (made.root / "site").exists()


def test_drafts_are_shown_marked_and_not_added_up(project) -> None:
    metric = "metrics: [投入帮扶资金: 10万元]"
    made = project(
        {
            "cases/a.md": case_text("甲", body="投入帮扶资金10万元。").replace(
                "---\n\n", f"{metric}\n---\n\n"
            ),
            "cases/b.md": case_text("乙", body="投入帮扶资金10万元。", status="draft").replace(
                "---\n\n", f"{metric}\n---\n\n"
            ),
        }
    )
    with previewing(made.root) as preview:
        page = preview.get("/cases/b.html")
        assert "草稿" in page.bar
        assert "草稿" in page.soup.select_one("p.draft").text
        assert "草稿" in preview.get("/cases.html").soup.select_one("#results p.draft").text
        total = preview.get("/metrics/funds_invested.html").soup.get_text()
        assert "10万元" in total.replace(" ", "").replace("\n", "")
        assert "20万元" not in total.replace(" ", "").replace("\n", "")


def test_a_save_is_shown_and_those_who_listen_are_told(project) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=PATIENCE)
        connection.request("GET", "/.preview/events?1")
        events = connection.getresponse()
        made.write({"cases/a.md": case_text("甲", body="改过的一句。")})
        lines = iter(events.readline, b"")  # a line now and then says that the host still lives
        assert next(line for line in lines if line[6:-1].isdigit()) == b"data: 2\n"
        assert "改过的一句。" in preview.get("/cases/a.html").text
        connection.close()


def test_a_save_of_a_body_reads_no_other_case_and_shows_its_problems(project, monkeypatch) -> None:
    said = (
        "村里人从前靠天吃饭，如今各有各的营生，日子一年比一年好，说起来都高兴；外出的人也回来了。"
    )
    made = project(
        {f"cases/{name}.md": case_text(name, said, summary="概要") for name in ("a", "b", "c")}
        | {"cases/b.md": case_text("b", said, summary="概要", status="draft")}
    )
    with previewing(made.root) as preview:
        before = preview.server.shown.problems
        monkeypatch.setattr(gathering, "read_project", None)  # a whole build would fail
        for path, version in (("cases/a.md", 2), ("cases/b.md", 3)):
            text = (made.root / path).read_text("utf-8")
            made.write({path: text + "\n日子好了,人也多了。\n"})
            shown = preview.wait(version)
            assert shown.failure is None
            assert "日子好了,人也多了" in preview.get(f"/{path[:-3]}.html").text
            assert "half-width-punctuation" in {problem.rule for problem in shown.of(path)}
        assert set(before) <= set(shown.problems)


def test_a_preview_of_what_has_not_changed_makes_no_page_and_can_be_renewed(
    project, monkeypatch
) -> None:
    told = {name: case_text(name, "一句话。", summary="概要") for name in ("a", "b")}
    made = project({f"cases/{name}.md": text for name, text in told.items()})
    with previewing(made.root):
        pass
    monkeypatch.setattr(building, "list_site_artifacts", None)  # to make a page would fail
    with previewing(made.root) as preview:
        assert (preview.server.shown.failure, preview.server.shown.written) == (None, 0)
        made.write({"cases/a.md": told["a"] + "\n\n又有一句。\n"})
        preview.wait(2)
        assert "又有一句" in preview.get("/cases/a.html").text


def test_on_another_day_every_case_is_read_again(project, tmp_path, whole_reads) -> None:
    made = project(FINE)
    found, problems = projects.load_project(made.root)
    first = build_preview(found, problems, tmp_path / "preview")
    again = build_preview(found, problems, tmp_path / "preview", first)
    assert len(whole_reads) == 1
    later = replace(found, today=found.today + dt.timedelta(days=1))
    build_preview(later, problems, tmp_path / "preview", again)
    assert len(whole_reads) == 2


def test_a_rule_that_is_off_is_off_beside_a_broken_case_too(project) -> None:
    told = "投入资金180万元。"
    metrics = "[{name: 投入资金, value: 180万元, period: %s}]"
    made = project(
        {
            f"cases/{name}.md": case_text(name, told, metrics=metrics % span)
            for name, span in (("a", "2012-2022"), ("b", "2021-2023"))
        }
        | {"cases/broken.md": "没有案例信息。"},
        CONFIG + "rules: {overlapping-figures: off}\n",
    )
    with previewing(made.root) as preview:
        shown = preview.get("/data/cases.json").text
        assert preview.server.shown.broken
        assert "overlapping-figures" not in shown


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


def test_a_broken_case_becomes_a_page_that_shows_its_problems(project) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        made.write({"cases/a.md": case_text("甲", date="2023年")})
        preview.wait(2)
        broken = preview.get("/cases/a.html")
        assert broken.status == 200
        assert broken.soup.h1.text == "甲"
        assert "第 5 行：日期" in broken.text
        other = preview.get("/cases/b.html")
        assert other.soup.h1.text == "乙"
        assert "cases/a.md 有错误" in other.bar
        made.write({"cases/a.md": case_text("甲", date="2023-01-02")})
        preview.wait(3)
        assert preview.get("/cases/a.html").soup.select_one("article, .prose") is not None
        assert "有错误" not in preview.get("/cases/b.html").bar


def test_two_cases_with_one_address_are_both_to_be_seen(project) -> None:
    made = project({"cases/x/a.md": case_text("甲"), "cases/y/a.md": case_text("乙")})
    with previewing(made.root) as preview:
        assert preview.get("/cases/a.html").soup.h1.text == "甲"
        assert "有两个案例在用" in preview.get("/cases/a-2.html").text


def test_a_file_that_cannot_be_understood_has_a_page_too(project) -> None:
    made = project({**FINE, "cases/坏.md": b"\x00\x01\x02\xff\xfe\xfd" * 40})
    with previewing(made.root) as preview:
        assert "cases/坏.md" in preview.get("/cases/huai.html").text
        assert preview.get("/cases/a.html").soup.h1.text == "甲"


@pytest.mark.parametrize("bad", ["titel: x\n", "title: [\n", "title: 试验案例集\ntheme: 没有\n"])
def test_where_nothing_can_be_built_the_last_good_page_stays_with_a_banner(project, bad) -> None:
    made = project(FINE)
    good = (made.root / "casegen.yml").read_text("utf-8")
    with previewing(made.root) as preview:
        made.write({"casegen.yml": bad})
        preview.wait(2)
        page = preview.get("/cases/a.html")
        assert page.soup.h1.text == "甲"
        assert "没有生成" in page.soup.select_one(".banner").text
        made.write({"casegen.yml": good})
        preview.wait(3)
        assert page.soup.select_one(".banner") is not None
        assert preview.get("/cases/a.html").soup.select_one(".banner") is None


def test_before_the_first_build_the_last_preview_is_shown_and_said_to_be_old(project) -> None:
    made = project(FINE)
    with desk.open_preview(made.root, "127.0.0.1", 0) as server:
        first = fetch(server.url)
    with previewing(made.root):
        pass
    with desk.open_preview(made.root, "127.0.0.1", 0) as server:
        again = fetch(server.url)
    assert "正在生成网站" in first
    assert "没有发现问题" not in first
    assert "<h1" in again
    assert "现在看到的是上一次预览的样子" in again
    assert "全部问题" not in again


def test_the_first_build_is_shown_even_of_an_empty_collection(project) -> None:
    made = project({})
    with previewing(made.root) as preview:
        assert "正在生成" not in preview.get("/").text


def fetch(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.read().decode()


def test_browsers_are_told_when_a_build_begins_and_ends(project) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        version = str(preview.server.shown.version)
        events = urllib.request.urlopen(
            f"{preview.server.url}.preview/events?{version}", timeout=PATIENCE
        )
        with events:
            made.write({"cases/a.md": case_text("丙")})
            lines = []
            while not lines or not lines[-1].startswith("data: " + str(int(version) + 1)):
                lines.append(events.readline().decode().strip())
    told = [line for line in lines if line.startswith(("event", "data"))]
    assert told == [
        "event: working",
        "data: no",
        "event: working",
        "data: yes",
        "event: working",
        "data: no",
        f"data: {int(version) + 1}",
    ]


def test_where_nothing_was_ever_built_every_page_says_why(project) -> None:
    made = project(FINE, "titel: x\n")
    with previewing(made.root) as preview:
        page = preview.get("/")
        assert page.status == 404
        assert "还没有网站" in page.text
        assert "缺少标题" in page.bar


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "192.168.1.5", "a b"],
)
def test_a_foreign_host_is_refused(preview, host) -> None:
    for path in ("/", "/cases/a.html", "/.preview/", "/.preview/events?0"):
        answer = preview.get(path, host)
        assert answer.status == 403
        assert "甲" not in answer.text


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://evil.example", 403),
        ("null", 403),
        ("", 403),
        ("http://[", 400),
        ("http://127.0.0.1:8000", 200),
        ("http://localhost", 200),
    ],
)
def test_a_page_of_another_site_is_refused(preview, origin, status) -> None:
    assert preview.get("/", origin=origin).status == status


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_names_of_this_machine_are_answered(preview, host) -> None:
    assert preview.get("/", host).status == 200


def test_nothing_outside_the_preview_is_served(project) -> None:
    made = project({**FINE, "secret.txt": "机密"})
    with previewing(made.root) as preview:
        (made.root / ".casegen/preview/out.html").symlink_to(made.root / "secret.txt")
        for path in (
            "/../../secret.txt",
            "/..%2f..%2fsecret.txt",
            "/%2e%2e/%2e%2e/secret.txt",
            "/cases/../../../secret.txt",
            "/..%5c..%5csecret.txt",
            "//secret.txt",
            "/out.html",
            f"/{made.root}/secret.txt",
            "/.casegen-manifest.json",
            "/a%00.html",
            "/%ff.html",
            "/.preview/../secret.txt",
            "/.preview/../../../secret.txt",
        ):
            answer = preview.get(path)
            assert answer.status in {400, 404}
            assert "机密" not in answer.body.decode("utf-8", "replace")
        assert preview.get("/", method="POST").status == 501


def test_a_preview_that_came_with_the_project_is_never_shown(project) -> None:
    forged = "<script>alert(1)</script>外来"
    for config in (CONFIG, "title: [\n"):  # with the second nothing is ever built
        made = project({**FINE, "casegen.yml": config})
        made.write(
            {f".casegen/preview/{name}.html": forged for name in ("index", "own", "cases/a")}
        )
        with desk.open_preview(made.root, "127.0.0.1", 0) as server:
            early = fetch(server.url)
        with previewing(made.root) as preview:
            pages = [preview.get(f"/{path}").text for path in ("", "own.html", "cases/a.html")]
        assert not any("外来" in page for page in (early, *pages))


def test_neither_a_closed_connection_nor_a_damaged_page_ends_in_a_traceback(project, capfd) -> None:
    made = project(FINE)
    with previewing(made.root) as preview:
        (made.root / ".casegen/preview/cases/a.html").write_bytes(b"\xff\xfe\0")
        assert preview.get("/cases/a.html").status == 200
        rude = socket.create_connection(("127.0.0.1", preview.port))
        rude.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        rude.close()  # with a reset
        assert preview.get("/index.html").status == 200
    assert "Traceback" not in capfd.readouterr().err


def test_kinds_of_files_are_named(preview) -> None:
    kinds = {
        name: preview.get(f"/{name}").headers["Content-Type"]
        for name in ("index.html", "cases/a.md", "data/cases.json", "data/metrics.csv")
    }
    script = preview.get("/assets/catalog.js")
    head = preview.get("/index.html", method="HEAD")
    assert kinds == {
        "index.html": "text/html; charset=utf-8",
        "cases/a.md": "text/markdown; charset=utf-8",
        "data/cases.json": "application/json",
        "data/metrics.csv": "text/csv; charset=utf-8",
    }
    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert head.body == b""
    assert int(head.headers["Content-Length"]) > 1000


def test_a_port_in_use_is_said_with_another_to_try(project, preview) -> None:
    result = project(FINE).start("serve", "--port", str(preview.port))
    assert result.exit_code == 2
    assert f"--port {preview.port + 1}" in result.stderr


def test_ctrl_c_ends_it_cleanly(project) -> None:
    made = project(FINE)
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "casegen", "serve", "--port", "0"],
        cwd=made.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        assert first.startswith("预览在 http://127.0.0.1:")
        assert running.stdout.readline().startswith("已更新")
        running.send_signal(signal.SIGINT)
        said, complaints = running.communicate(timeout=PATIENCE)
    assert running.returncode == 0
    assert said.strip() == "预览结束。"
    assert complaints == ""
