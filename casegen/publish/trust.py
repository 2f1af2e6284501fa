"""trust: which hosts are accepted, by the fingerprint of their key or certificate.

Secret: what was accepted for this project: `.casegen/known_hosts` (SSH keys, OpenSSH's form) and
`.casegen/known_certificates` (TLS, a host and a fingerprint a line). Deleting them is safe: the
fingerprint is asked for again. A project may come from a stranger who wrote them, so the first
line of each names the folder in which it was accepted (place); in another one it does not count.
Not here: reading a host's key or certificate (sftp, ftp).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from casegen import storage
from casegen.problem import CasegenError
from casegen.publish.place import identify_place

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
    write_accepted(memory, CERTIFICATES, [f"{name} {mark}" for name, mark in sorted(known.items())])


def read_accepted(memory: Path, name: str) -> list[str]:
    """Return the lines of a file in `memory`; none where it was written in another folder."""
    try:
        lines = storage.read_file(memory / name, LIMIT).decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return lines[1:] if lines[:1] == [_mark_place(memory)] else []


def write_accepted(memory: Path, name: str, lines: Iterable[str]) -> None:
    """Replace the lines of a file in `memory`; a failure is ignored."""
    text = "".join(f"{line}\n" for line in (_mark_place(memory), *lines))
    with suppress(OSError):
        storage.write_file(memory / name, text.encode(), memory)


def _mark_place(memory: Path) -> str:
    return f"# {identify_place(memory)}"  # a comment in OpenSSH's form


def _read_certificates(memory: Path) -> dict[str, str]:
    lines = read_accepted(memory, CERTIFICATES)
    return {host: mark for host, _, mark in (line.partition(" ") for line in lines)}
