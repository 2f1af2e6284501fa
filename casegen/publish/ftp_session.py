"""ftp_session: a connection to an FTP host, without encryption or under TLS.

Secret: what ftplib lacks: hosts that answer Chinese in GB18030, data connections that
must resume the TLS session (vsftpd, FileZilla Server), certificates that a school signed.
Not here: what is done over the connection (ftp), which certificates were accepted (trust).
"""

from __future__ import annotations

import base64
import ftplib
import socket
import ssl
from contextlib import suppress
from hashlib import sha256

from casegen.publish.access import Access
from casegen.publish.patience import bound_time
from casegen.publish.store import DroppedError, RefusedError
from casegen.publish.trust import (
    find_certificate,
    make_changed_error,
    make_unknown_error,
    remember_certificate,
)

TIMEOUT = 30.0  # seconds without an answer after which a connection counts as lost
SOON = 3.0
LINES = 1000  # of one answer; ftplib would read on for ever
IMPLICIT = 990  # the port on which TLS comes before the first word
# OpenSSL's numbers (man openssl-verification-options, "Diagnostics").
WRONG = {
    10: "过期了",
    18: "是自己签的",
    19: "是自己签的",
    62: "写的不是这个主机名",
}


class Session(ftplib.FTP):
    """FTP with a host that uses UTF-8, or GB18030 as older Windows does.

    `opening`: whether a connection for data has been agreed on and is not there yet.
    """

    opening = False
    _data: socket.socket | None = None

    def cut(self) -> None:
        """End both connections from another thread, so that whoever waits for them goes on."""
        for line in (self.sock, self._data):
            if line is not None:
                with suppress(OSError):
                    # Not SSLSocket's own, which another thread that reads does not survive.
                    socket.socket.shutdown(line, socket.SHUT_RDWR)

    def getline(self) -> str:
        """Read a line as ftplib does, in either encoding; commands are then sent in the same one.

        Raises EOFError.
        """
        if self.file is None:
            raise EOFError
        line = self.file.buffer.readline(self.maxline + 1)
        if not line:
            raise EOFError
        if len(line) > self.maxline:
            raise ftplib.error_proto
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            text = line.decode("gb18030", "replace")
            self.encoding = "gb18030"
        return text.rstrip("\r\n")

    def getmultiline(self) -> str:
        """Read an answer of some lines as ftplib does.

        Raises ftplib.Error where there are more than LINES, EOFError.
        """
        lines = [self.getline()]
        code = lines[0][:3]
        while lines[0][3:4] == "-" and not (len(lines) > 1 and lines[-1].startswith(f"{code} ")):
            if len(lines) == LINES:
                raise ftplib.Error("an answer without end")  # noqa: S321 - an error, no request
            lines.append(self.getline())
        return "\n".join(lines)

    def ask_for_utf8(self) -> None:
        """Ask the host to use UTF-8; IIS does so only when it is asked."""
        with suppress(ftplib.error_perm):
            self.voidcmd("OPTS UTF8 ON")
            self.encoding = "utf-8"

    def read_pending(self) -> None:
        """Read an answer that the server has sent or will send soon.

        Raises as ftplib's voidresp.
        """
        if self.sock is not None:
            self.sock.settimeout(SOON)
            try:
                self.voidresp()
            finally:
                self.sock.settimeout(TIMEOUT)

    def makepasv(self) -> tuple[str, int]:
        """See ftplib.FTP."""
        place = super().makepasv()
        self.opening = True
        return place

    def ntransfercmd(
        self, cmd: str, rest: int | str | None = None
    ) -> tuple[socket.socket, int | None]:
        """See ftplib.FTP."""
        self.opening = False
        found = ftplib.FTP.ntransfercmd(self, cmd, rest)  # noqa: S321 - TLS secures it below
        self.opening = False
        self._data = found[0]
        return found


