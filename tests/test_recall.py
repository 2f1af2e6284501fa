"""A build of what has not changed reads nothing and says the same; whatever changed is seen."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path

import pytest
from projects import CONFIG, Project, case_text
from test_incremental import clean_build

from casegen import standing

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h%d"/></svg>'
THEME = "name: own\nextends: default\n"


@pytest.fixture
def some(project) -> Project:
    return project(
        {
            "cases/a.md": case_text(
                "甲", "投入30万元。![图](a.svg)", metrics="[投入帮扶资金: 30万元]"
            ),
            "cases/a.svg": PICTURE % 5,
            "cases/b.md": case_text("乙", "投入40万元。", metrics="[投入帮扶资金: 40万元]"),
            "pages/about.md": "# 说明\n\n文字。\n",
            "themes/own/theme.yml": THEME,
            "themes/own/assets/own.css": "b{}",
        },
        CONFIG + "theme: own\n",
    )


def build(made: Project) -> dict[str, object]:
    done = made.start("build", "--jobs", "1", "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def is_recalled(told: dict[str, object]) -> bool:
    """No stage ran: the sum alone is told."""
    return list(told["seconds"]) == ["total"]


def files(made: Project) -> dict[str, bytes]:
    site = made.root / "site"
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_a_second_build_runs_no_stage_and_says_the_same(some):
    first = build(some)
    second = build(some)
    assert (is_recalled(first), is_recalled(second)) == (False, True)
    assert second == first | {
        "written": 0,
        "kept": first["written"],
        "seconds": second["seconds"],
    }


def test_the_words_of_both_are_the_same(some):
    some.write({"cases/c.md": case_text("丙", status="draft")}).start("build")
    said = [some.start("build", *more).stdout.splitlines()[1:] for more in ((), ("--jobs", "1"))]
    assert said[0] == said[1]
    assert "cases/c.md" in said[0][0]


@pytest.mark.parametrize("damage", [b"", b"x" * 999])
def test_a_damaged_memory_recalls_nothing(some, damage):
    build(some)
    whole = files(some)
    (some.root / ".casegen" / "cache.sqlite").write_bytes(damage)
    assert not is_recalled(build(some))
    assert files(some) == whole


def test_a_copy_of_the_project_recalls_nothing(some, tmp_path):
    build(some)
    copy = shutil.copytree(some.root, tmp_path / "elsewhere" / "copy")
    assert not is_recalled(build(Project(copy)))


def test_a_file_of_the_project_in_the_folder_of_books_is_watched_by_building(some):
    text = case_text("丙", "![图](../book/c.svg)")
    some.write({"book/c.svg": PICTURE % 6, "cases/c.md": text})
    build(some)
    some.write({"book/c.svg": PICTURE % 7})
    build(some)
    assert files(some) == clean_build(some.root)


def test_files_hashed_once_are_known_by_their_state_afterwards(some, monkeypatch):
    some.build()
    hashed = []
    monkeypatch.setattr(standing, "digest_of", lambda path: hashed.append(path) or "")
    some.build()
    assert hashed == []


# Each changes one thing that pages may depend on; `chance` says which and how.


def edit_body(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "cases").glob("*.md")))
    path.write_text(path.read_text("utf-8") + f"\n又有{chance.randrange(9)}句。\n", "utf-8")


def edit_figure_keeping_size_and_time(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "cases").glob("*.md")))
    before = path.stat()
    digit = str(chance.randrange(1, 9))
    text = path.read_text("utf-8")
    path.write_text(text.replace("30万", f"{digit}0万").replace("40万", f"{digit}0万"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def edit_title(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "cases").glob("*.md")))
    text = path.read_text("utf-8")
    path.write_text(text.replace("title: ", f"title: {chance.choice('天地人')}"), "utf-8")


def add_case(root: Path, chance: random.Random) -> None:
    """Sums to date of one thing, so that a figure may take another's out of a total."""
    years = chance.choice(["2012年至2022年累计", "2021年至2023年累计"])
    number = chance.randrange(100, 300)
    text = case_text(
        f"第{number}", f"{years}投入{number}万元。", metrics=f"[投入帮扶资金: {number}万元]"
    )
    (root / f"cases/n{chance.randrange(4)}.md").write_text(text, "utf-8")


def remove_case(root: Path, chance: random.Random) -> None:
    found = sorted((root / "cases").glob("*.md"))
    if len(found) > 1:
        chance.choice(found).unlink()


def rename_case(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted((root / "cases").glob("*.md")))
    path.rename(path.with_name(f"r{chance.randrange(9)}.md"))


def edit_picture(root: Path, chance: random.Random) -> None:
    (root / "cases/a.svg").write_bytes(PICTURE % chance.randrange(1, 9))


def edit_page(root: Path, chance: random.Random) -> None:
    (root / "pages/about.md").write_text(f"# 说明\n\n{chance.randrange(9)}。\n", "utf-8")


def edit_config(root: Path, chance: random.Random) -> None:
    more = chance.choice(["", "search: false\n", "qr: true\n", "subtitle: 副题\n"])
    (root / "casegen.yml").write_text(CONFIG + "theme: own\n" + more, "utf-8")


def edit_theme(root: Path, chance: random.Random) -> None:
    (root / "themes/own/assets/own.css").write_text(f"b{{top:{chance.randrange(9)}px}}", "utf-8")


def edit_words(root: Path, chance: random.Random) -> None:
    path = root / "themes/own/words/zh-CN.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"page.cases: 案例{chance.randrange(9)}\n", "utf-8")


def touch(root: Path, chance: random.Random) -> None:
    os.utime(chance.choice(sorted(p for p in root.rglob("*.md") if ".casegen" not in p.parts)))


def turn_back_the_clock(root: Path, chance: random.Random) -> None:
    edit_body(root, chance)
    for path in (root / "cases").iterdir():
        os.utime(path, (1e9, 1e9))


def alter_output(root: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(p for p in (root / "site").rglob("*") if p.is_file()))
    before = path.stat()
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"#" if content else b"#")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


EDITS = (
    edit_body, edit_figure_keeping_size_and_time, edit_title, add_case, remove_case, rename_case,
    edit_picture, edit_page, edit_config, edit_theme, edit_words, touch, turn_back_the_clock,
    alter_output,
)  # fmt: skip
# CASEGEN_EDITS names how many edits are tried; each begins with a build that nothing has changed.
TRIED = int(os.environ.get("CASEGEN_EDITS", "0")) or len(EDITS)


def test_after_any_edit_the_bytes_are_those_of_a_clean_build(some):
    chance = random.Random(16)
    build(some)
    for number in range(TRIED):
        edits = [EDITS[number % len(EDITS)]]
        edits += chance.sample(EDITS, chance.randrange(2))
        for edit in edits:
            edit(some.root, chance)
        build(some)
        assert files(some) == clean_build(some.root), [edit.__name__ for edit in edits]
        assert is_recalled(build(some)), [edit.__name__ for edit in edits]
