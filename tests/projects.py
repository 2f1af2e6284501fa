"""Small projects in temporary folders, built and checked by the real program.

site = project({"cases/a.md": CASE}).build()
assert site.page("cases/a.html").select_one("h1").text == "…"
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup
from click.testing import CliRunner, Result

from casegen import build as builder
from casegen import project as projects
from casegen.cli import casegen
from casegen.collection import parsing
from casegen.collection.assembly import assemble
from casegen.collection.collected import Collection
from casegen.problem import Problems
from casegen.source import files

REPOSITORY = Path(__file__).parents[1]
CONFIG = "title: 试验案例集\n"


def case_text(title: str = "一个案例", body: str = "正文。", **fields: str) -> str:
    """A sound case file; `fields` are further lines of front matter, or replace these."""
    front = {
        "institution": "某某大学",
        "regions": "甘肃省/定西市/陇西县",
        "date": "2023-06-01",
        "categories": "产业",
        **fields,
    }
    lines = [f"title: {title}", *(f"{key}: {value}" for key, value in front.items())]
    return "---\n" + "\n".join(lines) + f"\n---\n\n{body}\n"


def read_demonstration() -> Collection:
    """The cases of this repository as one collection, read without a build."""
    found = projects.find_project(REPOSITORY)
    documents, _ = files.read_documents(found.root)
    cases = [parsing.parse_case(document, found.norms)[0] for document in documents]
    return assemble([one for one in cases if one], found.config.categories, found.norms.vocabulary)


@dataclass(frozen=True)
class Site:
    """A built site."""

    folder: Path
    outcome: builder.Outcome

    def path(self, name: str) -> Path:
        return self.folder / name

    def text(self, name: str) -> str:
        return (self.folder / name).read_text("utf-8")

    def json(self, name: str) -> object:
        return json.loads(self.text(name))

    def page(self, name: str) -> BeautifulSoup:
        return BeautifulSoup(self.text(name), "html.parser")

    def files(self) -> dict[str, bytes]:
        """Every file of the site by its path."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }


@dataclass(frozen=True)
class Project:
    """A project in a temporary folder."""

    root: Path

    def write(self, files: Mapping[str, str | bytes | None]) -> Project:
        """Write files; None removes one."""
        for name, content in files.items():
            path = self.root / name
            if content is None:
                path.unlink()
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return self

    def build(self, **options: object) -> Site:
        """Build; the test fails where errors in the content stop it."""
        outcome = self.try_build(**options)
        assert outcome.report is not None, outcome.errors
        return Site(options.get("output") or self.root / "site", outcome)

    def try_build(self, **options: object) -> builder.Outcome:
        found, problems = projects.load_project(self.root)
        if found is None:
            return builder.refuse_settings(problems)
        return builder.build_site(found, problems, builder.Options(**{"jobs": 1, **options}))

    def check(self) -> Problems:
        found, problems = projects.load_project(self.root)
        return (
            problems if found is None else builder.check_project(found, problems, jobs=1).problems
        )

    def start(self, *arguments: str) -> Result:
        """The program in this folder and in this process: a tenth of the time of `run`."""
        return start(self.root, *arguments)

    def run(self, *arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
        """The real program, in this folder."""
        return subprocess.run(
            [sys.executable, "-m", "casegen", *arguments],
            cwd=self.root,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
            **options,
        )


def load_empty(folder: Path, settings: str = "") -> projects.Project:
    """A project without cases, to be filled again and again: its vocabulary is read once."""
    (folder / "casegen.yml").write_text(CONFIG + settings, "utf-8")
    (folder / "cases").mkdir()
    found, problems = projects.load_project(folder)
    assert found is not None, problems
    return found


def start(folder: Path, *arguments: str) -> Result:
    """What the program does in a folder, run in this process; a crash is raised."""
    with contextlib.chdir(folder):
        return CliRunner().invoke(casegen, arguments, prog_name="casegen", catch_exceptions=False)


def run(*arguments: str | Path) -> str:
    """What Python prints for the arguments; all that it says is shown if it fails."""
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def nest_folders(top: Path, depth: int = 1200) -> None:
    """Make folders within one another, more than Python calls a function from itself."""
    here = Path.cwd()
    os.chdir(top)
    try:
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
    finally:
        os.chdir(here)
