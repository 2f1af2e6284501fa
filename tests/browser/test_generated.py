"""The generated thousand: as varied as promised, sound, and the same every time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from projects import REPOSITORY, run
from truth import Row


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_number_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    generator = REPOSITORY / "benchmarks" / "generate.py"
    for name, *arguments in (("a", "60"), ("b", "60"), ("c", "30"), ("d", "30", "--seed", "2")):
        run(generator, arguments[0], tmp_path / name, *arguments[1:])
    whole, again, half, other = (files(tmp_path / name) for name in "abcd")
    assert whole == again
    assert half.items() <= whole.items()
    assert half != other


def test_the_thousand_cover_all_that_lists_are_made_of(truth: list[Row], big_project: Path) -> None:
    seen = {
        facet: {label for row in truth for label in row.values[facet]}
        for facet in ("category", "region", "year", "institution", "tag")
    }
    assert len(seen["category"]) == 5
    assert len(seen["region"]) == 28
    assert {str(year) for year in range(2015, 2026)} <= seen["year"]
    assert len(seen["institution"]) == 60
    assert len(seen["tag"]) == 80
    bodies = [path.read_bytes() for path in big_project.glob("cases/**/*.md")]
    for piece in ("| 指标 |", "[^1]: ", "![", "附表](", "\n> ", "\n- **", "另一篇案例]("):
        assert sum(piece.encode() in body for body in bodies) > len(bodies) // 60, piece
    assert len(truth) < len(bodies)


@pytest.mark.long
def test_the_thousand_have_no_error(big_project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "casegen", "-C", big_project, "check", "--format", "json"],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [p for p in json.loads(done.stdout) if p["severity"] == "error"] == []
