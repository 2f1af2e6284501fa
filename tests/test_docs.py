"""The documentation is true: everything public is documented, and the examples in it work.

In docs, a fenced block may name a file behind its language (and an encoding behind that):

    ```yaml                 fields of a case, or a whole one
    ```yaml casegen.yml     settings; they become the collection's casegen.yml
    ```markdown cases/a.md  a sound case, written before the commands that follow
    ```text cases/a.md      any file, written in the same way
    ```console              `$ command`, then its output; `…` stands for what is left out

The commands of a page are run one after another in a new collection, or in an empty folder where
the page itself begins with `casegen init`.
"""

from __future__ import annotations

import ast
import csv
import io
import re
import runpy
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import pytest
from projects import Site, start

from casegen import cli as commands
from casegen import project as projects
from casegen import rules, scaffold, settings
from casegen.chinese import quantity
from casegen.collection import case_fields, metric_items, parsing
from casegen.collection.category import CATEGORIES
from casegen.collection.norms import Norms
from casegen.editions.data import tables
from casegen.editions.site import views
from casegen.source import files, frontmatter
from casegen.source.document import STATUSES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
HANDBOOK = sorted((DOCS / "handbook").glob("*.md"))
FENCE = re.compile(r"^```(\S*)(?: (\S+))?(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
REQUIRED = {
    "title": "一个案例",
    "institution": "某某大学",
    "regions": "甘肃省/定西市/陇西县",
    "date": "2023-06-01",
    "categories": "产业",
}


@dataclass(frozen=True)
class Block:
    page: Path
    line: int
    language: str
    file: str
    encoding: str
    text: str

    def __str__(self):
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    text = page.read_text("utf-8")
    for found in FENCE.finditer(text):
        language, file, encoding, content = found.groups(default="")
        yield Block(page, text.count("\n", 0, found.start()) + 1, language, file, encoding, content)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def reference(name: str) -> str:
    return (DOCS / "reference" / f"{name}.md").read_text("utf-8")


BLOCKS = [block for page in PAGES for block in blocks(page)]
WHOLE = [b for b in BLOCKS if b.text.startswith("---\n") and b.language in {"yaml", "markdown"}]
PARTS = [b for b in BLOCKS if b.language == "yaml" and not b.file and b not in WHOLE]
SETTINGS = [b for b in BLOCKS if b.file == "casegen.yml"]
WITH_COMMANDS = [p for p in PAGES if any(b.language == "console" for b in blocks(p))]


# ── everything public is documented ──


def test_the_generated_pages_are_as_the_code_says():
    check = [sys.executable, ROOT / "scripts" / "reference.py", "--check"]
    found = subprocess.run(check, capture_output=True, encoding="utf-8", check=False)
    assert (found.stdout, found.returncode) == ("", 0), "run: python scripts/reference.py"


def test_every_command_and_option_is_documented():
    text = reference("commands")
    for name, command in commands.casegen.commands.items():
        _, _, rest = text.partition(f"## casegen {name}\n")
        section = rest.partition("\n## ")[0]
        assert section, name
        for parameter in command.params:
            shown = parameter.opts if parameter.param_type_name == "option" else []
            assert all(option in section for option in shown), (name, parameter.name)


@pytest.mark.parametrize("name", sorted(commands.casegen.commands))
def test_every_command_is_used_in_the_handbook(name):
    assert any(f"casegen {name}" in page.read_text("utf-8") for page in HANDBOOK)


def test_every_rule_is_documented_with_all_its_words():
    text = reference("rules")
    for rule in rules.load_catalogue().values():
        _, _, rest = text.partition(f"\n## {rule.slug}\n")
        section = rest.partition("\n## ")[0]
        assert all(words in section for words in (rule.title, rule.why, rule.mend, rule.example))


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("case", (*case_fields.FIELDS, *metric_items.METRIC_FIELDS)),
        ("case", tuple(part for field in case_fields.FIELDS for part in field.parts)),
        ("casegen-yml", settings.FIELDS),
        ("casegen-yml", tuple(part for field in settings.FIELDS for part in field.parts)),
    ],
)
def test_every_field_is_documented_under_both_names(name, declared):
    text = reference(name)
    missing = [f.key for f in declared if f"| `{f.key}` | {f.label} | " not in text]
    assert missing == []


def test_every_indicator_of_the_vocabulary_is_documented():
    text = reference("vocabulary")
    rows = projects.load_vocabulary().indicators
    assert [i.key for i in rows if f"| `{i.key}` | {i.name} | {i.unit} | " not in text] == []


def test_every_view_is_documented_with_all_its_fields():
    text = reference("views")
    classes = [v for v in vars(views).values() if isinstance(v, type) and issubclass(v, views.View)]
    for view in set(classes) - {views.View}:
        _, _, rest = text.partition(f"\n## {view.__name__}\n")
        section = rest.partition("\n## ")[0]
        above = view.__mro__[1]
        inherited = () if above is views.View else {field.name for field in fields(above)}
        own = [field.name for field in fields(view) if field.name not in inherited]
        assert section, view.__name__
        assert [name for name in own if f"| `{name}` | " not in section] == [], view.__name__


