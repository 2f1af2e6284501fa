"""Output: artifacts onto disk, unchanged ones left alone, nothing foreign touched.

Secret: how a folder is brought to its new state so that a crash at any moment is harmless. The
manifest in the folder (`.casegen-manifest.json`: path and digest of every file of ours, no times)
is the only licence to remove a file. It is written twice: before the first change, naming the old
and the new files, and after the last, naming the new ones. Each file arrives under a temporary name
and is renamed, so no reader ever sees half a file.
Not here: what the artifacts are (editions) and in which process they are rendered (build).
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from casegen.problem import CasegenError

MANIFEST = ".casegen-manifest.json"
TEMPORARY = ".casegen-tmp-"
NO_FILE = ""
IGNORED = frozenset(
    {".gitignore", ".gitkeep", ".gitattributes", ".keep", ".hgignore", ".ignore",
     ".DS_Store", "Thumbs.db", "desktop.ini"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file to be: `path` inside the output folder and how to make it.

    `render` is a picklable call without arguments that gives the bytes, or the Path of a file to
    copy; it is made only when `fingerprint` is new. Equal fingerprints promise equal bytes.
    """

    path: str
    fingerprint: str
    render: Callable[[], bytes | Path]


def literal(path: str, content: bytes) -> Artifact:
    """An artifact whose bytes are already there."""
    return Artifact(path, _digest(content), partial(bytes, content))


def fingerprint(*parts: str) -> str:
    """32 hex digits that differ whenever one of the parts differs."""
    return _digest("\0".join(parts).encode())


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an earlier build knew of a file: fingerprint of its artifact, digest of its bytes."""

    fingerprint: str
    digest: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a write did: paths written, how many were kept, paths removed, what to remember."""

    written: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]
    remembered: Mapping[str, Remembered]


Rendered = Iterable[tuple[Artifact, bytes | Path]]


def write(
    artifacts: Sequence[Artifact],
    folder: Path,
    *,
    adopt: bool = False,
    remembered: Mapping[str, Remembered] | None = None,
    run: Callable[[Sequence[Artifact]], Rendered] | None = None,
) -> Report:
    """Bring `folder` to hold exactly `artifacts`, besides files that are not ours.

    `remembered` is the Report's of the last write to this folder; anything doubtful in it costs
    only time. `run` renders the artifacts that need it (by default here, one after another); all
    are rendered before the first file is touched, so that an error leaves the old site whole.

    Raises CasegenError: "output-foreign" where a folder or a file is not ours and `adopt` is not
    set, "output-path" where a path would lead outside, "two-artifacts" where two have one path,
    "disk" where the disk refuses.
    """
    memory = remembered or {}
    _check_paths(artifacts)
    old = _licence(folder, memory, adopt=adopt)
    present = {artifact.path: _digest_of(folder / artifact.path) for artifact in artifacts}
    digests = {
        artifact.path: memory[artifact.path].digest
        for artifact in artifacts
        if memory.get(artifact.path) == Remembered(artifact.fingerprint, present[artifact.path])
    }
    fresh = [artifact for artifact in artifacts if artifact.path not in digests]
    contents: dict[str, bytes | Path] = {}
    for artifact, content in (run or _here)(fresh):
        digests[artifact.path] = digest = _digest_of_content(content)
        if digest != present[artifact.path]:
            contents[artifact.path] = content
    if not adopt:
        _refuse_foreign([p for p in contents if p not in old and present[p] != NO_FILE])
    removed = _bring(folder, old, digests, contents)
    return Report(
        written=tuple(contents),
        kept=len(artifacts) - len(contents),
        removed=removed,
        remembered={a.path: Remembered(a.fingerprint, digests[a.path]) for a in artifacts},
    )


def _licence(folder: Path, memory: Mapping[str, Remembered], *, adopt: bool) -> dict[str, str]:
    """What is ours in the folder: by its manifest, else by what an earlier build remembers."""
    recorded = _read_manifest(folder)
    if recorded is not None or not _holds(folder):
        return recorded or {}
    if not memory and not adopt:
        raise CasegenError(
            "output-foreign",
            f"输出文件夹 {folder} 里有不是 casegen 生成的文件，没有动它",
            hint="换一个空文件夹（-o），或确认可以接管后加 --adopt",
        )
    return {path: known.digest for path, known in memory.items()}


