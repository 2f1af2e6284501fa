"""changing: one field of many cases, or the name of an institution or a tag in all of them.

Secret: how the cases are found, and that no change is made that would damage a file.
Not here: where a value is in a file (source.spans), writing and undoing (editing).
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casegen import storage, uses
from casegen.chinese.likeness import suggest
from casegen.collection import case_fields
from casegen.collection.case import make_default_slug
from casegen.editing import Change, find_problems
from casegen.problem import CasegenError, Edit, Problem, Severity
from casegen.project import Project
from casegen.source import encoding, fences, files, frontmatter, spans
from casegen.source.document import Document
from casegen.source.schema import Field, name_nearest
from casegen.source.spans import Front

RENAMED = {"institution": "institution", "tag": "tags"}
_SPOILING = frozenset({"ignored-field", "unknown-status", "unknown-category"})
_SHOWN = 5
_NAMED = 10  # names in use that a hint lists
_LONGEST = 60  # characters of a name; a longer one is a text that was pasted


@dataclass(frozen=True, slots=True)
class Wish:
    """The new value of a field: `written` is the YAML after the colon.

    `sign` "+" or "-" adds `texts` to a list or removes them from it; "" replaces the value.
    """

    field: Field
    sign: str
    written: str
    texts: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The wish as it was typed, for the name of the change."""
        return f"set {self.field.key} {self.sign}{self.written}"


@dataclass(frozen=True, slots=True)
class Changed:
    """The changes to make; `unchanged` are the paths of files that have the value already.

    `mentions` are files that use the old name in other places, with their names; `unread` those
    whose fields cannot be read although they hold the old name.
    """

    changes: tuple[Change, ...]
    unchanged: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def read_wish(name: str, value: str) -> Wish:
    """Parse a field and a value from the command line.

    Raises CasegenError "set" for an unknown field, and for a value that is no YAML.
    """
    known = {each: f for f in case_fields.FIELDS for each in (f.key, f.label, *f.names)}
    field = known.get(name) or known.get(name.strip().lower())
    if field is None:
        raise CasegenError("set", f"没有“{name}”这个字段", name_nearest(name, case_fields.FIELDS))
    sign = value[:1] if field.kind == "texts" and value[:1] in {"+", "-"} else ""
    written = value[len(sign) :].strip()
    if "\n" in written or "\r" in written:
        raise CasegenError("set", "值只能写一行", "几项的写成 [甲, 乙]")
    _refuse_half_characters(written)
    if hidden := encoding.find_hidden(written):
        message = f"值里有看不见的字符 {hidden}"
        raise CasegenError("set", message, "不要粘贴，把这个值重新打一遍")
    loaded = frontmatter.load_yaml(f"{field.key}: {written}\n", "")
    if loaded.problems:
        first = loaded.problems[0]
        raise CasegenError("set", f"值“{written}”写法不对：{first.message}", first.hint)
    read = loaded.value.get(field.key)
    texts = read if isinstance(read, list) else [read]
    if sign and not (written and all(isinstance(text, str) and text for text in texts)):
        raise CasegenError("set", f"“{value}”里没有要增减的词", "写成 +水苔，或 +[水苔, 刺梨]")
    return Wish(field, sign, written, tuple(map(str, texts)) if sign else ())


def _refuse_half_characters(text: str) -> None:
    """Raise CasegenError "set" for bytes that are no text; Python gives them as lone surrogates."""
    if any("\ud800" <= c <= "\udfff" or c == "\0" for c in text):
        raise CasegenError("set", "值里有不是文字的字节", "终端的编码设成 UTF-8，再写一次")


def _refuse_unfit(word: str, new: str) -> None:
    """Raise CasegenError "rename" for a name with characters that nobody sees, or a whole text."""
    if hidden := encoding.find_hidden(new):
        message = f"新的名称里有看不见的字符 {hidden}"
        raise CasegenError("rename", message, "不要粘贴，把这个名称重新打一遍")
    if len(new) > _LONGEST:
        message = f"新的名称有 {len(new)} 个字，太长了"
        raise CasegenError("rename", message, f"{word}写成不超过 {_LONGEST} 个字的名称")


def _refuse_several(field: Field, new: str) -> None:
    """Raise CasegenError "rename" for a new name with a mark that separates items.

    A blank separates none here: the shell gives `算 账` as one word only where it was quoted.
    """
    mark = frontmatter.find_separator("".join(new.split()), field.key)
    if mark:
        first, _, rest = (part.strip() for part in new.partition(mark))
        one = f"只写一个{field.label}，如 {first or rest}" if first or rest else "只写一个词"
        more = f"；要再加一个：casegen set {field.label} +{rest} 案例" if first and rest else ""
        whole = json.dumps(new, ensure_ascii=False)
        hint = f"{one}{more}；名称里真有“{mark}”的，在案例里手工写，带引号：{whole}"
        message = f"“{new}”里有“{mark}”，像是几个{field.label}；改名只改成一个"
        raise CasegenError("rename", message, hint)


