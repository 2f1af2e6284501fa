"""One publisher at a time."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil

import pytest

from casegen import publish
from casegen.problem import CasegenError
from publish.hosts import around
from publish.test_publish import EVERYWHERE, LOCK, MANIFEST


def lock_of(host):
    return f"{LOCK}/owner.json" if host.kind.startswith("ftp") else LOCK


def a_lock(key="other", who="colleague@library", age=dt.timedelta(minutes=5)):
    since = (dt.datetime.now(dt.UTC) - age).isoformat("T", "seconds")
    return json.dumps({"key": key, "who": who, "since": since}).encode()


def test_a_second_publisher_is_told_who_is_first_and_changes_nothing(desk, host, sites):
    desk.publish(host, sites["first"])
    host.put(lock_of(host), a_lock())
    before = host.files()
    for act in (lambda: desk.publish(host, sites["edited"]), lambda: desk.roll_back(host)):
        with pytest.raises(CasegenError) as caught:
            act()
        assert caught.value.slug == "publishing"
        assert re.search(
            r"^colleague@library从 \d+ 月 \d+ 日 \d+:\d\d 起正在发布", caught.value.message
        )
        assert LOCK in caught.value.hint
        assert host.files() == before


@EVERYWHERE
@pytest.mark.parametrize("mark", [a_lock(age=dt.timedelta(hours=25)), b""], ids=["old", "unmarked"])
def test_a_dead_lock_is_cleared_away(desk, host, sites, mark):
    host.put(lock_of(host), mark)
    desk.publish(host, sites["first"])
    assert host.site() == sites["first"].files()
    assert set(host.files()) - set(host.site()) == {MANIFEST}


@EVERYWHERE
def test_of_two_at_once_only_one_publishes(desks, host, sites):
    one, other = next(desks), next(desks)
    one.publish(host, sites["first"])
    assert told_meanwhile(one, other, host, sites) == ["publishing"]
    assert host.site() == sites["edited"].files()


def told_meanwhile(one, other, host, sites):
    """What the other is told who publishes while the first one sends a site."""
    told = []

    def meanwhile(_stage, done, _of):
        if done == 1:
            with pytest.raises(CasegenError) as caught:
                other.publish(host, sites["changed"])
            told.append(caught.value.slug)

    address = publish.resolve_target(host.address(), (), one.memory, one.memory)
    site, world = sites["edited"], around(host, one.memory)
    publish.publish_site(address, site.folder, site.paths, world, meanwhile)
    return told


def test_the_lock_of_the_folder_that_this_one_was_copied_from_is_somebody_elses(
    desks, make_host, sites
):
    """A colleague who was sent the folder, with its `.casegen/`, must not break in."""
    host, (one, copy) = make_host("folder"), (next(desks), next(desks))
    one.publish(host, sites["first"])
    shutil.copytree(one.memory, copy.memory, copy_function=shutil.copy2)
    assert told_meanwhile(one, copy, host, sites) == ["publishing"]
    assert host.site() == sites["edited"].files()


def test_one_folder_that_two_machines_share_has_two_publishers(desk, make_host, sites):
    host = make_host("folder")
    address = publish.resolve_target(host.address(), (), desk.memory, desk.memory)
    marks = []
    for user in ("editor@office", "editor@home"):
        world = around(host, desk.memory, user=user)
        site = sites["first" if not marks else "edited"]
        publish.publish_site(
            address, site.folder, site.paths, world,
            lambda *_: marks.append(json.loads(host.read(LOCK))["key"]),
        )  # fmt: skip
    assert len(set(marks)) == 2
