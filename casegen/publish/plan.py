"""plan: the one diff and the one order of upload for all targets.

Secret: the order in which a site can change without ever having a page, reachable from
index.html, that refers to something missing: new files are first (nothing links to them yet),
then changed ones (all they link to is there), then old ones are removed (nothing links to them).
New files of an interrupted run are corrected between the first two stages: nothing links to them
yet, but they may link to files that never arrived.
Not here: asking the target (survey) and sending (sending).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from casegen.filenames import fold_path
from casegen.publish.manifest import Entry, Manifest

HOME = "index.html"
ENTRANCES = frozenset({"404.html", "compare.html", "assets/catalog.js"})
INDEXES = ("cases", "regions", "years", "institutions", "tags", "metrics")
LISTED = tuple(f"{name}/" for name in ("categories", "data", *INDEXES[1:]))


@dataclass(frozen=True, slots=True)
class Found:
    """What the target holds at paths whose files are not certainly casegen's with known bytes.

    `there`: some file of casegen, old or new; `same`: a file with the same bytes as the site's;
    `foreign`: a file of somebody else. A path in none of them is certainly free.
    """

    there: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Plan:
    """Paths by stage, in the order in which the stages are carried out.

    `assets`, `pages`: not at the target yet; `again`: new ones of an interrupted run; `changed`:
    other bytes there; `lists`: new or changed lists of cases, and feeds; `home`: index.html if it
    is new or changed; `removed`: casegen's, no longer in the site. `adopted`: those among them that
    replace somebody else's file; `fresh`: how many of the files sent are new there; `kept`: how
    many files stay as they are.
    """

    assets: tuple[str, ...]
    pages: tuple[str, ...]
    again: tuple[str, ...]
    changed: tuple[str, ...]
    lists: tuple[str, ...]
    home: tuple[str, ...]
    removed: tuple[str, ...]
    adopted: frozenset[str]
    fresh: int
    kept: int

    @property
    def stages(self) -> tuple[tuple[str, ...], ...]:
        """Return the files to send, in stages: a stage begins when the one before is complete."""
        return (self.assets, self.pages, self.again, self.changed, self.lists, self.home)

    @property
    def sent(self) -> tuple[str, ...]:
        """Return all files to send, in the order of the stages."""
        return tuple(path for stage in self.stages for path in stage)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not self.sent and not self.removed


def draw_plan(site: Mapping[str, Entry], manifest: Manifest, found: Found) -> Plan:
    """Plan how a target comes to hold `site`, path by path.

    `manifest` says which files there are ours, `found` what stands there that it does not name.
    """
    sent = [
        path
        for path in sorted(site)
        if path not in found.same and manifest.files.get(path) != site[path]
    ]
    there = {*manifest.files, *found.there, *found.foreign}
    body = [path for path in sent if path != HOME]
    fresh = [path for path in body if path not in there]
    again = [path for path in body if path in there and path in manifest.coming]
    changed = [path for path in body if path in there and path not in manifest.coming]
    # On a host that ignores case, removing Foo.html would remove the new foo.html.
    folded = set(map(fold_path, site))
    gone = [path for path in manifest.names - set(site) if fold_path(path) not in folded]
    return Plan(
        assets=tuple(path for path in fresh if not _is_page(path)),
        pages=tuple(path for path in fresh if _is_page(path)),
        again=tuple(again),
        changed=tuple(path for path in changed if not is_list(path)),
        lists=tuple(path for path in changed if is_list(path)),
        home=(HOME,) if HOME in sent else (),
        removed=tuple(sorted(gone, key=lambda path: (not _is_page(path), path))),
        adopted=found.foreign & set(sent),
        fresh=len(set(sent) - there),
        kept=len(site) - len(sent),
    )


def is_list(path: str) -> bool:
    """Return whether a file of the site is made of many cases: a list, a feed, an entrance page."""
    if path in ENTRANCES or path.startswith(LISTED) or path.endswith((".xml", ".txt")):
        return True
    return any(path == f"{name}.html" or path.startswith(f"{name}-") for name in INDEXES)


def describe_plan(plan: Plan, site: Mapping[str, Entry], *, verbose: bool) -> Iterator[str]:
    """Describe the plan in Chinese, a line each, the sum first; with `verbose` every file."""
    sent = sum(site[path].size for path in plan.sent)
    if plan.empty:
        yield f"没有要传的，也没有要删的；不变 {plan.kept} 个"
        return
    yield (
        f"新增 {plan.fresh} 个，更新 {len(plan.sent) - plan.fresh} 个，"
        f"删去 {len(plan.removed)} 个，不变 {plan.kept} 个；共传 {show_size(sent)}"
    )
    stages: tuple[tuple[str, Iterable[str]], ...] = (
        ("新增资源", plan.assets),
        ("新增页面", plan.pages),
        ("补齐上次中断的新文件", plan.again),
        ("更新内容", plan.changed),
        ("更新列表和订阅", plan.lists),
        ("首页", plan.home),
        ("删去", plan.removed),
    )
    number = 0
    for name, given in stages:
        paths = tuple(given)
        if not paths:
            continue
        number += 1
        size = sum(site[path].size for path in paths if path in site)
        yield f"{number}. {name}：{len(paths)} 个" + (f"，{show_size(size)}" if size else "")
        for path in paths:
            adopted = path in plan.adopted
            if verbose or adopted:
                yield f"   {path}" + ("（先留存别人的原文件）" if adopted else "")
    if not verbose:
        yield "逐个文件的清单：加 --verbose"


def show_size(size: int) -> str:
    """Write a number of bytes for people, in steps of 1,024: 512 B, 3.4 KB, 12.0 MB."""
    amount = float(size)
    for unit in ("B", "KB", "MB"):
        if amount < 1024 or unit == "MB":
            break
        amount /= 1024
    return f"{size} B" if unit == "B" else f"{amount:.1f} {unit}"


def _is_page(path: str) -> bool:
    return path.endswith((".html", ".xml"))
