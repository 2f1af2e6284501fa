"""Commands: parse arguments, call one function, print, choose the exit code.

Secret: what editors read in the terminal. Exit codes: 0 fine, 1 errors in the content, 2 could
not run (docs/reference/commands.md).
Not here: any work, since every command is one call into the rest; commands on case files (editor),
publishing (publish_command).
"""

from __future__ import annotations

import errno
import gettext
import os
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

# click looks its own texts up by gettext when it is imported, so the catalogue is bound first.
os.environ["LANGUAGE"] = "zh_CN"
gettext.bindtextdomain("casegen", str(Path(__file__).parent / "data" / "locale"))
gettext.textdomain("casegen")

import click  # noqa: E402

from casegen import __version__  # noqa: E402
from casegen.editor import EDITOR  # noqa: E402
from casegen.problem import CasegenError, Severity  # noqa: E402
from casegen.publish_command import publish  # noqa: E402
from casegen.root import SITE  # noqa: E402
from casegen.screen import (  # noqa: E402
    Bar,
    find_root,
    print_first,
    print_json,
    print_problems,
    remind,
    say,
    say_built,
    show_path,
    strip_control,
)
from casegen.shortage import lacks_memory  # noqa: E402
from casegen.workers import EndedError, collect_rarely  # noqa: E402

_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})


