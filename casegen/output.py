"""Output: writes artifacts; unchanged files and files of others are not touched.

Secret: how a folder is brought to its new state so that a crash at any moment does no harm. All
obstacles are looked for before the first change. New files wait in the folder under temporary
names until all are rendered, so that memory need not hold them. The manifest in the folder
(`.casegen-manifest.json`: path and digest of every file that casegen wrote, no times) decides
alone which files may be removed. It is written twice: before the first change, naming the old and
the new files, and after the last, naming the new ones.
Not here: what the artifacts are (editions), in which process they are rendered (build), how one
file is written (storage).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NoReturn

from casegen import file_state, filenames, obstacles, record, storage, tree
from casegen.problem import CasegenError
from casegen.standing import (
    NO_FILE,
    digest_bytes,
    digest_content,
    explain_error,
    look_through,
    settle,
)

MANIFEST = ".casegen-manifest.json"
SHOWN = 5  # most names in a message
TOGETHER = 100  # files of which the states are looked at in one go
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
    return Artifact(path, digest_bytes(content), partial(bytes, content))


def make_fingerprint(*parts: str) -> str:
    """Return 32 hex digits that differ whenever one of the parts differs."""
    return digest_bytes("\0".join(parts).encode())


@dataclass(frozen=True, slots=True)
class Remembered:
    """What an earlier build knew of a file: fingerprint of its artifact, digest of its bytes.

    `state` is the state of the file when it had these bytes; () where it must be hashed again.
    """

    fingerprint: str
    digest: str
    state: file_state.State = ()


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


@dataclass(frozen=True, slots=True)
class Job:
    """A file to render in the folder `folder`; `present` is the digest of the file there now."""

    path: str
    fingerprint: str
    render: Callable[[], bytes | Path]
    folder: Path
    present: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was rendered: its digest, and the temporary file that holds it.

    `waiting` is None where the file in the folder has these bytes already.
    """

    path: str
    fingerprint: str
    digest: str
    waiting: Path | None


Render = Callable[[Iterable[Job]], Iterable[Made]]


def render_job(job: Job) -> Made:
    """Render a file, and write it under a temporary name if its bytes are new.

    Raises CasegenError "disk", and what rendering raises.
    """
    content = job.render()
    digest = digest_content(content)
    waiting = None
    if digest != job.present:
        try:
            waiting = storage.prepare_file(content, job.folder)
        except OSError as error:
            raise explain_error(error, job.folder) from error
    return Made(job.path, job.fingerprint, digest, waiting)


def _here(jobs: Iterable[Job]) -> Iterable[Made]:
    return map(render_job, jobs)


def write_artifacts(
    artifacts: Iterable[Artifact],
    folder: Path,
    *,
    adopt: bool = False,
    remembered: Mapping[str, Remembered] | None = None,
    run: Render = _here,
) -> Report:
    """Bring `folder` to hold exactly `artifacts`, besides files that casegen did not write.

    `remembered` comes from the Report of the last write to this folder; a wrong entry in it costs
    only time. `run` calls `render_job` for each file that needs it (by default here, one after
    another), in order; it takes the jobs one by one, and no artifact is kept. All are rendered
    before a file of the site is touched, so that an error leaves the old site complete.

    Raises CasegenError: "output-foreign" where a folder or a file is not casegen's and `adopt` is
    not set, "output-path" where a path would lead outside or no disk accepts it, "output-blocked"
    where an obstacle is in the way, "two-artifacts" where two have one path, "disk" where the disk
    refuses.
    """
    memory = remembered or {}
    old, remarks = _licence(folder, memory, adopt=adopt)
    known: dict[str, Remembered] = {}
    with _prepare(folder):
        made = _render(_list_jobs(artifacts, folder, memory, known), run, known)
        if not adopt:
            _refuse_foreign(folder, old, made)
        digests = {path: row.digest for path, row in known.items()}
        _refuse_obstacles(folder, digests, set(old) - set(digests))
        removed, written = _bring(folder, old, digests, made)
    states = settle(folder, written)
    known |= {p: replace(known[p], state=states.get(p, ())) for p in written}
    return Report(tuple(made), len(known) - len(made), removed, known, remarks)


