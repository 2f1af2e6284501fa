"""Hosts that are trusted, by their fingerprint."""

from __future__ import annotations

import dataclasses
import subprocess

import pytest

from publish.refusals import foreign_words, refusal


@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_an_unknown_host_is_refused_with_its_fingerprint_until_that_is_accepted(
    desk, make_host, sites, kind
):
    host = make_host(kind)
    stranger = dataclasses.replace(host, accept="")
    error = refusal(lambda: desk.publish(stranger, sites["first"]))
    assert error.slug == "unknown-host"
    assert host.accept in error.message
    assert f"--accept-host-key {host.accept}" in error.hint
    assert foreign_words(error) == []
    wrong = dataclasses.replace(host, accept="SHA256:" + "A" * 43)
    error = refusal(lambda: desk.publish(wrong, sites["first"]))
    assert error.slug == "unknown-host"
    assert host.files() == {}
    desk.publish(host, sites["first"])
    assert desk.publish(stranger, sites["first"]).plan.empty


@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_a_host_that_shows_another_key_than_before_is_refused(desk, make_host, sites, kind):
    host = make_host(kind)
    desk.publish(host, sites["first"])
    if kind == "sftp":
        known = desk.memory / "known_hosts"
        name, _, _ = known.read_text("utf-8").partition(" ")
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", desk.memory / "k"],
                       check=True)  # fmt: skip
        public = (desk.memory / "k.pub").read_text("utf-8").split()
        known.write_text(f"{name} {public[0]} {public[1]}\n", "utf-8")
    else:
        known = desk.memory / "known_certificates"
        known.write_text(known.read_text("utf-8").split()[0] + " SHA256:other\n", "utf-8")
    stranger = dataclasses.replace(host, accept="")
    error = refusal(lambda: desk.publish(stranger, sites["edited"]))
    assert error.slug == "host-changed"
    assert host.accept in error.message
    assert host.site() == sites["first"].files()
    desk.publish(host, sites["edited"])
    assert desk.publish(stranger, sites["edited"]).plan.empty
