"""Manuscripts of invented places and people, and importing them by the real command."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from casegen import importers
from casegen import project as projects
from casegen.cli import casegen
from casegen.collection.norms import Norms
from casegen.importers.finding import Findings
from importers.news import NEWS


@dataclass(frozen=True)
class Desk:
    """A collection and a folder of manuscripts beside it."""

    root: Path
    inbox: Path

    def put(self, name: str, content: str | bytes) -> Path:
        place = self.inbox / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        return place

    def run(self, *arguments: object, given: str | bytes = "") -> Result:
        words = ["-C", str(self.root), "import", *map(str, arguments)]
        return CliRunner().invoke(casegen, words, input=given)

    def json(self, *arguments: object, given: str | bytes = "") -> list[dict[str, Any]]:
        result = self.run("--json", *arguments, given=given)
        assert result.exit_code == 0, result.output
        found: list[dict[str, Any]] = json.loads(result.stdout)
        return found

    def drafts(self) -> dict[str, str]:
        cases = self.root / "cases"
        return {
            path.relative_to(cases).as_posix(): path.read_text("utf-8")
            for path in sorted(cases.rglob("*.md"))
        }

    def draft(self) -> str:
        (text,) = self.drafts().values()
        return text

    def body(self) -> str:
        return self.draft().split("\n---\n", 1)[1].strip()

    def fields(self) -> str:
        return self.draft().split("\n---\n", 1)[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    root = tmp_path / "集"
    (root / "cases").mkdir(parents=True)
    (root / "casegen.yml").write_text("title: 试验案例集\n", "utf-8")
    inbox = tmp_path / "来稿"
    inbox.mkdir()
    return Desk(root, inbox)


@pytest.fixture(scope="session")
def norms() -> Norms:
    return Norms(projects.load_vocabulary())


@pytest.fixture(scope="session")
def found(norms: Norms) -> Callable[..., Findings]:
    def read(text: str, name: str = "稿.txt") -> Findings:
        (one,) = importers.read_manuscripts(importers.File(name, text.encode()), norms)
        return one

    return read


@pytest.fixture
def news(found):
    return found(NEWS)


@pytest.fixture
def read(norms):
    def one(data: bytes, **given):
        (found,) = importers.read_manuscripts(importers.File("稿.docx", data, **given), norms)
        return found

    return one
