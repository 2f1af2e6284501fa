"""sftp_session: a connection to a host over SSH, logged in.

Secret: paramiko's login: which host is trusted, which keys are tried, and what a failure means.
Not here: what is done over the connection (sftp), where passwords come from (password), which
fingerprints were accepted before (trust).
"""

from __future__ import annotations

import logging
import socket
import struct
from contextlib import suppress
from functools import partial
from pathlib import Path

import paramiko
from paramiko.hostkeys import HostKeyEntry
from paramiko.sftp import CMD_EXTENDED

from casegen import storage
from casegen.problem import CasegenError
from casegen.publish.access import Access
from casegen.publish.address import Address
from casegen.publish.patience import bound_time
from casegen.publish.store import DroppedError, RefusedError
from casegen.publish.trust import (
    HOSTS,
    make_changed_error,
    make_unknown_error,
    read_accepted,
    write_accepted,
)

LONGEST_KEY = 1024 * 1024  # bytes of a private key; it may be named by a stranger's casegen.yml
LEEWAY = 8 * 1024 * 1024  # bytes of a host in one request, besides those of a file
TIMEOUT = 30.0  # seconds without an answer after which a connection counts as lost


class Wire(socket.socket):
    """The socket under a connection: it can be cut at any time, and a host may say only so much.

    paramiko reads a first line without end, and packets of up to 4 GB.
    """

    _left = LEEWAY

    def allow(self, size: int) -> None:
        """Let the host send so many bytes, and as much around them, until this is called again."""
        self._left = LEEWAY + 2 * size

    def cut(self) -> None:
        """End the connection, so that every thread that waits for it goes on."""
        with suppress(OSError):
            self.shutdown(socket.SHUT_RDWR)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """See socket.socket; after too many bytes the connection counts as ended."""
        data = super().recv(size, flags) if self._left > 0 else b""
        self._left -= len(data)
        return data


class Session(paramiko.SFTPClient):
    """SFTP with OpenSSH's hard links, which keep an old version without copying it."""

    def hardlink(self, path: str, to: str) -> None:
        """Give a file a second name; fails where the name exists."""
        self._request(  # type: ignore[attr-defined] # paramiko's own posix_rename does the same
            CMD_EXTENDED, "hardlink@openssh.com", path, to
        )


class _Accepting(paramiko.MissingHostKeyPolicy):
    """Accepts an unknown host only with the fingerprint that the user gave."""

    def __init__(self, memory: Path, accept: str) -> None:
        self._memory = memory
        self._accept = accept

    def missing_host_key(
        self, _client: paramiko.SSHClient, hostname: str, key: paramiko.PKey
    ) -> None:
        """Store the host's key, or refuse the host."""
        if key.fingerprint != self._accept:
            raise make_unknown_error(hostname, key.fingerprint, self._accept)
        known = _read_accepted(self._memory)
        if known.lookup(hostname) is not None:
            del known[hostname]
        known.add(hostname, key.get_name(), key)
        lines = [
            f"{name} {kind} {known_key.get_base64()}"
            for name in known
            for kind, known_key in known[name].items()
        ]
        write_accepted(self._memory, HOSTS, lines)


def connect(access: Access) -> tuple[paramiko.SSHClient, Wire]:
    """Return a connection that is logged in, and the socket under it.

    Raises DroppedError where it cannot connect, CasegenError "unknown-host", "host-changed",
    "login-refused", "no-password".
    """
    # paramiko logs a traceback for a lost connection; the error itself is enough.
    logging.getLogger("paramiko").addHandler(logging.NullHandler())
    address, password = access.address, access.password
    client = _make_client(access)
    if wire := _log_in(client, access, password.find()):
        return client, wire
    secret = password.require("密码或私钥口令" if "key" in address.options else "密码")
    client = _make_client(access)
    if wire := _log_in(client, access, secret):
        return client, wire
    raise CasegenError(
        "login-refused",
        f"{address.shown} 不让登录：用户名、密码或私钥不对",
        "核对用户名和密码；用私钥的，核对地址里的 ?key= 和主机上登记的公钥",
    )


