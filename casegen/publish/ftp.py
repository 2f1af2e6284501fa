"""ftp: a folder on a host reached over FTP, in the clear or under TLS.

Secret: ftplib, and what real servers make of it: answers by number, renames that will not replace
(IIS), data connections that must resume the TLS session (vsftpd, FileZilla Server), certificates
of a school's own making.
Not here: trying again (patient), where passwords come from (password).
"""

from __future__ import annotations

import base64
import ftplib
import io
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from casegen.problem import CasegenError
from casegen.publish.address import Address
from casegen.publish.password import Password
from casegen.publish.store import (
    LOCK,
    TEMPORARY,
    Content,
    DroppedError,
    RefusedError,
    opened,
    parents,
)
from casegen.publish.trust import certificate, changed, remember_certificate, unknown

TIMEOUT = 30.0  # seconds without an answer after which a connection counts as dead
IMPLICIT = 990  # the port on which TLS comes before the first word
MARK = f"{LOCK}/owner.json"
UNHEARD_OF = ("500", "502", "504")  # RFC 959: not a command, or not implemented
FULL = ("452", "552")  # RFC 959: insufficient storage; exceeded storage allocation


class _Tls(ftplib.FTP_TLS):
    """FTP under TLS whose every connection shows the same certificate."""

    def __init__(self, context: ssl.SSLContext, *, implicit: bool) -> None:
        super().__init__(context=context, timeout=TIMEOUT, encoding="utf-8")
        self._pin = ""
        self._implicit = implicit

    def expect(self, fingerprint: str) -> None:
        """Let every further connection show this certificate only."""
        self._pin = fingerprint

    def connect_to(self, host: str, port: int) -> None:
        """Connect and secure the control connection."""
        if self._implicit:
            self.host, self.port = host, port
            plain = socket.create_connection((host, port), TIMEOUT)
            self.af = plain.family
            self.sock = self.context.wrap_socket(plain, server_hostname=host)
            self.file = self.sock.makefile("r", encoding=self.encoding)
            self.welcome = self.getresp()
        else:
            self.connect(host, port, TIMEOUT)
            self.auth()

    def ntransfercmd(
        self, cmd: str, rest: int | str | None = None
    ) -> tuple[socket.socket, int | None]:
        """As ftplib's; the data connection resumes the session of the control connection."""
        plain, size = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 - secured right below
        control = self.sock
        session = control.session if isinstance(control, ssl.SSLSocket) else None
        secured = self.context.wrap_socket(plain, server_hostname=self.host, session=session)
        if self._pin and fingerprint_of(secured) != self._pin:
            secured.close()
            raise ssl.SSLError("another certificate")
        return secured, size


