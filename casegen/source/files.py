"""files: the files of a project: cases, pages, attachments; listing, reading and writing.

Secret: which files of the project are cases and pages, and how a path is kept inside the project.
Not here: what the fields mean (case), the bytes of text (encoding), whether an attachment is
harmless (attachment).
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from casegen import disk_errors, storage, tree
from casegen.chinese.placeholders import find_pending
from casegen.problem import CasegenError, Edit, Location, Problem, Problems, Severity
from casegen.source import encoding, fences, frontmatter
from casegen.source.document import Document

CASES = "cases"
PAGES = "pages"
THEMES = "themes"
_SKIPPED = ("_", ".", "~$")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#[ \t]*([^\s#].*)", re.MULTILINE)
DEEPEST = 50  # folders within one another in cases/
LARGEST = 2 * 1024**3  # bytes of an attachment: more fits on no usual web host
_NAMED = frozenset({".html", ".yml", ".css", ".js", ".typ"})  # files of a theme


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the project that a case uses: project-relative path, bytes, SHA-256 of them."""

    path: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A case or page file as the folder lists it; enough to know whether it changed."""

    path: str
    size: int
    modified: int  # nanoseconds


def list_case_files(root: Path) -> tuple[tuple[Entry, ...], Problems]:
    """List the case files under cases/ in the order of paths; unreadable folders are reported."""
    return _listed(root, root / CASES, deep=True)


def list_page_files(root: Path) -> tuple[tuple[Entry, ...], Problems]:
    """List the files of hand-written pages under pages/ in the order of paths."""
    return _listed(root, root / PAGES, deep=False)


def read_documents(
    root: Path, required: AbstractSet[str] = frozenset()
) -> tuple[tuple[Document, ...], Problems]:
    """Read every case file, in the order of paths; a file that cannot be read is a problem.

    A field of `required` (keys) that is written twice is an error: either value may be meant.
    """
    return _read(root, list_case_files(root), front_matter=True, required=required)


def guess_titles(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the path of each case file and its title, "" if none is found; YAML is not read."""
    for entry in list_case_files(root)[0]:
        front = read_file(root, entry.path)[0].partition(b"\n---")[0]  # of UTF-16 it is all
        decoded, _ = encoding.decode(front, entry.path)
        guessed = _guessed(decoded.text) if decoded else {}
        yield entry.path, guessed.get("title") or guessed.get("标题", "")


def stream_documents(
    root: Path, required: AbstractSet[str] = frozenset()
) -> tuple[int, Iterator[tuple[Document | None, Problems]]]:
    """Return the number of case files, and an iterator that reads them one by one.

    It yields a document, or None, and problems, as `read_documents` does.
    """
    entries, problems = list_case_files(root)
    read = (_read_one(root, entry.path, required=required) for entry in entries)
    return len(entries), chain(((None, problems),), read)


def read_pages(root: Path) -> tuple[tuple[Document, ...], Problems]:
    """Read every hand-written page; it needs no front matter."""
    return _read(root, list_page_files(root), front_matter=False)


def read_file(root: Path, path: str) -> tuple[bytes, Problems]:
    """Return the bytes of a case or page file; b"" and an error where it cannot be read."""
    try:
        return storage.read_file(root / path, encoding.LIMIT), ()
    except disk_errors.TooLongError as error:
        return b"", encoding.make_too_large(path, error.size)
    except disk_errors.UnfitError as error:
        where = Location(path)
        message = f"这里{error.reason}，没有读"
        return b"", (Problem("unreadable", Severity.ERROR, message, where, "换成文件本身，或移走"),)
    except OSError as error:
        message = f"读不了文件：{_reason(error)}"
        hint = "检查文件有没有被别的程序占用、有没有读的权限"
        return b"", (Problem("unreadable", Severity.ERROR, message, Location(path), hint),)


