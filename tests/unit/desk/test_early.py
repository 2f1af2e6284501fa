"""early: which saves can be shown before the site is built again, and with what."""

import pytest
from bs4 import BeautifulSoup
from projects import case_text

from casegen.desk import early, preview

ALIKE = {f"cases/{name}.md": case_text(name, tags="[茶叶]") for name in ("a", "b", "c")}


@pytest.fixture
def built(project):
    root = project(ALIKE, "title: 试验案例集\n").root
    shown = preview.rebuild_preview(root, preview.begin_preview(root))
    assert shown.made is not None
    return shown


def write(built: preview.Shown, path: str, text: str) -> None:
    (built.folder.parents[1] / path).write_text(text, "utf-8")


def read(built: preview.Shown) -> tuple[early.Saved, ...]:
    assert built.made is not None
    return early.read_saves(built.made, built.folder)


def test_nothing_saved_gives_nothing(built):
    assert read(built) == ()


def test_a_saved_case_has_its_new_fields_and_keeps_what_other_cases_decide(built):
    before = BeautifulSoup((built.folder / "cases/a.html").read_text("utf-8"), "html.parser")
    write(built, "cases/a.md", case_text("新的题名", tags="[茶叶]", institution="某某学院"))
    (saved,) = read(built)
    page = BeautifulSoup(saved.html, "html.parser")
    assert page.h1.get_text(strip=True) == "新的题名"
    assert "某某学院" in page.main.get_text()
    for part in ("nav", "footer"):
        assert page.select_one(part) == before.select_one(part)
    others = [
        [link["href"] for link in each.select("a") if link["href"].endswith(("b.html", "c.html"))]
        for each in (before, page)
    ]
    assert others[0] == others[1] != []


def test_a_page_is_the_one_that_the_next_build_makes(built):
    write(built, "cases/a.md", case_text("a", tags="[茶叶]", body="只改了正文。"))
    (saved,) = read(built)
    preview.rebuild_preview(built.folder.parents[1], built)
    assert saved.html == (built.folder / "cases/a.html").read_text("utf-8")


def test_a_case_with_errors_has_problems_and_no_page(built):
    write(built, "cases/a.md", case_text("a", date="昨天"))
    (saved,) = read(built)
    assert saved.html == ""
    assert [p.where.field for p in saved.problems if p.severity == "error"] == ["date"]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("casegen.yml", "title: 别的案例集\n"),
        ("cases/d.md", case_text("新的案例")),
        ("cases/a.md", case_text("a", slug="other")),
        ("cases/a.md", case_text("a", status="withdrawn")),
    ],
    ids=["settings", "a new file", "another address", "withdrawn"],
)
def test_what_changes_more_than_a_page_waits_for_the_build(built, path, text):
    write(built, path, text)
    assert read(built) == ()


def test_many_files_at_once_wait_for_the_build(project):
    many = {f"cases/c{n}.md": case_text(str(n)) for n in range(early.MOST + 1)}
    root = project(many, "title: 试验案例集\n").root
    shown = preview.rebuild_preview(root, preview.begin_preview(root))
    for path in many:
        write(shown, path, case_text("改过"))
    assert read(shown) == ()