class Command(click.Group):
    """The group of commands; a CasegenError, or too little memory, becomes a message and code 2."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, whose line of usage is Chinese as its help is."""
        cmd.options_metavar = "[选项]"
        super().add_command(cmd, name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command and return its result; exit with code 2 at a CasegenError."""
        try:
            return super().invoke(ctx)
        except CasegenError as error:
            said = (error.message, error.hint)
        except Exception as error:
            # The system also ends a process to get its memory.
            if not (isinstance(error, EndedError) or lacks_memory(error)):
                raise
            said = (
                "内存不够，或者干活的进程被系统停下，没有做完",
                "关掉别的程序，再来一次；还是这样，换一台内存大些的电脑",
            )
        say(*said, label="无法继续", color="red")  # the memory of what failed is free by now
        return ctx.exit(2)


@click.group(
    cls=Command,
    subcommand_metavar="命令 [参数]...",
    options_metavar="[选项]",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, prog_name="casegen", message="%(prog)s %(version)s")
@click.option(
    "-C",
    "folder",
    default=".",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="在这个文件夹（或它上面）找案例集，默认是当前文件夹。",
)
@click.pass_context
def casegen(ctx: click.Context, folder: Path) -> None:
    """把一文件夹的乡村振兴案例，做成可检索、可筛选的网站。"""
    ctx.obj = folder


@casegen.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def init(start: Path, folder: Path) -> None:
    """新建一个案例集，建好就能生成网站。"""
    from casegen import scaffold  # noqa: PLC0415 commands import only what they need

    created = scaffold.create_collection(start / folder)
    click.echo(f"已建好案例集 {folder}：")
    for path in created:
        click.echo(f"  {path}")
    click.echo(f"下一步：cd {folder}，再运行 casegen build，然后双击 site/index.html。")


def _agree_to_columns(columns: str, *, asked: bool) -> bool:
    """Show the columns of a ledger, and return whether they are right; only a terminal asks."""
    shown = strip_control(columns)
    if asked:
        return click.confirm(f"{shown}\n照此导入吗？", err=True)
    click.echo(f"{shown}\n没有问，照此导入；不对就改表头，再导入一次，加上 --replace。", err=True)
    return True


@casegen.command("import")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(allow_dash=True, path_type=Path),
)
@click.option("--json", "as_json", is_flag=True, help="只打印认出的内容（JSON），不写文件。")
@click.option("--replace", is_flag=True, help="导入过的稿子重新导入，覆盖原来的草稿。")
@click.option(
    "--changes",
    default="accept",
    type=click.Choice(["accept", "reject"]),
    help="Word 里的修订：accept 照改过的，reject 照原来的。",
)
@click.option(
    "--report",
    "page",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="把报告写成一个网页文件，可以发回给供稿的部门。",
)
@click.option("--yes", is_flag=True, help="台账的栏目照认出的用，不再问；不在终端里运行时也不问。")
@click.pass_context
def import_(
    ctx: click.Context,
    /,
    *,
    files: tuple[Path, ...],
    as_json: bool,
    page: Path | None,
    yes: bool,
    **given: Any,
) -> None:
    """把 Word、网页、文本、台账变成案例草稿，并说清认出了什么、去掉了什么。

    FILE 可以写几个，也可以是文件夹；写 - 读标准输入里的文本。
    """
    from casegen import importers  # noqa: PLC0415
    from casegen.project import refuse_over_sources  # noqa: PLC0415

    ask = None if as_json else partial(_agree_to_columns, asked=not yes and sys.stdin.isatty())
    job = importers.Job(
        importers.find_home(ctx.obj, needed=not as_json), ask, write=not as_json, **given
    )
    if page is not None and job.project is not None:
        refuse_over_sources(job.project.root, page)
    told = None if as_json else partial(click.echo, err=True)
    outcome = importers.import_files(job, files, sys.stdin.buffer, told)
    if as_json:
        print_json(outcome.as_json())
    elif lines := list(outcome.summary()):
        click.echo("\n".join(lines))
    # Below the reports, which may be hundreds of lines.
    for error in outcome.refused:
        say(error.message, error.hint, label="没有导入", color="red")
    if page is not None:
        outcome.write_page(page)
        click.echo(f"报告写在 {page}，可以发回给供稿的部门。", err=as_json)
    ctx.exit(outcome.exit_code)


@casegen.command()
@click.option(
    "-o",
    "output",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="网站写到哪里，默认是 site。",
)
@click.option("--drafts", is_flag=True, help="连同还没发布的案例一起生成。")
@click.option(
    "--jobs",
    default=0,
    metavar="N",
    type=click.IntRange(min=0),
    help="同时用几个进程，默认同处理器数。",
)
@click.option("--clean", is_flag=True, help="忘掉缓存，全部重新生成。")
@click.option("--adopt", is_flag=True, help="输出文件夹里已有别的文件时也写进去。")
@click.option("--json", "as_json", is_flag=True, help="只打印一个 JSON：篇数、文件数、各步秒数。")
@click.pass_context
def build(ctx: click.Context, /, *, as_json: bool, **given: Any) -> None:
    """生成网站；只写有变化的文件。"""
    from casegen import recall  # noqa: PLC0415

    home = find_root(ctx.obj)
    told = (
        None
        if given["clean"]
        else recall.recall_build(home, given["output"], drafts=given["drafts"])
    )
    if told is not None:
        if as_json:
            print_json(told.as_json())
        else:
            folder = given["output"] or home / SITE
            say_built(told.cases, told.pages, (0, told.files, 0), told.seconds, told.lines, folder)
        return
    from casegen import build as builder  # noqa: PLC0415
    from casegen import project  # noqa: PLC0415

    found, problems = project.load_project(home)
    if found is None:
        outcome = builder.refuse_settings(problems)
    else:
        with Bar(shown=not as_json) as bar:
            outcome = builder.build_site(found, problems, builder.Options(**given), bar.show)
    if as_json:
        print_json(outcome.as_json())
        ctx.exit(1 if outcome.report is None else 0)
    if outcome.report is None:
        print_first(outcome.errors)
        click.echo(
            f"{len(outcome.errors)} 处错误，没有生成，网站还是原来的样子。"
            "改好后再生成；全部问题请看 casegen check。"
        )
        ctx.exit(1)
    report = outcome.report
    remind(report.remarks)
    say_built(
        outcome.cases,
        outcome.pages,
        (len(report.written), report.kept, len(report.removed)),
        outcome.seconds["total"],
        outcome.left_out.lines(),
        outcome.folder,
    )


@casegen.command()
@click.option(
    "--host",
    default="127.0.0.1",
    metavar="地址",
    help="在哪个地址上预览，默认 127.0.0.1，只有本机看得到。",
)
@click.option(
    "--port",
    default=8000,
    metavar="端口",
    type=click.IntRange(0, 65535),
    help="哪个端口，默认 8000；0 是随便一个空着的。",
)
@click.option("--open", "opened", is_flag=True, help="顺手打开浏览器。")
@click.option("--poll", is_flag=True, help="隔一会儿看一遍文件：网络盘上存盘没有反应时用。")
@click.pass_obj
def serve(start: Path, host: str, port: int, *, opened: bool, poll: bool) -> None:
    """边写边看：存盘就更新，浏览器自己刷新，问题标在页面上；草稿也看得到。"""
    from casegen import desk  # noqa: PLC0415

    root = find_root(start)
    stop = threading.Event()
    try:
        with desk.open_preview(root, host, port) as server:
            click.echo(f"预览在 {server.url} ，存盘就更新；按 Ctrl+C 结束。")
            if opened:
                click.launch(server.url)
            desk.keep_fresh(server, root, _tell_preview, stop=stop, poll=poll)
    except KeyboardInterrupt:
        click.echo("\n预览结束。")
    finally:
        stop.set()


@casegen.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "xlsx", "json"]),
    help="csv 一条指标一行；xlsx 有案例、指标、合计三张表；json 给程序用。"
    "不写时看 -o 的后缀，否则 csv。",
)
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="写到哪个文件；不写时 csv、json 打印出来，xlsx 写成 export.xlsx。- 是打印出来。",
)
@click.pass_context
def export(ctx: click.Context, form: str | None, output: Path | None) -> None:
    """把已发布的案例、指标、合计导出成一个表格文件。"""
    from casegen import build as builder  # noqa: PLC0415
    from casegen import exporting, gathering, project  # noqa: PLC0415

    chosen = exporting.choose_form(form, output)
    found, problems = project.load_project(find_root(ctx.obj))
    reading = None if found is None else gathering.gather_materials(found, problems)
    errors = builder.refuse_settings(problems).errors if reading is None else reading.errors
    if found is None or reading is None or errors:
        print_first(errors, err=True)
        say(f"{len(errors)} 处错误，没有导出。改好后再导出。")
        ctx.exit(1)
    content = exporting.export_collection(reading.materials, chosen)
    if output is None and chosen == "xlsx":
        output = Path("export.xlsx")
    if output is None or str(output) == "-":
        sys.stdout.buffer.write(content)
        return
    exporting.write_export(output, content, found)
    click.echo(f"已导出 {len(reading.materials.collection.cases)} 篇案例到 {output}。")


@casegen.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["pdf", "epub", "docx", "all"]),
    help="pdf 供印刷，epub 给手机和阅读器，docx 是 Word（加 --case 印一篇，就是送审稿）；"
    "all 各种都要。不写时看 -o 的后缀，否则 pdf。",
)
@click.option(
    "-o",
    "output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="写到哪个文件；all 时是文件夹。不写时在 book 文件夹里。",
)
@click.option("--case", "slugs", multiple=True, metavar="SLUG", help="只印这一篇，可写几次。")
@click.option("--category", "categories", multiple=True, metavar="类别", help="只印这一类。")
@click.option("--drafts", is_flag=True, help="连同还没发布的案例一起印。")
@click.pass_context
def book(ctx: click.Context, /, form: str | None, output: Path | None, **given: Any) -> None:
    """把案例集或单篇案例印成书。"""
    from casegen import build as builder  # noqa: PLC0415
    from casegen import printing, project  # noqa: PLC0415
    from casegen.editions.book.press import Wish, find_forms  # noqa: PLC0415
    from casegen.storage import leads_to_folder  # noqa: PLC0415

    found, problems = project.load_project(find_root(ctx.obj))
    named = output.name if output and not leads_to_folder(output) else ""
    forms = find_forms(form or "", named)
    wish = Wish(forms, given["slugs"], given["categories"])
    if found is None:
        printed = printing.Printed(builder.refuse_settings(problems).errors)
    else:
        with Bar(shown=True) as bar:
            printed = printing.print_books(
                found, problems, wish, output, bar.show, drafts=given["drafts"]
            )
    if printed.errors:
        print_first(printed.errors)
        click.echo(f"{len(printed.errors)} 处错误，没有印。改好后再印。")
        ctx.exit(1)
    print_problems(printed.settings, err=True)
    if printed.settings:
        say(f"casegen.yml 有 {len(printed.settings)} 处问题，写错的值没有用上，书照样印。")
    remind(printed.notices)
    for place, made in printed.files:
        click.echo(f"{'已印成' if made else '没有变化'} {show_path(place)}")


@casegen.command()
def schema() -> None:
    """打印案例信息的 JSON Schema，供编辑器补全和提示。"""
    from casegen.collection import case_fields  # noqa: PLC0415

    print_json(case_fields.make_json_schema())


for _command in (*EDITOR, publish):
    casegen.add_command(_command)


def main() -> None:
    """Start the program; a character that the console cannot show becomes "?" and stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    collect_rarely()
    try:
        try:
            casegen(prog_name="casegen")
        finally:
            # A full disk behind stdout is reported here, not lost when Python exits.
            sys.stdout.flush()
    except OSError as error:
        if error.errno not in _FULL:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        say("结果没有写完：磁盘满了", "腾出空间，或写到别的地方", label="无法继续", color="red")
        sys.exit(2)


def _tell_preview(shown: Any) -> None:
    """Print the result of a build for the preview."""
    if shown.failure:
        say(f"没有生成，预览还是上一次的样子：{shown.failure.message}", shown.failure.hint)
        return
    for leaf in shown.broken.values():
        print_problems(p for p in shown.of(leaf.path) if p.severity is Severity.ERROR)
    left = f"；{len(shown.broken)} 个文件有错误，页面上说了" if shown.broken else ""
    click.echo(f"已更新，用时 {shown.seconds:.1f} 秒{left}。")
