"""Output: writes artifacts; unchanged files and files of others are not touched.

Secret: how a folder is brought to its new state so that a crash at any moment does no harm. All
obstacles are looked for before the first change. The manifest in the folder
(`.casegen-manifest.json`: path and digest of every file that casegen wrote, no times) decides
alone which files may be removed. It is written twice: before the first change, naming the old and
the new files, and after the last, naming the new ones.
Not here: what the artifacts are (editions), in which process they are rendered (build), how one
file is written (storage).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from casegen import filenames, record, storage
from casegen.problem import CasegenError

MANIFEST = ".casegen-manifest.json"
NO_FILE = ""
SHOWN = 5  # most names in a message
CHANGED = 2  # index of the time of change in a state
IGNORED = frozenset(
    {".gitignore", ".gitkeep", ".gitattributes", ".keep", ".hgignore", ".ignore",
     ".DS_Store", "Thumbs.db", "desktop.ini"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be written: `path` inside the output folder and how to make its content.

    `render` is a picklable call without arguments that returns the bytes, or the Path of a file to
    copy; it is called only when `fingerprint` is new. Equal fingerprints mean equal bytes.
    `kept` are values by name that a later build needs to renew a part of the file (see cache);
    `still_kept` are names of such values that the last build kept and that still hold.
    """

    path: str
    fingerprint: str
    render: Callable[[], bytes | Path]
    kept: Mapping[str, object] = field(default_factory=dict, hash=False)
    still_kept: frozenset[str] = frozenset()


def make_literal(path: str, content: bytes) -> Artifact:
    """Return an artifact whose bytes are known already."""
    return Artifact(path, _digest(content), partial(bytes, content))


def make_fingerprint(*parts: str) -> str:
    """Return 32 hex digits that differ whenever one of the parts differs."""
    return _digest("\0".join(parts).encode())


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an earlier build knew of a file: fingerprint of its artifact, digest of its bytes.

    `state` is the state of the file when it had these bytes; () where it must be hashed again.
    """

    fingerprint: str
    digest: str
    state: storage.State = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The result of writing: paths written, number of files kept, paths removed, facts to cache.

    `remarks` say what was found changed by others (Chinese).
    """

    written: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]
    remembered: Mapping[str, Remembered]
    remarks: tuple[str, ...] = ()


Rendered = Iterable[tuple[Artifact, bytes | Path]]


def write_artifacts(
    artifacts: Sequence[Artifact],
    folder: Path,
    *,
    adopt: bool = False,
    remembered: Mapping[str, Remembered] | None = None,
    run: Callable[[Sequence[Artifact]], Rendered] | None = None,
) -> Report:
    """Bring `folder` to hold exactly `artifacts`, besides files that casegen did not write.

    `remembered` comes from the Report of the last write to this folder; a wrong entry in it costs
    only time. `run` renders the artifacts that need it (by default here, one after another); all
    are rendered before the first file is touched, so that an error leaves the old site complete.

    Raises CasegenError: "output-foreign" where a folder or a file is not casegen's and `adopt` is
    not set, "output-path" where a path would lead outside or no disk accepts it, "output-blocked"
    where an obstacle is in the way, "two-artifacts" where two have one path, "disk" where the disk
    refuses.
    """
    memory = remembered or {}
    _check_paths(artifacts)
    old, remarks = _licence(folder, memory, adopt=adopt)
    present, states = _look_through(folder, [artifact.path for artifact in artifacts], memory)
    digests = {
        artifact.path: known.digest
        for artifact in artifacts
        if (known := memory.get(artifact.path))
        and (known.fingerprint, known.digest) == (artifact.fingerprint, present[artifact.path])
    }
    fresh = [artifact for artifact in artifacts if artifact.path not in digests]
    contents: dict[str, bytes | Path] = {}
    for artifact, content in (run or _here)(fresh):
        digests[artifact.path] = digest = _digest_of_content(content)
        if digest != present[artifact.path]:
            contents[artifact.path] = content
    if not adopt:
        _refuse_foreign([p for p in contents if p not in old and _is_file_or_link(folder / p)])
    _refuse_obstacles(folder, digests, set(old) - set(digests))
    removed, written = _bring(folder, old, digests, contents)
    states |= _settle(folder, written)
    return Report(
        written=tuple(contents),
        kept=len(artifacts) - len(contents),
        removed=removed,
        remembered={
            a.path: Remembered(a.fingerprint, digests[a.path], states.get(a.path, ()))
            for a in artifacts
        },
        remarks=remarks,
    )


