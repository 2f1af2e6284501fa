"""Buckets: headers, requests, providers."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegen.publish.access import Access
from casegen.publish.address import parse_address
from casegen.publish.password import Password
from casegen.publish.s3 import make_client
from publish.conftest import bucket_host
from publish.cutting import Proxy
from publish.refusals import refusal

RELEASES = ".casegen-releases/"

# --- buckets ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "kind", "cached"), [
    ("index.html", "text/html; charset=utf-8", "public, max-age=60"),
    ("cases/aa.md", "text/markdown; charset=utf-8", "public, max-age=60"),
    ("assets/catalog.js", "text/javascript; charset=utf-8", "public, max-age=60"),
    ("data/cases.json", "application/json; charset=utf-8", "public, max-age=60"),
    ("feed.xml", "application/xml; charset=utf-8", "public, max-age=60"),
    ("assets/style-*", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
    ("assets/way-*", "image/png", "public, max-age=31536000, immutable"),
])  # fmt: skip
def test_objects_say_what_they_are_and_how_long_they_keep(  # noqa: PLR0913, PLR0917
    desk, bucket, sites, path, kind, cached
):
    if not bucket.files():
        desk.publish(bucket, sites["first"])
    (found,) = [p for p in bucket.files() if p == path or Path(p).match(path)]
    head = bucket.head(found)
    assert head["ContentType"] == kind
    assert head["CacheControl"] == cached


@pytest.fixture(scope="module")
def bucket(moto_port):
    return bucket_host(moto_port, "headers")


def test_rolling_back_keeps_the_headers(desk, make_host, sites):
    host = make_host("s3")
    desk.publish(host, sites["first"])
    desk.publish(host, sites["edited"])
    desk.roll_back(host)
    assert host.head("cases/bb.html")["ContentType"] == "text/html; charset=utf-8"


def test_requests_carry_nothing_that_chinese_providers_refuse(desk, make_host, sites):
    host = make_host("s3")
    with Proxy(host.port) as proxy:
        desk.publish(host, sites["first"], proxy.port)
        heard = bytes(proxy.heard).lower()
    assert b"put /" in heard
    assert b"cache-control: public" in heard
    for refused in (b"aws-chunked", b"x-amz-checksum", b"x-amz-trailer", b"x-amz-sdk-checksum"):
        assert refused not in heard


@pytest.mark.parametrize(("endpoint", "region", "style", "signature"), [
    ("s3.oss-cn-beijing.aliyuncs.com", "cn-beijing", "virtual", "s3"),
    ("oss-cn-beijing.aliyuncs.com", "cn-beijing", "virtual", "s3"),
    ("https://cos.ap-beijing.myqcloud.com", "ap-beijing", "virtual", "s3v4"),
    ("obs.cn-north-4.myhuaweicloud.com", "cn-north-4", "virtual", "s3v4"),
    ("http://10.0.0.7:9000", "us-east-1", "path", "s3v4"),
    ("http://minio:9000", "us-east-1", "path", "s3v4"),
])  # fmt: skip
def test_a_provider_is_known_by_its_endpoint(endpoint, region, style, signature):
    address = parse_address(f"s3://KEYID@xczx/www?endpoint={endpoint}", Path(), "")
    secret = Password(address, {"CASEGEN_PASSWORD": "x"})
    store = make_client(Access(address, secret, Path()))(0)
    found = store._client.meta
    assert found.region_name == region
    assert found.config.s3["addressing_style"] == style
    assert found.config.signature_version == signature
    assert found.endpoint_url.startswith("http")


def test_a_bucket_that_is_not_there_is_said(desk, make_host, sites):
    host = make_host("s3")
    host.bucket = "no-such-bucket"
    error = refusal(lambda: desk.publish(host, sites["first"]))
    assert error.slug == "target-refused"
    assert "没有桶 no-such-bucket" in error.message
    assert "新建" in error.hint


# --- archives ---------------------------------------------------------------------------------
