from __future__ import annotations

from pathlib import Path

import pytest
from projects import nest_folders

from casegen import tree


@pytest.fixture
def full(tmp_path):
    """A folder with files, folders and a link that leads back to it."""
    for name in ("b/2.txt", "b/a/1.txt", "a.txt", "c/3.txt"):
        (tmp_path / "top" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "top" / name).write_text(name, "utf-8")
    (tmp_path / "top/back").symlink_to(tmp_path / "top")
    (tmp_path / "kept.txt").write_text("x", "utf-8")
    (tmp_path / "top/out").symlink_to(tmp_path / "kept.txt")
    return tmp_path / "top"


def names(top, **given):
    return [
        Path(entry.path).relative_to(top).as_posix() for entry in tree.walk_folder(top, **given)
    ]


def test_a_folder_comes_before_what_is_in_it_and_links_are_not_entered(full):
    assert names(full) == [
        "a.txt", "b", "b/2.txt", "b/a", "b/a/1.txt", "back", "c", "c/3.txt", "out",
    ]  # fmt: skip


def test_what_is_apart_is_neither_named_nor_entered(full):
    apart = [str(full / "b"), str(full / "a.txt")]
    assert names(full, apart=apart) == ["back", "c", "c/3.txt", "out"]


def test_a_folder_that_is_not_there_is_raised_or_told(tmp_path):
    told: list[OSError] = []
    with pytest.raises(FileNotFoundError):
        names(tmp_path / "none")
    assert names(tmp_path / "none", told=told.append) == []
    assert [type(error) for error in told] == [FileNotFoundError]
    assert names(tmp_path / "none", told=tree.pass_over) == []


def test_a_folder_is_removed_however_deep_and_what_its_links_lead_to_stays(full):
    nest_folders(full)
    tree.remove_folder(full)
    assert [path.name for path in full.parent.iterdir()] == ["kept.txt"]
