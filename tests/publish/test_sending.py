"""Whenever a run ends, readers have a whole site, and the next run completes it.

The fixed sample of moments is part of `make test`; all of them (of FTPS forty)
of `make test-full`.
"""

from __future__ import annotations

import contextlib
import json
import os

import pytest

from casegen.problem import CasegenError
from publish.cutting import Ailing, Proxy, changes, killed_after
from publish.reader import broken
from publish.refusals import refusal

MANIFEST = ".casegen-manifest.json"
FULL = bool(os.environ.get("CASEGEN_FULL"))
SLICES = range(6 if FULL else 1)  # of all moments, so that workers share them
SAMPLE = {"folder": 6, "sftp": 1, "ftp": 4, "ftps": 40, "s3": 1}
LOST = {"connection-lost", "target-unreachable"}


class First:
    """The first upload."""

    def prepare(self, _desk, host, _sites):
        host.reset({"upload/photo.jpg": b"theirs"})

    def act(self, desk, host, sites, port=0):
        desk.publish(host, sites["first"], port)

    complete = act
    after = "first"


class Update(First):
    """One case edited, one new, one gone."""

    def prepare(self, desk, host, sites):
        super().prepare(desk, host, sites)
        desk.publish(host, sites["first"])

    def act(self, desk, host, sites, port=0):
        desk.publish(host, sites["changed"], port)

    complete = act
    after = "changed"


class RollBack(Update):
    """Back from there."""

    def prepare(self, desk, host, sites):
        super().prepare(desk, host, sites)
        desk.publish(host, sites["changed"])

    def act(self, desk, host, _sites, port=0):
        desk.roll_back(host, port)

    def complete(self, desk, host, _sites):
        with contextlib.suppress(CasegenError):  # the cut came after its very end
            desk.roll_back(host)

    after = "first"


SCENARIOS = {"first": First(), "update": Update(), "roll-back": RollBack()}


