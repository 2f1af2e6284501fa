"""publish: a finished folder to a web host: TARGETS table, one diff and one order for all.

Secret: the steps of a run: lock, look, plan, send, store.
Not here: building the site (build), each kind of host (the stores), words on the screen (cli).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from casegen import disk_errors, storage
from casegen.problem import CasegenError
from casegen.publish.access import Access
from casegen.publish.address import Address, resolve_target
from casegen.publish.connections import Connections
from casegen.publish.lock import lock_machine, lock_target
from casegen.publish.manifest import Entry, Manifest, digest_files, fit_totals, read_manifest
from casegen.publish.password import Password
from casegen.publish.patience import PATIENCE
from casegen.publish.plan import Found, Plan, describe_plan, draw_plan
from casegen.publish.retrying import PAUSES, RetryingStore
from casegen.publish.sending import Progress, Run, refuse_foreign
from casegen.publish.store import MANIFEST, RECORD, RefusedError, Store
from casegen.publish.survey import Survey
from casegen.publish.words import (
    Outcome,
    list_changed_totals,
    list_reminders,
    make_refused_error,
    refuse_inside_project,
    write_summary,
)

__all__ = [
    "TARGETS",
    "UNDONE",
    "Address",
    "Around",
    "Outcome",
    "Plan",
    "describe_plan",
    "list_reminders",
    "plan_publishing",
    "publish_site",
    "refuse_inside_project",
    "resolve_target",
    "roll_back",
    "write_summary",
]


UNDONE = "这正是刚才退回的那一版，案例没有再改过；"


@dataclass(frozen=True, slots=True)
class Around:
    """What a run needs from outside.

    `memory`: the project's `.casegen/`; `user`: who publishes, for the lock; `ask` prompts for a
    password, `confirm` for a yes, both None without a terminal; `again`: a version that was rolled
    back may be published again; `accept`: the fingerprint of a host that may be trusted;
    `wait` sleeps for seconds, `pauses` before each further try of a request; `patience`: how many
    seconds a host has for one request, besides the time for its bytes.
    """

    memory: Path
    user: str
    environ: Mapping[str, str] = field(repr=False)
    now: Callable[[], dt.datetime]
    wait: Callable[[float], None]
    ask: Callable[[str], str] | None = None
    accept: str = ""
    pauses: tuple[float, ...] = PAUSES
    patience: float = PATIENCE
    confirm: Callable[[str], bool] | None = None
    again: bool = False
    tell: Callable[[str], object] = str  # says a line before the first byte goes out


@dataclass(frozen=True, slots=True)
class Asking:
    """The arguments with which a store is opened."""

    address: Address
    password: Password
    around: Around
    adopt: bool = False

    @property
    def access(self) -> Access:
        """What a connection to the host is opened with."""
        around = self.around
        return Access(self.address, self.password, around.memory, around.accept, around.patience)


Opener = Callable[[Asking], Callable[[int], Store]]  # then: connection number -> Store


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of target: its Chinese name, its number of connections, the package it needs.

    `package` is the argument of `pip install`, `modules` are those whose absence shows that it is
    missing; `keeps` says whether a roll-back is possible.
    """

    name: str
    opener: Opener
    connections: int = 0
    package: str = ""
    modules: frozenset[str] = frozenset()
    keeps: bool = True


def _open_folder(asking: Asking) -> Callable[[int], Store]:
    from casegen.publish.folder import Folder  # noqa: PLC0415 each kind only when it is used

    return lambda _number: Folder(asking.address.local)


def _open_zip(asking: Asking) -> Callable[[int], Store]:
    from casegen.publish.zip import Zip  # noqa: PLC0415

    return lambda _number: Zip(asking.address.local, adopt=asking.adopt)


def _open_sftp(asking: Asking) -> Callable[[int], Store]:
    from casegen.publish.sftp import Sftp  # noqa: PLC0415

    return lambda number: Sftp(asking.access, number)


def _open_ftp(asking: Asking) -> Callable[[int], Store]:
    from casegen.publish.ftp import Ftp  # noqa: PLC0415

    return lambda number: Ftp(asking.access, number)


def _open_s3(asking: Asking) -> Callable[[int], Store]:
    from casegen.publish.s3 import make_client  # noqa: PLC0415

    return make_client(asking.access)


# connections: many hosts allow few FTP connections per user; OpenSSH refuses more than 10 at once.
TARGETS: Mapping[str, Target] = {
    "folder": Target("文件夹", _open_folder),
    "zip": Target("压缩包", _open_zip, keeps=False),
    "sftp": Target("SFTP 主机", _open_sftp, 4, "casegen[sftp]", frozenset({"paramiko"})),
    "ftp": Target("FTP 主机", _open_ftp),
    "ftps": Target("FTP 主机", _open_ftp),
    "s3": Target("云存储", _open_s3, 8, "casegen[s3]", frozenset({"boto3", "botocore"})),
}


