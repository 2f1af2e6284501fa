"""The shape of the program: who imports whom, who may read, write, print and look at the clock."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from importlinter.cli import lint_imports

from casegen.chinese.characters import HAN

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "casegen"
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): path
    for path in sorted(PACKAGE.rglob("*.py"))
    if "themes" not in path.parts
}
CEILING = 500

# Who touches files: the project's (source.files, project), the site (output), the cache (cache),
# pictures, themes and fonts, a new project (scaffold), casegen's own code, an export,
# a book's pieces in a folder that is only theirs, what a worker says when it ends (workers).
FILES = {
    "storage", "tree", "obstacles", "process_lock", "source/files", "root", "recall", "project",
    "output", "cache", "workers", "scaffold", "exporting", "editing", "editions/folders",
    "media/pixels", "media/pictures", "editions/book/fonts", "editions/book/press",
    "editions/book/pdf", "editions/book/pieces", "editions/book/binding", "shortage",
}  # fmt: skip
FILE_CALLS = {
    "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "glob", "unlink",
    "mkdir", "rmdir", "touch", "rename", "scandir", "copyfile", "copytree", "rmtree", "listdir",
    "mkstemp", "stat",
}  # fmt: skip
NETWORK = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "httpx",
           "paramiko", "boto3", "botocore", "asyncssh", "socketserver"}  # fmt: skip
CLOCK = {"today", "now", "utcnow", "localtime", "time_ns"}


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text("utf-8"))


@cache
def calls(name: str) -> frozenset[str]:
    """Names of what a module calls: `print`, or the last part of `path.read_text`."""
    return frozenset(called(tree(name)))


def called(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute):
                modes = [a for a in node.args if isinstance(a, ast.Constant)]
                if node.func.attr != "open" or modes:  # path.open("rb"), not Image.open(data)
                    yield node.func.attr


@cache
def imports(name: str) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def outward(name: str) -> bool:
    """Modules that end at a terminal or another host."""
    own = ("desk/", "publish/", "importers/")
    return name in {"cli", "editor", "publish_command", "screen"} or name.startswith(own)


def test_imports_keep_to_the_contracts_in_pyproject():
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == 0


def test_only_the_command_line_prints_and_asks():
    asking = {"echo", "secho", "prompt", "confirm", "getpass", "exit"}
    found = {
        name: calls(name)
        & ({"print", "input", "breakpoint"} | (set() if outward(name) else asking))
        for name in MODULES
    }
    assert those_with(found) == {}


def test_only_listed_modules_touch_files():
    found = {}
    for name in MODULES.keys() - FILES:
        own = {"read_text", "iterdir"} if "importlib.resources" in imports(name) else set()
        if not outward(name):
            found[name] = calls(name) & (FILE_CALLS | {"open"}) - own
    assert those_with(found) == {}


def test_only_serving_publishing_and_trying_links_know_the_network():
    found = {
        name: imports(name) & NETWORK
        for name in MODULES
        if not name.startswith(("desk/", "publish/"))
    }
    # who publishes, from which machine
    assert those_with(found) == {"publish_command": {"socket"}, "online": {"urllib.request"}}


def test_clock_and_environment_are_read_in_one_place():
    found = {
        name: (calls(name) & ({"getenv"} | (set() if name == "project" else CLOCK)))
        | (imports(name) & {"os.environ", "locale"})
        for name in MODULES
        if not outward(name)
    }
    assert those_with(found) == {}


def those_with(found: dict[str, AbstractSet[str]]) -> dict[str, AbstractSet[str]]:
    """The modules in which something was found."""
    return {name: what for name, what in sorted(found.items()) if what}


def test_a_module_is_short_enough_to_be_read():
    lines = {name: len(path.read_text("utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > CEILING} == {}


def test_a_file_of_tests_is_short_enough_to_be_read():
    long = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if len(path.read_text("utf-8").splitlines()) > CEILING
    ]
    assert long == []


def test_a_module_says_what_it_is_what_it_hides_and_what_is_elsewhere():
    silent = []
    for name in MODULES:
        first, *rest = (ast.get_docstring(tree(name)) or " ").splitlines()
        lines = "\n".join(rest)
        told = first.endswith(".") and "\nSecret:" in lines and "\nNot here:" in lines
        if not told and name.rpartition("/")[2][:2] != "__":
            silent.append(name)
    assert silent == []


def test_no_module_is_named_after_nothing():
    named = {name.rpartition("/")[2] for name in MODULES}
    assert not named & {"utils", "util", "helpers", "common", "misc", "manager"}


def test_the_names_that_a_module_offers_are_there():
    names = [name.removesuffix("/__init__").replace("/", ".") for name in MODULES]
    offered = {
        name: importlib.import_module(f"casegen.{name}")
        for name in names
        if name not in {"__init__", "__main__"}
    }
    lacking = [
        (name, public)
        for name, module in offered.items()
        for public in getattr(module, "__all__", ())
        if not hasattr(module, public)
    ]
    assert lacking == []


def test_which_characters_are_chinese_is_written_in_one_module_and_one_script():
    ranges = re.compile(r"一-[龥龟鿕鿿]|\\u4e00|\\u3400|u9fff")
    places = [*MODULES.values(), *(ROOT / "themes").rglob("*.js"), *PACKAGE.rglob("*.js")]
    written = {
        p.relative_to(ROOT).as_posix() for p in places if ranges.search(p.read_text("utf-8"))
    }
    script = ROOT / "themes" / "default" / "assets" / "site.js"
    assert written == {
        "casegen/chinese/characters.py",
        "casegen/chinese/word_lists.py",  # reads the sign that the lists use for these ranges
        script.relative_to(ROOT).as_posix(),
    }
    ours = re.search(r"HAN = /\[(.*?)\]/u;", script.read_text("utf-8"))
    assert ours is not None
    points = re.sub(r"\\u\{?([0-9a-f]{4,5})\}?", lambda m: chr(int(m[1], 16)), ours[1])
    assert points == HAN


def test_the_table_of_behaviours_names_files_that_are_there():
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    _, _, rest = text.partition("## Where things are")
    named = re.findall(r"^\| .+ \| `([^`]+)` \|$", rest.partition("\n## ")[0], re.MULTILINE)
    assert len(named) >= 20
    assert [path for path in named if not (ROOT / path).is_file()] == []


def test_the_compiled_words_of_the_command_line_are_those_of_their_source():
    folder = PACKAGE / "data" / "locale" / "zh_CN" / "LC_MESSAGES"
    with (folder / "casegen.po").open("rb") as file:
        source = words_of(read_po(file, locale="zh_CN"))
    with (folder / "casegen.mo").open("rb") as file:
        assert words_of(read_mo(file)) == source


def words_of(catalogue: Catalog) -> dict[object, object]:
    """Words by what they translate, singular and plural together."""

    def plain(value: object) -> object:
        return tuple(value) if isinstance(value, list | tuple) else value

    return {plain(m.id): plain(m.string) for m in catalogue if m.id}


# The folders in which a room's tests stand, below tests/: first those of single modules, then those
# that start the program.
TESTS = {
    "": ("unit", "cli", "."),
    "desk": ("unit/desk", "desk"),
    "editions/book": ("unit/editions/book", "book"),
    "editions/data": ("unit/editions/data", "site"),
    "editions/site": ("unit/editions/site", "site"),
    "importers": ("unit/importers", "importers"),
    "publish": ("unit/publish", "publish"),
}
# Modules of a few lines, and commands, whose tests are in a file of another name.
TESTED_BY = {
    "__main__": "cli/test_failures.py",
    "editions/book/volume": "unit/editions/book/test_xhtml.py",
    "editions/site/components": "unit/editions/site/test_drawings.py",
    "editions/site/views": "site/test_pages.py",
    "editor": "cli/test_check.py",
    "printing": "book/test_press.py",
    "publish_command": "publish/test_command.py",
}
STARTERS = {"start", "run", "build", "rich"}  # how a test starts the program


def behaves(name: str) -> bool:
    """Whether a module has a function that does something; an interface only names some."""
    return any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not all(isinstance(part, ast.Expr) for part in node.body)
        for node in ast.walk(tree(name))
    )


def own_tests(name: str) -> list[Path]:
    """The files of tests that bear the name of a module, or of the room whose door it is."""
    room, _, own = name.rpartition("/")
    own = room.rpartition("/")[2] if own == "__init__" else own
    above = room.rpartition("/")[0]
    folders = (*TESTS.get(room, (f"unit/{room}",)), f"unit/{above}" if own != room else "unit")
    places = [ROOT / "tests" / folder / f"test_{own}.py" for folder in folders]
    return [place for place in places if place.is_file()]


def test_each_module_with_behaviour_has_a_file_of_tests_of_its_name():
    untested = [
        name for name in MODULES if behaves(name) and name not in TESTED_BY and not own_tests(name)
    ]
    assert untested == []


def test_modules_without_a_file_of_tests_are_tested_by_the_file_that_is_named():
    for name, place in TESTED_BY.items():
        assert behaves(name), name
        assert own_tests(name) == [], name
        module = ast.parse((ROOT / "tests" / place).read_text("utf-8"))
        imported = {
            f"{node.module}.{alias.name}" if node.module else alias.name
            for node in ast.walk(module)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        own = f"casegen.{name.replace('/', '.')}"
        used = any(f"{each}.".startswith(f"{own}.") for each in imported)
        words = {node.id for node in ast.walk(module) if isinstance(node, ast.Name)}
        words |= {node.attr for node in ast.walk(module) if isinstance(node, ast.Attribute)}
        words |= {node.arg for node in ast.walk(module) if isinstance(node, ast.arg)}
        assert used or words & STARTERS, name
