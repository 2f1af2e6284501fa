"""editing: changes of case files, byte for byte, and undoing the last one.

Secret: how fixes are tried, how old files are kept under .casegen/undo, and how they come back.
Not here: what is wrong and how it is fixed (source, rules), asking and showing (cli).
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from casegen import disk_errors, record, rules, storage
from casegen.chinese.identity import mask_numbers
from casegen.collection import case_fields, parsing
from casegen.problem import CasegenError, Edit, Problem, Problems
from casegen.process_lock import BusyError, hold_lock
from casegen.project import Project
from casegen.source import encoding, files, spans

_ROUNDS = 8  # one fix may make another possible; each round starts from the result of the last
_KEPT = 20  # how many changes can be undone, the last one first
_RECORD = "record.json"
_LOCK = "edit.lock"  # in the folder of the cache
_NAMED = 5  # most files that one message names
_SHOWN = 200  # most characters of the description of a change
_NUMBER = re.compile("[0-9]{4,9}")

Nod = Callable[[Problem, str, str], bool]  # a problem, the old line, the new line


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after; `count` places in it are changed."""

    path: str
    before: bytes
    after: bytes
    count: int

    def diff(self) -> list[str]:
        """Return the lines that differ, as `diff -u` shows them; numbers of persons are masked."""
        old, new = (mask_numbers(_text(data)).splitlines() for data in (self.before, self.after))
        return list(difflib.unified_diff(old, new, self.path, self.path, lineterm="", n=1))


def find_fixes(
    project: Project, problems: Iterable[Problem], nod: Nod | None = None
) -> list[Change]:
    """Return what the fixes of these problems would change in their files; nothing is written.

    Only sure fixes are made, and with `nod` those for which it returns True.
    """
    paths = dict.fromkeys(p.where.path for p in problems if p.fix is not None)
    changes = (_fixed(project, path, nod) for path in paths)
    return [change for change in changes if change.count]


def find_problems(project: Project, path: str, data: bytes) -> Problems:
    """Return the problems of a case file by itself, after waivers and severities."""
    document, faults = files.make_document(path, data, required=case_fields.REQUIRED)
    if document is None:
        return faults
    found, own, whole = parsing.read_case(document, project.norms)
    checked = (
        rules.check_case(found, project.norms)
        if whole
        else rules.check_rest(found, project.norms, document)
    )
    return rules.settle_problems((*faults, *own, *checked), [found], project.norms)


def apply_changes(project: Project, changes: Sequence[Change], what: str) -> Path:
    """Write the changes; return the folder of the old files, relative to the project.

    Raises CasegenError "unwritable" where a file cannot be written, "changed" where somebody else
    has written one since it was read: those written before are restored. Raises "busy" while
    another process makes changes.
    """
    with _alone(project):
        return _apply(project, changes, what)


def _apply(project: Project, changes: Sequence[Change], what: str) -> Path:
    _refuse_stale(project, changes)
    home = project.cache_dir / "undo"
    last = max((int(p.name) for p in _folders(project)), default=0)
    name = f"{last + 1:04}"
    made = {
        "what": record.fit_text(what, _SHOWN),
        "files": [[c.path, _digest(c.after)] for c in changes],
    }
    kept = [(str(number), change.before) for number, change in enumerate(changes)]
    kept.append((_RECORD, json.dumps(made).encode()))
    try:
        storage.make_private(home, project.root)  # a case may be readable for its owner alone
        for file, data in kept:
            storage.write_file(home / name / file, data, project.root)
    except OSError as error:
        raise CasegenError(
            "unwritable",
            f"写不了备份 {home / name}：{disk_errors.find_reason(error)}",
            "检查权限和磁盘；案例文件没有动",
        ) from error
    folder = home / name
    done = 0
    try:
        for done, change in enumerate(changes):  # noqa: B007 how far it came
            _refuse_stale(project, [change])
            files.write_bytes(project.root, change.path, change.after)
    except CasegenError:
        for change in changes[:done]:
            files.write_bytes(project.root, change.path, change.before)
        _forget(folder, project)
        raise
    for old in _folders(project)[:-_KEPT]:
        _forget(old, project)
    return Path(".casegen") / "undo" / name


def undo_changes(project: Project) -> tuple[str, list[str]]:
    """Undo the last change; return its description and the paths of the restored files.

    Raises CasegenError "undo" where there is none, or where a file was changed since; "busy" while
    another process makes changes.
    """
    with _alone(project):
        return _undo(project)


def _undo(project: Project) -> tuple[str, list[str]]:
    folders = _folders(project)
    if not folders:
        raise CasegenError(
            "undo",
            "没有可以撤回的修改",
            "只能撤回 check --fix 这样的命令所做的；.casegen 删掉了也就没有了",
        )
    folder = folders[-1]
    what, kept = _read_kept(folder)
    # A change that was cut off has not reached every file: those are as they were before.
    now = {path: files.read_file(project.root, path)[0] for path, _, _ in kept}
    reached = [(path, digest, data) for path, digest, data in kept if now[path] != data]
    touched = [path for path, digest, _ in reached if _digest(now[path]) != digest]
    if touched:
        names = _name_some(touched)
        raise CasegenError(
            "undo",
            f"改过之后，{names} 又有了别的修改，没有撤回",
            f"修改前的文件在 {folder.relative_to(project.root)}，可自己比对",
        )
    for path, _, data in reached:
        files.write_bytes(project.root, path, data)
    _forget(folder, project)
    return what, [path for path, _, _ in reached]