def replace_artifacts(
    artifacts: Sequence[Artifact],
    gone: Iterable[str],
    folder: Path,
    run: Callable[[Sequence[Artifact]], Rendered],
) -> Report | None:
    """Write some files of a site and remove those at `gone`; all other files stay as they are.

    The Report holds facts on these artifacts only. None, and nothing changed, where the folder has
    no manifest. Raises CasegenError as `write_artifacts` does.
    """
    old = _read_manifest(folder)
    if old is None:
        return None
    _check_paths(artifacts)
    contents = {artifact.path: content for artifact, content in run(artifacts)}
    digests = {path: _digest_of_content(content) for path, content in contents.items()}
    new = {path: digest for path, digest in old.items() if path not in set(gone)} | digests
    changed = {path: contents[path] for path in digests if digests[path] != old.get(path)}
    _refuse_foreign([p for p in changed if p not in old and _is_file_or_link(folder / p)])
    _refuse_obstacles(folder, digests, set(old) - set(new))
    removed, written = _bring(folder, old, new, changed)
    states = _settle(folder, written)
    return Report(
        written=tuple(changed),
        kept=len(new) - len(changed),
        removed=removed,
        remembered={
            a.path: Remembered(a.fingerprint, digests[a.path], states[a.path])
            for a in artifacts
            if a.path in states
        },
    )


