from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from casegen import disk_errors
from casegen.disk_errors import TooLongError, UnfitError

PLACE = Path("甲.md")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "满"),
        (errno.EDQUOT, "配额"),
        (errno.EROFS, "只能读"),
        (errno.EACCES, "没有权限"),
        (errno.EPERM, "没有权限"),
        (errno.EISDIR, "挡着"),
        (errno.ENOENT, "没有这个文件夹"),
        (errno.ENAMETOOLONG, "太长"),
        (errno.ELOOP, "绕成了圈"),
        (errno.ESTALE, "连不上"),
    ],
)
def test_an_error_of_the_system_is_explained_in_chinese(number: int, words: str):
    reason = disk_errors.find_reason(OSError(number, os.strerror(number)))
    assert words in reason
    assert os.strerror(number) not in reason


def test_an_unknown_error_is_named_by_its_symbol_and_none_without_a_number():
    assert disk_errors.find_reason(OSError(errno.EXDEV, "…")) == "系统不让（EXDEV）"
    assert disk_errors.find_reason(OSError("no number")) == "系统不让（原因不明）"


def test_an_unfit_file_has_its_own_reason_and_a_long_one_its_size():
    assert disk_errors.find_reason(UnfitError(PLACE, "是管道，不是文件")) == "是管道，不是文件"
    error = TooLongError(PLACE, 5 * 1024 * 1024)
    assert (error.size, error.filename) == (5 * 1024 * 1024, str(PLACE))
    assert disk_errors.find_reason(error) == "太大，有 5.0 MB"


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (stat.S_IFLNK, "链接"),
        (stat.S_IFDIR, "文件夹"),
        (stat.S_IFIFO, "管道"),
        (stat.S_IFSOCK, "套接字"),
        (stat.S_IFCHR, "设备"),
        (stat.S_IFBLK, "设备"),
    ],
)
def test_what_is_no_file_has_a_chinese_name(mode: int, words: str):
    assert words in disk_errors.name_kind(mode | 0o644)
    assert disk_errors.name_kind(stat.S_IFREG | 0o644) == ""
