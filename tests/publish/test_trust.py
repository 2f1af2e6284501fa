"""Hosts that are trusted, by their fingerprint."""

from __future__ import annotations

import dataclasses
import os
import shutil
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
        place, host_key = known.read_text("utf-8").splitlines()
        name = host_key.split()[0]
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", desk.memory / "k"],
                       check=True)  # fmt: skip
        public = (desk.memory / "k.pub").read_text("utf-8").split()
        known.write_text(f"{place}\n{name} {public[0]} {public[1]}\n", "utf-8")
    else:
        known = desk.memory / "known_certificates"
        place, certificate = known.read_text("utf-8").splitlines()
        known.write_text(f"{place}\n{certificate.split()[0]} SHA256:other\n", "utf-8")
    stranger = dataclasses.replace(host, accept="")
    error = refusal(lambda: desk.publish(stranger, sites["edited"]))
    assert error.slug == "host-changed"
    assert host.accept in error.message
    assert host.site() == sites["first"].files()
    desk.publish(host, sites["edited"])
    assert desk.publish(stranger, sites["edited"]).plan.empty


@pytest.mark.parametrize("kind", ["sftp", "ftps"])
def test_what_was_accepted_in_another_folder_does_not_count_in_a_copy_of_it(
    desks, make_host, sites, kind
):
    """A project may come from a stranger, with its `.casegen/`."""
    host, (one, copy) = make_host(kind), (next(desks), next(desks))
    one.publish(host, sites["first"])
    shutil.copytree(one.memory, copy.memory, copy_function=shutil.copy2)
    stranger = dataclasses.replace(host, accept="")
    assert refusal(lambda: copy.publish(stranger, sites["edited"])).slug == "unknown-host"
    assert host.site() == sites["first"].files()
    copy.publish(host, sites["edited"])
    assert copy.publish(stranger, sites["edited"]).plan.empty


@pytest.mark.parametrize("name", ["known_hosts", "key"])
def test_a_file_without_end_in_the_place_of_a_key_is_not_read(desk, make_host, sites, name):
    host = dataclasses.replace(make_host("sftp"), accept="")
    place = desk.memory / name
    place.parent.mkdir(exist_ok=True)
    place.touch()
    os.truncate(place, 40_000_000_000)
    if name == "key":
        host.template = host.template.partition("?")[0] + f"?key={place}"
    said = refusal(lambda: desk.publish(host, sites["first"])).slug
    assert said == ("login-refused" if name == "key" else "unknown-host")
