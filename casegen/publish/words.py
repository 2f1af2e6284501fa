"""words: what an editor reads before and after publishing, and where a site must not go.

Secret: which reminders come before the site is sent, and how a run is summed up (Chinese).
Not here: printing (cli), the plan in words (plan).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from casegen import rules, storage, tree
from casegen.problem import CasegenError, Problem, Problems
from casegen.project import Project
from casegen.publish.address import Address
from casegen.publish.manifest import find_folder
from casegen.publish.plan import Plan, show_size
from casegen.publish.store import LOCK, MANIFEST, RefusedError
from casegen.rules.launch import check_settings

SHOWN = 3
SHOWN_LENGTH = 40  # characters of a total's name or value
SHOWN_TOTALS = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did: the plan, requests made, bytes of files sent (manifests included).

    `release`: the number under which the versions before it are kept, 0 for none; `damaged`:
    whether the record at the target could not be trusted.
    """

    plan: Plan
    operations: int
    sent: int
    release: int = 0
    damaged: bool = False


def refuse_inside_project(address: Address, project: Project) -> None:
    """Refuse a local target that is, or lies in, or contains a folder of the project.

    Raises CasegenError "target-address". Other kinds of target are let through.
    """
    if address.scheme not in {"folder", "zip"}:
        return
    place = storage.resolve_path(address.local)
    made = (project.cache_dir, project.site_dir)
    if project.owns(place) or any(
        place.is_relative_to(storage.resolve_path(each)) for each in made
    ):
        raise CasegenError(
            "target-address",
            f"不能发布到 {address.local}，那里是案例集自己的文件夹",
            "换一个专门放网站的文件夹",
        )


def list_reminders(
    project: Project, address: Address, found: Problems, paths: Iterable[str], site: Path
) -> Iterator[str]:
    """Say in Chinese, a line each, what an editor should know before the site is published.

    `found` are the problems that a build knows, `paths` the files of the site that casegen made,
    `site` the folder they are in: other files there are named, for they stay behind.
    """
    for problem in rules.settle_problems(check_settings(project.config), (), project.norms):
        yield f"{problem.message}。{problem.hint}"
    for rule in rules.CASE_RULES:
        if rule.reminding:
            yield from _report_alike([p for p in found if p.rule == rule.slug])
    if address.scheme == "ftp":
        yield "ftp:// 传送密码不加密。主机支持的话，改用 ftps:// 或 sftp://"
    known = set(paths)
    others = sorted(
        path
        for path in (
            Path(entry.path).relative_to(site).as_posix()
            for entry in tree.walk_folder(site, told=tree.pass_over)
        )
        if path not in known
        and not any(part.startswith(".") for part in path.split("/"))
        and (site / path).is_file()
    )
    if others:
        named = _list_some(others)
        yield f"{site.name} 里有 {len(others)} 个文件不是 casegen 生成的，不会发布：{named}"


def make_refused_error(address: Address, refused: RefusedError) -> CasegenError:
    """Return the error for a file that the target refused.

    casegen's lock is the first file it writes: where that is refused, nothing has changed yet.
    """
    if not refused.path or address.scheme == "zip":
        message = f"{address.shown} 用不了：{refused.reason}"
        hint = "解决后再运行一次"
    elif refused.path.startswith(LOCK):
        message = f"在 {address.shown} 里写不了文件：{refused.reason}"
        hint = "什么也没有动；解决后再运行一次"
    else:
        message = f"{address.shown} 不接受 {refused.path}：{refused.reason}"
        hint = "网站仍然完整；解决后再运行一次，会接着做完"
    return CasegenError("target-refused", message, refused.hint or hint)


def list_changed_totals(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    """Say in Chinese which totals changed since the last publishing; `before` is {} if unknown."""
    if not before:
        return
    names = [name for name in {**after, **before} if before.get(name) != after.get(name)]
    if names:
        yield f"与上次发布的相比，全集有 {len(names)} 项合计不同："
    for name in names[:SHOWN_TOTALS]:
        # The host says what was published last: it is shown as one line, whatever it holds.
        old, new = before.get(name, "原来没有"), after.get(name, "不再有")
        yield f"  {_shorten(name)}：{_shorten(old)} → {_shorten(new)}"
    if len(names) > SHOWN_TOTALS:
        yield f"  ……还有 {len(names) - SHOWN_TOTALS} 项，见网站的指标页"


def write_summary(outcome: Outcome, address: Address) -> Iterator[str]:
    """Sum up a finished publishing in Chinese, in a few lines."""
    plan = outcome.plan
    if outcome.damaged:
        yield f"那里的记录 {MANIFEST} 坏了，当作没有：什么也没有照它删去，已重新写好一份。"
    if address.scheme == "zip":
        size = show_size(address.local.stat().st_size)
        yield f"已打包成 {address.shown}：{len(plan.sent)} 个文件，{size}。"
        yield "接下来到主机的后台上传这个压缩包，再解压。"
        return
    if plan.empty:
        yield f"{address.shown} 已是最新，没有要传的文件（{outcome.operations} 次操作）。"
        return
    yield (
        f"已发布到 {address.shown}：新增 {plan.fresh} 个文件，"
        f"更新 {len(plan.sent) - plan.fresh} 个，删去 {len(plan.removed)} 个，不变 {plan.kept} 个；"
        f"传送 {show_size(outcome.sent)}，{outcome.operations} 次操作。"
    )
    if outcome.release:
        yield f"旧文件留在那里的 {find_folder(outcome.release)} 里；要退回，在命令后加 --rollback。"


def _shorten(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_LENGTH else f"{line[:SHOWN_LENGTH]}……"


def _report_alike(problems: list[Problem]) -> Iterator[str]:
    if problems:
        paths = _list_some([problem.where.path for problem in problems])
        yield f"{len(problems)} 篇{problems[0].message}：{paths}。{problems[0].hint}"


def _list_some(paths: list[str]) -> str:
    return "、".join(paths[:SHOWN]) + ("……" if len(paths) > SHOWN else "")