class _Tls(Session, ftplib.FTP_TLS):
    """FTP under TLS where every connection shows the same certificate."""

    def __init__(self, context: ssl.SSLContext, *, implicit: bool) -> None:
        super().__init__(context=context, timeout=TIMEOUT, encoding="utf-8")
        self._pin = ""
        self._implicit = implicit

    def expect(self, fingerprint: str) -> None:
        """Accept only this certificate on every further connection."""
        self._pin = fingerprint

    def connect_to(self, host: str, port: int) -> None:
        """Connect and encrypt the control connection."""
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
        """See ftplib.FTP; the data connection resumes the TLS session of the control connection."""
        plain, size = Session.ntransfercmd(self, cmd, rest)
        control = self.sock
        session = control.session if isinstance(control, ssl.SSLSocket) else None
        secured = self.context.wrap_socket(plain, server_hostname=self.host, session=session)
        if self._pin and read_fingerprint(secured) != self._pin:
            secured.close()
            raise ssl.SSLError("another certificate")
        self._data = secured
        return secured, size


def open_session(access: Access) -> Session:
    """Return a connection to a host that is trusted, before the login.

    Raises DroppedError, RefusedError, CasegenError "unknown-host", "host-changed".
    """
    address = access.address
    try:
        if address.scheme == "ftp":
            plain = Session(timeout=TIMEOUT, encoding="utf-8")  # warned of (words)
            with bound_time(plain.cut, access.patience):
                plain.connect(address.host, address.port or ftplib.FTP_PORT)
            return plain
        return _connect_tls(access)
    except socket.gaierror:
        raise DroppedError(f"找不到主机 {address.host}") from None
    except ftplib.error_perm:
        raise RefusedError(
            "",
            "主机没有开加密的 FTP",
            "请管理员打开 FTPS，或给 SFTP 账号；都不行再改用 ftp://，密码在路上谁都看得到",
        ) from None
    except ftplib.Error:
        raise DroppedError(f"{address.host} 应答的不是 FTP，端口可能写错了") from None
    except (EOFError, OSError):
        raise DroppedError(f"{address.host} 没有回应") from None


def _connect_tls(access: Access) -> _Tls:
    """Connect under TLS with a certificate of a known authority, or one accepted by hand."""
    address, accept = access.address, access.accept
    port = address.port or ftplib.FTP_PORT
    name = f"{address.host}:{port}"
    known = accept or find_certificate(access.memory, name)
    context = ssl.create_default_context()
    if known:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    tls = _Tls(context, implicit=port == IMPLICIT)
    try:
        with bound_time(tls.cut, access.patience):
            tls.connect_to(address.host, port)
    except ssl.SSLCertVerificationError as error:
        tls.close()
        shown = _fetch_fingerprint(address.host, port, access.patience)
        why = WRONG.get(error.verify_code, "没有可信的机构担保")
        raise make_unknown_error(name, shown, accept, why=why) from None
    if known:
        shown = read_fingerprint(tls.sock)
        if shown != known:
            tls.close()
            raise (
                make_unknown_error(name, shown, accept)
                if accept
                else make_changed_error(name, shown)
            )
        tls.expect(shown)
        if accept:
            remember_certificate(access.memory, name, shown)
    return tls


def _fetch_fingerprint(host: str, port: int, patience: float) -> str:
    """Return the fingerprint of the certificate that a host shows, trusted or not."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    tls = _Tls(context, implicit=port == IMPLICIT)
    try:
        with bound_time(tls.cut, patience):
            tls.connect_to(host, port)
        return read_fingerprint(tls.sock)
    finally:
        tls.close()


def read_fingerprint(connection: socket.socket | None) -> str:
    """Return the SHA-256 of the host's certificate, written as OpenSSH writes keys."""
    shown = b""
    if isinstance(connection, ssl.SSLSocket):
        shown = connection.getpeercert(binary_form=True) or b""
    return "SHA256:" + base64.b64encode(sha256(shown).digest()).decode().rstrip("=")