def _read_kept(folder: Path) -> tuple[str, list[tuple[str, str, bytes]]]:
    """Return the description of a change, and for each file: path, digest afterwards, old bytes.

    The folder may come with a project from elsewhere, so it may name only case and page files.
    Raises CasegenError "undo" for anything else.
    """
    try:
        found = record.load_record(storage.read_file(folder / _RECORD, record.MOST))
        kept = []
        for number, row in enumerate(record.read_list(found["files"])):
            path, digest = record.read_list(row)
            if not _may_be_changed(path):
                raise record.DamagedError
            before = storage.read_file(folder / str(number), encoding.LIMIT)
            kept.append((path, record.read_short_text(digest), before))
        return record.read_short_text(found["what"]), kept
    except (OSError, ValueError, KeyError) as error:
        raise CasegenError(
            "undo",
            f"备份 .casegen/undo/{folder.name} 读不出来，没有动任何文件",
            "把这个文件夹移走，才能撤回更早的修改",
        ) from error


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    """Keep other processes from making or undoing changes in this project.

    Who finds one at it does not wait: what this process has read is about to be out of date.
    """
    try:
        with hold_lock(project.cache_dir / _LOCK, None):
            yield
    except BusyError:
        raise CasegenError(
            "busy", "另一个 casegen 正在改这些案例，没有动任何文件", "等它改完，再运行一次"
        ) from None


def _refuse_stale(project: Project, changes: Sequence[Change]) -> None:
    """Raise CasegenError "changed" where a file is no longer the one that the change was made from.

    An editor may answer questions for minutes, and save a case from another window meanwhile.
    """
    stale = [c.path for c in changes if files.read_file(project.root, c.path)[0] != c.before]
    if stale:
        raise CasegenError(
            "changed",
            f"读过之后，{_name_some(stale)} 又被别的程序改了，没有改任何文件",
            "再运行一次",
        )


def _name_some(paths: Sequence[str]) -> str:
    more = f" 等 {len(paths)} 个文件" if len(paths) > _NAMED else ""
    return "、".join(paths[:_NAMED]) + more


def _may_be_changed(path: object) -> bool:
    if not isinstance(path, str) or "\0" in path or not path.lower().endswith(".md"):
        return False
    first, *rest = path.split("/")
    return first in {files.CASES, files.PAGES} and bool(rest) and not {"", ".", ".."} & {*rest}


def _fixed(project: Project, path: str, nod: Nod | None) -> Change:
    before = data = files.read_file(project.root, path)[0]
    count = 0
    refused: set[tuple[str, str, str]] = set()
    for _ in range(_ROUNDS):
        text = _text(data)
        placed = [spans.place_fix(text, p) for p in find_problems(project, path, data)]
        chosen = [p.fix for p in placed if p.fix is not None and p.fix.sure]
        if nod and not chosen:  # an editor is asked about lines as the sure fixes left them
            chosen = list(_agreed(placed, text, nod, refused))
        after, done = files.apply_edits(data, chosen)
        if not done or after == data:
            break
        data, count = after, count + done
    return Change(path, before, data, count)


def _agreed(
    placed: Iterable[Problem], text: str, nod: Nod, refused: set[tuple[str, str, str]]
) -> Iterator[Edit]:
    """Yield the fixes to which the editor agrees; what was refused in an earlier round is not.

    The other refusals are added to `refused`.
    """
    earlier = frozenset(refused)
    for problem in placed:
        key = problem.rule, problem.message, problem.fix.text if problem.fix else ""
        if problem.fix is None or key in earlier:
            continue
        if nod(problem, *show_lines(text, problem)):
            yield problem.fix
        else:
            refused.add(key)


def show_lines(text: str, problem: Problem) -> tuple[str, str]:
    """Return the lines of a fix before and after."""
    if problem.fix is None:
        return "", ""
    fix = problem.fix
    start = text.rfind("\n", 0, fix.start) + 1
    end = text.find("\n", fix.end)
    end = len(text) if end < 0 else end
    return text[start:end], text[start : fix.start] + fix.text + text[fix.end : end]


def _text(data: bytes) -> str:
    decoded, _ = encoding.decode(data, "")
    return decoded.text if decoded else ""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _folders(project: Project) -> list[Path]:
    """Return the folders of old files, the oldest first; links are not followed."""
    home = project.cache_dir / "undo"
    if not (storage.is_folder(project.cache_dir) and storage.is_folder(home)):
        return []
    try:
        named = [place for place in home.iterdir() if _NUMBER.fullmatch(place.name)]
    except OSError:
        return []
    real = (p for p in named if storage.is_folder(p) and storage.is_regular(p / _RECORD))
    return sorted(real, key=lambda place: int(place.name))


def _forget(folder: Path, project: Project) -> None:
    for place in [folder / _RECORD, *folder.iterdir()]:
        storage.remove_file(place, project.root)
    with suppress(OSError):  # files that others put there stay
        folder.rmdir()