def make_document(
    path: str, data: bytes, *, front_matter: bool = True, required: AbstractSet[str] = frozenset()
) -> tuple[Document | None, Problems]:
    """Read the bytes of the file `path` as a document; None where they are no text.

    A file whose front matter cannot be read is a document that is not `sound`.
    """
    decoded, problems = encoding.decode(data, path)
    if decoded is None:
        return None, problems
    digest = hashlib.sha256(data).hexdigest()
    text = decoded.text
    split, faults = fences.split_file(text, path, required=front_matter, keys=required)
    if split is None:
        made = Document(path, _guessed(text), {}, text, 1, decoded.encoding, digest, sound=False)
        return made, problems + faults
    if split.foreign:
        begin = split.body_line, decoded.encoding, digest, split.body_start
        return Document(path, {}, {}, split.body, *begin, sound=False), problems + faults
    loaded = frontmatter.load_yaml(split.front, path, split.front_line, split.front_start)
    sound = loaded.sound and isinstance(loaded.value, dict)
    if loaded.sound and not sound:
        where = Location(path, *loaded.marks[()])
        hint = "第一行写 title: 标题，冒号用半角，后面加一个空格"
        message = "案例信息应是一行行的“字段: 值”"
        faults += (Problem("malformed-field", Severity.ERROR, message, where, hint),)
    made = Document(
        path=path,
        meta=loaded.value if sound else _guessed(split.front),
        marks=loaded.marks,
        body=split.body,
        body_line=split.body_line,
        body_start=split.body_start,
        encoding=decoded.encoding,
        digest=digest,
        sound=sound,
        guesses=loaded.guesses,
        lost=loaded.lost,
        head=hashlib.sha256(split.front.encode("utf-8", "surrogatepass")).hexdigest(),
        notes=tuple(filter(None, map(find_pending, _COMMENT.findall(split.front)))),
    )
    return made, (*problems, *faults, *(_graver(p, required) for p in loaded.problems))


def find_attachment(root: Path, path: str) -> Attachment | None:
    """Find the file at a path in the project; None if there is none, or it is not to be read.

    That is one outside the project, and one over LARGEST.
    """
    place = _inside(root, path)
    if place is None:
        return None
    try:
        with storage.open_regular(place) as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                return None
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return Attachment(path, file.tell(), digest)
    except OSError:
        return None


