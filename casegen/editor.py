"""editor: commands that write, inspect and change case files: new, check, list, set, rename, undo.

Secret: which options they have, what they ask and what they answer.
Not here: finding faults (build, rules), changing files (editing), reports as files (report).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casegen.chinese.identity import mask_numbers
from casegen.problem import CasegenError, Problem, Problems, Severity, sort_problems
from casegen.root import find_root_folder
from casegen.screen import print_json, print_problems, print_summary, remind, say, strip_control

if TYPE_CHECKING:
    from casegen.editing import Change
    from casegen.editions.materials import Materials
    from casegen.project import Project


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    default="text",
    type=click.Choice(["text", "json", "sarif", "html", "xlsx"]),
    help="text 给人看；json、sarif 给程序用；html、xlsx 是可以发回供稿单位的报告。",
)
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="结果写到这个文件；html、xlsx 不写时是 check.html、check.xlsx。",
)
@click.option("--fix", is_flag=True, help="把有把握的改好；原文件留一份，casegen undo 可撤回。")
@click.option("--fix-all", is_flag=True, help="连同没有十分把握的，一处一处问过再改。")
@click.option("--dry-run", is_flag=True, help="只显示会改成什么样，什么也不动。")
@click.option("--online", is_flag=True, help="连同外面的链接，一个一个试着打开；要上网。")
@click.option("--strict", is_flag=True, help="有提醒也算不通过。")
@click.pass_context
def check(  # noqa: PLR0913 one argument an option
    ctx: click.Context,
    /,
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    *,
    fix: bool,
    fix_all: bool,
    dry_run: bool,
    online: bool,
    strict: bool,
) -> None:
    """检查案例，一次说出所有文件的所有问题。"""
    from casegen import build as builder  # noqa: PLC0415 commands import only what they need
    from casegen import cache, gathering, project  # noqa: PLC0415

    root = find_root_folder(ctx.obj)
    remind(cache.tidy_folder(root / ".casegen"))
    if fix_all and not dry_run and not sys.stdin.isatty():
        raise click.UsageError("--fix-all 要一处一处地问，请在终端里运行；没有终端就用 --fix。")
    if dry_run and not (fix or fix_all):
        raise click.UsageError("--dry-run 要和 --fix 或 --fix-all 一起用。")
    if output is not None:
        project.refuse_over_sources(root, output)
    found, problems = project.load_project(root)
    wanted = [_found(path, ctx.obj, root) for path in paths]

    absent: tuple[str, ...] = ()

    def look() -> Problems:
        nonlocal absent
        everything = problems
        if found is not None:
            checked = builder.check_project(found, problems)
            everything, absent = checked.problems, checked.lines
        return _under(everything, wanted, root) if wanted else everything

    chosen = look()
    if found is not None and (fix or fix_all) and _mend(found, chosen, ask=fix_all, dry=dry_run):
        chosen = look()
    if online and found is not None:
        materials = gathering.examine_project(found, problems).materials
        chosen = sort_problems((*chosen, *_dead_links(materials, wanted, root)))
    _show(chosen, form, output)
    if form == "text" and not wanted:
        click.echo("\n".join(absent) + "\n" * bool(absent), nl=False)
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    ctx.exit(1 if any(problem.severity in bad for problem in chosen) else 0)


@click.command()
@click.argument("title", metavar="[标题]", required=False)
@click.option("--category", "categories", multiple=True, metavar="类别", help="如 产业，可写几次。")
@click.option("--institution", default="", metavar="单位", help="案例是哪个单位的。")
@click.pass_obj
def new(start: Path, title: str | None, categories: tuple[str, ...], institution: str) -> None:
    """新建一个案例文件，每个字段都有说明；在终端里运行，还没有写的会一样一样问。"""
    from casegen import project, scaffold  # noqa: PLC0415 commands import only what they need

    found = project.find_project(start)
    scaffold.refuse_unknown(found, categories)
    if title is None:
        if not sys.stdin.isatty():
            raise click.MissingParameter(param_hint="'标题'", param_type="argument")
        title = click.prompt("标题")
    given = {"institution": institution, "categories": ",".join(categories)}
    known = {key: scaffold.write_yaml(key, text) for key, text in given.items()}
    if sys.stdin.isatty():
        lacking = [key for key in scaffold.QUESTIONS if not known.get(key)]
        if lacking:
            click.echo("还差几样；现在不知道的按回车，以后在文件里填。")
        known |= {key: _answer(found, key) for key in lacking}
    path, taken = scaffold.create_case(found, title, known)
    click.echo(f"已新建 {path}，打开它，照里面的说明填写。")
    if taken:
        remind([taken])


def _answer(found: Project, key: str) -> str:
    """Ask for one field and return the answer as YAML; "" where none is given.

    A wrong answer is asked for again; the same answer given twice is accepted.
    """
    from casegen import scaffold  # noqa: PLC0415 commands import only what they need

    default, before = "", None
    while True:
        text = click.prompt(scaffold.QUESTIONS[key], default=default, show_default=bool(default))
        written = scaffold.write_yaml(key, text)
        fault = scaffold.find_complaint(found, key, written) if written else None
        if fault is None or written == before:
            return written
        say(fault.message, fault.hint)
        meant = fault.hint.removeprefix("写成 ")
        form = meant == fault.hint or scaffold.find_complaint(
            found, key, scaffold.write_yaml(key, meant)
        )
        default = "" if form else meant  # a hint that only shows the form cannot be the default
        before = written


@click.command("list")
@click.option(
    "--status",
    "statuses",
    multiple=True,
    metavar="状态",
    help="只列这个状态的，如 draft 或 草稿，可写几次。",
)
@click.option("--problems", "troubled", is_flag=True, help="只列有错误或提醒的。")
@click.option("--metrics", is_flag=True, help="一行一条指标：时间口径、时段、地点、类别、存疑。")
@click.option("--figures", is_flag=True, help="正文里有、指标里没有的数，一行一个。")
@click.option(
    "--format",
    "form",
    default="text",
    type=click.Choice(["text", "csv", "json"]),
    help="text 给人看；csv 用 Excel 打开；json 给程序用。",
)
@click.pass_obj
def list_(  # noqa: PLR0913 one argument an option
    start: Path,
    /,
    *,
    statuses: tuple[str, ...],
    troubled: bool,
    metrics: bool,
    figures: bool,
    form: str,
) -> None:
    """列出全部案例：状态、问题、还缺什么；一行一篇。"""
    from casegen import gathering, listing  # noqa: PLC0415
    from casegen.source.document import STATUSES, parse_status  # noqa: PLC0415

    if metrics and figures:
        raise click.UsageError("--metrics 和 --figures 只能写一个。")
    if troubled and (metrics or figures):
        raise click.UsageError("--problems 是列案例用的，不能和 --metrics、--figures 一起写。")
    wanted = {parse_status(status) for status in statuses}
    if "" in wanted:
        known = "、".join(f"{key}（{label}）" for key, label in STATUSES.items())
        raise click.UsageError(f"--status 只认 {known}。")
    reading = gathering.examine_project(*_project(start))
    if metrics:
        kind, rows = "metrics", listing.list_metrics(reading, wanted)
    elif figures:
        kind, rows = "figures", listing.list_figures(reading, wanted)
    else:
        kind, rows = "cases", listing.list_cases(reading, wanted, troubled=troubled)
    vocabulary = reading.materials.collection.vocabulary
    names = {each.key: each.name for each in vocabulary.indicators}
    if form == "json":
        print_json(rows)
    elif form == "csv":
        sys.stdout.buffer.write(listing.write_csv(kind, rows, names))
    else:
        for line in listing.write_lines(kind, rows, names):
            click.echo(strip_control(line))
        if not rows:
            some = kind == "cases" or listing.has_cases(reading, wanted)
            click.echo(_NOTHING[kind if some else "cases"])


# What an empty list means.
_NOTHING = {
    "cases": "一篇也没有：没有这样的案例。",
    "metrics": "一条也没有：这些案例没有指标。",
    "figures": "没有漏下的：正文里写成效的数，指标里都有（计划、背景里的数不列）。",
}


@click.command(
    "set", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]}
)
@click.argument("field", metavar="FIELD")
@click.argument("value", metavar="VALUE")
@click.argument("cases", metavar="CASE...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="只显示会改成什么样，什么也不动。")
@click.pass_obj
def set_(start: Path, field: str, value: str, cases: tuple[str, ...], *, dry_run: bool) -> None:
    """改许多案例的一个字段，别的一个字节也不动。

    VALUE 照 YAML 里冒号后面那样写；标签、类别这样的列表，+水苔 是加一个，-水苔 是去一个。
    CASE 是网址名、案例文件，或一个文件夹。
    """
    from casegen import changing  # noqa: PLC0415 commands import only what they need

    found, _ = _project(start)
    wish = changing.read_wish(field, value)
    changed = changing.set_field(found, wish, changing.find_cases(found, cases, start))
    remind(changing.list_remarks(changed))
    _make(found, changed.changes, wish.shown, dry=dry_run)


# What `rename` renames, in both languages, as `set` takes a field in both.
_RENAMED = {
    "institution": "institution", "单位": "institution",
    "tag": "tag", "tags": "tag", "标签": "tag",
}  # fmt: skip


@click.command()
@click.argument("kind", metavar="institution|tag", type=click.Choice([*_RENAMED]))
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--dry-run", is_flag=True, help="只显示会改成什么样，什么也不动。")
@click.pass_obj
def rename(start: Path, kind: str, old: str, new: str, *, dry_run: bool) -> None:
    """给单位或标签改名，所有案例一起改。"""
    from casegen import changing  # noqa: PLC0415 commands import only what they need

    found, _ = _project(start)
    kind = _RENAMED[kind]
    changed = changing.rename_value(found, kind, old, new)
    _make(found, changed.changes, f"rename {kind} {old} {new}", dry=dry_run)
    remind(changing.list_remarks(changed))


@click.command()
@click.pass_obj
def undo(start: Path) -> None:
    """撤回上一次所做的修改：check --fix、set、rename。"""
    from casegen import editing, project  # noqa: PLC0415 commands import only what they need

    what, paths = editing.undo_changes(project.find_project(start))
    if not paths:
        click.echo(f"{what} 没有改到任何文件就中断了，现在已不再记着它。")
        return
    click.echo(f"已撤回 {what}，{len(paths)} 个文件是原来的样子了：")
    for path in paths:
        click.echo(f"  {path}")


@click.command()
@click.argument("rule", metavar="[规则]", required=False)
@click.pass_context
def explain(ctx: click.Context, rule: str | None) -> None:
    """说明一条规则：是什么、为什么、怎么改；不写规则名就列出全部。"""
    from casegen.explanations import read_explanations  # noqa: PLC0415 rules are dear to load

    known = read_explanations()
    if rule is None:
        for line, _ in known.values():
            click.echo(line)
    elif rule in known:
        click.echo(known[rule][1])
    else:
        from casegen.chinese.likeness import suggest  # noqa: PLC0415

        say(f"没有名为“{rule}”的规则", suggest(rule, known) or "casegen explain 列出全部")
        ctx.exit(2)


def _project(start: Path) -> tuple[Project, Problems]:
    """Return the project, and the problems of its casegen.yml.

    Raises CasegenError "settings" where casegen.yml cannot be used.
    """
    from casegen import cache, project  # noqa: PLC0415 commands import only what they need

    root = find_root_folder(start)
    remind(cache.tidy_folder(root / ".casegen"))
    found, problems = project.load_project(root)
    if found is None:
        print_problems([p for p in problems if p.severity is Severity.ERROR], err=True)
        raise CasegenError("settings", "casegen.yml 有错误", "先改好 casegen.yml")
    return found, problems


def _make(found: Project, changes: Sequence[Change], what: str, *, dry: bool) -> None:
    """Make the changes and list the files; with `dry` only show the differences."""
    from casegen import editing  # noqa: PLC0415 commands import only what they need

    if dry:
        _show_diffs(changes)
        click.echo(f"以上 {len(changes)} 个文件只是会改成的样子，什么也没有动。")
    elif not changes:
        click.echo("没有要改的。")
    else:
        folder = editing.apply_changes(found, changes, what)
        click.echo(f"已改 {len(changes)} 个文件：")
        for change in changes:
            click.echo(f"  {strip_control(change.path)}")
        click.echo(f"原来的文件在 {folder}，casegen undo 可以撤回。")


def _mend(found: Project, problems: Problems, *, ask: bool, dry: bool) -> bool:
    """Apply the fixes, or only show them; return whether files were changed."""
    from casegen import editing  # noqa: PLC0415 commands import only what they need

    nod = (_yes if dry else _Asker().nod) if ask else None
    changes = editing.find_fixes(found, problems, nod)
    count = sum(change.count for change in changes)
    if not changes:
        click.echo("没有可以自动改的。", err=True)
        return False
    if dry:
        _show_diffs(changes, err=True)
        click.echo(f"以上 {count} 处只是会改成的样子，什么也没有动。", err=True)
        return False
    folder = editing.apply_changes(found, changes, "check --fix-all" if ask else "check --fix")
    click.echo(
        f"改好 {count} 处，在 {len(changes)} 个文件里。原来的文件在 {folder}，"
        "casegen undo 可以撤回。",
        err=True,
    )
    return True


def _show_diffs(changes: Sequence[Change], *, err: bool = False) -> None:
    for change in changes:
        click.echo("\n".join(map(strip_control, change.diff())), err=err)


def _yes(_problem: Problem, _old: str, _new: str) -> bool:
    return True


class _Asker:
    """Asks about one fix after the other, until the editor answers for all the rest."""

    def __init__(self) -> None:
        self._rest: bool | None = None

    def nod(self, problem: Problem, old: str, new: str) -> bool:
        """Return whether the editor wants this fix; `old` and `new` are the lines it changes."""
        if self._rest is not None:
            return self._rest
        where = problem.where
        click.echo(f"\n{strip_control(where.path)}:{where.line} {strip_control(problem.message)}")
        click.echo(f"- {strip_control(mask_numbers(old))}\n+ {strip_control(mask_numbers(new))}")
        answer = click.prompt(
            "改吗？y 改，n 不改，a 余下的都改，q 余下的都不改",
            type=click.Choice(["y", "n", "a", "q"]),
            default="n",
            show_choices=False,
        )
        if answer in "aq":
            self._rest = answer == "a"
        return answer in "ya"


def _show(problems: Problems, form: str, output: Path | None) -> None:
    from casegen import report, storage  # noqa: PLC0415 commands import only what they need

    if form == "json" and output is None:
        print_json([problem.as_json() for problem in problems])
    elif form == "sarif" and output is None:
        print_json(report.make_sarif(problems))
    elif form == "text" and output is None:
        print_problems(report.group_problems(problems))
        print_summary(problems)
    else:
        place = output or Path(f"check.{form}")
        storage.write_chosen(place, report.write_report(problems, form))
        say(f"{len(problems)} 处问题，写在 {place}。")


def _found(path: Path, start: Path, root: Path) -> Path:
    """Return the path as given: relative to the current folder, else to `-C`, else to the root.

    Raises CasegenError "no-such-path" where nothing is there, and "no-case" where no case is: a
    file that is not checked must not look as if it had passed.
    """
    from casegen import left_out, storage  # noqa: PLC0415 commands import only what they need

    for folder in (Path(), start, root):
        place = storage.resolve_path(folder / path)
        if storage.leads_anywhere(place):
            reason = left_out.why_no_case(root, place)
            if reason:
                raise CasegenError("no-case", f"{path} 没有检查：{reason[0]}", reason[1])
            return place
    raise CasegenError("no-such-path", f"找不到 {path}", hint="请核对文件名")


def _dead_links(materials: Materials, wanted: Sequence[Path], root: Path) -> Problems:
    from casegen.online import check_links  # noqa: PLC0415 - nothing else needs the network

    found = check_links(materials)
    return _under(found, wanted, root) if wanted else found


def _under(problems: Problems, wanted: Sequence[Path], root: Path) -> Problems:
    """Return the problems of the files named, or of files in the folders named."""
    from casegen import storage  # noqa: PLC0415 commands import only what they need

    return tuple(
        problem
        for problem in problems
        if any(
            storage.resolve_path(root / problem.where.path).is_relative_to(path) for path in wanted
        )
    )


EDITOR = (new, check, explain, list_, set_, rename, undo)
