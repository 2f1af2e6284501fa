"""A lost manifest, rebuilt from what the target holds."""

from __future__ import annotations

import json

import pytest

from casegen.problem import CasegenError
from publish.test_publish import EVERYWHERE, MANIFEST


def test_a_lost_manifest_is_rebuilt_without_sending_or_removing_anything(desks, host, sites):
    next(desks).publish(host, sites["first"])
    before = host.read(MANIFEST)
    host.remove(MANIFEST)
    host.put("upload/photo.jpg", b"theirs")
    stamps = host.stamps()
    outcome = next(desks).publish(host, sites["first"])
    assert outcome.plan.empty
    assert json.loads(host.read(MANIFEST))["files"] == json.loads(before)["files"]
    after = host.stamps()
    assert {path: after[path] for path in stamps} == stamps


@EVERYWHERE
def test_a_lost_manifest_that_the_desk_remembers_is_put_back(desk, host, sites):
    desk.publish(host, sites["first"])
    desk.publish(host, sites["edited"])
    before = host.files()
    host.remove(MANIFEST)
    assert desk.publish(host, sites["edited"]).plan.empty
    assert host.files() == before
    desk.roll_back(host)
    assert host.site() == sites["first"].files()


@EVERYWHERE
def test_without_manifest_and_memory_other_bytes_count_as_foreign(desks, host, sites):
    next(desks).publish(host, sites["first"])
    host.remove(MANIFEST)
    before = host.files()
    desk = next(desks)
    with pytest.raises(CasegenError) as caught:
        desk.publish(host, sites["edited"])
    assert caught.value.slug == "target-foreign"
    assert host.files() == before
    desk.publish(host, sites["edited"], adopt=True)
    assert {p: host.read(p) for p in sites["edited"].paths} == sites["edited"].files()
