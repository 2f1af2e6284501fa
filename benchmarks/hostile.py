"""Random hostile projects, states and targets: the program must end well on each.

    python benchmarks/hostile.py --seed 1 --count 500
    python benchmarks/hostile.py --seed 1 --first 250 --count 250    # the second half of it

Each round takes a small project, does it some harm by chance, and runs check, build, publish and
two other commands on it in a process of its own. A traceback, a hang, a file changed outside, a
script of somebody else in the preview, or a site that is neither the old one nor the new one is a
fault; after a build without an error the site must be the one that a project without state makes.
The counts are printed every twenty-five rounds. As root nothing is forbidden; to try permissions:
`setpriv --bounding-set=-dac_override,-dac_read_search --inh-caps=-dac_override,-dac_read_search`.
"""

from __future__ import annotations

import argparse
import collections
import contextlib
import json
import multiprocessing
import os
import pickle
import random
import shutil
import socket
import sqlite3
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from PIL import Image

from casegen import build, changing, desk, editing, importers, listing, publish
from casegen.cli import casegen
from casegen.problem import CasegenError

LOADED = (build, changing, desk, editing, importers, listing, publish)  # once, not in every round
LONGEST = 300.0  # seconds of one round, on a machine that has other work
TOLD = 25  # rounds between two lines of counts
COMMANDS = [("check",), ("build",), ("publish", "./www"), ("publish", "./www", "--rollback")]
# Two of these are run beside them, anywhere in their order.
OTHERS = [("list", "--figures"), ("list", "--format", "csv"), ("set", "tags", "+水苔", "cases"),
          ("rename", "tag", "夜校", "夜间课堂"), ("check", "--fix"), ("undo",), ("undo",),
          ("import", "drafts"), ("import", "--replace", "drafts"), ("book", "--format", "epub"),
          ("export", "-o", "all.csv"), ("publish", "./www", "--dry-run"),
          ("check", "--format", "html", "-o", "report.html"),
          ("serve",), ("serve",), ("edit",), ("edit",)]  # fmt: skip
FORGED = "forged-by-a-stranger"  # a script with this must never be shown or published
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
           b'{"key":"x","who":"\\u001b[2J","since":"9999"}',
           b'{"key":"x","who":"y","since":"2026-01-01T00:00:00+00:00"}']  # fmt: skip
# Values for one entry of a sound record, of the right type and of others.
FORGERIES: list[Any] = [2**53 - 1, 2**53, -1, 1.5, True, None, "", "x" * 2000, [], {}, [1] * 5000,
                        list(range(1, 5000)), ["../victim"], {"../victim/file": f"{'0' * 64} 1"},
                        {"index.html": f"{'0' * 64} 1"}, {"cases/a.html": "0 1"}, ["index.html"],
                        {"photo.jpg": f"{'0' * 64} 1"}, "\ud800", {"a" * 300: "0 1"}]  # fmt: skip
RECORD_FILES = ["site/.casegen-manifest.json", "www/.casegen-manifest.json",
                "www/.casegen-releases/1/release.json", ".casegen/undo/*/record.json",
                ".casegen/published/*", "www/.casegen-lock"]  # fmt: skip
CIRCLES = ["cases", "cases/imported", "cases/y.md", "cases/y.png", "pages", "pages/y.md", "themes",
           "themes/mine", "themes/mine/assets", "themes/mine/assets/x.css", "site", "site/cases",
           "site/assets", "www", "www/cases", "www/.casegen-releases", ".casegen", "drafts",
           ".casegen/preview", ".casegen/undo", "casegen.yml", "book", "all.csv"]  # fmt: skip
