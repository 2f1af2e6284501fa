"""left_out: what is not on the site, and why.

Secret: which files beside the cases look as if they were meant as cases, and which words of
`init` and `new` stand for something that is still to be filled in.
Not here: problems of a case (rules), doubtful figures (collection).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from casegen import storage, tree
from casegen.collection.case_fields import FIELDS
from casegen.collection.totals import LeftOut as Doubtful
from casegen.filenames import make_visible
from casegen.root import NAME
from casegen.source.document import STATUSES, Document
from casegen.source.files import CASES, PAGES, list_case_files

SHOWN = 5  # most names of one kind on the terminal
_MANUSCRIPTS = frozenset(
    {".doc", ".docx", ".wps", ".odt", ".rtf", ".txt", ".markdown", ".html", ".htm"}
)
# Fields in which no rule would notice the example that `new` writes, and the words of the examples.
_EXEMPLARY = frozenset({"institution", "source", "summary", "credits"})
_COPIED = frozenset({"tags", "slug", "aliases"})  # here only the whole example tells
_EXAMPLE = re.compile(r"某某(?:大学|县|工作队|部门)|example\.edu\.cn")
_SKIPPED = ("_", ".", "~$")
_WIDE_DOT = ("．md", "。md")
_NAMELESS = ".md"


@dataclass(frozen=True, slots=True)
class Unfilled:
    """One text that is still to be filled in: its file, the part of the file, what stands there."""

    path: str
    part: str
    text: str

    def __str__(self) -> str:
        return f"{self.path} 的{self.told()}"

    def told(self) -> str:
        """Return the part with its text."""
        return f"{' ' if self.part.isascii() else ''}{self.part}（{self.text}）"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Cases by status (paths), files that are no case, what is still to be filled in.

    `doubtful` are the metrics that are shown but counted in no total.
    """

    statuses: Mapping[str, tuple[str, ...]]
    files: tuple[str, ...] = ()
    placeholders: tuple[Unfilled, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the object `left_out` of `build --json`."""
        return {
            "statuses": {status: len(paths) for status, paths in self.statuses.items()},
            "files": list(self.files),
            "doubtful": [
                {"slug": each.slug, "metric": each.metric, "rules": list(each.rules)}
                for each in self.doubtful
            ],
            "placeholders": [str(each) for each in self.placeholders],
        }

    def lines(self) -> Iterator[str]:
        """Yield what is left out as Chinese text, a line for each kind."""
        for status, paths in self.statuses.items():
            yield f"另有 {len(paths)} 篇{STATUSES[status]}没有上网站：{_names(paths)}"
        if self.files:
            yield f"cases 里还有 {len(self.files)} 个文件不是案例，没有读：{_names(self.files)}"
            yield from _with_hints(self.files)
        if self.doubtful:
            named = tuple(f"{each.slug}“{each.metric}”" for each in self.doubtful)
            yield f"有 {len(named)} 条指标存疑，照登而不计入合计：{_names(named)}"
        if self.placeholders:
            yield f"还没有填的：{_names(_by_file(self.placeholders), joint='；')}"


NOTHING = LeftOut({})


def gather_left_out(
    root: Path,
    documents: Iterable[Document],
    used: Container[str],
    organization: str,
    doubtful: tuple[Doubtful, ...] = (),
) -> LeftOut:
    """Return what of a project is not on its site.

    `used` are the paths that cases use: such a file is an attachment, no lost manuscript.
    """
    counts: dict[str, list[str]] = {}
    placeholders = []
    if "某某" in organization:
        placeholders.append(Unfilled(NAME, "organization", organization))
    for document in documents:
        status = document.status
        if status != "published":
            counts.setdefault(status, []).append(document.path)
            continue
        placeholders += [Unfilled(document.path, name, text) for name, text in _unfilled(document)]
    order = [status for status in STATUSES if status in counts]
    return LeftOut(
        {status: tuple(counts[status]) for status in order},
        tuple(sorted(path for path in _strays(root) if path not in used)),
        tuple(placeholders),
        doubtful,
    )


def why_no_case(root: Path, place: Path) -> tuple[str, str] | None:
    """Return why a path holds nothing that is checked, and what to do; None where it does."""
    root = storage.resolve_path(root)
    known = {storage.resolve_path(root / entry.path) for entry in list_case_files(root)[0]}
    checked = "运行 casegen check，后面不写路径，会连它一起检查"
    if place in known:
        return None
    if place == root / PAGES:
        return "这里是网页，不是案例", checked
    if storage.leads_to_folder(place):
        inside = any(path.is_relative_to(place) for path in known)
        return None if inside else ("这个文件夹里没有案例", f"案例放在 {CASES}/ 里，以 .md 结尾")
    if place == root / NAME or place.parent == root / PAGES:
        what = "网页" if place.parent == root / PAGES else "设置"
        return f"这是{what}，不是案例", checked
    return _why_no_case_file(root, place)


def _why_no_case_file(root: Path, place: Path) -> tuple[str, str]:
    if hint := _hint(place.name):
        return "这不是案例文件", hint
    if not place.is_relative_to(root / CASES):
        return "它不在案例集里", f"案例放在 {CASES}/ 里，以 .md 结尾"
    if place.name.startswith(_SKIPPED):
        return "名称以 _、. 或 ~$ 开头的文件不读", "改名之后才算案例"
    return "这不是案例文件", "案例以 .md 结尾"


def _hint(path: str) -> str:
    name = path.rpartition("/")[2].lower()
    if name.endswith(".md.txt"):
        return "多了 .txt：在资源管理器里打开“显示扩展名”，改成 .md 结尾"
    if name.endswith((".markdown", ".mdown")):
        return "改成 .md 结尾"
    if name.endswith(_WIDE_DOT):
        return "扩展名的点是全角的：改成半角的 .md"
    if name == _NAMELESS:
        return ".md 前面要有名字：改成 题目.md 这样的"
    if Path(name).suffix in _MANUSCRIPTS:
        return "稿件要先做成案例：casegen import 文件名"
    return ""


def _strays(root: Path) -> Iterator[str]:
    """Yield files in cases/ that were certainly meant as cases but are not read as such."""
    for folder, names in _list_folders(root):
        bundle = "index.md" in {name.lower() for name in names}
        for name in names:
            path = (folder / name).relative_to(root).as_posix()
            if name.lower() == _NAMELESS or name.lower().endswith(_WIDE_DOT):
                yield path
                continue
            suffix = Path(name).suffix.lower()
            if name.startswith(_SKIPPED) or suffix not in _MANUSCRIPTS:
                continue
            if bundle and not name.lower().endswith((".md.txt", ".markdown")):
                continue  # a file in the folder of a case (index.md) is its attachment
            yield path


def _list_folders(root: Path) -> Iterator[tuple[Path, list[str]]]:
    """Yield the folders that are looked through for cases, with the names of their files."""
    found: dict[Path, list[str]] = {}
    for entry in tree.walk_folder(root / CASES, told=tree.pass_over):
        folder = Path(entry.path).parent
        above = folder.relative_to(root).parts
        kept = not any(part.startswith(_SKIPPED) for part in above)
        if kept and not entry.is_dir(follow_symlinks=False):
            found.setdefault(folder, []).append(entry.name)
    yield from found.items()


def _unfilled(document: Document) -> Iterator[tuple[str, str]]:
    """Yield label and text of each value that is still the example of the template."""
    for field in FIELDS:
        for key in (field.key, field.label) if field.key in _EXEMPLARY else ():
            if found := _EXAMPLE.search(str(document.meta.get(key, ""))):
                yield field.label, found[0]
        for key in (field.key, field.label) if field.key in _COPIED else ():
            if _as_written(document.meta.get(key)) == field.example:
                yield field.label, field.example


def _as_written(value: object) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _with_hints(paths: Iterable[str]) -> Iterator[str]:
    """Yield a line for each hint; where there are several, with the files that need it."""
    needed: dict[str, list[str]] = {}
    for path in paths:
        if hint := _hint(path):
            needed.setdefault(hint, []).append(path)
    for hint, named in sorted(needed.items()):
        yield f"  {_names(named)}：{hint}" if needed.keys() - {hint} else f"  {hint}"


def _by_file(placeholders: Iterable[Unfilled]) -> Iterator[str]:
    """Yield each file once, with what is to be filled in there."""
    parts: dict[str, list[str]] = {}
    for each in placeholders:
        parts.setdefault(each.path, []).append(each.told())
    for path, told in parts.items():
        yield f"{path} 的{'、'.join(told)}"


def _names(names: Iterable[str], joint: str = "、") -> str:
    every = [make_visible(name) for name in names]
    more = f" 等 {len(every)} 个" if len(every) > SHOWN else ""
    return joint.join(every[:SHOWN]) + more
