"""address: where to publish to, from a name in casegen.yml or an address as written.

Secret: how addresses are spelled, and that no password may be in one.
Not here: what can be reached (TARGETS in the package), passwords themselves (password).
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from casegen import storage
from casegen.chinese.likeness import suggest
from casegen.problem import CasegenError

# The settings that may follow the question mark.
OPTIONS: Mapping[str, frozenset[str]] = {
    "sftp": frozenset({"key"}),
    "ftp": frozenset(),
    "ftps": frozenset(),
    "s3": frozenset({"endpoint", "region", "style"}),
}
FORMS = "文件夹路径、zip:文件名.zip、sftp://、ftps://、ftp://、s3://"


@dataclass(frozen=True, slots=True)
class Address:
    """A place to publish to.

    `scheme` is folder, zip, sftp, ftp, ftps or s3; `path` a local path, a path on the host
    without its leading slash's meaning lost, or the prefix in a bucket (`host`); `name` the
    target's name in casegen.yml, or ""; `base` the folder that local paths start from.
    """

    scheme: str
    path: str
    base: Path
    name: str = ""
    user: str = ""
    host: str = ""
    port: int = 0
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """Return the address as it is shown, without a password; two targets never share it."""
        if self.scheme in {"folder", "zip"}:
            return os.path.normpath(self.local)
        user = f"{self.user}@" if self.user else ""
        port = f":{self.port}" if self.port else ""
        slash = "/" if self.path and not self.path.startswith("/") else ""
        endpoint = self.options.get("endpoint", "")
        return f"{self.scheme}://{user}{self.host}{port}{slash}{self.path}" + (
            f"（{endpoint}）" if endpoint else ""
        )

    @property
    def local(self) -> Path:
        """Return the absolute path of a local target: a folder, or a zip file."""
        return (self.base / Path(self.path).expanduser()).absolute()


def resolve_target(
    target: str, targets: Sequence[tuple[str, str]], root: Path, here: Path
) -> Address:
    """Return the address that `target` means: a name among `targets` of casegen.yml, or an address.

    A relative path begins at `root` for a name of casegen.yml, at `here` for an address. Raises
    CasegenError "target-unknown" where it is neither, "password-in-address" where an address of
    casegen.yml or `target` holds a password, "target-address" where it cannot be understood.
    """
    named = dict(targets)
    for name, written in targets:
        _refuse_password(written, f"casegen.yml 的 targets 里，{name} 的")
    if target in named:
        return parse_address(named[target], root, target)
    if re.fullmatch(r"[^/\\:.~]+", target) and not storage.leads_to_folder(here / target):
        raise CasegenError(
            "target-unknown",
            f"没有叫“{target}”的发布目标",
            suggest(target, named)
            or f"在 casegen.yml 的 targets 里写上；要发布到文件夹就写 ./{target}",
        )
    return parse_address(target, here, "")


def parse_address(written: str, base: Path, name: str) -> Address:
    """Read an address as it was written; a relative path of it begins at `base`.

    A path with the name of an archive means one, with or without `zip:`, unless it is a folder.
    Raises CasegenError "password-in-address" or "target-address"; neither repeats the address.
    """
    scheme, mark, rest = written.strip().partition(":")
    scheme = scheme.lower()
    if not mark or len(scheme) < 2 or not re.fullmatch("[a-z][a-z0-9+.-]*", scheme):
        local = Address("folder", written.strip(), base, name)  # one letter is a Windows drive
        packed = local.path.lower().endswith(".zip") and not storage.leads_to_folder(local.local)
        return replace(local, scheme="zip") if packed else local
    if scheme == "zip":
        if not rest or rest.endswith(("/", "\\")):
            raise _make_error("zip: 后面要写文件名", "如 zip:xczx.zip")
        return Address("zip", rest, base, name)
    if scheme not in OPTIONS:
        raise _make_error("看不懂这个发布地址", f"可以是{FORMS}")
    _refuse_password(written, "发布")
    return _parse_remote(scheme, written.strip(), base, name)


def _refuse_password(written: str, whose: str) -> None:
    scheme, _, rest = written.strip().partition(":")
    if scheme.lower() in OPTIONS and ":" in rest.rpartition("@")[0]:
        raise CasegenError(
            "password-in-address",
            f"{whose}地址里写了密码，那样谁都看得到，不能用",
            "从地址里删去密码；运行时会问，也可放在环境变量 CASEGEN_PASSWORD 里。"
            "这个密码若已发给过别人，请换掉",
        )


def _parse_remote(scheme: str, written: str, base: Path, name: str) -> Address:
    try:
        parts = urlsplit(written)
        host, port = parts.netloc.rpartition("@")[2], parts.port or 0
    except ValueError:
        raise _make_error("发布地址的写法不对", f"如 {scheme}://用户名@主机/文件夹") from None
    if port:
        host = host.rpartition(":")[0]
    if not host or parts.fragment:
        raise _make_error(f"{scheme} 地址里看不出主机或桶", f"如 {scheme}://用户名@主机/文件夹")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(set(options) - OPTIONS[scheme])
    if unknown:
        known = "、".join(sorted(OPTIONS[scheme])) or "什么也没有"
        raise _make_error(f"{scheme} 地址里没有“{unknown[0]}”这个设置", f"问号后面可以写：{known}")
    path = unquote(parts.path).rstrip("/").removeprefix("/")
    user = unquote(parts.username or "")
    if not f"{user}{path}".isprintable():
        raise _make_error("发布地址里有看不见的字符", "重新打一遍，不要从别处粘贴")
    return Address(scheme, path, base, name, user, host, port, options)


def _make_error(message: str, hint: str) -> CasegenError:
    return CasegenError("target-address", message, hint)
