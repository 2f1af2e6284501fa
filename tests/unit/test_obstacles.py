"""Why paths cannot be written, before any of them is."""

import os

import pytest

from casegen.obstacles import find_obstacles

PATHS = ("index.html", "cases/a.html", "cases/b.html")


@pytest.fixture
def site(tmp_path):
    return tmp_path / "site"


def test_a_folder_that_is_not_there_yet_has_none_and_is_not_made(site):
    assert find_obstacles(site, PATHS) == {}
    assert not site.exists()


def test_files_and_links_that_would_be_replaced_are_none(site):
    (site / "cases").mkdir(parents=True)
    (site / "index.html").write_text("旧", "utf-8")
    (site / "cases" / "a.html").symlink_to(site / "index.html")
    assert find_obstacles(site, PATHS) == {}


def test_a_folder_in_the_place_of_a_file_stops_that_file_alone(site):
    (site / "cases" / "a.html").mkdir(parents=True)
    found = find_obstacles(site, PATHS)
    assert list(found) == ["cases/a.html"]
    assert "占了文件的位置" in found["cases/a.html"]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda place: place.write_text("x"), "是文件，占了文件夹的位置"),
        (lambda place: place.symlink_to("/"), "是链接，不会写到它后面去"),
    ],
)
def test_a_file_or_a_link_in_the_place_of_a_folder_stops_all_below_it(site, make, words):
    site.mkdir()
    make(site / "cases")
    found = find_obstacles(site, PATHS)
    assert list(found) == ["cases/a.html", "cases/b.html"]
    assert all(words in reason for reason in found.values())


def test_a_file_in_the_place_of_the_whole_folder_stops_all(site):
    site.write_text("x", "utf-8")
    found = find_obstacles(site, PATHS)
    assert list(found) == list(PATHS)
    assert set(found.values()) == {f"{site} 是文件，不是文件夹"}


def test_folders_without_the_right_to_write_are_named(site, monkeypatch):
    (site / "cases").mkdir(parents=True)
    allowed = os.access
    monkeypatch.setattr(
        os, "access", lambda place, mode: place != site / "cases" and allowed(place, mode)
    )
    found = find_obstacles(site, PATHS)
    assert found == dict.fromkeys(PATHS[1:], f"没有权限写 {site / 'cases'}")
