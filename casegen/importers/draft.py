"""draft: findings as the file of a case; an editor corrects it instead of writing it.

Secret: how a draft is laid out, which of several readings of a metric `check` does not doubt, and
that nothing an editor wrote is ever overwritten.
Not here: what a manuscript says (finding), the report to the department (report).
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from casegen import disk_errors, editing, rules, scaffold, storage
from casegen.chinese.characters import HAN
from casegen.chinese.region_reading import read_region
from casegen.collection import parsing
from casegen.collection.category import CATEGORIES
from casegen.collection.doubt import DOUBTING
from casegen.collection.metric_items import METRIC_FIELDS
from casegen.collection.norms import Norms
from casegen.importers import bodies
from casegen.importers.finding import Findings
from casegen.importers.proposals import Proposal, strip_markup
from casegen.problem import CasegenError, Problem
from casegen.project import Project
from casegen.source import encoding
from casegen.source.files import make_document, read_documents, read_file, write_source
from casegen.source.schema import quote_yaml

MARK = "# 导入自 "
DIGEST = "# 原稿指纹 "
_MARKS = re.compile(rf"^(?:{MARK}[^\r\n]*|{DIGEST}[0-9a-f]+)", re.MULTILINE)
_KNOWN = frozenset(field.key for field in METRIC_FIELDS)
# Readings with these problems are not written: the metric would be in doubt, or an editor would be
# asked about it.
_UNWRITTEN = frozenset({*DOUBTING, "misfit-unit", "part-exceeds-whole"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as written: its path, the pictures beside it, what is in doubt, what was fixed."""

    path: str
    pictures: tuple[str, ...]
    doubts: tuple[str, ...]
    losses: tuple[str, ...]
    mended: tuple[str, ...] = ()
    replaced: bool = False


class Known:
    """The cases that exist or were made by this import, found by name, digest or title."""

    def __init__(self, project: Project) -> None:
        self._by_head: dict[str, tuple[int, str, str]] = {}
        self._by_title: dict[str, tuple[str, str]] = {}
        self._moved: dict[str, str] = {}
        self._number = 0
        self.names = scaffold.list_names(project)
        for one in read_documents(project.root)[0]:
            head = read_file(project.root, one.path)[0][:3000].decode("utf-8", "replace")
            title = one.meta.get("title") or one.meta.get("标题") or ""
            self.add(one.path, one.status, title, head)

    def add(self, path: str, status: str, title: object, head: str) -> None:
        """Add a case; `head` is the beginning of its file.

        Of several cases with one mark or title, the first is kept.
        """
        self._number += 1
        self.names.add(PurePosixPath(path.removesuffix("/index.md")).stem.lower())
        for line in _MARKS.findall(head):
            self._by_head.setdefault(line, (self._number, path, status))
        if key := scaffold.strip_title(title):
            self._by_title.setdefault(key, (path, status))

    def find(self, found: Findings) -> tuple[str, str, str] | None:
        """Return the case of an earlier import: path, status, and how it was recognized; else None.

        A draft bears the manuscript's name and digest; where an editor removed them, its title is
        compared.
        """
        name = _source_mark(found)
        marks = (f"{DIGEST}{found.digest}", *([f"{MARK}{name}"] if name else []))
        earlier = [self._by_head[mark] for mark in marks if mark in self._by_head]
        if earlier:
            _, path, status = min(earlier)
            return self._moved.get(path, path), status, "已经导入过"
        path, status = self._by_title.get(scaffold.strip_title(found.title), ("", ""))
        return (self._moved.get(path, path), status, "的标题已经有了") if path else None

    def move(self, old: str, new: str) -> None:
        """Note that the case at the path `old` is now at `new`."""
        self._moved[old] = new