def _bring(
    folder: Path,
    old: Mapping[str, str],
    new: Mapping[str, str],
    contents: Mapping[str, bytes | Path],
) -> tuple[str, ...]:
    """Write, then remove, between two manifests; the paths removed."""
    removed: tuple[str, ...] = ()
    gone = sorted(set(old) - set(new))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if contents or gone or _read_manifest(folder) != new:
            _write_manifest(folder, {**old, **new})
            for path, content in contents.items():
                _replace(folder, path, content)
            removed = tuple(path for path in gone if _remove(folder, path))
            _write_manifest(folder, new)
        for leftover in folder.glob(f"{TEMPORARY}*"):
            leftover.unlink(missing_ok=True)
    except OSError as error:
        raise _explained(error, folder) from error
    return removed


def _here(artifacts: Sequence[Artifact]) -> Rendered:
    return ((artifact, artifact.render()) for artifact in artifacts)


def _check_paths(artifacts: Sequence[Artifact]) -> None:
    seen: dict[str, str] = {}
    for artifact in artifacts:
        if not _safe(artifact.path):
            raise CasegenError("output-path", f"输出路径“{artifact.path}”会写到输出文件夹之外")
        other = seen.setdefault(artifact.path.casefold(), artifact.path)
        if other is not artifact.path:
            raise CasegenError(
                "two-artifacts",
                f"有两个页面都要写到 {artifact.path}",
                hint="改其中一个的网址名（slug）、旧网址（aliases）或页面文件名",
            )


def _safe(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return bool(parts) and not path.startswith("/") and ".." not in parts and "\\" not in path


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def _digest_of_content(content: bytes | Path) -> str:
    if isinstance(content, bytes):
        return _digest(content)
    digest = _digest_of(content)
    if digest == NO_FILE:
        raise CasegenError("disk", f"读不到要复制的文件 {content}", hint="确认文件还在，再生成")
    return digest


def _digest_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return NO_FILE
    except OSError as error:
        raise _explained(error, path) from error


def _holds(folder: Path) -> bool:
    """Whether the folder holds anything but ignore files and what a killed build left."""
    try:
        return any(
            entry.name not in IGNORED
            and entry.name != MANIFEST
            and not entry.name.startswith(TEMPORARY)
            for entry in folder.iterdir()
        )
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        raise CasegenError("output-path", f"输出位置 {folder} 是一个文件，不是文件夹") from None


def _read_manifest(folder: Path) -> dict[str, str] | None:
    """Path -> digest as recorded, or None where there is no readable manifest."""
    try:
        data = json.loads((folder / MANIFEST).read_text("utf-8"))
        files = data["files"]
        return {p: d for p, d in files.items() if _safe(p) and isinstance(d, str)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def _write_manifest(folder: Path, digests: Mapping[str, str]) -> None:
    data = {"version": 1, "files": dict(sorted(digests.items()))}
    text = json.dumps(data, ensure_ascii=False, indent=0, separators=(",", ":"))
    _replace(folder, MANIFEST, text.encode() + b"\n")


def _refuse_foreign(paths: list[str]) -> None:
    if paths:
        names = "、".join(sorted(paths)[:5]) + ("……" if len(paths) > 5 else "")
        raise CasegenError(
            "output-foreign",
            f"输出文件夹里有 {len(paths)} 个不是 casegen 生成的文件占了位置：{names}",
            hint="把它们移走，或确认可以覆盖后加 --adopt",
        )


def _replace(folder: Path, path: str, content: bytes | Path) -> None:
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise CasegenError("output-path", f"{target.parent} 是通往输出文件夹之外的链接，没有写入")
    if target.is_dir() and not target.is_symlink():
        raise CasegenError("output-foreign", f"{target} 是文件夹，占了页面的位置", hint="把它移走")
    temporary = folder / f"{TEMPORARY}{os.getpid()}"
    try:
        if isinstance(content, bytes):
            temporary.write_bytes(content)
        else:
            shutil.copyfile(content, temporary)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _remove(folder: Path, path: str) -> bool:
    """Remove a file of ours and the folders it leaves empty; say whether it was there."""
    target = folder / path
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        return False
    there = target.is_file() or target.is_symlink()
    if there:
        target.unlink()
    for parent in target.parents:
        if parent == folder or not parent.is_dir() or any(parent.iterdir()):
            break
        parent.rmdir()
    return there


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
    return CasegenError("disk", f"写 {name} 时出错：{error.strerror or error}", hint="再生成一次")