PLACES = ["site/index.html", "site/tags", "site/cases", "site/.casegen-manifest.json", "site",
          ".casegen", ".casegen/cache.sqlite", ".casegen/place", ".casegen/build.lock",
          ".casegen/publisher", "cases/y.md", "pages/y.md", "cases/y.png", "casegen.yml",
          "www/index.html", "www/.casegen-manifest.json", "www/.casegen-lock", "www/cases",
          "www/.casegen-tmp-0", "www/.casegen-releases", "themes/mine/theme.yml",
          ".casegen/undo", ".casegen/undo/0001", ".casegen/undo/0001/record.json",
          ".casegen/undo/0001/0", ".casegen/recall", "drafts", "drafts/a.txt", "drafts/b.html",
          "cases/imported", "book", "book/集.epub", "all.csv", "report.html",
          ".casegen/preview", ".casegen/preview/index.html", ".casegen/publish.lock",
          ".casegen/published", ".casegen/hosts", "themes/mine/odd", "themes/other",
          "themes/mine/words/zh-CN.yml", "themes/mine/templates/404.html", "site/assets",
          "www/.casegen-releases/1/release.json", "www/.casegen-releases/1/index.html",
          "pages/y.md", "cases/x.md", "cases/b.md"]  # fmt: skip


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
    """Run one round; return how it ended."""
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
        for folder, below, _ in os.walk(here):
            for inside in (Path(folder) / one for one in below):
                if not inside.is_symlink():
                    inside.chmod(0o700)  # before it is entered
        left = sorted(path.relative_to(victim).as_posix() for path in victim.rglob("*"))
        if left != ["file", "inside"] or (victim / "file").read_text("utf-8") != "珍贵":
            return f"FAULT written outside: {left}"
        return said


def play(here: Path, seed: str, telling: multiprocessing.connection.Connection) -> None:
    """Make a project, do it harm, run the commands; tell how it ended."""
    chance = random.Random(seed)
    root = here.resolve() / "project"
    make_project(root, chance)
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
        code, fault = start(*command) if command[0] not in OWN else OWN[command[0]](root)
        if command in COMMANDS:
            ends.append(str(code))
        found = (
            f"{' '.join(command)}: {fault}" if fault else find_fault(root, command, code, before)
        )
        if found:
            telling.send(f"FAULT {found}")
            return
    telling.send("exit codes " + " ".join(ends))


def find_fault(root: Path, command: tuple[str, ...], code: int, before: dict[str, bytes]) -> str:
    """Return what is wrong with the site and the target after a command; "" for nothing."""
    if command == ("build",) and code and tree(root / "site") != before:
        return "half a site"
    if command == ("build",) and not code and (differing := compare(root)):
        return f"not the site of a clean build: {differing}"
    if any(FORGED in text.decode(errors="replace") for text in tree(root / "www").values()):
        return "a forged script was published"
    return ""


def make_project(root: Path, chance: random.Random) -> None:
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


def compare(root: Path) -> list[str]:
    """Return which files of the site differ from those that the project makes without any state."""
    site, state, aside = root / "site", root / ".casegen", root.parent / "aside"
    before = read_ours(site.resolve())
    aside.mkdir()
    site.rename(aside / "site")
    state.rename(aside / ".casegen")
    code, fault = start("build")
    clean = tree(site)
    for place in (site, state):
        shutil.rmtree(place, ignore_errors=True)
        with contextlib.suppress(FileNotFoundError):
            (aside / place.name).rename(place)
    aside.rmdir()
    if code or fault:
        return [f"a clean build ended with {code} {fault}"]
    return sorted(p for p in before.keys() | clean.keys() if before.get(p) != clean.get(p))


def read_ours(site: Path) -> dict[str, bytes]:
    """Return what a site's manifest names; a folder there may be one that nobody may list."""
    named = json.loads((site / ".casegen-manifest.json").read_text("utf-8"))["files"]
    return {path: (site / path).read_bytes() for path in named if (site / path).is_file()}