def find_cases(project: Project, names: Sequence[str], start: Path) -> list[str]:
    """Return the paths of the cases that are named by slug, by file, or by folder.

    Raises CasegenError "no-such-case" for a name that matches none.
    """
    documents, _ = files.read_documents(project.root)
    by_slug: dict[str, str] = {}
    for document in documents:
        written = document.meta.get("slug") or document.meta.get("网址名")
        by_slug[str(written or make_default_slug(document.path)).lower()] = document.path
    paths = {document.path for document in documents}
    found: dict[str, None] = {}
    for name in names:
        meant = _by_path(project.root, name, start, paths)
        slug = by_slug.get(name.lower())
        if not meant and slug:
            meant = [slug]
        if not meant:
            near = suggest(name.lower(), by_slug)
            hint = near or "写案例的网址名或文件，casegen list 列出全部"
            raise CasegenError("no-such-case", f"没有案例“{name}”", hint)
        found |= dict.fromkeys(meant)
    return list(found)


def set_field(project: Project, wish: Wish, paths: Sequence[str]) -> Changed:
    """Return the changes that set a field in these files; nothing is written.

    Raises CasegenError "set" where a file cannot be read well enough, or would be damaged.
    """
    changes, unchanged = [], []
    for path in paths:
        data = files.read_file(project.root, path)[0]
        front = _front_of(path, data)
        if front is None:
            raise CasegenError(
                "set",
                f"{path} 的案例信息有写错的地方，没有动任何文件",
                f"先照 casegen check {path} 说的改好",
            )
        change = _tried(project, path, data, _edits(front, wish), wish.field)
        if change is None:
            unchanged.append(path)
        elif fault := _find_missing(project, path, change, wish.field):
            raise CasegenError("set", f"{path}：{fault.message}；没有动任何文件", fault.hint)
        else:
            changes.append(change)
    return Changed(tuple(changes), tuple(unchanged))


def rename_value(project: Project, kind: str, old: str, new: str) -> Changed:
    """Return the changes that give an institution or a tag another name in all cases.

    `kind` is a key of RENAMED. Nothing is written. Raises CasegenError "rename" where no case has
    the old name, or the new one is empty.
    """
    field = next(f for f in case_fields.FIELDS if f.key == RENAMED[kind])
    old, new = (" ".join(text.split()) for text in (old, new))
    if not new:
        raise CasegenError("rename", "新的名称是空的", "写上新的名称")
    if old == new:
        raise CasegenError("rename", f"新的名称与旧的一样：“{old}”", "写上另一个名称")
    _refuse_half_characters(new)
    _refuse_unfit(field.label, new)
    _refuse_several(field, new)
    documents, _ = files.read_documents(project.root)
    changes, unread, mentions = [], [], []
    held: Counter[str] = Counter()
    for document in documents:
        data = files.read_file(project.root, document.path)[0]
        front = _front_of(document.path, data)
        if front is None:
            unread += [document.path] if old in decode_text(data) else []
            continue
        found = front.find(field)
        nodes = spans.list_nodes(found[1]) if found else []
        held.update(str(node.value) for node in nodes)
        edits = _renamed(front, field, nodes, old, new)
        change = _tried(project, document.path, data, edits, field) if edits else None
        changes += [change] if change else []
        if kind == "institution" and old not in new:
            parts = "、".join(_list_mentions(document, field, old))
            mentions += [f"{document.path}（{parts}）"] if parts else []
    if not changes:
        raise CasegenError(
            "rename", f"没有案例的{field.label}是“{old}”", _name_held(field, old, held)
        )
    return Changed(tuple(changes), (), tuple(mentions), tuple(unread))


def _name_held(field: Field, old: str, held: Counter[str]) -> str:
    """Return the hint with the name in use that is most like `old`, or with those most used."""
    if near := suggest(old, held, cutoff=0.4):
        return near
    used = [name for name, _ in held.most_common(_NAMED)]
    if not used:
        return f"还没有案例写了{field.label}"
    more = f"，共 {len(held)} 个" if len(held) > _NAMED else ""
    return f"案例里写着的：{'、'.join(used)}{more}"


def decode_text(data: bytes) -> str:
    """Return the text of a file; "" where the bytes are no text."""
    decoded, _ = encoding.decode(data, "")
    return decoded.text if decoded else ""


# --- single files ----------------------------------------------------------------------------