def test_every_column_of_the_data_files_is_documented():
    text = reference("data")
    assert [column for column in tables.COLUMNS if f"| `{column}` | " not in text] == []


def test_every_module_stands_in_the_code_map_with_its_first_line():
    text = (DOCS / "architecture.md").read_text("utf-8")
    for path in sorted((ROOT / "casegen").rglob("*.py")):
        first = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]
        assert first.endswith("."), path
        assert f"| `{path.name}` | {first.replace('|', chr(92) + '|')} |" in text, path


def test_the_glossary_has_every_word_that_the_code_fixes():
    text = (DOCS / "glossary.md").read_text("utf-8")
    pairs = {**STATUSES, **case_fields.ROLES, **{c.key: c.name for c in CATEGORIES}}
    assert [key for key, name in pairs.items() if f"| {key} | {name} |" not in text] == []


# ── links and commands ──


def prose(page: Path) -> str:
    """A page without its code."""
    return re.sub(r"`[^`\n]*`", "", FENCE.sub("", page.read_text("utf-8")))


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def links(page: Path) -> Iterator[tuple[Path, str]]:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if not re.match(r"[a-z]+:", target):
            path, _, anchor = target.partition("#")
            yield ((page.parent / path).resolve() if path else page), anchor


@pytest.mark.parametrize("doc", PAGES, ids=named)
def test_every_link_leads_to_a_page_and_a_heading_that_are_there(doc):
    for path, anchor in links(doc):
        assert path.is_file(), path
        assert not anchor or anchor in anchors(path), (path, anchor)


def test_every_page_is_reached_from_the_index():
    reached, todo = set(), [DOCS / "index.md"]
    while todo:
        page = todo.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            todo += [path for path, _ in links(page)]
    assert sorted(set(DOCS.rglob("*.md")) - reached) == []


def code(page: Path) -> Iterator[str]:
    """Lines of code blocks, and code in a line."""
    text = page.read_text("utf-8")
    yield from re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    yield from re.findall(r"^    (\S.*)$", text, re.MULTILINE)
    for block in blocks(page):
        yield from block.text.splitlines()


@pytest.mark.parametrize("doc", PAGES, ids=named)
def test_every_command_that_a_page_names_exists(doc):
    for line in code(doc):
        for used in re.findall(r"(?:^|[$] |-m )casegen ([^#`]+)", line):
            words = re.split(r"\s+", used.strip())
            while words and words[0] == "-C":
                words = words[2:]
            name = words[0] if words else ""
            if re.fullmatch("[a-z]+", name):
                assert name in commands.casegen.commands, line
                known = {o for p in commands.casegen.commands[name].params for o in p.opts}
                assert {w for w in words if re.match("--?[a-z]", w)} <= known | {"--help"}, line
        for target in re.findall(r"^make ([a-z-]+)", line):
            assert f"\n{target}:" in (ROOT / "Makefile").read_text("utf-8"), line


def test_decisions_are_short_numbered_and_listed():
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    listed = {path for path, _ in links(DOCS / "decisions" / "README.md")}
    for page in pages:
        text = page.read_text("utf-8")
        assert len(text.splitlines()) <= 40, page
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == [
            "Context",
            "Decision",
            "Consequences",
        ], page
        assert page in listed


# ── examples ──


