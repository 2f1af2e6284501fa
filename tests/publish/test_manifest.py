"""The record of what casegen put at a target."""

from __future__ import annotations

import json

import pytest

from casegen.publish.manifest import Manifest, read_manifest, read_release
from publish.test_plan import entries


def test_a_manifest_is_read_as_it_was_written():
    manifest = Manifest(
        entries("a.html"), frozenset({"b.html"}), frozenset({"b.html"}), 4, (2, 3, 4), 4
    )
    assert read_manifest(manifest.as_bytes()) == manifest


@pytest.mark.parametrize("data", [
    None, b"", b"{", b"[]", b"{}", b'{"version":2}', b"\xff\xfe",
    b'{"version":1,"files":{"index.html":"3769082acb6927718f923947de6d42cc"}}',
])  # fmt: skip
def test_a_manifest_that_cannot_be_trusted_is_none(data):
    assert read_manifest(data) is None
    assert read_release(data) is None


@pytest.mark.parametrize("path", ["../up.html", "/etc/passwd", "a/../../b", "a\\..\\b", ".htaccess",
                                  ".casegen-releases/1/a.html", "a/.git/config", ""])  # fmt: skip
def test_a_manifest_gives_no_licence_for_what_a_site_never_holds(path):
    found = {**json.loads(Manifest(entries("a.html")).as_bytes()), "pending": [path]}
    assert read_manifest(json.dumps(found).encode()) is None
    found["pending"] = []
    assert read_manifest(json.dumps(found).encode()) is not None
    found["files"][path] = f"{'0' * 64} 0"
    assert read_manifest(json.dumps(found).encode()) is None
