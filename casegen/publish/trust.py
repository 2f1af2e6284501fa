"""trust: which hosts are accepted, by the fingerprint of their key or certificate.

Secret: what was accepted for this project: `.casegen/known_hosts` (SSH keys, OpenSSH's form) and
`.casegen/known_certificates` (TLS, a host and a fingerprint a line). Deleting them is safe: the
fingerprint is asked for again.
Not here: reading a host's key or certificate (sftp, ftp).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from casegen import storage
from casegen.problem import CasegenError

HOSTS = "known_hosts"
CERTIFICATES = "known_certificates"
LIMIT = 1024 * 1024  # bytes of either that are read


def make_unknown_error(host: str, fingerprint: str, accept: str, *, why: str = "") -> CasegenError:
    """Return the error for a host that is not trusted yet.

    `fingerprint` is what it shows, `accept` a different one that the user gave ("" for none), `why`
    what is wrong with its certificate, in Chinese.
    """
    if accept:
        return CasegenError(
            "unknown-host",
            f"主机 {host} 的指纹与给出的不同，没有连接。主机给的是 {fingerprint}",
            "向主机管理员再核对一次；对不上就不要发布，可能有人冒充",
        )
    return CasegenError(
        "unknown-host",
        (f"主机 {host} 的证书{why}" if why else f"还不认识主机 {host}")
        + f"，没有连接。它的指纹是 {fingerprint}",
        f"向主机管理员核对指纹，一致就加上 --accept-host-key {fingerprint}，只需一次",
    )


def make_changed_error(host: str, fingerprint: str) -> CasegenError:
    """Return the error for a known host that shows another key than before."""
    return CasegenError(
        "host-changed",
        f"主机 {host} 的指纹变了，可能有人冒充，没有连接。现在是 {fingerprint}",
        f"向主机管理员核对；确实换过密钥，就加上 --accept-host-key {fingerprint}",
    )


def find_certificate(memory: Path, host: str) -> str:
    """Return the fingerprint that the user accepted for a host's certificate; "" for none."""
    return _read_certificates(memory).get(host, "")


def remember_certificate(memory: Path, host: str, fingerprint: str) -> None:
    """Remember in `memory` (`.casegen/`) that a certificate is trusted; a failure is ignored."""
    known = _read_certificates(memory) | {host: fingerprint}
    with suppress(OSError):
        lines = "".join(f"{name} {mark}\n" for name, mark in sorted(known.items()))
        storage.write_file(memory / CERTIFICATES, lines.encode(), memory)


def _read_certificates(memory: Path) -> dict[str, str]:
    try:
        lines = storage.read_file(memory / CERTIFICATES, LIMIT).decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return {}
    return {host: mark for host, _, mark in (line.partition(" ") for line in lines)}
