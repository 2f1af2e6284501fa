"""Real servers on loopback."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import ipaddress
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import paramiko
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.filesystems import AbstractedFS
from pyftpdlib.handlers import FTPHandler, TLS_FTPHandler
from pyftpdlib.ioloop import IOLoop
from pyftpdlib.servers import FTPServer

from publish.hosts import PASSWORD, USER

SFTP_SERVER = next(
    filter(
        Path.exists,
        map(
            Path,
            (
                "/usr/lib/openssh/sftp-server",
                "/usr/libexec/openssh/sftp-server",
                "/usr/libexec/sftp-server",
            ),
        ),
    ),
    "",
)
SSHD = shutil.which("sshd") or "/usr/sbin/sshd"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def until_open(port: int) -> None:
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise AssertionError(f"nothing answers on {port}")


@dataclass(frozen=True)
class Sshd:
    port: int
    user: str
    key: Path
    fingerprint: str
    folder: Path


@contextlib.contextmanager
def sshd(folder: Path, subsystem: str = "internal-sftp") -> Iterator[Sshd]:
    """OpenSSH's server, which lets one generated key in."""
    folder.chmod(0o700)
    for name in ("host", "client"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True
        )
    said = subprocess.run(
        ["ssh-keygen", "-lf", folder / "host.pub"], check=True, capture_output=True, text=True
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    port = free_port()
    (folder / "config").write_text(
        f"ListenAddress 127.0.0.1:{port}\nHostKey {folder}/host\nPidFile none\nUsePAM no\n"
        f"AuthorizedKeysFile {folder}/client.pub\nStrictModes no\nPasswordAuthentication no\n"
        f"MaxStartups 100\nSubsystem sftp {subsystem}\n"
    )
    log = (folder / "log").open("wb")
    server = subprocess.Popen([SSHD, "-D", "-e", "-f", folder / "config"], stderr=log)
    try:
        until_open(port)
        user = subprocess.run(["id", "-un"], check=True, capture_output=True, text=True)
        yield Sshd(port, user.stdout.strip(), folder / "client", said.stdout.split()[1], folder)
    finally:
        server.terminate()
        server.wait()
        log.close()


@dataclass(frozen=True)
class Ftpd:
    port: int
    home: Path
    handler: Any


@dataclass
class Filling:
    """A file on a disk with little room left, shared by all of its files."""

    file: Any
    disk: Any

    @property
    def name(self) -> str:
        return str(self.file.name)

    @property
    def closed(self) -> bool:
        return bool(self.file.closed)

    def write(self, data: bytes) -> int:
        self.disk.room -= len(data)
        if self.disk.room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return int(self.file.write(data))

    def close(self) -> None:
        self.file.close()


@contextlib.contextmanager
def ftpd(home: Path, certificate: Path | None = None) -> Iterator[Ftpd]:
    """pyftpdlib's server, under TLS where a certificate is given."""

    class Disk(AbstractedFS):
        room: int | None = None  # bytes that it still takes, if not all

        def open(self, filename: str, mode: str) -> Any:
            file = super().open(filename, mode)
            return Filling(file, Disk) if "w" in mode and Disk.room is not None else file

    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(home), perm="elradfmwMT")

    class Handler(TLS_FTPHandler if certificate else FTPHandler):  # type: ignore[misc]
        full = ""  # a name whose upload finds the disk full
        abstracted_fs = Disk

        def ftp_RNTO(self, path: str) -> None:  # noqa: N802
            if self.full and path.endswith(self.full):
                self.respond("552 Quota exceeded.")
                return
            super().ftp_RNTO(path)

    Handler.authorizer = authorizer
    Handler.auth_failed_timeout = 0
    if certificate:
        Handler.certfile = str(certificate)
        Handler.tls_control_required = True
        Handler.tls_data_required = True
    server = FTPServer(("127.0.0.1", 0), Handler, ioloop=IOLoop())
    server.max_cons = 100
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"timeout": 0.05, "handle_exit": False}, daemon=True
    )
    thread.start()
    try:
        yield Ftpd(server.socket.getsockname()[1], home, Handler)
    finally:
        server.close_all()


def self_signed(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody vouches for, with its key."""

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    file = folder / "certificate.pem"
    file.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


class PasswordOnly(paramiko.ServerInterface):
    def __init__(self, slow: float) -> None:
        self._slow = slow

    def get_allowed_auths(self, _username):
        return "password"

    def check_auth_password(self, username, password):
        time.sleep(self._slow)
        right = (username, password) == (USER, PASSWORD)
        return paramiko.AUTH_SUCCESSFUL if right else paramiko.AUTH_FAILED

    def check_channel_request(self, _kind, _number):
        return paramiko.OPEN_SUCCEEDED


@contextlib.contextmanager
def password_only_server(slow: float = 0.0):
    """An SSH server that knows one password and whose SFTP refuses everything.

    It takes `slow` seconds to look at a password.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    key = paramiko.RSAKey.generate(2048)

    def serve():
        with contextlib.suppress(OSError):  # the listening socket is closed at the end
            while True:
                connection, _ = listening.accept()
                # A client may leave before it is answered; the next one is served all the same.
                with contextlib.suppress(OSError, EOFError, paramiko.SSHException):
                    transport = paramiko.Transport(connection)
                    transport.add_server_key(key)
                    transport.set_subsystem_handler("sftp", paramiko.SFTPServer)
                    transport.start_server(server=PasswordOnly(slow))

    threading.Thread(target=serve, daemon=True).start()
    yield listening.getsockname()[1], key.fingerprint
    listening.close()
