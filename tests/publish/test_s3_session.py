"""Answers of a bucket's host: cut, longer than asked for, slower than anyone waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegen.publish.access import Access
from casegen.publish.address import parse_address
from casegen.publish.password import Password
from casegen.publish.s3 import make_client
from casegen.publish.store import DroppedError
from publish.endless import after_request, drip, flood, hang, host_that

HEAD = b"HTTP/1.1 200 OK\r\n"


def open_store(port, patience=60.0):
    where = f"s3://KEYID@xczx/www?endpoint=http://127.0.0.1:{port}"
    address = parse_address(where, Path(), "")
    secret = Password(address, {"CASEGEN_PASSWORD": "x"})
    return make_client(Access(address, secret, Path(), patience=patience))(0)


def test_a_file_that_was_cut_on_its_way_is_a_lost_connection_and_no_damaged_record():
    def cut(talk):
        talk.sendall(HEAD + b'Content-Length: 100\r\n\r\n{"version":1')

    with host_that(after_request(cut)) as port, pytest.raises(DroppedError, match="没有回应"):
        open_store(port).read(".casegen-manifest.json")


def test_of_a_file_without_end_little_more_than_was_asked_for_is_kept():
    with host_that(after_request(flood(HEAD + b"\r\n"))) as port:
        assert open_store(port).read("index.html", 100_000) == b"x" * 100_001


def test_a_file_is_read_to_its_end_and_no_further():
    def answer(talk):
        talk.sendall(HEAD + b"Content-Length: 5\r\n\r\nhelloworld")

    with host_that(after_request(answer)) as port:
        assert open_store(port).read("index.html") == b"hello"


@pytest.mark.parametrize("speak", [hang(), drip(HEAD), drip(HEAD + b"\r\n")])
def test_a_host_that_takes_too_long_counts_as_gone(speak):
    with host_that(after_request(speak)) as port, pytest.raises(DroppedError, match="没有回应"):
        open_store(port, 1.0).read("index.html")