def _by_path(root: Path, name: str, start: Path, paths: set[str]) -> list[str]:
    for folder in (Path(), start, root):
        try:
            path = (
                storage.resolve_path(folder / name)
                .relative_to(storage.resolve_path(root))
                .as_posix()
            )
        except (ValueError, OSError):
            continue
        if path in paths:
            return [path]
        if below := sorted(each for each in paths if each.startswith(f"{path}/")):
            return below
    return []


def _front_of(path: str, data: bytes) -> Front | None:
    decoded, _ = encoding.decode(data, path)
    if decoded is None:
        return None
    split, faults = fences.split_file(decoded.text, path)
    return None if split is None or faults else spans.read_front(split)


def _edits(front: Front, wish: Wish) -> list[Edit]:
    if wish.sign == "+":
        return spans.add_items(front, wish.field, wish.texts)
    if wish.sign == "-":
        return spans.remove_items(front, wish.field, wish.texts)
    return [spans.set_value(front, wish.field, wish.written)]


def _renamed(front: Front, field: Field, nodes: Sequence[Any], old: str, new: str) -> list[Edit]:
    """Return the edits that replace the old name; a list that has both loses the old one."""
    texts = [" ".join(str(node.value).split()) for node in nodes]
    alike = [
        text == old or (field.kind == "texts" and fold_word(text) == fold_word(old))
        for text in texts
    ]
    if not any(alike):
        return []
    if new in [text for text, same in zip(texts, alike, strict=True) if not same]:
        return spans.remove_items(
            front, field, [text for text, same in zip(texts, alike, strict=True) if same]
        )
    first, *rest = [node for node, same in zip(nodes, alike, strict=True) if same]
    if rest:
        raise CasegenError("rename", f"一个案例里把“{old}”写了几遍", "先删去多余的")
    return [spans.replace_text(front, field, first, new)]


def fold_word(text: str) -> str:
    """Return a key that is equal for texts that differ only in width or case."""
    return unicodedata.normalize("NFKC", text).casefold()


def _tried(
    project: Project, path: str, data: bytes, edits: Sequence[Edit], field: Field
) -> Change | None:
    """Return the change that the edits make; None where they change nothing.

    Raises CasegenError "set" where another field would change too, or this one would have a fault.
    """
    after, count = files.apply_edits(data, edits)
    if not count or after == data:
        return None
    names = {field.key, field.label, *field.names}
    rest = [
        {name: value for name, value in _meta(path, content).items() if name not in names}
        for content in (data, after)
    ]
    if rest[0] != rest[1] or _front_of(path, after) is None:
        raise CasegenError(
            "set", f"{path} 的写法太特别，不能自动改{field.label}，没有动任何文件", "请手工改这一篇"
        )
    before = {(p.rule, p.message) for p in find_problems(project, path, data)}
    for problem in find_problems(project, path, after):
        if _spoils(problem, field) and (problem.rule, problem.message) not in before:
            raise CasegenError("set", f"{path}：{problem.message}；没有动任何文件", problem.hint)
    return Change(path, data, after, count)


def _find_missing(project: Project, path: str, change: Change, field: Field) -> Problem | None:
    """Return the fault of a file of the project that the new value of a field names: a cover."""
    document, _ = files.make_document(path, change.after)
    if field.key != "cover" or document is None:
        return None
    return next(iter(uses.check_cover(document, project)), None)


def _spoils(problem: Problem, field: Field) -> bool:
    if problem.severity is Severity.ERROR:
        return True
    return problem.rule in _SPOILING and problem.where.field.split(".")[0] == field.key


def _meta(path: str, data: bytes) -> dict[str, Any]:
    document, _ = files.make_document(path, data)
    return dict(document.meta) if document else {}


def _list_mentions(document: Document, field: Field, old: str) -> Iterator[str]:
    """Yield the parts of a file that hold a name outside the field itself, as editors call them."""
    labels = {name: f.label for f in case_fields.FIELDS for name in (f.key, f.label, *f.names)}
    for name, value in document.meta.items():
        if name not in {field.key, field.label, *field.names} and old in str(value):
            yield labels.get(name, name)
    if old in document.body:
        yield "正文"


def _names(paths: Sequence[str]) -> str:
    return "、".join(paths[:_SHOWN]) + (f" 等 {len(paths)} 个文件" if len(paths) > _SHOWN else "")


def list_remarks(changed: Changed) -> Iterator[str]:
    """Yield remarks beside the changes, in Chinese."""
    if changed.unchanged:
        yield f"{_names(changed.unchanged)} 本来就是这样，没有动"
    if changed.unread:
        yield f"{_names(changed.unread)} 的案例信息有写错的地方，没有动；改好后再运行一次"
    if changed.mentions:
        yield f"{_names(changed.mentions)}里还有旧名，没有动，请自己斟酌"