def moments(total, kind):
    """How many requests are let through: all numbers, or a fixed sample of them."""
    if FULL and kind != "ftps":  # which is FTP in another coat, and takes ten times as long
        return list(range(total))
    step = max(1, total // SAMPLE[kind])
    return sorted({*range(step // 2, total, step), total - 2})


# By default the dear kinds of host have the update alone, which sends, replaces and removes.
EVERYWHERE = [
    pytest.param(kind, scenario, marks=() if usual else pytest.mark.full)
    for kind in ("folder", "sftp", "ftp", "s3", "ftps")
    for scenario in SCENARIOS
    for usual in [kind in {"folder", "ftp"} or (kind != "ftps" and scenario == "update")]
]


@pytest.mark.parametrize("slice_", SLICES)
@pytest.mark.parametrize(("kind", "scenario"), EVERYWHERE)
def test_a_cut_at_any_moment_leaves_a_whole_site_and_the_next_run_completes_it(  # noqa: PLR0913, PLR0917
    desk, make_host, sites, kind, scenario, slice_
):
    host, chosen = make_host(kind), SCENARIOS[scenario]
    chosen.prepare(desk, host, sites)
    before = host.files()
    every = moments(count(desk, host, sites, chosen, before), kind)
    for moment in every[slice_ :: len(SLICES)]:
        host.reset(before)
        cut(desk, host, sites, chosen, moment)
        assert broken(host.read) == [], f"after {moment}"
        chosen.complete(desk, host, sites)
        expected = {**sites[chosen.after].files(), "upload/photo.jpg": b"theirs"}
        assert host.site() == expected, f"after {moment}"
        assert not json.loads(host.read(MANIFEST))["pending"]
        left = {path for path in host.files() if "tmp" in path or "lock" in path}
        assert left == set(), f"after {moment}"


def count(desk, host, sites, chosen, before):
    """How many requests an undisturbed run makes."""
    if host.kind != "folder":
        with Proxy(host.port) as proxy:
            chosen.act(desk, host, sites, proxy.port)
            return proxy.requests
    host.reset(before)
    return changes(host.root, lambda: chosen.act(desk, host, sites))


def cut(desk, host, sites, chosen, moment):
    if host.kind == "folder":
        assert not killed_after(moment, host.root, lambda: chosen.act(desk, host, sites))
        return
    with Proxy(host.port, moment) as proxy:
        try:
            chosen.act(desk, host, sites, proxy.port)
        except CasegenError as error:
            assert error.slug in LOST, error.message  # noqa: PT017 it may also have got through


DENIED = b"<Error><Code>AccessDenied</Code><Message>\x1b[2J</Message></Error>"
BROKEN = b"<Error><Code>InternalError</Code></Error>"


@pytest.mark.parametrize(
    ("status", "body", "slug"),
    [
        (403, DENIED, "target-refused"),
        (500, BROKEN, "connection-lost"),
        pytest.param(400, b"\xff\xfe<", "target-refused", marks=pytest.mark.full),
    ],
)
def test_a_bucket_that_fails_from_some_request_on_keeps_a_whole_site(  # noqa: PLR0913, PLR0917
    desk, make_host, sites, status, body, slug
):
    host, update = make_host("s3"), SCENARIOS["update"]
    update.prepare(desk, host, sites)
    with Ailing(host.port, status, body, 70) as between:
        found = refusal(lambda: update.act(desk, host, sites, between.port))
        assert between.failed
    assert found.slug == slug
    assert "\x1b" not in found.message
    assert broken(host.read) == []
    update.complete(desk, host, sites)
    assert host.site() == {**sites["changed"].files(), "upload/photo.jpg": b"theirs"}


@pytest.mark.usefixtures("like_iis")
@pytest.mark.parametrize("scenario", [pytest.param("first", marks=pytest.mark.full), "update"])
def test_a_cut_while_a_host_replaces_a_file_by_removing_it_is_made_good(
    desk, make_host, sites, scenario
):
    """Of such a host (IIS) one file may be missing when the line is cut, the manifest included."""
    host, chosen = make_host("ftp"), SCENARIOS[scenario]
    chosen.prepare(desk, host, sites)
    before, missing = host.files(), 0
    for moment in moments(count(desk, host, sites, chosen, before), "ftp"):
        host.reset(before)
        with Proxy(host.port, moment) as proxy:
            with contextlib.suppress(CasegenError):
                chosen.act(desk, host, sites, proxy.port)
            assert len(broken(host.read)) <= 1, f"after {moment}"
            missing += host.read(MANIFEST) is None
            proxy.heal()
            chosen.act(desk, host, sites, proxy.port)
        expected = {**sites[chosen.after].files(), "upload/photo.jpg": b"theirs"}
        assert host.site() == expected, f"after {moment}"
        assert not json.loads(host.read(MANIFEST))["pending"]
    assert missing or not FULL


def test_going_back_instead_of_completing_leaves_the_site_as_it_was(desk, make_host, sites):
    host, update = make_host("folder"), SCENARIOS["update"]
    update.prepare(desk, host, sites)
    before = host.files()
    for moment in moments(count(desk, host, sites, update, before), "sftp"):
        host.reset(before)
        cut(desk, host, sites, update, moment)
        with contextlib.suppress(CasegenError):  # the cut came before anything was sent
            desk.roll_back(host)
        expected = {**sites["first"].files(), "upload/photo.jpg": b"theirs"}
        assert host.site() == expected, f"after {moment}"


def test_an_edit_between_a_cut_and_the_next_run_does_no_harm(desk, make_host, sites):
    host = make_host("folder")
    update = SCENARIOS["update"]
    update.prepare(desk, host, sites)
    before = host.files()
    total = count(desk, host, sites, update, before)
    for moment in range(0, total, 9) if FULL else range(total // 3, total, total // 3):
        for second in range(3, total, 12 if FULL else total // 3):
            host.reset(before)
            cut(desk, host, sites, update, moment)
            if not json.loads(host.read(MANIFEST))["pending"]:
                continue  # it had not begun, or only the lock was left to take away
            killed_after(second, host.root, lambda: desk.publish(host, sites["edited"]))
            assert broken(host.read) == [], f"after {moment}, then {second}"
        if not json.loads(host.read(MANIFEST))["pending"]:
            continue
        desk.publish(host, sites["edited"])
        expected = {**sites["edited"].files(), "upload/photo.jpg": b"theirs"}
        assert host.site() == expected, f"after {moment}"
        desk.roll_back(host)
        expected = {**sites["first"].files(), "upload/photo.jpg": b"theirs"}
        assert host.site() == expected, f"after {moment}"
