"""sftp: a folder on a host reached over SSH.

Secret: how files are written, copied and replaced over SFTP, and what its errors mean.
Not here: the connection and the login (sftp_session), trying again (retrying).

Exclusive and atomic: each file is made under a name of casegen's with O_EXCL, which fails at a
link, and renamed over the old one in one step (posix-rename; without it there is a short gap).
The lock is a file that can be made only once. Links below the address are never followed: one in
the place of a folder is refused, one in the place of a file is itself moved and removed.
"""

from __future__ import annotations

import errno
import io
import shutil
import stat
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import paramiko

from casegen.chinese.characters import holds_chinese
from casegen.publish.access import Access
from casegen.publish.patience import Watch, bound_time
from casegen.publish.sftp_session import connect, open_session
from casegen.publish.store import (
    LOCK,
    RECORD,
    TEMPORARY,
    Content,
    DroppedError,
    RefusedError,
    clean_answer,
    list_parents,
    open_content,
    read_length,
    send_back,
)

UNSAID = "主机没说为什么，多半是磁盘满了，或那里只能读、有同名的文件夹或文件挡着"
ONE_PIECE = 32768  # bytes that fit in one request; its answer shows a full disk


class Sftp:
    """A Store over one SSH connection.

    Raises DroppedError where it cannot connect, CasegenError "unknown-host", "host-changed",
    "login-refused", "no-password".
    """

    def __init__(self, access: Access, number: int) -> None:
        self._patience = access.patience
        self._client, self._wire = connect(access)
        try:
            with bound_time(self._wire.cut, access.patience):
                self._session = open_session(self._client)
        except BaseException:
            self.close()
            raise
        path = access.address.path
        self._root = (path[2:] or ".") if path == "~" or path.startswith("~/") else f"/{path}"
        self._temporary = f"{TEMPORARY}{number}"
        self._made: set[str] = set()
        self._links = True

    def read(self, path: str, most: int = RECORD) -> bytes | None:
        """See `Store.read`; the other methods are those of Store too."""
        with self._translate_errors(path, most=most) as watch:
            try:
                found = self._session.lstat(self._locate(path))
                if found.st_mode is not None and not stat.S_ISREG(found.st_mode):
                    return None
                file = self._session.open(self._locate(path), "rb")
            except FileNotFoundError:
                return None
            data = io.BytesIO()
            with file:
                while data.tell() <= most and (piece := file.read(ONE_PIECE)):
                    data.write(piece)
                    watch.allow(len(piece))
            return data.getvalue()

    def size(self, path: str) -> int | None:
        """See `Store.size`; of a link, the size of the link."""
        with self._translate_errors(path), suppress(FileNotFoundError):
            found = self._session.lstat(self._locate(path))
            if found.st_mode is not None and not _is_file_or_link(found.st_mode):
                raise RefusedError(path, "那里有同名的文件夹、管道或设备挡着")
            return found.st_size or 0
        return None

    def holds(self, folder: str) -> bool:
        """See `Store.holds`."""
        with self._translate_errors(folder), suppress(FileNotFoundError):
            if not folder:
                return _is_folder(self._session.stat(self._locate(folder)))
            found = self._session.lstat(self._locate(folder))
            _refuse_link(folder, found)
            return _is_folder(found)
        return False

    def write(self, path: str, content: Content) -> None:
        """See `Store.write`."""
        with self._translate_errors(path, read_length(content)):
            self._make_folders(path)
            temporary = self._locate(self._temporary)
            try:
                self._put(temporary, content)
                self._rename(temporary, self._locate(path))
            except OSError as error:
                if not isinstance(error, TimeoutError):
                    with suppress(OSError, EOFError, paramiko.SSHException):
                        self._session.remove(temporary)  # give back the room
                raise
        self._made.update(list_parents(path))

    def copy(self, path: str, to: str) -> bool:
        """See `Store.copy`."""
        with self._translate_errors(to):
            self._make_folders(to)
            if self._links and self._make_link(path, to):
                return True
            if self._copy_link(path, to):
                return True
        return send_back(self, path, to)

    def move(self, path: str, to: str) -> bool:
        """See `Store.move`."""
        if self.size(path) is None:
            return self.size(to) is not None
        with self._translate_errors(to):
            self._refuse_links(path)
            self._make_folders(to)
            self._rename(self._locate(path), self._locate(to))
        return True

    def delete(self, path: str) -> None:
        """See `Store.delete`."""
        with self._translate_errors(path), suppress(FileNotFoundError):
            self._refuse_links(path)
            self._session.remove(self._locate(path))

    def drop(self, folder: str) -> None:
        """See `Store.drop`."""
        with self._translate_errors(folder):
            try:
                self._session.rmdir(self._locate(folder))
            except OSError as error:
                self._check_alive(error)
        self._made.discard(folder)

    def claim(self, mark: bytes) -> bytes | None:
        """See `Store.claim`."""
        with self._translate_errors(LOCK):
            self._make_folders(LOCK)
            try:
                with self._session.open(self._locate(LOCK), "wxb") as file:
                    file.write(mark)
            except OSError as error:
                self._check_alive(error)
                other = self.read(LOCK)
                if other is None:
                    raise
                return other
        return None

    def unclaim(self) -> None:
        """See `Store.unclaim`."""
        self.delete(LOCK)

    def finish(self) -> None:
        """See `Store.finish`."""
        self.delete(self._temporary)

    def close(self) -> None:
        """See `Store.close`."""
        with suppress(Exception):
            self._wire.cut()  # paramiko waits for its own thread, which may wait for the host
            self._client.close()

    def _locate(self, path: str) -> str:
        return f"{self._root.rstrip('/')}/{path}" if path else self._root

    def _put(self, place: str, content: Content) -> None:
        """Write a file, and check that all of it arrived."""
        size = read_length(content)
        with open_content(content) as source, self._make_anew(place) as file:
            file.set_pipelined(size > ONE_PIECE)
            shutil.copyfileobj(source, file, ONE_PIECE)
        if size > ONE_PIECE and self._session.stat(place).st_size != size:
            raise OSError(errno.ENOSPC, "less of it arrived")

    def _make_anew(self, place: str) -> paramiko.SFTPFile:
        """Make a new file.

        Whatever has its name, from a lost connection or by intent, is removed.
        """
        try:
            return self._session.open(place, "wxb")
        except FileNotFoundError:
            raise
        except OSError as error:
            self._check_alive(error)
            with suppress(FileNotFoundError):
                self._session.remove(place)
            return self._session.open(place, "wxb")

    def _make_folders(self, path: str) -> None:
        for folder in ("", *list_parents(path)):
            if folder not in self._made:
                self._make(self._locate(folder), folder)
                self._made.add(folder)

    def _refuse_links(self, path: str) -> None:
        for folder in list_parents(path):
            if folder not in self._made:
                _refuse_link(folder, self._session.lstat(self._locate(folder)))
                self._made.add(folder)

    def _copy_link(self, path: str, to: str) -> bool:
        """Copy a link as a link; return whether the path was one."""
        try:
            mode = self._session.lstat(self._locate(path)).st_mode
        except FileNotFoundError:
            return False
        if mode is None or not stat.S_ISLNK(mode):
            return False
        with suppress(FileNotFoundError):
            self._session.remove(self._locate(to))
        self._session.symlink(self._session.readlink(self._locate(path)) or "", self._locate(to))
        return True

    def _make(self, place: str, folder: str = "") -> None:
        try:
            found = self._session.lstat(place) if folder else self._session.stat(place)
            _refuse_link(folder, found)
            if _is_folder(found):
                return
        except FileNotFoundError:
            above = place.rpartition("/")[0]
            if above:
                self._make(above)
        try:
            self._session.mkdir(place)
        except OSError as error:
            self._check_alive(error)
            if not _is_folder(self._session.stat(place)):  # another connection may have made it
                raise

    def _rename(self, old: str, new: str) -> None:
        """Rename over an existing file; on some hosts with a short gap in which there is none."""
        try:
            self._session.posix_rename(old, new)
        except OSError as error:
            self._check_alive(error)
            if error.errno in {errno.ENOENT, errno.EACCES}:
                raise
            with suppress(FileNotFoundError):
                self._session.remove(new)
            self._session.rename(old, new)

    def _make_link(self, path: str, to: str) -> bool:
        for _ in range(2):
            try:
                self._session.hardlink(self._locate(path), self._locate(to))
            except FileNotFoundError:
                return False
            except OSError as error:
                self._check_alive(error)
                self.delete(to)
            else:
                return True
        self._links = False
        return False

    def _check_alive(self, error: OSError) -> None:
        """Distinguish a refused request from a lost connection.

        Raises DroppedError.
        """
        transport = self._client.get_transport()
        channel = self._session.get_channel()
        gone = transport is None or not transport.is_active() or channel is None or channel.closed
        if gone or isinstance(error, TimeoutError | ConnectionError):
            raise DroppedError("SSH 连接断开")

    @contextmanager
    def _translate_errors(self, path: str, size: int = 0, most: int = 0) -> Iterator[Watch]:
        self._wire.allow(most)
        try:
            with bound_time(self._wire.cut, self._patience, size) as watch:
                yield watch
        except (EOFError, TimeoutError, ConnectionError, paramiko.SSHException) as error:
            raise DroppedError("SSH 连接断开") from error
        except OSError as error:
            self._check_alive(error)
            raise RefusedError(path, _write_reason(error)) from error
        except paramiko.SFTPError:
            raise RefusedError(path, "主机的回答看不懂") from None
        except (ValueError, LookupError, TypeError, struct.error):
            # The host's message may be in another encoding, or missing.
            raise RefusedError(path, UNSAID) from None


def _is_folder(found: paramiko.SFTPAttributes) -> bool:
    return found.st_mode is not None and stat.S_ISDIR(found.st_mode)


def _is_file_or_link(mode: int) -> bool:
    return stat.S_ISREG(mode) or stat.S_ISLNK(mode)


def _refuse_link(folder: str, found: paramiko.SFTPAttributes) -> None:
    if folder and found.st_mode is not None and stat.S_ISLNK(found.st_mode):
        raise RefusedError(folder, "那里的文件夹是通往别处的链接")


def _write_reason(error: OSError) -> str:
    if error.errno == errno.EACCES:
        return "没有写的权限"
    if error.errno == errno.ENOSPC:
        return "没有写完整，多半是磁盘满了"
    if error.errno == errno.ENOENT:
        return "主机上没有这个文件夹，也不让新建"
    words = clean_answer(error.strerror or str(error))
    return f"主机说“{words}”" if holds_chinese(words) else UNSAID