def _licence(
    folder: Path, memory: Mapping[str, Remembered], *, adopt: bool
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the files that casegen may replace or remove, with their digests, and remarks.

    They come from the manifest, else from what an earlier build knew. Raises CasegenError
    "output-foreign" where neither is there and the folder is not empty.
    """
    recorded = _read_manifest(folder)
    if recorded is not None:
        return recorded, ()
    damaged = os.path.lexists(folder / MANIFEST)
    remarks = (
        (f"{folder.name} 里的记录 {MANIFEST} 坏了，当作没有，重新写了一份",) if damaged else ()
    )
    if not _holds(folder):
        return {}, remarks
    if not memory and not adopt:
        raise CasegenError(
            "output-foreign",
            f"输出文件夹 {folder} 里有不是 casegen 生成的文件，没有动它"
            + (f"（它的记录 {MANIFEST} 坏了，认不出哪些是自己的）" if damaged else ""),
            hint="换一个空文件夹（-o），或确认可以接管后加 --adopt",
        )
    sound = {path: row.digest for path, row in memory.items() if not filenames.why_refused(path)}
    return sound, remarks


def _bring(
    folder: Path,
    old: Mapping[str, str],
    new: Mapping[str, str],
    contents: Mapping[str, bytes | Path],
) -> tuple[tuple[str, ...], dict[str, os.stat_result]]:
    """Write and remove files between two manifests; return the paths removed, and files written."""
    removed: tuple[str, ...] = ()
    written: dict[str, os.stat_result] = {}
    gone = sorted(set(old) - set(new))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        storage.clear_leftovers(folder)
        if contents or gone or _read_manifest(folder) != new:
            _write_manifest(folder, {**old, **new})
            early = tuple(path for path in gone if _in_the_way(path, contents))
            removed = tuple(path for path in early if _remove(folder, path))
            for path, content in contents.items():
                written[path] = storage.write_file(folder / path, content, folder)
            removed += tuple(path for path in gone if path not in early and _remove(folder, path))
            _write_manifest(folder, new)
    except OSError as error:
        raise _explained(error, folder) from error
    return removed, written


def _look_through(
    folder: Path, paths: Iterable[str], memory: Mapping[str, Remembered]
) -> tuple[dict[str, str], dict[str, storage.State]]:
    """Return the digest of each existing file, and the states that identify it from now on.

    A file in its remembered state is unchanged (docs/decisions/0019). Others are hashed; their
    state is kept only where they are older than this look, since only then a later change gets a
    new time.
    """
    present: dict[str, str] = {}
    states = {path: storage.read_state(folder / path) for path in paths}
    unsure = []
    for path, state in states.items():
        known = memory.get(path)
        if known and state and known.state == state:
            present[path] = known.digest
        else:
            unsure.append(path)
    now = _read_clock(folder) if any(states[path] for path in unsure) else 0
    for path in unsure:
        present[path] = _digest_of(folder / path)
        if not states[path] or states[path][CHANGED] >= now:
            del states[path]
    return present, states


def _settle(folder: Path, written: Mapping[str, os.stat_result]) -> dict[str, storage.State]:
    """Return the states of files just written, except those that another program touched since."""
    found = {}
    for path, before in written.items():
        state = storage.read_state(folder / path)
        size, modified, _, inode = state or (0, 0, 0, 0)
        if state and (size, modified, inode) == (before.st_size, before.st_mtime_ns, before.st_ino):
            found[path] = state
    newest = max((state[CHANGED] for state in found.values()), default=0)
    return found if found and storage.wait_past(folder, newest) else {}


def _read_clock(folder: Path) -> int:
    try:
        return storage.read_clock(folder)
    except OSError:
        return 0


def _here(artifacts: Sequence[Artifact]) -> Rendered:
    return ((artifact, artifact.render()) for artifact in artifacts)


def _check_paths(artifacts: Sequence[Artifact]) -> None:
    for artifact in artifacts:
        reason = filenames.why_refused(artifact.path)
        if reason:
            shown = artifact.path if len(artifact.path) < 80 else artifact.path[:60] + "……"
            raise CasegenError(
                "output-path",
                f"写不出输出路径“{shown}”：{reason}",
                hint="改网址名（slug）、旧网址（aliases）或页面、附件的文件名",
            )
    clash = filenames.find_clash(artifact.path for artifact in artifacts)
    if clash:
        one, other = clash
        raise CasegenError(
            "two-artifacts",
            f"有两个页面都要写到 {other}" if one == other else f"{one} 和 {other} 不能同时存在",
            hint="改其中一个的网址名（slug）、旧网址（aliases）或页面文件名",
        )


def _is_file_or_link(place: Path) -> bool:
    return storage.is_regular(place) or place.is_symlink()


def _refuse_obstacles(folder: Path, new: Mapping[str, str], gone: set[str]) -> None:
    """Raise CasegenError before anything is changed; files that are removed anyway do not count."""
    found = {
        path: why
        for path, why in storage.find_obstacles(folder, (MANIFEST, *new)).items()
        if not _gives_way(folder, path, gone)
    }
    if found:
        reasons = tuple(dict.fromkeys(found.values()))
        shown = "；".join(reasons[:SHOWN]) + ("……" if len(reasons) > SHOWN else "")
        raise CasegenError(
            "output-blocked",
            f"输出文件夹里有东西挡着，什么也没有写：{shown}",
            hint="把挡路的移走（或改好权限），再生成",
        )


def _gives_way(folder: Path, path: str, gone: set[str]) -> bool:
    above = {parent.as_posix() for parent in PurePosixPath(path).parents}
    if above & gone:
        return True
    inside = [p for p in (folder / path).rglob("*") if p.is_symlink() or not p.is_dir()]
    return bool(inside) and all(p.relative_to(folder).as_posix() in gone for p in inside)


def _in_the_way(path: str, new: Mapping[str, object]) -> bool:
    """Return whether an old file is where a folder will be, or in a folder that becomes a file."""
    above = {parent.as_posix() for parent in PurePosixPath(path).parents}
    return bool(above & set(new)) or any(other.startswith(f"{path}/") for other in new)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _digest_of_content(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return _digest(content)
    digest = _digest_of_file(content)
    if digest == NO_FILE:
        raise CasegenError("disk", f"读不到要复制的文件 {content}", hint="确认文件还在，再生成")
    return digest


def _digest_of(path: Path) -> str:
    """Return the digest of a regular file; NO_FILE for anything else."""
    if not storage.is_regular(path):
        return NO_FILE
    return _digest_of_file(path)


def _digest_of_file(path: Path) -> str:
    try:
        with storage.open_regular(path) as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except (FileNotFoundError, NotADirectoryError, storage.UnfitError):
        return NO_FILE
    except OSError as error:
        raise _explained(error, path) from error


def _holds(folder: Path) -> bool:
    """Return whether the folder holds anything but ignore files and leftovers of a killed build."""
    try:
        return any(
            entry.name not in IGNORED
            and entry.name != MANIFEST
            and not entry.name.startswith(storage.TEMPORARY)
            for entry in folder.iterdir()
        )
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        raise CasegenError("output-path", f"输出位置 {folder} 是一个文件，不是文件夹") from None
    except OSError as error:
        raise _explained(error, folder) from error


def _read_manifest(folder: Path) -> dict[str, str] | None:
    """Return the digests by path; None where there is no manifest that can be trusted."""
    place = folder / MANIFEST
    try:
        if not storage.is_regular(place):
            return None
        files = record.read_mapping(
            record.load_record(storage.read_file(place, record.MOST)).get("files")
        )
        if any(filenames.why_refused(path) for path in files):
            return None
        return {path: record.read_short_text(digest) for path, digest in files.items()}
    except (OSError, record.DamagedError):
        return None


def _write_manifest(folder: Path, digests: Mapping[str, str]) -> None:
    data = {"version": 1, "files": dict(sorted(digests.items()))}
    text = json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":"))
    storage.write_file(folder / MANIFEST, text.encode() + b"\n", folder)


def _refuse_foreign(paths: list[str]) -> None:
    if paths:
        shown = "、".join(sorted(paths)[:SHOWN]) + ("……" if len(paths) > SHOWN else "")
        raise CasegenError(
            "output-foreign",
            f"输出文件夹里有 {len(paths)} 个不是 casegen 生成的文件占了位置：{shown}",
            hint="把它们移走，或确认可以覆盖后加 --adopt",
        )


def _remove(folder: Path, path: str) -> bool:
    """Remove a file and the folders that become empty; return whether it existed."""
    target = folder / path
    there = storage.remove_file(target, folder)
    if not there:  # it may be behind a link: the folders there are not ours
        return False
    for parent in target.parents:
        if parent == folder or not storage.is_folder(parent) or any(parent.iterdir()):
            break
        parent.rmdir()
    return True


def _explained(error: OSError, place: Path) -> CasegenError:
    name = error.filename or str(place)
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return CasegenError(
            "disk", f"磁盘满了，写到 {name} 时停下", hint="腾出空间后再生成一次，会接着补齐"
        )
    if isinstance(error, PermissionError):
        return CasegenError(
            "disk", f"没有权限写 {name}", hint="文件可能正被别的程序打开；关掉后再生成一次"
        )
    return CasegenError(
        "disk", f"写 {name} 时停下：{storage.reason_of(error)}", hint="解决后再生成一次，会接着补齐"
    )
