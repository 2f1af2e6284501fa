"""Case files are changed byte for byte, and every change can be taken back."""

import hashlib
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import load_empty

from casegen import editing, project
from casegen.problem import CasegenError
from casegen.process_lock import hold_lock
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


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return load_empty(tmp_path_factory.mktemp("empty"))


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
    problems = editing.find_problems(found, "cases/a.md", data)
    changes = editing.find_fixes(found, problems)
    editing.apply_changes(found, changes, "check --fix")
    after = (found.root / "cases/a.md").read_bytes()
    assert editing._fixed(found, "cases/a.md", None).count == 0
    assert "修路，架桥。\r\n\r\n再修路，架桥。" in after.decode()
    assert editing.undo_changes(found) == ("check --fix", ["cases/a.md"])
    assert (found.root / "cases/a.md").read_bytes() == data
    with pytest.raises(CasegenError):
        editing.undo_changes(found)


def test_nobody_but_its_owner_opens_the_old_files(made):
    old = f"{HEAD}种茶。\n".encode()
    found = made(old)
    home = found.cache_dir / "undo"
    home.mkdir(parents=True, mode=0o755)
    editing.apply_changes(found, [editing.Change("cases/a.md", old, b"new", 1)], "set")
    assert home.stat().st_mode & 0o077 == 0


def test_undo_leaves_a_file_alone_that_was_changed_since(made):
    data = (HEAD + "修路,架桥。").encode()
    found = made(data)
    editing.apply_changes(found, [editing._fixed(found, "cases/a.md", None)], "check --fix")
    (found.root / "cases/a.md").write_bytes(b"new")
    with pytest.raises(CasegenError, match="又有了别的修改"):
        editing.undo_changes(found)
    assert (found.root / "cases/a.md").read_bytes() == b"new"


def test_a_change_that_was_cut_off_is_undone_where_it_came_to(made):
    data = (HEAD + "修路,架桥。").encode()
    found = made(data)
    (found.root / "cases/b.md").write_bytes(data.replace("茶园".encode(), "果园".encode()))
    changes = [editing._fixed(found, f"cases/{name}.md", None) for name in "ab"]
    editing.apply_changes(found, changes, "check --fix")
    (found.root / "cases/b.md").write_bytes(changes[1].before)  # as if it was never reached
    assert editing.undo_changes(found) == ("check --fix", ["cases/a.md"])
    assert (found.root / "cases/a.md").read_bytes() == data


EMPTY = hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize(
    "record",
    [
        "[" * 100_000,
        "[]",
        '{"what": "x", "files": 1}',
        '{"what": "x", "files": [1]}',
        '{"what": "x", "files": [["cases/a.md"]]}',
        '{"what": ["x"], "files": []}',
        *(
            json.dumps({"what": "x", "files": [[path, EMPTY]]})
            for path in (
                ".git/config",
                "casegen.yml",
                "../a.md",
                "cases/../../a.md",
                "/cases/a.md",
                "cases/a\0.md",
                "cases",
                "cases/.git/hooks/pre-commit",
            )
        ),
    ],
)
def test_a_record_from_elsewhere_is_not_followed(made, record):
    found = made(HEAD.encode())
    kept = found.cache_dir / "undo" / "0001"
    kept.mkdir(parents=True)
    (kept / "record.json").write_text(record, "utf-8")
    (kept / "0").write_bytes(b"theirs")
    before = {path for path in found.root.parent.rglob("*") if path.is_file()}
    with pytest.raises(CasegenError, match="读不出来"):
        editing.undo_changes(found)
    after = {path for path in found.root.parent.rglob("*") if path.is_file()}
    assert after - {found.cache_dir / "edit.lock"} == before