def _make_client(access: Access) -> paramiko.SSHClient:
    """Return a client with the hosts that this project and this user know."""
    address = access.address
    client = paramiko.SSHClient()
    client.set_missing_host_key_policy(_Accepting(access.memory, access.accept))
    name = address.host if address.port in {0, 22} else f"[{address.host}]:{address.port}"
    for read in () if access.accept else (partial(_read_accepted, access.memory), _read_own):
        keys = read().lookup(name)
        if keys:
            for kind, key in keys.items():
                client.get_host_keys().add(name, kind, key)
            break
    return client


def _log_in(client: paramiko.SSHClient, access: Access, secret: str) -> Wire | None:
    """Connect; None where the host accepts neither the keys nor the password."""
    address = access.address
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
    wire = _reach(address)
    # paramiko takes a host that does not answer for one that refuses the login, so that
    # its own limits of time must never be reached.
    later = 2 * access.patience
    try:
        with bound_time(wire.cut, access.patience):
            client.connect(
                address.host,
                address.port or 22,
                address.user or None,
                secret or None,
                key_filename=file,
                passphrase=secret or None,
                look_for_keys=not file,
                allow_agent=not file,
                timeout=later,
                banner_timeout=later,
                auth_timeout=later,
                sock=wire,
            )
    except paramiko.BadHostKeyException as error:
        _close(client, wire)
        raise make_changed_error(error.hostname, error.key.fingerprint) from None
    except (CasegenError, DroppedError):
        _close(client, wire)
        raise
    except (paramiko.SSHException, OSError, EOFError, ValueError) as error:
        transport = client.get_transport()
        answering = transport is not None and transport.is_active()
        _close(client, wire)
        # paramiko reports a connection that is lost during the login as a failed login.
        broken_off = "EOF" in str(error)
        if answering or isinstance(error, ValueError):
            return None
        if isinstance(error, paramiko.AuthenticationException):
            if not broken_off:
                return None
            said = f"{address.host} 在登录时断开（试的私钥太多也会这样，可用 ?key= 指明一把）"
            raise DroppedError(said) from None
        raise DroppedError(f"{address.host} 没有回应") from None
    return wire


def _reach(address: Address) -> Wire:
    try:
        plain = socket.create_connection((address.host, address.port or 22), TIMEOUT)
        return Wire(fileno=plain.detach())
    except socket.gaierror:
        raise DroppedError(f"找不到主机 {address.host}") from None
    except OSError:
        raise DroppedError(f"{address.host} 没有回应") from None


def _close(client: paramiko.SSHClient, wire: Wire) -> None:
    wire.cut()  # else paramiko waits for its own thread, which may wait for the host
    client.close()
    wire.close()


def _is_private_key(file: Path) -> bool:
    try:
        return storage.read_file(file, LONGEST_KEY).lstrip().startswith(b"-----BEGIN ")
    except OSError:
        return False


def open_session(client: paramiko.SSHClient) -> Session:
    """Open SFTP over a connection; raises RefusedError where the host offers none."""
    transport = client.get_transport()
    try:
        session = Session.from_transport(transport) if transport else None
    except (paramiko.SFTPError, struct.error) as error:
        said = "那里答的不是 SFTP，多半是登录时打印了欢迎词；请管理员去掉，或打开 internal-sftp"
        raise RefusedError("", said) from error
    except (paramiko.SSHException, OSError, EOFError) as error:
        if transport is not None and transport.is_active():
            raise RefusedError("", "主机不提供 SFTP") from error
        raise DroppedError("SSH 连接断开") from None
    channel = session.get_channel() if session else None
    if session is None or channel is None:
        raise DroppedError("SSH 连接断开")
    channel.settimeout(TIMEOUT)
    return session


def _read_accepted(memory: Path) -> paramiko.HostKeys:
    """Return the keys that were accepted in this project folder."""
    keys = paramiko.HostKeys()
    for line in read_accepted(memory, HOSTS):
        with suppress(paramiko.SSHException, ValueError):
            entry = HostKeyEntry.from_line(line)
            if entry is not None and entry.key is not None:
                for name in entry.hostnames:
                    keys.add(name, entry.key.get_name(), entry.key)
    return keys


def _read_own() -> paramiko.HostKeys:
    """Return the keys that the user's OpenSSH knows."""
    keys = paramiko.HostKeys()
    file = Path.home() / ".ssh" / "known_hosts"
    with suppress(OSError, paramiko.SSHException, ValueError):
        if file.is_file():
            keys.load(str(file))
    return keys
