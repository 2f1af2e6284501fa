"""Case files are changed byte for byte, and every change can be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casegen import editing, project
from casegen.problem import CasegenError
from casegen.source import encoding

HEAD = (
    "---\ntitle: 山里茶园\ninstitution: 青石学院\nregions: [甘肃省/定西市/陇西县]\n"
    "date: 2023-05-04\ncategories: [产业]\n# 注释\n---\n\n"
)


@pytest.fixture
def made(tmp_path):
    def make(data: bytes):
        (tmp_path / "casegen.yml").write_text("title: 试集\n", "utf-8")
        (tmp_path / "cases").mkdir(exist_ok=True)
        (tmp_path / "cases/a.md").write_bytes(data)
        found, problems = project.load_project(tmp_path)
        assert problems == ()
        return found

    return make


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_mend_keeps_encoding_bom_and_line_ends(made, name, newline):
    wrong = HEAD.replace("title: 山里", "标题：山里") + "修路,架桥。\n\n又修渠,又种茶。\n"
    right = HEAD.replace("title: 山里", "标题: 山里") + "修路，架桥。\n\n又修渠，又种茶。\n"
    found = made(encoding.encode(wrong.replace("\n", newline), name))
    change = editing._fixed(found, "cases/a.md", None)
    assert change.after == encoding.encode(right.replace("\n", newline), name)
    assert change.count == 3


def test_what_was_mended_is_mended_for_good_and_undone_to_the_byte(made):
    data = (HEAD + "修路,架桥。。\r\n\r\n再修路,架桥。").encode()
    found = made(data)
    problems = editing.problems_of(found, "cases/a.md", data)
    changes = editing.fixes(found, problems)
    editing.apply(found, changes, "check --fix")
    after = (found.root / "cases/a.md").read_bytes()
    assert editing._fixed(found, "cases/a.md", None).count == 0
    assert "修路，架桥。\r\n\r\n再修路，架桥。" in after.decode()
    assert editing.undo(found) == ("check --fix", ["cases/a.md"])
    assert (found.root / "cases/a.md").read_bytes() == data
    with pytest.raises(CasegenError):
        editing.undo(found)


def test_undo_leaves_a_file_alone_that_was_changed_since(made):
    data = (HEAD + "修路,架桥。").encode()
    found = made(data)
    editing.apply(found, [editing._fixed(found, "cases/a.md", None)], "check --fix")
    (found.root / "cases/a.md").write_bytes(b"new")
    with pytest.raises(CasegenError, match="又有了别的修改"):
        editing.undo(found)
    assert (found.root / "cases/a.md").read_bytes() == b"new"


def test_a_mend_that_needs_a_nod_is_asked_about_once(made):
    data = HEAD.replace("categories: [产业]", 'categories: [产业]\nsummary: "一句').encode()
    found = made(data)
    asked = []

    def refuse(_problem, old, new):
        asked.append((old, new))
        return False

    assert editing._fixed(found, "cases/a.md", refuse).after == data
    assert asked == [('summary: "一句', 'summary: "一句"')]
    agreed = editing._fixed(found, "cases/a.md", lambda *_: True)
    assert agreed.after == data.replace("一句".encode(), '一句"'.encode())


PIECES = st.sampled_from(
    [
        "修路,",
        "架桥",
        "。。",
        "\n",
        "\r\n",
        "甲：乙",
        "title",
        ": ",
        "- ",
        " #1",
        "`码,码`",
        "３",
        "（",
        ")",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_byte_that_no_mend_names_is_kept_and_a_second_run_changes_nothing(
    tmp_path_factory, body
):
    root = tmp_path_factory.mktemp("p")
    (root / "casegen.yml").write_text("title: 试集\n", "utf-8")
    (root / "cases").mkdir()
    data = (HEAD + body).encode()
    (root / "cases/a.md").write_bytes(data)
    found, _ = project.load_project(root)
    change = editing._fixed(found, "cases/a.md", None)
    (root / "cases/a.md").write_bytes(change.after)
    assert editing._fixed(found, "cases/a.md", None).count == 0
    assert change.after.startswith(HEAD.encode())
    assert change.after.count(b"\r\n") >= data.count(b"\r\n")
