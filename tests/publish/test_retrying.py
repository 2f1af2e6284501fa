"""Connections that drop, and hosts that are busy."""

from __future__ import annotations

import pytest

from publish.cutting import Ailing, Proxy
from publish.test_sending import SCENARIOS

pytestmark = pytest.mark.long


def test_a_bucket_that_is_busy_for_a_moment_gets_the_whole_site_in_one_run(desk, make_host, sites):
    host, update = make_host("s3"), SCENARIOS["update"]
    update.prepare(desk, host, sites)
    busy = b"<Error><Code>SlowDown</Code></Error>"
    with Ailing(host.port, 503, busy, 60, often=2) as between:
        update.act(desk, host, sites, between.port)
        assert between.failed == 2
    assert host.site() == {**sites["changed"].files(), "upload/photo.jpg": b"theirs"}


@pytest.mark.parametrize(
    "kind", ["sftp", "ftp", "s3", pytest.param("ftps", marks=pytest.mark.full)]
)
def test_a_connection_that_drops_again_and_again_is_taken_up_again(desk, make_host, sites, kind):
    host = make_host(kind)
    desk.publish(host, sites["first"])
    # An SSH connection alone takes a dozen requests, and there are five.
    often = 100 if kind == "sftp" else 40
    with Proxy(host.port, often, again=True) as proxy:
        desk.publish(host, sites["changed"], proxy.port, pauses=(0.0,) * 5)
        assert proxy.cuts > 1
    with Proxy(host.port, often, again=True) as proxy:
        desk.roll_back(host, proxy.port, pauses=(0.0,) * 5)
        assert proxy.cuts > 1
    assert host.site() == sites["first"].files()
    assert not {path for path in host.files() if "tmp" in path or "lock" in path}