def publish_site(  # noqa: PLR0913 all that a run is made of
    address: Address,
    folder: Path,
    paths: Iterable[str],
    around: Around,
    progress: Progress,
    *,
    adopt: bool = False,
    totals: Mapping[str, str] | None = None,
) -> Outcome:
    """Bring the target to hold `paths` of the built site in `folder`, without dotfiles.

    `totals` are the collection's, as shown; those that differ from the target's are reported first.

    Raises CasegenError: "publishing" where somebody else is publishing, "undone" where this version
    was rolled back and nobody agreed to send it again, "target-foreign" where other files are in
    the way and `adopt` is not set, "target-refused" where a file was not accepted, and
    those of connecting (retrying, password, the stores).
    """
    site = _digest_site(folder, paths)
    with _lock(address, around, adopt=adopt) as connections:
        record = connections.first.read(MANIFEST)
        kept = read_manifest(record)
        manifest, found = _survey_target(connections.first, kept, site, address, around)
        if not adopt:
            refuse_foreign(found.foreign)
        plan = draw_plan(site, manifest, found)
        if is_undone(manifest, site) and not plan.empty:
            _confirm_again(around)
        shown = fit_totals(totals or {})
        for line in list_changed_totals(manifest.totals, shown):
            around.tell(line)
        run = Run(connections, manifest, progress, partial(_remember, address, around), shown)
        if not plan.empty or kept is None or kept.pending or dict(kept.files) != site:
            run.publish(plan, site, lambda path: folder / path)
        release = run.manifest.releases[-1] if run.manifest.releases and not plan.empty else 0
        damaged = record is not None and kept is None
        return Outcome(plan, connections.operations, connections.sent, release, damaged)


def plan_publishing(  # noqa: PLR0913 as publish
    address: Address,
    folder: Path,
    paths: Iterable[str],
    around: Around,
    *,
    adopt: bool = False,
    totals: Mapping[str, str] | None = None,
) -> tuple[Plan, Mapping[str, Entry], bool]:
    """Return the plan, for `--dry-run`, and its site; nothing is written anywhere.

    The last value is whether it is the version that was rolled back.
    """
    site = _digest_site(folder, paths)
    with _connect(address, around, adopt=adopt) as connections:
        kept = read_manifest(connections.first.read(MANIFEST))
        manifest, found = _survey_target(connections.first, kept, site, address, around)
        if not adopt:
            refuse_foreign(found.foreign)
        for line in list_changed_totals(manifest.totals, fit_totals(totals or {})):
            around.tell(line)
        return draw_plan(site, manifest, found), site, is_undone(manifest, site)


def is_undone(manifest: Manifest, site: Mapping[str, Entry]) -> bool:
    """Return whether `site` equals the version that the last `roll_back` removed."""
    return bool(manifest.undone) and manifest.undone == digest_files(site)


def _confirm_again(around: Around) -> None:
    if around.again:
        return
    if around.confirm is not None and around.confirm(f"{UNDONE}还是要发布吗？"):
        return
    raise CasegenError(
        "undone", f"{UNDONE}没有发布", "改好案例再发布；确实要再发布这一版，就加上 --again"
    )


def roll_back(address: Address, around: Around, progress: Progress) -> int:
    """Bring the target back to what it held before the last publishing.

    Return the number of requests made. Raises CasegenError "no-release" where no older version is
    kept, and what `publish_site` raises.
    """
    if not TARGETS[address.scheme].keeps:
        raise CasegenError(
            "no-release", "压缩包不留旧版，不能退回", "改回案例再发布一次，或在主机上退回"
        )
    with _lock(address, around) as connections:
        manifest = read_manifest(connections.first.read(MANIFEST)) or Manifest()
        Run(connections, manifest, progress, partial(_remember, address, around)).go_back()
        return connections.operations


def _digest_site(folder: Path, paths: Iterable[str]) -> dict[str, Entry]:
    """Return every file to send with its digest; names that begin with a dot are not sent."""
    site = {}
    for path in sorted(paths):
        if any(part.startswith(".") for part in path.split("/")):
            continue
        try:
            with storage.open_regular(folder / path) as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                site[path] = Entry(digest, file.tell())
        except OSError as error:
            raise CasegenError(
                "site-changed",
                f"{folder.name} 里的 {path} 读不了：{disk_errors.find_reason(error)}",
                "再运行一次，会先把网站补齐",
            ) from error
    return site


def _survey_target(
    store: Store,
    kept: Manifest | None,
    site: Mapping[str, Entry],
    address: Address,
    around: Around,
) -> tuple[Manifest, Found]:
    survey = Survey(store)
    manifest = survey.rebuild_manifest(_recall_manifest(address, around)) if kept is None else kept
    return manifest, survey.look_up(site, manifest)


@contextmanager
def _lock(address: Address, around: Around, *, adopt: bool = False) -> Iterator[Connections]:
    with (
        lock_machine(around.memory, around.user) as publisher,
        _connect(address, around, adopt=adopt) as connections,
        lock_target(connections.first, publisher, around.now, around.wait),
    ):
        yield connections


@contextmanager
def _connect(address: Address, around: Around, *, adopt: bool) -> Iterator[Connections]:
    kind = TARGETS[address.scheme]
    password = Password(address, around.environ, around.ask)
    try:
        connect = kind.opener(Asking(address, password, around, adopt))
    except ModuleNotFoundError as error:
        if error.name not in kind.modules:
            raise
        raise CasegenError(
            "missing-extra",
            f"发布到{kind.name}还缺一个组件",
            f'先运行 pip install "{kind.package}"',
        ) from None
    connections = Connections(
        lambda number: RetryingStore(lambda: connect(number), around.wait, around.pauses),
        kind.connections,
    )
    try:
        yield connections
    except RefusedError as refused:
        raise make_refused_error(address, refused) from None
    finally:
        connections.close()


def _find_memory(address: Address, around: Around) -> Path:
    name = hashlib.sha256(address.shown.encode()).hexdigest()[:16]
    return around.memory / "published" / f"{name}.json"


def _remember(address: Address, around: Around, manifest: Manifest) -> None:
    """Store the manifest on this machine too, in case the one at the target is lost."""
    path = _find_memory(address, around)
    with suppress(OSError):
        storage.write_file(path, manifest.as_bytes(), around.memory)


def _recall_manifest(address: Address, around: Around) -> Manifest | None:
    try:
        return read_manifest(storage.read_file(_find_memory(address, around), RECORD))
    except OSError:
        return None
