"""publish_command: the command publish: what it asks, and what editors read before and after it.

Secret: its options, and which clock, user, environment and prompts a publishing is given.
Not here: planning and sending (publish), building the site (build).
"""

from __future__ import annotations

import datetime as dt
import getpass
import os
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from casegen.problem import Problems
from casegen.screen import Bar, find_root, print_first, say

if TYPE_CHECKING:
    from casegen.project import Project
    from casegen.publish import Address, Around


@click.command()
@click.argument("target", metavar="TARGET")
@click.option("--dry-run", is_flag=True, help="只说要做什么，什么也不动。")
@click.option("--rollback", is_flag=True, help="退回到上一次发布之前。")
@click.option("--adopt", is_flag=True, help="别人的文件占了位置时接管，原文件先留存。")
@click.option(
    "--accept-host-key",
    "accept",
    default="",
    metavar="FINGERPRINT",
    help="第一次连这台主机时，写上核对过的指纹。",
)
@click.option("--again", is_flag=True, help="退回以后，仍把退回的那一版再发布一次。")
@click.option("--verbose", is_flag=True, help="和 --dry-run 一起用：列出每一个文件。")
@click.pass_context
def publish(  # noqa: PLR0913 one argument an option
    ctx: click.Context,
    /,
    target: str,
    *,
    dry_run: bool,
    rollback: bool,
    adopt: bool,
    accept: str,
    again: bool,
    verbose: bool,
) -> None:
    """把网站发布到主机：先生成，再只传有变化的文件。

    TARGET 是 casegen.yml 里 targets 的名称，或一个地址：文件夹、zip:文件名.zip、
    sftp://用户@主机/路径、ftps://…、ftp://…、s3://桶/前缀?endpoint=…
    """
    from casegen import publish as publisher  # noqa: PLC0415

    found, problems = _load_project(ctx)
    address = publisher.resolve_target(target, found.config.targets, found.root, Path.cwd())
    publisher.refuse_inside_project(address, found)
    around = _gather_surroundings(found.cache_dir, accept, again=again)
    if rollback and dry_run:
        raise click.UsageError("--rollback 和 --dry-run 不能一起用。")
    if rollback:
        _roll_back(address, around)
        return
    built = _build_site(ctx, found, problems)
    for reminder in publisher.list_reminders(
        found, address, built.problems, built.paths, built.folder
    ):
        click.echo(f"{click.style('提醒', fg='yellow', bold=True)}：{reminder}")
    for line in built.left_out:  # printed before the first byte is sent
        click.echo(line)
    if dry_run:
        _show_plan(address, around, built, adopt=adopt, verbose=verbose)
    else:
        _send_site(address, around, built, adopt=adopt)


@dataclass(frozen=True, slots=True)
class _Built:
    """The site to publish: its folder, the paths of its files, what a build knows of it."""

    folder: Path
    paths: tuple[str, ...]
    problems: Problems
    left_out: tuple[str, ...]
    totals: Mapping[str, str]


def _load_project(ctx: click.Context) -> tuple[Project, Problems]:
    """Return the project and the problems of its casegen.yml; exit with code 1 for errors in it."""
    from casegen import build as builder  # noqa: PLC0415
    from casegen import project  # noqa: PLC0415

    found, problems = project.load_project(find_root(ctx.obj))
    if found is None:
        _refuse(ctx, builder.refuse_settings(problems).errors)
    return found, problems


def _build_site(ctx: click.Context, found: Project, problems: Problems) -> _Built:
    """Build the whole site; exit with code 1 where the content has errors."""
    from casegen import build as builder  # noqa: PLC0415

    with Bar(shown=True) as bar:
        built = builder.build_site(found, problems, builder.Options(whole=True), bar.show)
    if built.report is None:
        _refuse(ctx, built.errors)
    paths, left_out = tuple(built.report.remembered), tuple(built.left_out.lines())
    return _Built(built.folder, paths, built.problems, left_out, built.totals)


def _roll_back(address: Address, around: Around) -> None:
    """Bring the target back to what it was before the last publishing, and say so."""
    from casegen import publish as publisher  # noqa: PLC0415

    with Bar(shown=True) as bar:
        undone = publisher.roll_back(address, around, bar.show)
    click.echo(f"已退回到上一次发布之前：{address.shown}（{undone} 次操作）。")


def _show_plan(
    address: Address, around: Around, built: _Built, *, adopt: bool, verbose: bool
) -> None:
    """Print what a publishing would do; nothing is changed."""
    from casegen import publish as publisher  # noqa: PLC0415

    plan, site, undone_before = publisher.plan_publishing(
        address, built.folder, built.paths, around, adopt=adopt, totals=built.totals
    )
    click.echo(f"要发布到 {address.shown}：")
    click.echo("\n".join(publisher.describe_plan(plan, site, verbose=verbose)))
    if undone_before:
        click.echo(f"{publisher.UNDONE}发布时会再问一次。")
    click.echo("以上只是计划，什么也没有动。")


def _send_site(address: Address, around: Around, built: _Built, *, adopt: bool) -> None:
    """Send the site to the target, and print what was done."""
    from casegen import publish as publisher  # noqa: PLC0415

    try:
        with Bar(shown=True) as bar:
            outcome = publisher.publish_site(
                address, built.folder, built.paths, around, bar.show,
                adopt=adopt, totals=built.totals,
            )  # fmt: skip
    except KeyboardInterrupt:
        say("停下了，还没有传完；网站仍然完整。", "再运行一次，会接着做完")
        raise
    click.echo("\n".join(publisher.write_summary(outcome, address)))


def _refuse(ctx: click.Context, problems: Problems) -> NoReturn:
    """Print the errors that stop a publishing, the first of them; exit with code 1."""
    print_first(problems)
    click.echo(f"{len(problems)} 处错误，没有发布，主机上还是原来的样子。改好后再发布。")
    ctx.exit(1)


def _gather_surroundings(memory: Path, accept: str, *, again: bool) -> Around:
    """Return the clock, user, environment and prompts that publishing needs."""
    from casegen.publish import Around  # noqa: PLC0415

    def ask(what: str) -> str:
        return str(click.prompt(what, hide_input=True, err=True))

    def confirm(question: str) -> bool:
        return click.confirm(question, err=True)

    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "?"
    return Around(
        memory,
        f"{user}@{socket.gethostname()}",
        os.environ,
        lambda: dt.datetime.now().astimezone(),
        time.sleep,
        ask if sys.stdin.isatty() else None,
        accept,
        confirm=confirm if sys.stdin.isatty() else None,
        again=again,
        tell=click.echo,
    )
