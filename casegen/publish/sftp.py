"""sftp: a folder on a host reached over SSH.

Secret: paramiko; which host is trusted, which keys are tried, and what its errors mean.
Not here: trying again (retrying), where passwords come from (password).

Exclusive and atomic: each file is made under a name of casegen's with O_EXCL, which fails at a
link, and renamed over the old one in one step (posix-rename; without it there is a short gap).
The lock is a file that can be made only once. Links below the address are never followed: one in
the place of a folder is refused, one in the place of a file is itself moved and removed.
"""

from __future__ import annotations

import errno
import logging
import shutil
import socket
import stat
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import paramiko
from paramiko.sftp import CMD_EXTENDED

from casegen import storage
from casegen.chinese.characters import holds_chinese
from casegen.problem import CasegenError
from casegen.publish.address import Address
from casegen.publish.password import Password
from casegen.publish.store import (
    LOCK,
    RECORD,
    TEMPORARY,
    Content,
    DroppedError,
    RefusedError,
    list_parents,
    open_content,
    read_length,
)
from casegen.publish.trust import HOSTS, make_changed_error, make_unknown_error

TIMEOUT = 30.0  # seconds without an answer after which a connection counts as lost
UNSAID = "主机没说为什么，多半是磁盘满了，或那里只能读、有同名的文件夹或文件挡着"
SAID = 200  # characters of the host's own words that are shown
ONE_PIECE = 32768  # bytes that fit in one request; its answer shows a full disk


class _Session(paramiko.SFTPClient):
    """SFTP with OpenSSH's hard links, which keep an old version without copying it."""

    def hardlink(self, path: str, to: str) -> None:
        """Give a file a second name; fails where the name exists."""
        self._request(  # type: ignore[attr-defined] # paramiko's own posix_rename does the same
            CMD_EXTENDED, "hardlink@openssh.com", path, to
        )


class Sftp:
    """A Store over one SSH connection.

    Raises DroppedError where it cannot connect, CasegenError "unknown-host", "host-changed",
    "login-refused", "no-password".
    """

    def __init__(
        self, address: Address, password: Password, memory: Path, accept: str, number: int
    ) -> None:
        self._client = _connect(address, password, memory, accept)
        try:
            self._session = _open_session(self._client)
        except BaseException:
            self._client.close()
            raise
        path = address.path
        self._root = (path[2:] or ".") if path == "~" or path.startswith("~/") else f"/{path}"
        self._temporary = f"{TEMPORARY}{number}"
        self._made: set[str] = set()
        self._links = True

    def read(self, path: str, most: int = RECORD) -> bytes | None:
        """See `Store.read`; the other methods are those of Store too."""
        with self._translate_errors(path):
            try:
                found = self._session.lstat(self._locate(path))
                if found.st_mode is not None and not stat.S_ISREG(found.st_mode):
                    return None
                file = self._session.open(self._locate(path), "rb")
            except FileNotFoundError:
                return None
            with file:
                return bytes(file.read(most + 1))

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
        with self._translate_errors(path):
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
        data = self.read(path, sys.maxsize - 1)
        if data is not None:
            self.write(to, data)
        return data is not None

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
    def _translate_errors(self, path: str) -> Iterator[None]:
        try:
            yield
        except (EOFError, TimeoutError, ConnectionError, paramiko.SSHException) as error:
            raise DroppedError("SSH 连接断开") from error
        except OSError as error:
            self._check_alive(error)
            raise RefusedError(path, _write_reason(error)) from error
        except (ValueError, LookupError, TypeError, struct.error):
            # The host's message may be in another encoding, or missing.
            raise RefusedError(path, UNSAID) from None


class _Accepting(paramiko.MissingHostKeyPolicy):
    """Accepts an unknown host only with the fingerprint that the user gave."""

    def __init__(self, memory: Path, accept: str) -> None:
        self._file = memory / HOSTS
        self._accept = accept

    def missing_host_key(
        self, _client: paramiko.SSHClient, hostname: str, key: paramiko.PKey
    ) -> None:
        """Store the host's key, or refuse the host."""
        if key.fingerprint != self._accept:
            raise make_unknown_error(hostname, key.fingerprint, self._accept)
        known = _read_hosts(self._file)
        if known.lookup(hostname) is not None:
            del known[hostname]
        known.add(hostname, key.get_name(), key)
        with suppress(OSError):
            lines = [
                f"{name} {kind} {known_key.get_base64()}\n"
                for name in known
                for kind, known_key in known[name].items()
            ]
            storage.write_file(self._file, "".join(lines).encode(), self._file.parent)