def write_draft(project: Project, found: Findings, known: Known, *, replace_old: bool) -> Draft:
    """Write a draft into cases/ and add it to `known`.

    Raises CasegenError "imported" where the same manuscript was imported before and is not to be
    replaced, or where its case is no draft any more; "unwritable" where writing fails.
    """
    old = known.find(found)
    if old and not replace_old:
        raise CasegenError(
            "imported",
            f"{found.file} {old[2]}，在 {old[0]}，没有动它",
            "接着改那个文件；要重新导入、不要已改的内容，加上 --replace",
        )
    if old and old[1] != "draft":
        raise CasegenError(
            "imported",
            f"{old[0]} 已经不是草稿，没有动它",
            "要重新导入，先把它的 status 改回 draft",
        )
    earlier = _pictures(project, old[0]) if old else {}
    body = bodies.make_body(found, earlier)
    path = old[0] if old else _path(known, found.title, bundle=bool(body.pictures))
    if old and body.pictures and not path.endswith("/index.md"):
        path = path.removesuffix(".md") + "/index.md"
    text, doubts = _settled(path, found, body.text, project.norms)
    _refuse_too_large(found.file, text)
    folder = str(PurePosixPath(path).parent)
    written = []
    made = not (project.root / folder).exists()
    try:
        for name, data in body.pictures.items():
            place = project.root / folder / name
            storage.write_file(place, data, project.root)
            written.append(f"{folder}/{name}")
        write_source(project.root, path, text)
        if old and old[0] != path:
            (project.root / old[0]).unlink()
            known.move(old[0], path)
        mended = _mended(project, path)
    except (OSError, CasegenError) as error:
        if made:
            shutil.rmtree(project.root / folder, ignore_errors=True)
        if isinstance(error, CasegenError):
            raise
        raise CasegenError(
            "unwritable", f"写不了 {path}：{disk_errors.find_reason(error)}", "检查权限和磁盘"
        ) from error
    known.add(path, "draft", found.title, text[:3000])
    losses = (*body.losses, *_left(folder, earlier, body.pictures))
    mended += bodies.tell_stripped(found.blocks)
    return Draft(path, tuple(written), doubts, losses, mended, replaced=bool(old))


def _refuse_too_large(name: str, text: str) -> None:
    """Raise CasegenError "import" for a draft that no other command would read."""
    if (size := len(text.encode())) > encoding.LIMIT:
        raise CasegenError(
            "import",
            f"{name} 写成草稿有 {(size >> 20) + 1} MB，"
            f"一个案例文件不能超过 {encoding.LIMIT >> 20} MB",
            "把稿子分成几份，再导入",
        )


def _pictures(project: Project, path: str) -> dict[str, bytes]:
    """Return the pictures beside a draft that is replaced; some may be an editor's."""
    if not path.endswith("/index.md"):
        return {}
    folder = project.root / PurePosixPath(path).parent
    found = {}
    for place in sorted((folder / "images").glob("*")):
        if place.is_file() and not place.is_symlink():
            found[place.relative_to(folder).as_posix()] = storage.read_file(place)
    return found


