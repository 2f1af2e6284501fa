"""The site of the preview: with drafts, and renewed where only bodies changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from preview import FINE, fetch, previewing
from projects import CONFIG, case_text

from casegen import desk, gathering
from casegen import project as projects
from casegen.desk import building
from casegen.desk.building import build_preview


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
    monkeypatch.setattr(building.build, "make_site", None)  # to make a page would fail
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