def _connect(address: Address, password: Password, memory: Path, accept: str) -> paramiko.SSHClient:
    # paramiko logs a traceback for a lost connection; the error itself is enough.
    logging.getLogger("paramiko").addHandler(logging.NullHandler())
    if _log_in(client := _make_client(address, memory, accept), address, password.find()):
        return client
    secret = password.require("密码或私钥口令" if "key" in address.options else "密码")
    if _log_in(client := _make_client(address, memory, accept), address, secret):
        return client
    raise CasegenError(
        "login-refused",
        f"{address.shown} 不让登录：用户名、密码或私钥不对",
        "核对用户名和密码；用私钥的，核对地址里的 ?key= 和主机上登记的公钥",
    )


def _make_client(address: Address, memory: Path, accept: str) -> paramiko.SSHClient:
    """Return a client with the hosts that this project and this user know."""
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(_Accepting(memory, accept))
    name = address.host if address.port in {0, 22} else f"[{address.host}]:{address.port}"
    for file in () if accept else (memory / HOSTS, Path.home() / ".ssh" / "known_hosts"):
        keys = _read_hosts(file).lookup(name)
        if keys:
            for kind, key in keys.items():
                client.get_host_keys().add(name, kind, key)
            break
    return client


def _log_in(client: paramiko.SSHClient, address: Address, secret: str) -> bool:
    """Connect; False where the host accepts neither the keys nor the password."""
    key = address.options.get("key", "")
    file = str((address.base / Path(key).expanduser()).absolute()) if key else None
    if file and not Path(file).is_file():
        raise CasegenError("login-refused", f"找不到私钥 {file}", "核对地址里的 ?key=")
    if file and not _is_private_key(Path(file)):
        raise CasegenError(
            "login-refused",
            f"{file} 不是 OpenSSH 格式的私钥",
            "名字以 .pub 结尾的是公钥，要用没有 .pub 的那个；PuTTY 的 .ppk 先用 PuTTYgen 导出成"
            " OpenSSH 格式",
        )
    try:
        client.connect(
            address.host,
            address.port or 22,
            address.user or None,
            secret or None,
            key_filename=file,
            passphrase=secret or None,
            look_for_keys=not file,
            allow_agent=not file,
            timeout=TIMEOUT,
            banner_timeout=TIMEOUT,
            auth_timeout=TIMEOUT,
        )
    except paramiko.BadHostKeyException as error:
        client.close()
        raise make_changed_error(error.hostname, error.key.fingerprint) from None
    except CasegenError:
        client.close()
        raise
    except socket.gaierror:
        raise DroppedError(f"找不到主机 {address.host}") from None
    except (paramiko.SSHException, OSError, EOFError, ValueError) as error:
        transport = client.get_transport()
        answering = transport is not None and transport.is_active()
        client.close()
        # paramiko reports a connection that is lost during the login as a failed login.
        broken_off = "EOF" in str(error)
        if answering or isinstance(error, ValueError):
            return False
        if isinstance(error, paramiko.AuthenticationException):
            if not broken_off:
                return False
            said = f"{address.host} 在登录时断开（试的私钥太多也会这样，可用 ?key= 指明一把）"
            raise DroppedError(said) from None
        raise DroppedError(f"{address.host} 没有回应") from None
    return True


def _is_private_key(file: Path) -> bool:
    try:
        return file.read_bytes().lstrip().startswith(b"-----BEGIN ")
    except OSError:
        return False


def _open_session(client: paramiko.SSHClient) -> _Session:
    transport = client.get_transport()
    try:
        session = _Session.from_transport(transport) if transport else None
    except (paramiko.SSHException, OSError, EOFError) as error:
        if transport is not None and transport.is_active():
            raise RefusedError("", "主机不提供 SFTP") from error
        raise DroppedError("SSH 连接断开") from None
    channel = session.get_channel() if session else None
    if session is None or channel is None:
        raise DroppedError("SSH 连接断开")
    channel.settimeout(TIMEOUT)
    return session


def _read_hosts(file: Path) -> paramiko.HostKeys:
    keys = paramiko.HostKeys()
    with suppress(OSError, paramiko.SSHException, ValueError):
        keys.load(str(file))
    return keys


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
    words = "".join(c if c.isprintable() else " " for c in (error.strerror or str(error))[:SAID])
    return f"主机说“{words}”" if holds_chinese(words) else UNSAID