def _left(folder: str, earlier: Mapping[str, bytes], now: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a remark for each old picture that the new draft does not use.

    An editor may need it.
    """
    for name in earlier:
        if name not in now:
            yield f"旧草稿的图片没有用上，留着没动：{folder}/{name}"


def _mended(project: Project, path: str) -> tuple[str, ...]:
    """Make the sure fixes of `check --fix` in a draft; return the number of each kind, as text."""
    data, _ = read_file(project.root, path)
    problems = editing.find_problems(project, path, data)
    kinds = Counter(p.rule for p in problems if p.fix is not None and p.fix.sure)
    for change in editing.find_fixes(project, problems):
        write_source(project.root, path, change.after.decode("utf-8"))
    titles = rules.load_catalogue()
    return tuple(f"{titles[rule].title}：{count} 处" for rule, count in kinds.items())


def _source_mark(found: Findings) -> str:
    return "" if found.file == "-" else re.sub(r"\s+", " ", found.file)


def _path(known: Known, title: str, *, bundle: bool) -> str:
    name = scaffold.find_free_name(title, known.names)
    return f"cases/{name}/index.md" if bundle else f"cases/{name}.md"


# --- front matter ----------------------------------------------------------------------------


def _settled(path: str, found: Findings, body: str, norms: Norms) -> tuple[str, tuple[str, ...]]:
    """Return the text of the file with the least doubtful readings, and the doubts that remain."""
    metrics = _list_confirmed(found)
    first = list(metrics)
    notes: dict[int, str] = {}
    for way in range(len(_WAYS) + 1):
        text, lines = _text(found, _spelled(metrics, norms), body, notes)
        doubted = _doubted(path, found, text, lines, norms)
        notes = {n: "；".join(dict.fromkeys(p.message for p in ps)) for n, ps in doubted.items()}
        if not doubted or way == len(_WAYS):
            break
        for n in doubted:
            metrics[n] = _WAYS[way](first[n], metrics[n])
    text, _ = _text(found, _spelled(metrics, norms), body, notes)
    return text, tuple(
        f"{metrics[n].name} {strip_markup(metrics[n].finding.raw)}：{why}"
        for n, why in notes.items()
    )


def _spelled(metrics: Sequence[Proposal], norms: Norms) -> list[Proposal]:
    """Return the metrics with their indicators by name: keys are for programs."""
    names = {indicator.key: indicator.name for indicator in norms.vocabulary.indicators}
    return [replace(m, indicator=names.get(m.indicator, m.indicator)) for m in metrics]


def _list_confirmed(found: Findings) -> list[Proposal]:
    """Return the metrics that the body confirms, with `part_of` and `same_as` renumbered."""
    kept = [n for n in range(len(found.metrics)) if n not in found.untold]
    place = {n: at for at, n in enumerate(kept)}
    return [
        replace(
            p,
            part_of=None if p.part_of is None else place.get(p.part_of),
            same_as=None if p.same_as is None else place.get(p.same_as),
        )
        for p in (found.metrics[n] for n in kept)
    ]


def _longer(first: Proposal, now: Proposal) -> Proposal:
    """Return the proposal with a longer name, from more words of its clause."""
    words = re.sub(rf"[^{HAN}A-Za-z]", "", first.finding.before)[-16:]
    behind = re.sub(rf"[^{HAN}A-Za-z]", "", re.split("[，,。、0-9]", first.finding.after)[0])[:6]
    return replace(now, name=(words + behind) or now.name)


def _unnamed(first: Proposal, now: Proposal) -> Proposal:
    """Return the proposal without an indicator that its unit or name contradicts."""
    return replace(now, indicator="", name=first.name)


def _make_whole(_: Proposal, now: Proposal) -> Proposal:
    """Return the proposal as a whole, and without a year of its own."""
    return replace(now, part_of=None, period=None)


_WAYS = (_longer, _unnamed, _make_whole)


def _doubted(
    path: str, found: Findings, text: str, lines: Mapping[int, tuple[int, int]], norms: Norms
) -> dict[int, list[Problem]]:
    made, _ = make_document(path, text.encode())
    if made is None:
        return {}
    said = {k: v for k, v in made.meta.items() if v}
    if any(read_region(region)[0] is None for region in found.regions):
        said.pop("regions", None)  # a village whose county is unknown cannot be a region
    filled = replace(made, meta={**_filler(), **said})
    parsed, problems = parsing.parse_case(filled, norms)
    if parsed is not None:
        problems = (*problems, *rules.check_case(parsed, norms))
    doubts: dict[int, list[Problem]] = {}
    for problem in problems:
        for n, (first, last) in lines.items():
            if problem.rule in _UNWRITTEN and first <= problem.where.line <= last:
                doubts.setdefault(n, []).append(problem)
    return doubts


def _filler() -> dict[str, object]:
    """Return values for required fields that a draft may lack: only its metrics are checked."""
    return {
        "title": "稿",
        "institution": "某单位",
        "regions": ["北京市"],
        "date": "2000-01-01",
        "categories": ["产业"],
    }


def _text(
    found: Findings, metrics: Sequence[Proposal], body: str, notes: Mapping[int, str]
) -> tuple[str, dict[int, tuple[int, int]]]:
    """Return the text of the file, and the first and last line of each metric."""
    lines = ["---"]
    if mark := _source_mark(found):
        lines.append(f"{MARK}{mark}")
    lines.append(f"{DIGEST}{found.digest}；这是草稿，请逐项核对，写着“待核”的尤其要看。")
    places: dict[int, tuple[int, int]] = {}
    for key, written in _fields(found):
        if why := found.uncertain.get(key):
            lines += [f"# 待核：{line}" for line in why.split("\n")]
        lines += written
        if key == "tags":
            lines += _metrics(metrics, notes, len(lines), places)
    lines += ["status: draft", "---", "", body]
    return "\n".join(lines).rstrip("\n") + "\n", places


def _fields(found: Findings) -> Iterator[tuple[str, list[str]]]:
    names = {c.key: c.name for c in CATEGORIES}
    yield "title", [f"title: {quote_yaml(found.title)}"]
    yield "institution", [f"institution: {quote_yaml(found.institution)}".rstrip()]
    if len(found.regions) == 1:
        yield "regions", [f"regions: {quote_yaml(_plain_region(found.regions[0]))}"]
    else:
        yield (
            "regions",
            ["regions:", *(f"  - {quote_yaml(_plain_region(r))}" for r in found.regions)],
        )
    yield "date", [f"date: {found.date}".rstrip()]
    yield "period", [f"period: {found.period}"] if found.period else []
    chosen = ", ".join(names.get(s.key, s.key) for s in found.categories[:3])
    yield "categories", [f"categories: [{chosen}]" if chosen else "categories:"]
    yield "summary", [f"summary: {quote_yaml(found.summary)}"] if found.summary else []
    yield "tags", [f"tags: [{', '.join(quote_yaml(t) for t in found.tags)}]"] if found.tags else []
    if found.credits:
        yield (
            "credits",
            [
                "credits:",
                *(f"  {role}: {_names(who)}" for role, who in found.credits.items()),
            ],
        )
    if found.source and found.link:
        yield (
            "source",
            ["source:", f"  name: {quote_yaml(found.source)}", f"  url: {quote_yaml(found.link)}"],
        )
    elif found.source or found.link:
        yield "source", [f"source: {quote_yaml(found.source or found.link)}"]


def _names(who: Sequence[str]) -> str:
    return quote_yaml(who[0]) if len(who) == 1 else f"[{', '.join(quote_yaml(w) for w in who)}]"


def _plain_region(text: str) -> str:
    place, _ = read_region(text)
    return place.text if place else text


def _metrics(
    metrics: Sequence[Proposal],
    notes: Mapping[int, str],
    above: int,
    places: dict[int, tuple[int, int]],
) -> list[str]:
    """Return every metric as a long item, with its sentence in a comment."""
    if not metrics:
        return []
    lines = ["# 待核：指标由原句里认出，请对照原句；不是成效的删去。", "metrics:"]
    named = _unique(metrics)
    wholes = {p.part_of for p in metrics if p.part_of is not None}
    wholes |= {p.same_as for p in metrics if p.same_as is not None}
    for n, proposal in enumerate(metrics):
        first = above + len(lines) + 1
        lines.append(f"  # 原句：{_shortened(proposal.evidence, proposal.finding.raw)}")
        if n in notes:
            lines.append(f"  # 待核：{notes[n]}")
        lines.append(f"  - name: {quote_yaml(named[n])}")
        lines += [
            f"    {key}: {value}" for key, value in _item(n, proposal, wholes) if key in _KNOWN
        ]
        places[n] = first, above + len(lines)
    return lines


def _unique(metrics: Sequence[Proposal]) -> list[str]:
    names: set[str] = set()
    given: list[str] = []
    following: Counter[str] = Counter()  # numbers that the names of one kind have reached
    for proposal in metrics:
        name = proposal.name
        number = following[name] + 2
        while name in names and proposal.same_as is None:
            name, number = f"{proposal.name}之{number}", number + 1
        if name != proposal.name:
            following[proposal.name] = number - 2
        names.add(name)
        given.append(name)
    return given


def _item(n: int, p: Proposal, wholes: set[int]) -> Iterator[tuple[str, str]]:
    if p.indicator:
        yield "indicator", quote_yaml(p.indicator)
    yield "value", quote_yaml(strip_markup(p.finding.raw))
    if p.period:
        first, last = p.period
        yield "period", f"{first}" if first == last else f"{first}-{last}"
    if n in wholes:
        yield "id", f"m{n + 1}"
    if p.region:
        yield "region", quote_yaml(p.region)
    if p.part_of is not None:
        yield "part_of", f"m{p.part_of + 1}"
    if p.same_as is not None:
        yield "same_as", f"m{p.same_as + 1}"


def _shortened(sentence: str, raw: str) -> str:
    """Return a sentence on one line; of a long one the part around the figure."""
    line = re.sub(r"\s+", " ", sentence)
    if len(line) <= 90:
        return line
    at = max(line.find(raw), 0)
    start, end = max(at - 45, 0), min(at + len(raw) + 35, len(line))
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")
