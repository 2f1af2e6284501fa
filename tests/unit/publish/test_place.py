"""What distinguishes a project folder from every copy of it."""

from __future__ import annotations

import os
import shutil

from casegen.publish.place import FILE, identify_place


def test_a_folder_keeps_its_name_and_a_copy_has_another(tmp_path):
    name = identify_place(tmp_path / "one")
    assert identify_place(tmp_path / "one") == name
    shutil.copytree(tmp_path / "one", tmp_path / "two", copy_function=shutil.copy2)
    assert (tmp_path / "two" / FILE).read_bytes() == (tmp_path / "one" / FILE).read_bytes()
    assert identify_place(tmp_path / "two") != name
    (tmp_path / "one").rename(tmp_path / "moved")
    assert identify_place(tmp_path / "moved") == name


def test_what_is_no_id_is_replaced_and_nothing_is_written_through_a_link(tmp_path):
    victim = tmp_path / "victim"
    victim.write_text("珍贵", "utf-8")
    folder = tmp_path / "state"
    for spoil in (
        lambda file: file.symlink_to(victim),
        lambda file: file.write_bytes(b"x" * 32),
        lambda file: file.write_bytes(b"0" * 33),
    ):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        spoil(folder / FILE)
        name = identify_place(folder)
        assert identify_place(folder) == name
        assert len((folder / FILE).read_bytes()) == 32
    assert victim.read_text("utf-8") == "珍贵"


def test_where_nothing_can_be_written_no_two_names_are_the_same(tmp_path):
    os.mkfifo(tmp_path / "state")
    assert identify_place(tmp_path / "state") != identify_place(tmp_path / "state")
