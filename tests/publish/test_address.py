"""Where to publish to: addresses and names of targets."""

from __future__ import annotations

from pathlib import Path

import pytest

from casegen.problem import CasegenError
from casegen.publish.address import parse_address, resolve_target

ROOT, HERE = Path("/project"), Path("/here")
TARGETS = (("school", "sftp://xczx@host.edu.cn/www/xczx"), ("本地", "../out"))


@pytest.mark.parametrize(("written", "expected"), [
    ("sftp://xczx@host.edu.cn/www/xczx", ("sftp", "xczx", "host.edu.cn", 0, "www/xczx")),
    ("sftp://host:2222/~/www/", ("sftp", "", "host", 2222, "~/www")),
    ("SFTP://host", ("sftp", "", "host", 0, "")),
    ("ftp://web%40school@host/wwwroot", ("ftp", "web@school", "host", 0, "wwwroot")),
    ("ftps://web@host:990//srv/www", ("ftps", "web", "host", 990, "/srv/www")),
    ("s3://Bucket-1/a/b?endpoint=oss-cn-beijing.aliyuncs.com",
     ("s3", "", "Bucket-1", 0, "a/b")),
    ("s3://LTAI5t@xczx", ("s3", "LTAI5t", "xczx", 0, "")),
    ("zip:out.zip", ("zip", "", "", 0, "out.zip")),
    ("../交付/网站.ZIP", ("zip", "", "", 0, "../交付/网站.ZIP")),
    ("./out", ("folder", "", "", 0, "./out")),
    (r"D:\www\xczx", ("folder", "", "", 0, r"D:\www\xczx")),
    (r"\\server\share\www", ("folder", "", "", 0, r"\\server\share\www")),
])  # fmt: skip
def test_an_address_is_taken_apart(written, expected):
    found = parse_address(written, HERE, "")
    assert (found.scheme, found.user, found.host, found.port, found.path) == expected


def test_settings_follow_the_question_mark():
    found = parse_address(
        "s3://b/p?endpoint=https://cos.ap-beijing.myqcloud.com&region=ap-beijing", HERE, ""
    )
    assert found.options == {
        "endpoint": "https://cos.ap-beijing.myqcloud.com",
        "region": "ap-beijing",
    }


@pytest.mark.parametrize(
    "written",
    [
        "sftp://xczx:hunter2@host/www",
        "ftp://xczx:hun#ter2@host/www",
        "ftps://x:hunter2/a@host/www",
        "s3://KEY:hunter2@bucket/prefix",
        "sftp://xczx:@host/www",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(written):
    with pytest.raises(CasegenError) as caught:
        parse_address(written, HERE, "")
    assert caught.value.slug == "password-in-address"
    assert "hun" not in caught.value.message + caught.value.hint
    assert "CASEGEN_PASSWORD" in caught.value.hint


@pytest.mark.parametrize("written", [
    "http://host/www", "webdav://host", "sftp:///www", "sftp://host:port/www", "zip:", "zip:out/",
    "sftp://host/www?password=x", "ftp://host/www?key=x", "s3://b/p#x", "ftp://u@host/a%0D%0ADELE",
])  # fmt: skip
def test_an_address_that_makes_no_sense_says_how_to_write_it(written):
    with pytest.raises(CasegenError) as caught:
        parse_address(written, HERE, "")
    assert caught.value.slug == "target-address"
    assert caught.value.hint


def test_a_password_in_the_address_of_any_target_is_refused_with_the_name_of_the_target():
    leaky = (*TARGETS, ("old", "ftp://xczx:hunter2@host/www"))
    with pytest.raises(CasegenError) as caught:
        resolve_target("school", leaky, ROOT, HERE)
    assert caught.value.slug == "password-in-address"
    assert "old" in caught.value.message
    assert "hunter2" not in caught.value.message + caught.value.hint


def test_a_name_stands_for_its_address_and_starts_from_the_project():
    assert resolve_target("school", TARGETS, ROOT, HERE).host == "host.edu.cn"
    assert resolve_target("school", TARGETS, ROOT, HERE).name == "school"
    assert resolve_target("本地", TARGETS, ROOT, HERE).local == ROOT / "../out"
    assert resolve_target("./out", TARGETS, ROOT, HERE).local == HERE / "out"


@pytest.mark.parametrize(("name", "hint"), [("schol", "school"), ("bureau", "./bureau")])
def test_a_mistyped_name_does_not_become_a_folder(tmp_path, name, hint):
    with pytest.raises(CasegenError) as caught:
        resolve_target(name, TARGETS, ROOT, tmp_path)
    assert caught.value.slug == "target-unknown"
    assert hint in caught.value.hint


def test_a_folder_that_is_there_needs_no_slash(tmp_path):
    (tmp_path / "out").mkdir()
    assert resolve_target("out", TARGETS, ROOT, tmp_path).local == tmp_path / "out"


def test_a_folder_with_the_name_of_an_archive_stays_a_folder(tmp_path):
    (tmp_path / "old.zip").mkdir()
    assert parse_address("old.zip", tmp_path, "").scheme == "folder"
    assert parse_address("new.zip", tmp_path, "").scheme == "zip"