def replace_artifacts(
    artifacts: Iterable[Artifact], gone: Iterable[str], folder: Path, run: Render
) -> Report | None:
    """Write some files of a site and remove those at `gone`; all other files stay as they are.

    The Report holds facts on these artifacts only. None, and nothing changed, where the folder has
    no manifest. Raises CasegenError as `write_artifacts` does.
    """
    old = _read_manifest(folder)
    if old is None:
        return None
    known: dict[str, Remembered] = {}
    with _prepare(folder):
        jobs = _check_paths(artifacts, known)
        present = ((a, old.get(a.path, NO_FILE)) for a in jobs)
        made = _render((_make_job(folder, *each) for each in present), run, known)
        new = {**old}
        for path in gone:
            new.pop(path, None)
        new |= {path: row.digest for path, row in known.items()}
        _refuse_foreign(folder, old, made)
        _refuse_obstacles(folder, known, set(old) - set(new))
        removed, written = _bring(folder, old, new, made)
    states = settle(folder, written)
    facts = {path: replace(known[path], state=state) for path, state in states.items()}
    return Report(tuple(made), len(new) - len(made), removed, facts)


@contextmanager
def _prepare(folder: Path) -> Iterator[None]:
    """Make the folder where it is missing; remove what waits in it if the `with` block fails."""
    _refuse_obstacles(folder, (), set())
    missing = [place for place in (folder, *folder.parents) if not storage.leads_anywhere(place)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain_error(error, folder) from error
    storage.clear_leftovers(folder)
    try:
        yield
    except BaseException:
        storage.clear_leftovers(folder)
        for place in missing:
            with suppress(OSError):
                place.rmdir()
        raise


def _render(jobs: Iterable[Job], run: Render, known: dict[str, Remembered]) -> dict[str, Path]:
    """Return the temporary file of each file that is new; add to `known` what was rendered."""
    made = {}
    for each in run(jobs):
        known[each.path] = Remembered(each.fingerprint, each.digest, known[each.path].state)
        if each.waiting:
            made[each.path] = each.waiting
    return made


def _list_jobs(
    artifacts: Iterable[Artifact],
    folder: Path,
    memory: Mapping[str, Remembered],
    known: dict[str, Remembered],
) -> Iterator[Job]:
    """Yield the files that must be rendered; add all files to `known`."""

    def known_of(path: str) -> tuple[str, file_state.State] | None:
        row = memory.get(path)
        return (row.digest, row.state) if row else None

    source = _check_paths(artifacts, known)
    while part := tuple(islice(source, TOGETHER)):
        present, states = look_through(folder, [each.path for each in part], known_of)
        for each in part:
            path, print_ = each.path, each.fingerprint
            before = memory.get(path)
            known[path] = Remembered(print_, present[path], states.get(path, ()))
            if before is None or (before.fingerprint, before.digest) != (print_, present[path]):
                yield _make_job(folder, each, present[path])


def _make_job(folder: Path, artifact: Artifact, present: str) -> Job:
    return Job(artifact.path, artifact.fingerprint, artifact.render, folder, present)


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
    folder: Path, old: Mapping[str, str], new: Mapping[str, str], made: dict[str, Path]
) -> tuple[tuple[str, ...], dict[str, os.stat_result]]:
    """Write and remove files between two manifests; return the paths removed, and files written.

    To `made` are added files that only change the spelling of their names.
    """
    removed: tuple[str, ...] = ()
    written: dict[str, os.stat_result] = {}
    gone = sorted(set(old) - set(new))
    try:
        if made or gone or _read_manifest(folder) != new:
            _write_manifest(folder, {**old, **new})
            spelled = _find_spelled(folder, gone, new)
            for path, now in spelled.items():
                if now not in made:
                    made[now] = storage.prepare_file(folder / path, folder)
            early = tuple(path for path in gone if path in spelled or _in_the_way(path, made))
            removed = tuple(path for path in early if _remove(folder, path))
            for path, waiting in made.items():
                written[path] = storage.put_file(waiting, folder / path, folder)
            removed += tuple(path for path in gone if path not in early and _remove(folder, path))
            _write_manifest(folder, new)
    except OSError as error:
        raise explain_error(error, folder) from error
    return removed, written