def serve(root: Path) -> tuple[int, str]:
    """Look at the preview before its first build and after it."""
    told, stop = threading.Event(), threading.Event()
    shown: list[desk.Shown] = []

    def tell(now: desk.Shown) -> None:
        shown.append(now)
        told.set()

    try:
        with desk.open_preview(root, "127.0.0.1", 0) as server:
            seen = list(look(server.server_address[1]))
            work = threading.Thread(
                target=desk.keep_fresh, args=(server, root, tell), kwargs={"stop": stop}
            )
            work.start()
            told.wait(LONGEST)
            seen += look(server.server_address[1])
            stop.set()
            work.join(LONGEST)
    except CasegenError:
        return 2, ""
    if not shown or work.is_alive():
        return 1, "the preview does not end"
    if shown[-1].failure and "casegen 自己出了错" in shown[-1].failure.message:
        return 1, shown[-1].failure.message[-300:]
    return 0, "a forged script in the preview" if any(FORGED in text for text in seen) else ""


def look(port: int) -> Iterator[str]:
    for path in ("", "cases/a.html", "assets/forged.js", ".preview/", "%2e%2e/cache.sqlite", "%00"):
        with contextlib.closing(HTTPConnection("127.0.0.1", port, timeout=LONGEST)) as connection:
            connection.request("GET", f"/{path}")
            yield connection.getresponse().read().decode(errors="replace")


def edit(root: Path) -> tuple[int, str]:
    """Change the body of a case, so that the next build renews the site."""
    place = root / "cases/b.md"
    if place.is_file() and not place.is_symlink():
        with place.open("a", encoding="utf-8") as file:
            file.write("\n又修了一条水渠，浇上了山坡上的地。\n")
    return 0, ""


OWN: dict[str, Callable[[Path], tuple[int, str]]] = {"serve": serve, "edit": edit}


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
        if os.path.isfile(path) and not path.name.startswith(".casegen-"):  # noqa: PTH113 never raises
            with contextlib.suppress(PermissionError):
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found


def clear(place: Path) -> Path:
    """Empty the place and return it; its folders become real, so that no harm is done outside."""
    for folder in reversed(place.parents[: len(place.relative_to(Path.cwd()).parts) - 1]):
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
            folder.unlink()
        elif folder.is_dir():
            folder.chmod(0o755)  # an earlier fault may have shut it
    if place.is_symlink() or place.is_file():
        place.unlink()
    elif place.is_dir():
        place.chmod(0o755)
        for folder, names, _ in os.walk(place):
            for name in names:
                if not (Path(folder) / name).is_symlink():
                    (Path(folder) / name).chmod(0o755)
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


def lay_circle(root: Path, _victim: Path, chance: random.Random) -> None:
    """Make a link to itself, two that lead to one another, or one into the folder that holds it."""
    place = clear(root / chance.choice(CIRCLES))
    way = chance.randrange(3)
    if way == 2 and place.parent != root:
        place.symlink_to(place.parent, target_is_directory=True)
        return
    second = place.with_name(f"{place.name}2") if way else place
    place.symlink_to(second.name)
    if way and not os.path.lexists(second):
        second.symlink_to(place.name)


def lay_preview(root: Path, _victim: Path, _chance: random.Random) -> None:
    """Make a preview that came with the project: a copied folder has another inode and time."""
    folder = root / ".casegen"
    if folder.is_dir() and not folder.is_symlink():
        shutil.copytree(folder, root / "copy", symlinks=True, copy_function=copy_regular)
        shutil.rmtree(folder)
        (root / "copy").rename(folder)
    preview = clear(root / ".casegen/preview")
    write(preview / "index.html", f"<script src='assets/forged.js'></script>{FORGED}")
    write(preview / "cases/a.html", FORGED)
    write(preview / "assets/forged.js", f"alert('{FORGED}')")
    data = json.dumps({"version": 1, "files": {"index.html": "0" * 32, "cases/a.html": "0" * 32}})
    write(preview / ".casegen-manifest.json", data)


def copy_regular(source: str, to: str) -> str:
    return shutil.copy2(source, to) if Path(source).is_file() else to


