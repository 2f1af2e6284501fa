"""Random hostile projects, states and targets: the program must end well on each.

    python benchmarks/hostile.py --seed 1 --count 500
    python benchmarks/hostile.py --seed 1 --first 250 --count 250    # the second half of it

Each round takes a small project, does it some harm by chance, and runs check, build, publish and
two other commands on it in a process of its own. A traceback, a hang, a file changed outside, or a
site that is neither the old one nor the new one is a fault. The counts so far are printed every
twenty-five rounds.
"""

from __future__ import annotations

import argparse
import collections
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner
from PIL import Image

from casegen import build, changing, editing, importers, listing, publish
from casegen.cli import casegen

LOADED = (build, changing, editing, importers, listing, publish)  # once, not in every round
LONGEST = 300.0  # seconds of one round, on a machine that has other work
TOLD = 25  # rounds between two lines of counts
COMMANDS = [("check",), ("build",), ("publish", "./www"), ("publish", "./www", "--rollback")]
# Two of these are run beside them, anywhere in their order.
OTHERS = [("list", "--figures"), ("list", "--format", "csv"), ("set", "tags", "+水苔", "cases"),
          ("rename", "tag", "夜校", "夜间课堂"), ("check", "--fix"), ("undo",), ("undo",),
          ("import", "drafts"), ("import", "--replace", "drafts"), ("book", "--format", "epub"),
          ("export", "-o", "all.csv"), ("publish", "./www", "--dry-run"),
          ("check", "--format", "html", "-o", "report.html")]  # fmt: skip
CASE = """---
title: {title}
institution: 某某大学
regions: 甘肃省/定西市/陇西县
date: 2023-06-01
categories: 产业
tags: {tags}
aliases: {aliases}
metrics: {metrics}
---

{body}
"""
ODD = [
    *(
        "",
        "\0",
        "\ue000",
        "\u202e",
        "\ud800",
        "../x",
        "a" * 300,
        "con",
        "<script>",
        "🌾",
        "[" * 500,
    ),
    *("9" * 3000, "|" * 300, "`" * 300, "<a " * 300, "\x1b[2J", "-" * 200, "*" * 300, "{{", "%00"),
]
RECORDS = [b"", b"[" * 50_000, b"{}", b"\xff\xfe", b'{"version":1,"files":{"../victim":"0"}}',
           b'{"version":1,"files":{"a\\u0000b":"0 1"},"pending":[],"coming":[],"open":1e999}',
           b'{"key":"x","who":"\\u001b[2J","since":"9999"}']  # fmt: skip
PLACES = ["site/index.html", "site/tags", "site/cases", "site/.casegen-manifest.json", "site",
          ".casegen", ".casegen/cache.sqlite", ".casegen/place", ".casegen/build.lock",
          ".casegen/publisher", "cases/y.md", "pages/y.md", "cases/y.png", "casegen.yml",
          "www/index.html", "www/.casegen-manifest.json", "www/.casegen-lock", "www/cases",
          "www/.casegen-tmp-0", "www/.casegen-releases", "themes/mine/theme.yml",
          ".casegen/undo", ".casegen/undo/0001", ".casegen/undo/0001/record.json",
          ".casegen/undo/0001/0", ".casegen/recall", "drafts", "drafts/a.txt", "drafts/b.html",
          "cases/imported", "book", "book/集.epub", "all.csv", "report.html"]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    counts: collections.Counter[str] = collections.Counter()
    for number in range(given.first, given.first + given.count):
        said = one_round(f"{given.seed}-{number}")
        counts[said] += 1
        if said.startswith("FAULT"):
            print(f"{given.seed}-{number}: {said}", flush=True)
        if counts.total() % TOLD == 0:
            tell(given.seed, counts)
    tell(given.seed, counts)
    sys.exit(any(name.startswith("FAULT") for name in counts))


def tell(seed: int, counts: collections.Counter[str]) -> None:
    ends = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    print(f"seed {seed}, {counts.total()} rounds: {ends}", flush=True)


def one_round(seed: str) -> str:
    """How a round ended."""
    with tempfile.TemporaryDirectory() as name:
        here = Path(name)
        victim = here / "victim"
        (victim / "inside").mkdir(parents=True)
        (victim / "file").write_text("珍贵", "utf-8")
        receiving, telling = multiprocessing.Pipe(duplex=False)
        run = multiprocessing.get_context("fork").Process(target=play, args=(here, seed, telling))
        run.start()
        run.join(LONGEST)
        if run.is_alive():
            run.kill()
            run.join()
            return "FAULT hang"
        if run.exitcode or not receiving.poll():
            return f"FAULT exit code {run.exitcode}"
        said = str(receiving.recv())
        left = sorted(path.relative_to(victim).as_posix() for path in victim.rglob("*"))
        if left != ["file", "inside"] or (victim / "file").read_text("utf-8") != "珍贵":
            return f"FAULT written outside: {left}"
        return said