class Ftp:
    """A Store over one FTP connection (and one data connection a transfer).

    Raises DroppedError where it cannot connect, CasegenError "unknown-host", "host-changed",
    "login-refused", "no-password", "target-address".
    """

    def __init__(
        self, address: Address, password: Password, memory: Path, accept: str, number: int
    ) -> None:
        self._password = password
        self._made: set[str] = set()
        self._temporary = f"{TEMPORARY}{number}"
        self._ftp = _connected(address, memory, accept)
        try:
            with self._refusing(""):
                self._log_in(address)
                if isinstance(self._ftp, ftplib.FTP_TLS):
                    self._ftp.prot_p()
                self._ftp.voidcmd("TYPE I")
                home = "" if address.path.startswith("/") else self._ftp.pwd().rstrip("/")
                self._root = f"{home}/{address.path.strip('/')}".rstrip("/")
        except BaseException:
            self.close()
            raise

    def read(self, path: str) -> bytes | None:
        """As Store says, and so on for all methods."""
        data = io.BytesIO()
        with self._refusing(path):
            try:
                self._ftp.retrbinary(f"RETR {self._at(path)}", data.write)
            except ftplib.error_perm as error:
                if _number(error) == "550" and self.size(path) is None:
                    return None
                raise
        return data.getvalue()

    def size(self, path: str) -> int | None:
        """Likewise."""
        with self._refusing(path):
            try:
                return self._ftp.size(self._at(path))
            except ftplib.error_perm as error:
                if _number(error) in UNHEARD_OF:
                    return self._counted(path)
                if _number(error) == "550":
                    return None
                raise

    def holds(self, folder: str) -> bool:
        """Likewise."""
        with self._refusing(folder):
            try:
                self._ftp.voidcmd(f"CWD {self._at(folder) or '/'}")
            except ftplib.error_perm:
                return False
            return True

    def write(self, path: str, content: Content) -> None:
        """Likewise."""
        with self._refusing(path):
            self._make_folders(path)
            with opened(content) as source:
                self._ftp.storbinary(f"STOR {self._at(self._temporary)}", source)
            self._rename(self._temporary, path)

    def copy(self, path: str, to: str) -> bool:
        """Likewise; FTP cannot copy, so the file comes and goes."""
        data = self.read(path)
        if data is not None:
            self.write(to, data)
        return data is not None

    def move(self, path: str, to: str) -> bool:
        """Likewise."""
        if self.size(path) is None:
            return self.size(to) is not None
        with self._refusing(to):
            self._make_folders(to)
            self._rename(path, to)
        return True

    def delete(self, path: str) -> None:
        """Likewise."""
        with self._refusing(path):
            try:
                self._ftp.delete(self._at(path))
            except ftplib.error_perm:
                if self.size(path) is not None:
                    raise

    def drop(self, folder: str) -> None:
        """Likewise; whoever stands in a folder keeps it, so the connection steps out first."""
        with self._refusing(folder), suppress(ftplib.error_perm):
            self._ftp.voidcmd(f"CWD {self._root or '/'}")
            self._ftp.rmd(self._at(folder))
        self._made.discard(folder)

    def claim(self, mark: bytes) -> bytes | None:
        """Likewise. The lock is a folder: making one is the only thing FTP does once."""
        with self._refusing(LOCK):
            self._make_folders(LOCK)
            try:
                self._ftp.mkd(self._at(LOCK))
            except ftplib.error_perm:
                if not self.holds(LOCK):
                    raise
                return self.read(MARK) or b""
        self.write(MARK, mark)
        return None

    def unclaim(self) -> None:
        """Likewise."""
        self.delete(MARK)
        self.drop(LOCK)

    def finish(self) -> None:
        """Likewise."""
        self.delete(self._temporary)

    def close(self) -> None:
        """Likewise."""
        with suppress(Exception):
            self._ftp.close()

    def _log_in(self, address: Address) -> None:
        """Send name and password.

        Raises CasegenError "login-refused".
        """
        if not address.user:
            raise CasegenError(
                "target-address",
                "FTP 地址里没有用户名",
                f"写成 {address.scheme}://用户名@主机/文件夹",
            )
        try:
            self._ftp.login(address.user, self._password.needed())
        except ftplib.error_perm as error:
            raise CasegenError(
                "login-refused",
                f"{address.shown} 不让登录：{self._password.without(str(error))}",
                "核对用户名和密码；有的主机只许 ftps:// 登录",
            ) from None

    def _counted(self, path: str) -> int | None:
        """The size as it comes, from a host that knows no SIZE."""
        pieces: list[int] = []
        try:
            self._ftp.retrbinary(f"RETR {self._at(path)}", lambda data: pieces.append(len(data)))
        except ftplib.error_perm as error:
            if _number(error) == "550":
                return None
            raise
        return sum(pieces)

    def _at(self, path: str) -> str:
        return f"{self._root}/{path}" if path else self._root

    def _make_folders(self, path: str) -> None:
        for folder in ("", *parents(path)):
            if folder not in self._made:
                self._make(self._at(folder))
                self._made.add(folder)

    def _make(self, place: str) -> None:
        """Make a folder and those above it, unless it is there."""
        try:
            self._ftp.voidcmd(f"CWD {place or '/'}")
        except ftplib.error_perm:
            if not place:
                raise
            self._make(place.rpartition("/")[0])
            with suppress(ftplib.error_perm):
                self._ftp.mkd(place)
            self._ftp.voidcmd(f"CWD {place}")

    def _rename(self, path: str, to: str) -> None:
        """Rename over what is there; where a host will not, with a gap as short as can be."""
        try:
            self._ftp.rename(self._at(path), self._at(to))
        except ftplib.error_perm:
            if self.size(to) is None:
                raise
            self._ftp.delete(self._at(to))
            self._ftp.rename(self._at(path), self._at(to))

    @contextmanager
    def _refusing(self, path: str) -> Iterator[None]:
        try:
            yield
        except (ftplib.error_perm, ftplib.error_temp) as error:
            number = _number(error)
            if number in FULL:
                raise RefusedError(path, "磁盘满了，或超出了空间配额") from None
            if number.startswith("4"):
                raise DroppedError(f"FTP 连接断开（{number}）") from None
            words = self._password.without(str(error))
            raise RefusedError(path, f"主机说“{words}”，多半是没有权限") from None
        except (ftplib.Error, EOFError, OSError) as error:
            raise DroppedError("FTP 连接断开") from error