@pytest.mark.parametrize("block", WHOLE, ids=str)
def test_a_whole_case_in_the_docs_is_sound_and_its_figures_stand_in_its_body(block, project):
    made = project({"cases/a.md": block.text.replace("status: draft", "status: published")})
    assert {problem.rule for problem in made.check()} <= {"missing-cover"}
    text = made.build().path("data/metrics.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert all(row["evidence"] for row in rows)


@pytest.mark.parametrize("block", PARTS, ids=str)
def test_fields_of_a_case_in_the_docs_are_read_without_a_problem(block):
    keys = {name: f.key for f in case_fields.FIELDS for name in (f.key, f.label)}
    given = {keys[name] for name in frontmatter.load_yaml(block.text, "").value}
    front = "".join(f"{k}: {v}\n" for k, v in REQUIRED.items() if k not in given) + block.text
    document, problems = files.make_document("cases/a.md", f"---\n{front}---\n\n正文。\n".encode())
    found, more = parsing.parse_case(document, Norms(projects.load_vocabulary()))
    assert problems + more == ()
    assert found is not None


@pytest.mark.parametrize("block", SETTINGS, ids=str)
def test_settings_in_the_docs_are_read_without_a_problem(block, tmp_path):
    (tmp_path / "casegen.yml").write_text(settings(block), "utf-8")
    found, problems = projects.load_project(tmp_path)
    assert problems == ()
    assert found is not None


def settings(block: Block) -> str:
    title = "" if re.match("(title|标题):", block.text) else "title: 试验案例集\n"
    return title + block.text


def quantities(heading: str) -> list[str]:
    text = (DOCS / "handbook" / "numbers.md").read_text("utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    return [written for cell in cells for written in re.findall("`([^`]+)`", cell)]


def test_quantities_that_the_handbook_calls_readable_are_read_and_the_others_are_not():
    read, unread = quantities("读得懂的"), quantities("读不懂的")
    assert min(len(read), len(unread)) > 5
    assert [q for q in read if isinstance(quantity.read_quantity(q), quantity.Unreadable)] == []
    assert [q for q in unread if isinstance(quantity.read_quantity(q), quantity.Quantity)] == []


@pytest.mark.parametrize("doc", WITH_COMMANDS, ids=named)
def test_commands_in_the_docs_print_what_is_shown(doc, tmp_path):
    here = tmp_path
    if "$ casegen init" not in doc.read_text("utf-8"):
        here = tmp_path / "案例集"
        scaffold.create_collection(here)
    for block in blocks(doc):
        if block.language == "console":
            for command, shown in turns(block.text):
                arguments = shlex.split(command)
                if arguments[0] == "cd":
                    here /= arguments[1]
                    assert here.is_dir(), block
                    continue
                printed = run(arguments, here)
                assert agrees(shown, printed.splitlines()), f"{block} $ {command}\n{printed}"
        elif block.file:
            text = settings(block) if block.file == "casegen.yml" else block.text
            path = here / block.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode(block.encoding or "utf-8"))


def test_the_drawings_of_the_handbook_show_what_the_commands_print():
    found = runpy.run_path(str(ROOT / "scripts" / "draw_steps.py"), run_name="drawings")
    for name, drawing in found["draw"]().items():
        kept = (found["PICTURES"] / name).read_text("utf-8")
        assert kept == drawing, "run: python scripts/draw_steps.py"


def test_every_picture_of_the_docs_is_there_and_small():
    for page in PAGES:
        for name in re.findall(r"!\[[^\]]+\]\(([^()\s]+)\)", page.read_text("utf-8")):
            picture = page.parent / name
            if name.startswith("pictures/"):
                assert picture.stat().st_size < 60_000, picture


def turns(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command of a console block and the lines shown below it."""
    for turn in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *shown = turn.rstrip("\n").split("\n")
        yield command, shown


def run(arguments: list[str], here: Path) -> str:
    assert arguments[0] == "casegen"
    return start(here, *arguments[1:]).output


def agrees(shown: list[str], printed: list[str]) -> bool:
    """Whether output begins as shown: `…` stands for the rest of a line, or alone for the rest."""
    for number, line in enumerate(shown):
        if line == "…":
            return True
        pattern = ".*".join(re.escape(part) for part in line.split("…"))
        if number >= len(printed) or not re.fullmatch(pattern, printed[number]):
            return False
    return True


# ── the page on themes ──


def test_a_theme_made_by_following_the_page_on_themes_shows_its_colours_and_its_card(project):
    files = {b.file: b.text for b in reversed(tuple(blocks(DOCS / "themes.md"))) if b.file}
    files["casegen.yml"] = "title: 试验案例集\n" + files["casegen.yml"]
    site = project({**files, "cases/a.md": case_with_summary()}).build()
    assert "--accent: #2f6b3a" in "".join(styles(site))
    assert site.page("cases.html").select_one('#results [data-case="a"] .gist > .when') is not None
    assert site.page("index.html").select_one(".card h3 a")["href"] == "cases/a.html"
    assert "最新收录" in site.text("index.html")


def case_with_summary() -> str:
    front = "".join(f"{key}: {value}\n" for key, value in REQUIRED.items())
    return f"---\n{front}summary: 一句话。\n---\n\n正文。\n"


def styles(site: Site) -> Iterator[str]:
    for link in site.page("index.html").select('link[rel="stylesheet"]'):
        yield site.text(link["href"])


def test_every_colour_that_the_page_on_themes_names_is_one_of_the_default_theme():
    named = set(re.findall(r"--[a-z][a-z0-9-]*", prose_and_code(DOCS / "themes.md")))
    style = (ROOT / "themes" / "default" / "assets" / "style.css").read_text("utf-8")
    assert len(named) > 5
    assert [name for name in sorted(named) if f"{name}:" not in style] == []


def prose_and_code(page: Path) -> str:
    return page.read_text("utf-8").replace("--drafts", "")


def test_every_promise_of_security_names_tests_that_there_are():
    text = (ROOT / "docs" / "security.md").read_text("utf-8")
    promised = text.partition("## What is promised")[2].partition("\n## ")[0]
    promises = re.split(r"^- ", promised, flags=re.MULTILINE)[1:]
    assert len(promises) >= 12
    for promise in promises:
        named = re.findall(r"^  - `(tests/[\w/]+\.py)::(\w+)`$", promise, re.MULTILINE)
        assert len(named) == promise.count("`tests/") > 0, promise
        for path, name in named:
            assert f"\ndef {name}(" in (ROOT / path).read_text("utf-8"), name
