"""The wheel: what a user installs builds a site, far from the repository."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    alone = ["--no-isolation"] if importlib.util.find_spec("hatchling") else []
    run(sys.executable, "-m", "build", "--wheel", *alone, "--outdir", folder, ROOT, cwd=folder)
    (made,) = folder.glob("casegen-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an environment that holds the wheel alone."""
    folder = tmp_path_factory.mktemp("away") / "env"
    venv.create(folder)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    there = ["--python", programs / "python"]
    run(sys.executable, "-m", "pip", *there, "install", "--quiet", wheel, cwd=folder)
    return programs


def test_the_wheel_holds_the_package_its_data_and_the_themes_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"casegen"}
    shipped = {
        path.relative_to(ROOT).as_posix()
        for folder in ("casegen/data", "themes")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    inside = {name.replace("casegen/themes/", "themes/") for name in names}
    assert shipped <= inside
    assert not [name for name in names if name.startswith(("tests/", "cases/", "site/"))]


def test_an_installed_casegen_makes_and_builds_a_collection(installed, tmp_path):
    program = installed / "casegen"
    run(program, "init", "x", cwd=tmp_path)
    folder = tmp_path / "x"
    run(program, "check", "--strict", cwd=folder)
    run(program, "build", cwd=folder)
    assert "乡村振兴案例集" in (folder / "site" / "index.html").read_text("utf-8")
    assert run(program, "explain", cwd=folder)
    assert run(program, "schema", cwd=folder)
    where = run(installed / "python", "-c", "import casegen; print(casegen.__file__)", cwd=folder)
    assert not Path(where.strip()).is_relative_to(ROOT)
