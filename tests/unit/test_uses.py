"""Which files of a project are used, by whom, and which of them exist."""

import pytest
from projects import case_text

from casegen import gathering, uses
from casegen import project as projects

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def made(project):
    return project(
        {
            "casegen.yml": "title: 试验案例集\nlogo: logo.png\n",
            "cases/a.md": case_text("甲", "![图](a.png)\n\n[名单](list.pdf)", cover="cover.png"),
            "cases/bad.md": "---\ntitle: 坏\n---\n![图](bad.png)\n",
            "pages/about.md": "[说明](../files/b.pdf)\n",
            "cases/a.png": PNG, "cases/list.pdf": b"%PDF", "files/b.pdf": b"%PDF", "logo.png": PNG,
        }
    )  # fmt: skip


def read(made):
    found, problems = projects.load_project(made.root)
    with gathering.open_run(found, 1) as run:
        reading = gathering.read_project(run, problems, drafts=True)
    cases = {case.path: case for case in reading.materials.everyone}
    pairs = [(document, cases.get(document.path)) for document in reading.documents]
    return tuple(uses.list_uses(pairs, reading.materials.pages, found))


def test_cases_files_that_gave_none_pages_and_settings_use_files(made):
    found = {(use.where.path, use.path, use.image) for use in read(made)}
    assert found == {
        ("cases/a.md", "cases/cover.png", True),
        ("cases/a.md", "cases/a.png", True),
        ("cases/a.md", "cases/list.pdf", False),
        ("cases/bad.md", "cases/bad.png", True),
        ("pages/about.md", "files/b.pdf", False),
        ("casegen.yml", "logo.png", True),
    }


def test_only_files_that_exist_are_found_and_no_text_of_a_case(made):
    made.write({"cases/b.md": case_text("乙", "见[甲](a.md)")})
    found = uses.find_files(made.root, read(made))
    assert set(found) == {"cases/a.png", "cases/list.pdf", "files/b.pdf", "logo.png"}
    assert found["cases/list.pdf"].size == 4


def test_what_is_no_regular_file_is_told_with_its_reason(made):
    (made.root / "cases" / "cover.png").mkdir()
    used = read(made)
    unfit = uses.find_unfit(made.root, used, uses.find_files(made.root, used))
    assert list(unfit) == ["cases/cover.png"]
    [flaw] = unfit["cases/cover.png"]
    assert (flaw.rule, "文件夹" in flaw.message) == ("refused-attachment", True)