def forge_index(root: Path, _victim: Path, chance: random.Random) -> None:
    """Damage, change, swap or remove a file of the search index in the site."""
    files = [p for p in sorted((root / "site/assets").glob("*.js")) if p.is_file()]
    if not files:
        return
    named = [p for p in files if p.name.startswith(("shard", "text", "lookup", "catalog"))]
    one, two = chance.choice(named or files), chance.choice(files)
    data = one.read_bytes()
    begin, _, rest = data.partition(b"(")
    forged = {
        "swapped": two.read_bytes(),
        "cut": data[: len(data) // 2],
        "number": begin + b"(7)",
        "deep": begin + b"(" + b"[" * 20_000,
        "script": data + f"\nalert('{FORGED}')".encode(),
        "changed": data.replace("果".encode(), "菜".encode()).replace(b"0", b"1"),
        "empty": b"",
        "text": begin + b"(" + json.dumps("x\n" * 50).encode() + b")" + rest[-2:],
    }
    one.write_bytes(forged[chance.choice(list(forged))])
    if chance.random() < 0.2:
        one.unlink()


def forge_cache(root: Path, _victim: Path, chance: random.Random) -> None:
    """Remove or swap rows of the cache, or give them another type or no value at all."""
    place = root / ".casegen/cache.sqlite"
    if not place.is_file() or place.is_symlink():
        return
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(place)) as base:
        marks = ("place", "stamp")
        rows = base.execute("SELECT kind, key, value FROM memory").fetchall()
        rows = sorted(row for row in rows if row[0] not in marks)
        for kind, key, value in chance.sample(rows, min(len(rows), chance.choice([1, 5, 50]))):
            alike = [row for row in rows if row[0] == kind]
            other: bytes | None = chance.choice([
                None,
                chance.choice(alike)[2],
                chance.choice(rows)[2],
                pickle.dumps(chance.choice(FORGERIES)),
                pickle.dumps((None, (1, "x"))),
                value[: len(value) // 2],
                b"",
            ])  # fmt: skip
            where = "WHERE kind=? AND key=?"
            if other is None:
                base.execute(f"DELETE FROM memory {where}", (kind, key))  # noqa: S608
            else:
                base.execute(f"UPDATE memory SET value=? {where}", (other, kind, key))  # noqa: S608
        base.commit()


def forge_record(root: Path, _victim: Path, chance: random.Random) -> None:
    """Write other values into a record that stays JSON."""
    pattern = chance.choice(RECORD_FILES)
    files = [p for p in sorted(root.glob(pattern)) if p.is_file() and not p.is_symlink()]
    for place in files:
        with contextlib.suppress(ValueError):
            found = json.loads(place.read_text("utf-8"))
            for key in chance.sample(sorted(found), min(len(found), chance.randint(1, 2))):
                found[key] = chance.choice(FORGERIES)
            place.write_text(json.dumps(found), "utf-8")


def lay_socket(root: Path, _victim: Path, chance: random.Random) -> None:
    place = clear(root / chance.choice(PLACES))
    os.chdir(place.parent)  # the path of a socket must be short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(place.name)
    finally:
        os.chdir(root)


def lay_named_folder(root: Path, _victim: Path, chance: random.Random) -> None:
    """Make a folder with the name of a case, with nothing, a file or a case in it."""
    place = clear(root / chance.choice(["cases/x.md", "pages/x.md", "cases/deep/x.md"]))
    place.mkdir(parents=True)
    inside = chance.choice(["", "note.txt", "x.md", "index.md"])
    if inside:
        write(place / inside, CASE.format(title="里面", tags="[]", aliases="[]", metrics="[]",
                                          body="正文。"))  # fmt: skip


def close_off(root: Path, _victim: Path, chance: random.Random) -> None:
    """Remove the permission to read, to write or to enter."""
    place = root / chance.choice(PLACES)
    if os.path.lexists(place) and not place.is_symlink():
        place.chmod(chance.choice([0o000, 0o444, 0o555, 0o200, 0o300]))


HARMS: tuple[Callable[[Path, Path, random.Random], None], ...] = (
    lay_link, lay_link, lay_pipe, lay_folder, lay_record, garble, lay_circle, lay_circle,
    lay_preview, forge_index, forge_index, forge_cache, forge_cache, forge_record, forge_record,
    lay_socket, lay_named_folder, close_off,
)  # fmt: skip

if __name__ == "__main__":
    main()