def _connected(address: Address, memory: Path, accept: str) -> ftplib.FTP:
    """A connection to a host that is trusted; nobody is logged in yet."""
    try:
        if address.scheme == "ftp":
            plain = ftplib.FTP(timeout=TIMEOUT, encoding="utf-8")  # noqa: S321 - warned of (words)
            plain.connect(address.host, address.port or ftplib.FTP_PORT)
            return plain
        return _secured(address, memory, accept)
    except socket.gaierror:
        raise DroppedError(f"找不到主机 {address.host}") from None
    except (ftplib.Error, EOFError, OSError) as error:
        if isinstance(error, ftplib.error_perm):
            raise RefusedError("", f"主机不肯加密连接（{_number(error)}）") from None
        raise DroppedError(f"{address.host} 没有回应") from None


def _secured(address: Address, memory: Path, accept: str) -> ftplib.FTP_TLS:
    """TLS with a certificate that authorities vouch for, or with one that was accepted by hand."""
    port = address.port or ftplib.FTP_PORT
    name = f"{address.host}:{port}"
    known = accept or certificate(memory, name)
    context = ssl.create_default_context()
    if known:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    tls = _Tls(context, implicit=port == IMPLICIT)
    try:
        tls.connect_to(address.host, port)
    except ssl.SSLCertVerificationError as error:
        tls.close()
        shown = _shown_by(address.host, port)
        raise unknown(name, shown, accept, why=f"的证书（{error.verify_message}）") from None
    if known:
        shown = fingerprint_of(tls.sock)
        if shown != known:
            tls.close()
            raise unknown(name, shown, accept) if accept else changed(name, shown)
        tls.expect(shown)
        if accept:
            remember_certificate(memory, name, shown)
    return tls


def _shown_by(host: str, port: int) -> str:
    """The fingerprint of the certificate that a host shows, whoever vouches for it."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    tls = _Tls(context, implicit=port == IMPLICIT)
    try:
        tls.connect_to(host, port)
        return fingerprint_of(tls.sock)
    finally:
        tls.close()


def fingerprint_of(connection: socket.socket | None) -> str:
    """SHA-256 of the certificate that the other side shows, written as OpenSSH writes keys."""
    shown = b""
    if isinstance(connection, ssl.SSLSocket):
        shown = connection.getpeercert(binary_form=True) or b""
    return "SHA256:" + base64.b64encode(sha256(shown).digest()).decode().rstrip("=")


def _number(error: Exception) -> str:
    return str(error)[:3]