def check_themes(root: Path) -> Problems:
    """Return what in the folder of themes is no file: pipes, sockets, devices, odd links."""
    problems: list[Problem] = []

    def tell(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            name = Path(error.filename).relative_to(root).as_posix()
            problems.append(_unreadable(name, _reason(error)))

    for entry in tree.walk_folder(root / THEMES, told=tell):
        place = Path(entry.path)
        if reason := _why_odd(place, root):
            name = place.relative_to(root).as_posix()
            problems.append(_unreadable(name, reason, "换成文件本身，或移走"))
    return tuple(problems)


def _why_odd(place: Path, root: Path) -> str:
    """Return in Chinese why something in a theme is no file that can be read; "" where it is."""
    if storage.is_folder(place):
        return "是文件夹，不是文件" if place.suffix.lower() in _NAMED else ""
    if not storage.is_link(place):
        return storage.find_kind(place)
    real = storage.resolve_path(place)
    if not real.is_relative_to(storage.resolve_path(root)) or not storage.leads_anywhere(place):
        return "是通到项目外面、或断了的链接"
    return storage.find_kind(real) if not storage.is_folder(real) else ""


def find_alike(root: Path, path: str) -> str:
    """Return the path of a file that differs from `path` in case or Unicode form alone, or ""."""
    parts: list[str] = []
    for part in path.split("/"):
        try:
            names = sorted(entry.name for entry in os.scandir(root.joinpath(*parts)))
        except OSError:
            return ""
        same = next((name for name in names if _alike(name) == _alike(part)), "")
        if not same:
            return ""
        parts.append(part if part in names else same)
    found = "/".join(parts)
    return found if _inside(root, found) and storage.is_regular(root / found) else ""


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def explain_unfit(root: Path, path: str) -> str:
    """Say in Chinese what stands at a path where a file should be; "" for a file or nothing.

    A link that leads out of the project, and a file that is too large, are named too.
    """
    place = root / path
    kind = storage.find_kind(place)
    inside = _inside(root, path)
    if storage.is_link(place) and not inside:
        return "是通到项目外面、或断了的链接"
    size = inside.stat().st_size if inside else 0
    if size > LARGEST:
        return f"个文件有 {size / 1024**3:.1f} GB，超过 2 GB 的上限"
    return "" if storage.is_link(place) else kind


def open_attachment(root: Path, path: str) -> bytes:
    """Return the bytes of an attachment at a path in the project.

    Raises CasegenError "unsafe-path" where the path leaves the project, "unreadable" where the
    file cannot be read.
    """
    place = _inside(root, path)
    if place is None:
        raise CasegenError("unsafe-path", f"项目里没有文件“{path}”", "检查路径")
    try:
        return storage.read_file(place)
    except OSError as error:
        raise CasegenError(
            "unreadable", f"读不了文件“{path}”：{_reason(error)}", "检查权限"
        ) from error


def write_source(root: Path, path: str, text: str, encoding_name: str = "utf-8") -> None:
    """Write a text file of the project whole or not at all, in an encoding that was read.

    Raises CasegenError "unsafe-path" for a path outside the project, "unwritable" on failure.
    """
    write_bytes(root, path, encoding.encode(text, encoding_name))


def write_bytes(root: Path, path: str, data: bytes) -> None:
    """Write a file of the project whole or not at all; raises as `write_source` does."""
    if Path(path).is_absolute() or ".." in Path(path).parts:
        raise CasegenError("unsafe-path", f"“{path}”在项目文件夹外面", "只写项目里的路径")
    try:
        storage.clear_leftovers(root, all_of_them=False)
        storage.write_file(root / path, data, root)
    except disk_errors.UnfitError as error:
        raise CasegenError(
            "unsafe-path", f"写不了文件“{path}”：{error.filename} {error.reason}", "把它移走再来"
        ) from error
    except OSError as error:
        raise CasegenError(
            "unwritable", f"写不了文件“{path}”：{_reason(error)}", "检查权限和磁盘"
        ) from error


def apply_edits(data: bytes, edits: Sequence[Edit]) -> tuple[bytes, int]:
    """Apply edits to the bytes of a file, its encoding, BOM and line ends kept.

    Return the new bytes and how many edits were applied: of those that overlap, the first.
    Offsets count code points of the text whose line ends are line feeds alone.
    """
    found = encoding.decode_plain(data)
    if found is None:
        return data, 0
    text, name = found
    ends = [m.start() - n for n, m in enumerate(re.finditer("\r\n", text))]
    newline = "\r\n" if ends else "\n"
    done, last, parts = 0, 0, []
    reached = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < reached:
            continue
        start = edit.start + bisect_right(ends, edit.start - 1)
        end = edit.end + bisect_right(ends, edit.end - 1)
        parts += [text[last:start], edit.text.replace("\n", newline)]
        last, reached = end, max(edit.end, edit.start + 1)
        done += 1
    return encoding.encode("".join([*parts, text[last:]]), name), done


# --- listing and reading ---------------------------------------------------------------------


def _listed(root: Path, folder: Path, *, deep: bool) -> tuple[tuple[Entry, ...], Problems]:
    found: list[Entry] = []
    problems: list[Problem] = []
    if storage.is_link(folder) and not storage.resolve_path(folder).is_relative_to(
        storage.resolve_path(root)
    ):
        message = "这个文件夹是通到项目外面的链接，没有读"
        where = Location(folder.relative_to(root).as_posix())
        return (), (Problem("unsafe-path", Severity.ERROR, message, where, "把文件夹本身放进来"),)
    for place in _walk(folder, DEEPEST if deep else 0, problems=problems, root=root):
        path = place.path if isinstance(place.path, str) else ""
        name = Path(path).relative_to(root).as_posix()
        try:
            inside = not place.is_symlink() or _inside(root, name) is not None
            status = place.stat()
        except FileNotFoundError:
            hint = "把文件本身放进来，或删去这个链接"
            problems.append(_unreadable(name, "这是断了的链接，它指的文件不见了", hint))
            continue
        except OSError as error:
            problems.append(_unreadable(name, _reason(error)))
            continue
        if inside:
            found.append(Entry(name, status.st_size, status.st_mtime_ns))
        else:
            message = "这个案例文件是通到项目外面的链接，没有读"
            problems.append(
                Problem("unsafe-path", Severity.ERROR, message, Location(name), "把文件本身放进来")
            )
    return tuple(sorted(found, key=lambda entry: entry.path)), tuple(problems)


def _walk(
    folder: Path, deep: int, *, problems: list[Problem], root: Path
) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    except OSError as error:
        name = folder.relative_to(root).as_posix()
        problems.append(_unreadable(name, _reason(error)))
        return
    for entry in entries:
        if entry.name.startswith(_SKIPPED):
            continue
        named = entry.name.lower().endswith(".md")
        if entry.is_dir(follow_symlinks=False):
            place = Path(entry.path)
            if deep == 1:
                name = place.relative_to(root).as_posix()
                problems.append(_unreadable(name, "文件夹套得太深", f"至多套 {DEEPEST} 层"))
                continue
            below = list(_walk(place, deep - 1, problems=problems, root=root)) if deep else []
            if named and not below:  # with cases in it, it is a folder of the editor's own order
                name = place.relative_to(root).as_posix()
                problems.append(_unreadable(name, "是文件夹，不是文件", "改掉名字里的 .md，或移走"))
            yield from below
        elif named:
            yield entry


def _unreadable(path: str, reason: str, hint: str = "检查文件夹和文件的权限") -> Problem:
    return Problem("unreadable", Severity.ERROR, f"读不了：{reason}", Location(path), hint)


def _read(
    root: Path,
    listed: tuple[tuple[Entry, ...], Problems],
    *,
    front_matter: bool,
    required: AbstractSet[str] = frozenset(),
) -> tuple[tuple[Document, ...], Problems]:
    entries, problems = listed
    found = []
    for entry in entries:
        made, faults = _read_one(root, entry.path, front_matter=front_matter, required=required)
        if made is not None:
            found.append(made)
        problems += faults
    return tuple(found), problems


def _read_one(
    root: Path, path: str, *, front_matter: bool = True, required: AbstractSet[str] = frozenset()
) -> tuple[Document | None, Problems]:
    data, faults = read_file(root, path)
    if faults:
        return None, faults
    return make_document(path, data, front_matter=front_matter, required=required)


def _graver(problem: Problem, required: AbstractSet[str]) -> Problem:
    if problem.where.field not in required:
        return problem
    if problem.rule == "duplicate-key":
        return replace(problem, rule="ambiguous-field", severity=Severity.ERROR)
    if problem.rule == "yaml-separator":
        fix = replace(problem.fix, sure=True) if problem.fix else None
        hint = problem.hint.partition("；")[0]
        return replace(problem, rule="unsplit-list", severity=Severity.ERROR, hint=hint, fix=fix)
    return problem


def _guessed(front: str) -> dict[str, str]:
    """Return title and status, found line by line in front matter that is no YAML."""
    head = front[:10_000]
    found = re.findall(
        r"^(title|标题|status|状态)\s*[:：]\s*[\"']?([^\"'#\n]+)", head, re.MULTILINE
    )
    return {key: value.strip() for key, value in found}


def _inside(root: Path, path: str) -> Path | None:
    place = root / path
    try:
        real = Path(os.path.realpath(place, strict=True))
        inside = real.is_relative_to(storage.resolve_path(root)) and real.is_file()
    except (OSError, ValueError):
        return None
    return place if inside and ".." not in Path(path).parts else None


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "文件不见了"
    return disk_errors.find_reason(error)