def _check_paths(artifacts: Iterable[Artifact], known: dict[str, Remembered]) -> Iterator[Artifact]:
    """Yield the artifacts, and add each to `known`; raise where one cannot be written."""
    for artifact in artifacts:
        reason = filenames.why_refused(artifact.path)
        if reason:
            shown = artifact.path if len(artifact.path) < 80 else artifact.path[:60] + "……"
            raise CasegenError(
                "output-path",
                f"写不出输出路径“{shown}”：{reason}",
                hint="改网址名（slug）、旧网址（aliases）或页面、附件的文件名",
            )
        if artifact.path in known:
            _refuse_clash(artifact.path, artifact.path)
        known[artifact.path] = Remembered(artifact.fingerprint, NO_FILE)
        yield artifact
    clash = filenames.find_clash(known)
    if clash:
        _refuse_clash(*clash)


def _refuse_clash(one: str, other: str) -> NoReturn:
    raise CasegenError(
        "two-artifacts",
        f"有两个页面都要写到 {other}" if one == other else f"{one} 和 {other} 不能同时存在",
        hint="改其中一个的网址名（slug）、旧网址（aliases）或页面文件名",
    )


def _is_file_or_link(place: Path) -> bool:
    return storage.is_regular(place) or storage.is_link(place)


def _refuse_obstacles(folder: Path, new: Iterable[str], gone: set[str]) -> None:
    """Raise CasegenError before anything is changed; files that are removed anyway do not count."""
    found = {
        path: why
        for path, why in obstacles.find_obstacles(folder, (MANIFEST, *new)).items()
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
    if not storage.is_folder(folder / path):
        return False
    below = tree.walk_folder(folder / path, told=tree.pass_over)
    inside = [Path(e.path) for e in below if not e.is_dir(follow_symlinks=False)]
    return bool(inside) and all(p.relative_to(folder).as_posix() in gone for p in inside)


def _find_spelled(folder: Path, one: Iterable[str], other: Iterable[str]) -> dict[str, str]:
    """Return for paths of `one` that of `other` which is the same file in this folder.

    On a disk that ignores case, A.html must be removed before a.html is written, not after it.
    """
    paths = list(one)
    names = {filenames.fold_path(path): path for path in other} if paths else {}
    found = {path: names.get(filenames.fold_path(path), path) for path in paths}
    return {
        path: twin
        for path, twin in found.items()
        if twin != path and storage.are_one_file(folder / path, folder / twin)
    }


def _in_the_way(path: str, new: Mapping[str, object]) -> bool:
    """Return whether an old file is where a folder will be, or in a folder that becomes a file."""
    above = {parent.as_posix() for parent in PurePosixPath(path).parents}
    return bool(above & set(new)) or any(other.startswith(f"{path}/") for other in new)


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
        raise explain_error(error, folder) from error


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
    # A line for each file; with `indent` json would write it in Python, not in C.
    text = json.dumps(data, ensure_ascii=False, separators=(",\n", ":"))
    storage.write_file(folder / MANIFEST, text.encode() + b"\n", folder)


def _refuse_foreign(folder: Path, old: Iterable[str], made: Iterable[str]) -> None:
    ours = set(old)
    there = [p for p in made if p not in ours and _is_file_or_link(folder / p)]
    spelled = _find_spelled(folder, there, ours)
    paths = [path for path in there if path not in spelled]
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
        if parent == folder or not storage.remove_empty(parent):
            break
    return True