def play(here: Path, seed: str, telling: multiprocessing.connection.Connection) -> None:
    """Make a project, do it harm, run the commands; tell how it ended."""
    chance = random.Random(seed)
    root = here.resolve() / "project"
    # A sound project goes on to be built and published; what is odd in a case stops most builds.
    sound = chance.random() < 0.6
    odd = ["", "夜校", "", "100亩", ""] if sound else [chance.choice(ODD) for _ in range(5)]
    write(
        root / "casegen.yml",
        "title: 集\n" + chance.choice(["", "theme: mine\n", f"icp: {odd[0]}\n"]),
    )
    write(root / "themes/mine/theme.yml", "name: 我的\nextends: default\n")
    body = f"正文。{odd[4]}\n\n![图](y.png)"[: chance.choice([9, 9999])]
    case = CASE.format(
        title=f"山里的果园{odd[0]}",
        tags=f"[{odd[1]}]",
        aliases=f"[{odd[2]}]",
        metrics=f"[种植面积: {odd[3]}]",
        body=body,
    )
    write(root / "cases/a.md", case)
    write(
        root / "cases/b.md",
        CASE.format(title="夜校", tags="[夜校]", aliases="[]", metrics="[]", body="正文。"),
    )
    if sound:
        Image.new("RGB", (64, 48), (90, 140, 60)).save(root / "cases/y.png")
    write(root / "drafts/a.txt", f"夜校办到村里{odd[0]}\n\n培训{odd[3]}人次。{odd[4]}\n")
    write(root / "drafts/b.html", f"<h1>{odd[1]}果园</h1><p>种植100亩。{odd[4]}</p>")
    os.chdir(root)
    if chance.random() < 0.7:
        start("build")
        start("publish", "./www")
        start("set", "tags", "+山货", "cases")
    for _ in range(chance.randint(1, 3)):
        chance.choice(HARMS)(root, here / "victim", chance)
    commands = list(COMMANDS)
    for other in chance.sample(OTHERS, 2):
        commands.insert(chance.randint(0, len(commands)), other)
    ends = []
    for command in commands:
        before = tree(root / "site")
        code, fault = start(*command)
        if command in COMMANDS:
            ends.append(str(code))
        if fault:
            telling.send(f"FAULT {' '.join(command)}: {fault}")
            return
        if command == ("build",) and code and tree(root / "site") != before:
            telling.send("FAULT half a site")
            return
    telling.send("exit codes " + " ".join(ends))


def start(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(casegen, arguments, prog_name="casegen")
    crashed = done.exception is not None and not isinstance(done.exception, SystemExit)
    return done.exit_code, repr(done.exception)[:300] if crashed else ""


def write(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(text.encode("utf-8", "surrogatepass"))


def tree(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(".casegen-"):
            found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def clear(place: Path) -> Path:
    """The place emptied, in real folders, so that the harm itself does not reach outside."""
    for folder in reversed(place.parents[: len(place.relative_to(Path.cwd()).parts) - 1]):
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
            folder.unlink()
    if place.is_symlink() or place.is_file():
        place.unlink()
    elif place.is_dir():
        shutil.rmtree(place)
    elif os.path.lexists(place):
        place.unlink()
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def lay_link(root: Path, victim: Path, chance: random.Random) -> None:
    target = victim / chance.choice(["file", "inside", "nowhere"])
    clear(root / chance.choice(PLACES)).symlink_to(target)


def lay_pipe(root: Path, _victim: Path, chance: random.Random) -> None:
    os.mkfifo(clear(root / chance.choice(PLACES)))


def lay_folder(root: Path, _victim: Path, chance: random.Random) -> None:
    (clear(root / chance.choice(PLACES)) / "inside").mkdir(parents=True)


def lay_record(root: Path, _victim: Path, chance: random.Random) -> None:
    clear(root / chance.choice(PLACES)).write_bytes(chance.choice(RECORDS))


def garble(root: Path, _victim: Path, chance: random.Random) -> None:
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    place = chance.choice(files)
    data = bytearray(place.read_bytes()[:200_000])
    for _ in range(chance.randint(1, 20)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    place.write_bytes(bytes(data[: chance.choice([0, 10, len(data)])]))


HARMS: tuple[Callable[[Path, Path, random.Random], None], ...] = (
    lay_link, lay_link, lay_pipe, lay_folder, lay_record, garble,
)  # fmt: skip

if __name__ == "__main__":
    main()
