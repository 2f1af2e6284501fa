"""root: the folder of the project around a folder."""

import pytest

from casegen.problem import CasegenError
from casegen.root import NAME, SHIPPED_THEMES, find_root_folder


def test_the_nearest_folder_with_settings_is_the_root(tmp_path):
    inner = tmp_path / "a" / "b"
    (inner / "cases").mkdir(parents=True)
    (tmp_path / NAME).write_text("title: 外", "utf-8")
    (inner / NAME).write_text("title: 内", "utf-8")
    assert find_root_folder(inner / "cases") == inner.resolve()
    assert find_root_folder(tmp_path / "a") == tmp_path.resolve()


def test_a_folder_outside_of_every_project_is_told_what_to_do(tmp_path):
    with pytest.raises(CasegenError) as caught:
        find_root_folder(tmp_path)
    assert caught.value.slug == "no-project"
    assert "casegen init" in caught.value.hint


@pytest.mark.parametrize("kind", ["folder", "broken link"])
def test_settings_that_are_no_file_are_named(tmp_path, kind):
    if kind == "folder":
        (tmp_path / NAME).mkdir()
    else:
        (tmp_path / NAME).symlink_to(tmp_path / "gone.yml")
    with pytest.raises(CasegenError) as caught:
        find_root_folder(tmp_path)
    assert NAME in caught.value.message
    assert caught.value.hint == "换成文件本身"


def test_the_shipped_themes_are_found_in_the_repository():
    assert (SHIPPED_THEMES / "default" / "theme.yml").is_file()
