"""scaffold: a new collection that can be built at once, a new case with every field explained.

Secret: what a new project folder holds, and what must be known of a new case.
Not here: the fields of a case (case) and of casegen.yml (project).
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from casegen import disk_errors, storage, tree
from casegen.chinese import pinyin
from casegen.collection import case_fields
from casegen.collection.category import list_category_words
from casegen.filenames import is_reserved
from casegen.problem import CasegenError, Problem, Severity
from casegen.project import Project
from casegen.source.encoding import blank_unprintable
from casegen.source.files import guess_titles, write_source
from casegen.source.files import make_document as document_of
from casegen.source.schema import quote_yaml

EMPTY_FOLDERS = ("themes",)
IGNORE = ".casegen/\nsite/\n"
STEM = 50  # characters; leaves room for a number within the sixty of a slug


def create_collection(folder: Path) -> tuple[str, ...]:
    """Write a new collection into `folder`; return the paths written, relative to it.

    Raises CasegenError "init" where a file of that name exists; nothing is written then.
    """
    files = dict(_files(resources.files("casegen") / "data" / "init"))
    files[".gitignore"] = IGNORE.encode()
    taken = [path for path in files if os.path.lexists(folder / path)]
    if taken:
        raise CasegenError(
            "init",
            f"{folder} 里已经有 {'、'.join(sorted(taken))}，没有动它",
            hint="换一个新的文件夹名",
        )
    try:
        for path, content in files.items():
            storage.create_file(folder / path, content, folder)
        for name in EMPTY_FOLDERS:
            storage.make_folders(folder / name, folder)
    except OSError as error:
        reason = disk_errors.find_reason(error)
        raise CasegenError(
            "init", f"不能在 {folder} 新建：{reason}", hint="换一个有权限写的位置"
        ) from error
    return tuple(sorted(files))


def _files(folder: Traversable, above: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _files(entry, f"{above}{entry.name}/")
        elif not entry.name.startswith((".", "__")):
            yield above + entry.name, entry.read_bytes()


# What `new` asks for on a terminal: the required fields that the command line does not give.
QUESTIONS = {
    "institution": "哪个单位的案例（全称）",
    "regions": "在哪里（如 甘肃省/定西市/陇西县；几处用逗号隔开）",
    "date": "完成或发表的日期（如 2023-11-05，不知道哪一天的写 2023-11）",
    "categories": "属于哪几类（第一个是主要的；几类用逗号隔开）",
}
_SEVERAL = frozenset({"regions", "categories"})


def create_case(project: Project, title: str, known: Mapping[str, str]) -> tuple[str, str]:
    """Write a case file with a title and the given fields (YAML).

    Return its path in the project, and a remark where another case has its title or name, else "".

    Raises CasegenError "no-title" where the title is empty or holds nothing that is text.
    """
    title = _typed(title)
    if not title:
        raise CasegenError("no-title", "没有写标题", "写成 casegen new 案例的标题")
    path = f"cases/{find_free_name(title, list_names(project))}.md"
    taken = _say_taken(project, title, path)
    write_source(project.root, path, case_fields.write_blank(title, known))
    return path, taken


def _say_taken(project: Project, title: str, path: str) -> str:
    """Say which case has the title of a new one already, or the file name; "" for none."""
    for other, written in guess_titles(project.root):
        if strip_title(title) and strip_title(written) == strip_title(title):
            return (
                f"{other} 已经是这个标题。是同一篇，就接着写它，把新建的 {path} 删去；"
                "是另一篇，就改一个分得开的标题"
            )
    name = path.removeprefix("cases/").removesuffix(".md")
    if name == find_free_name(title, ()):
        return ""
    used = f"{name.rpartition('-')[0]} 已有别的案例在用，所以叫 {name}"
    return f"{used}；网址也是它，要别的就在文件里写 slug（网址名）"


def strip_title(title: object) -> str:
    """Return a title without blanks and marks, by which it is compared with another one."""
    return re.sub(r"[\W_]", "", str(title))


def _typed(text: str) -> str:
    """Remove bytes that are no text from what was typed: click shows them as U+FFFD."""
    return blank_unprintable(text).replace("\ufffd", " ").strip()


def write_yaml(key: str, answer: str) -> str:
    """Return an answer as the YAML value of a field; "" where there is none."""
    text = _typed(answer)
    if not text or key not in _SEVERAL:
        return quote_yaml(text)
    items = [item.strip() for item in re.split("[,，、]", text.strip("[]")) if item.strip()]
    return f"[{', '.join(map(quote_yaml, items))}]" if items else ""


def find_complaint(project: Project, key: str, written: str) -> Problem | None:
    """Return the first problem of a field with that value, notes aside; None if it has none."""
    from casegen.collection import parsing  # noqa: PLC0415 only a terminal that asks needs it

    text = f"---\n{key}: {written}\n---\n"
    document, problems = document_of("cases/new.md", text.encode())
    own = parsing.read_case(document, project.norms)[1] if document else ()
    return next(
        (
            problem
            for problem in (*problems, *own)
            if problem.where.field.partition(".")[0] == key
            and problem.severity is not Severity.NOTE
        ),
        None,
    )


def refuse_unknown(project: Project, categories: Sequence[str]) -> None:
    """Raise CasegenError "unknown-category" for a category that the collection does not have."""
    known = list_category_words(project.config.categories)
    wrong = [name for name in categories if name not in known]
    if wrong:
        names = "、".join(c.name for c in project.config.categories)
        raise CasegenError(
            "unknown-category", f"没有“{'、'.join(wrong)}”这个类别", hint=f"可写：{names}"
        )


def list_names(project: Project) -> set[str]:
    """Return the names of files and folders in cases/, without ending, in lower case."""
    below = tree.walk_folder(project.cases_dir, told=tree.pass_over)
    return {Path(entry.name).stem.lower() for entry in below}


def find_free_name(title: str, taken: Container[str]) -> str:
    """Return a file name in pinyin for a case of that title, without ending, not in `taken`."""
    head = re.sub(r"[：:，,。].*", "", title)
    stem = pinyin.make_stem(head, STEM) or pinyin.make_stem(title, STEM) or "case"
    if is_reserved(stem):
        stem = f"case-{stem}"
    name, number = stem, 2
    while name in taken:
        name, number = f"{stem}-{number}", number + 1
    return name
