"""preview: what is shown before the first build, after a good one, and after a failure."""

import pytest
from projects import case_text

from casegen.desk import preview
from casegen.problem import Location, Problem, Severity


@pytest.fixture
def root(project):
    return project({"cases/a.md": case_text("茶园", status="draft")}, "title: 试验案例集\n").root


def test_the_first_preview_has_begun_and_shows_no_page(root):
    shown = preview.begin_preview(root)
    assert shown.begun
    assert (shown.leaves, shown.version) == ({}, 0)


def test_a_good_build_shows_drafts_with_their_status_and_a_new_version(root):
    shown = preview.rebuild_preview(root, preview.begin_preview(root))
    assert not shown.begun
    assert shown.version == 1
    leaf = shown.leaves["cases/a.html"]
    assert (leaf.path, leaf.title) == ("cases/a.md", "茶园")
    assert leaf.status


def test_a_build_that_changes_nothing_keeps_the_version(root):
    first = preview.rebuild_preview(root, preview.begin_preview(root))
    assert preview.rebuild_preview(root, first).version == first.version


def test_broken_settings_keep_the_last_pages_and_say_where_the_fault_is(root):
    first = preview.rebuild_preview(root, preview.begin_preview(root))
    (root / "casegen.yml").write_text("title: [\n", "utf-8")
    shown = preview.rebuild_preview(root, first)
    assert shown.failure is not None
    assert "casegen.yml" in shown.failure.message
    assert shown.leaves == first.leaves
    assert shown.version == first.version + 1
    assert preview.rebuild_preview(root, shown).version == shown.version


def test_a_file_that_gives_no_case_is_broken_and_not_a_page(root):
    (root / "cases" / "b.md").write_text("没有开头的文件\n", "utf-8")
    shown = preview.rebuild_preview(root, preview.begin_preview(root))
    assert [leaf.path for leaf in shown.broken.values()] == ["cases/b.md"]
    assert shown.of("cases/b.md")[0].severity is Severity.ERROR


def test_problems_of_a_file_come_errors_first_then_by_line(tmp_path):
    def found(severity, line, path="a.md"):
        return Problem("x", severity, "y", Location(path, line))

    shown = preview.Shown(
        tmp_path,
        problems=(
            found(Severity.NOTE, 1),
            found(Severity.ERROR, 9),
            found(Severity.WARNING, 2),
            found(Severity.ERROR, 3),
            found(Severity.ERROR, 1, "b.md"),
        ),
    )
    assert [(p.severity, p.where.line) for p in shown.of("a.md")] == [
        (Severity.ERROR, 3),
        (Severity.ERROR, 9),
        (Severity.WARNING, 2),
        (Severity.NOTE, 1),
    ]