def test_copies_behind_a_link_or_under_another_name_are_left_alone(made, tmp_path_factory):
    found = made((HEAD + "修路,架桥。").encode())
    theirs = tmp_path_factory.mktemp("theirs")
    (theirs / "record.json").write_text('{"what": "x", "files": []}', "utf-8")
    home = found.cache_dir / "undo"
    home.mkdir(parents=True)
    (home / "0009").symlink_to(theirs)
    (home / "²").mkdir()
    (home / "²/record.json").write_text("{}", "utf-8")
    editing.apply_changes(found, [editing._fixed(found, "cases/a.md", None)], "set\ttitle")
    assert editing.undo_changes(found) == ("set title", ["cases/a.md"])
    assert (theirs / "record.json").is_file()


def test_a_file_whose_name_is_no_text_is_mended_and_undone(made):
    data = (HEAD + "修路,架桥。").encode()
    found = made(data)
    name = os.fsdecode(b"cases/\xff.md")
    (found.root / "cases/a.md").rename(found.root / name)
    editing.apply_changes(found, [editing._fixed(found, name, None)], "check --fix")
    assert (found.root / name).read_bytes() != data
    editing.undo_changes(found)
    assert (found.root / name).read_bytes() == data


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


def test_what_is_refused_is_not_asked_again_when_another_fix_changes_its_line(made):
    data = (HEAD + "发来发来贺信,村里热闹。\n\n发来发来喜讯。\n").encode()
    found = made(data)
    asked = []

    def refuse_first(problem, old, _new):
        asked.append((problem.message[:6], old))
        return len(asked) > 1

    after = editing._fixed(found, "cases/a.md", refuse_first).after.decode()
    line = "发来发来贺信，村里热闹。"
    assert asked[0] == ("“发来发来”", line)
    assert after.endswith("发来发来贺信，村里热闹。\n\n发来喜讯。\n")
    assert len(asked) == len(set(asked))


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
def test_every_byte_that_no_mend_names_is_kept_and_a_second_run_changes_nothing(empty, body):
    data = (HEAD + body).encode()
    found = empty
    (found.root / "cases/a.md").write_bytes(data)
    change = editing._fixed(found, "cases/a.md", None)
    (found.root / "cases/a.md").write_bytes(change.after)
    assert editing._fixed(found, "cases/a.md", None).count == 0
    assert change.after.startswith(HEAD.encode())
    assert change.after.count(b"\r\n") >= data.count(b"\r\n")


def test_a_file_that_was_saved_while_questions_were_asked_is_not_overwritten(made):
    found = made((HEAD + "修路,架桥。").encode())
    (found.root / "cases/b.md").write_bytes((HEAD + "种茶,种药。").encode())
    changes = [editing._fixed(found, f"cases/{name}.md", None) for name in "ab"]
    (found.root / "cases/b.md").write_bytes(b"saved from another window")
    with pytest.raises(CasegenError, match=r"cases/b\.md 又被别的程序改了") as told:
        editing.apply_changes(found, changes, "check --fix-all")
    assert told.value.slug == "changed"
    assert (found.root / "cases/a.md").read_bytes() == changes[0].before
    assert (found.root / "cases/b.md").read_bytes() == b"saved from another window"
    with pytest.raises(CasegenError, match="没有可以撤回的修改"):
        editing.undo_changes(found)


def test_of_two_changes_at_once_none_is_lost_without_a_word(made):
    """Each would write whole files, and both copies would lie under one number."""
    found = made((HEAD + "修路,架桥。").encode())
    change = editing._fixed(found, "cases/a.md", None)
    with hold_lock(found.cache_dir / "edit.lock", None) as held:
        assert held
        with pytest.raises(CasegenError, match="另一个 casegen 正在改"):
            editing.apply_changes(found, [change], "set")
        with pytest.raises(CasegenError, match="另一个 casegen 正在改"):
            editing.undo_changes(found)
    assert (found.root / "cases/a.md").read_bytes() == change.before
    editing.apply_changes(found, [change], "set")
    with pytest.raises(CasegenError, match="又被别的程序改了"):
        editing.apply_changes(found, [change], "set")
    assert editing.undo_changes(found) == ("set", ["cases/a.md"])
