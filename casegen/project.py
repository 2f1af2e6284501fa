"""project: the project root, casegen.yml as read, every path, today's date.

Secret: where everything in a project is, where nothing may be written; the one place that reads
the clock.
Not here: the keys of casegen.yml (settings), themes (editions.theme), passwords (publish), case
files (source).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from casegen import disk_errors, storage
from casegen.collection.norms import Norms
from casegen.collection.vocabulary import Vocabulary
from casegen.problem import CasegenError, Problems, Severity
from casegen.root import BOOK, CACHE, NAME, SITE, find_root_folder
from casegen.settings import FIELDS, Config, choose_front, read_config
from casegen.source import encoding, frontmatter
from casegen.source.files import CASES, PAGES
from casegen.source.schema import Faults, rename_keys


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder and what is read only once; `text` is the text of casegen.yml."""

    root: Path
    config: Config
    norms: Norms
    today: dt.date
    text: str

    def is_as_read(self) -> bool:
        """Return whether casegen.yml still holds the text that was read."""
        try:
            data = storage.read_file(self.root / NAME, encoding.LIMIT)
        except OSError:
            return False
        decoded, _ = encoding.decode(data, NAME)
        return decoded is not None and decoded.text == self.text

    def line_of(self, key: str) -> int:
        """Return the line, from 1, of a top-level key of casegen.yml; 1 where it is not found."""
        label = next(f.label for f in FIELDS if f.key == key)
        entry = re.compile(rf"(?:{key}|{label})\s*:")
        lines = enumerate(self.text.splitlines(), 1)
        return next((number for number, line in lines if entry.match(line)), 1)

    @property
    def cases_dir(self) -> Path:
        """The folder of case files."""
        return self.root / CASES

    @property
    def themes_dir(self) -> Path:
        """The folder of the project's own themes."""
        return self.root / "themes"

    @property
    def site_dir(self) -> Path:
        """The folder where `build` writes by default."""
        return self.root / SITE

    @property
    def book_dir(self) -> Path:
        """The folder where `book` writes by default."""
        return self.root / BOOK

    @property
    def cache_dir(self) -> Path:
        """The folder of the cache; deleting it is always safe."""
        return self.root / CACHE

    def owns(self, place: Path) -> bool:
        """Return whether nothing may be written at `place`: it is a source, or holds the project.

        Sources are casegen.yml, the folders of cases, pages and themes with all in them, and the
        folder of the cache itself (not what is in it).
        """
        return storage.resolve_path(place) == storage.resolve_path(self.cache_dir) or _is_source(
            self.root, place
        )


def _is_source(root: Path, place: Path) -> bool:
    real = storage.resolve_path(place)
    sources = (root / CASES, root / PAGES, root / "themes", root / NAME)
    return storage.resolve_path(root).is_relative_to(real) or any(
        real.is_relative_to(storage.resolve_path(source)) for source in sources
    )


def refuse_over_sources(root: Path, place: Path) -> None:
    """Raise CasegenError "output-path" for a place among the sources or in the cache.

    `place` is a file that the user wants to have written.
    """
    if _is_source(root, place) or storage.resolve_path(place).is_relative_to(
        storage.resolve_path(root / CACHE)
    ):
        raise CasegenError(
            "output-path",
            f"不能写到 {place}，那里是来稿、案例集的设置或 casegen 自己的文件",
            "换一个文件名或文件夹",
        )


def find_project(start: Path) -> Project:
    """Return the project that the folder `start` is in.

    Raises CasegenError "no-project", or "broken-config" where casegen.yml cannot be used.
    """
    project, problems = load_project(find_root_folder(start))
    if project is None:
        first = next(p for p in problems if p.severity is Severity.ERROR)
        where = f"{first.where.path}:{first.where.line}:{first.where.column}"
        raise CasegenError("broken-config", f"{where} {first.message}", first.hint)
    return project


def load_project(root: Path) -> tuple[Project | None, Problems]:
    """Return the project of a folder, and all faults of its casegen.yml.

    The project is None where a fault is an error: no title, or text that is not readable. Raises
    CasegenError "no-project" where the file itself cannot be read.
    """
    try:
        data = storage.read_file(root / NAME, encoding.LIMIT)
    except disk_errors.TooLongError as error:
        return None, encoding.make_too_large(NAME, error.size)
    except OSError as error:
        reason = disk_errors.find_reason(error)
        raise CasegenError(
            "no-project", f"读不了 {NAME}：{reason}", "检查文件是否还在、有没有读的权限"
        ) from error
    decoded, problems = encoding.decode(data, NAME)
    if decoded is None:
        return None, problems
    loaded = frontmatter.load_yaml(decoded.text, NAME)
    found = Faults(NAME, loaded.marks, [*problems, *loaded.problems])
    if not loaded.sound:
        return None, found.problems
    if not isinstance(loaded.value, dict):
        found.add(
            "malformed-field",
            Severity.ERROR,
            f"{NAME} 应是一行行的“名称: 值”",
            hint="第一行写 title: 案例集的名称",
        )
        return None, found.problems
    values, marks = rename_keys(FIELDS, loaded.value, loaded.marks, found)
    faults = found.within(marks)
    config, additions = read_config(values, faults)
    vocabulary = _vocabulary(additions, faults)
    config = replace(config, front=choose_front(config.front, vocabulary, faults))
    today = dt.date.today()  # noqa: DTZ011 - the editor's own calendar is meant
    norms = Norms(
        vocabulary, config.categories, config.rules, _norms_digest(values), config.terms, today
    )
    broken = any(p.severity is Severity.ERROR for p in faults.found)
    project = Project(root, config, norms, today, decoded.text)
    return None if broken else project, faults.problems


@cache  # 18 ms, and a preview loads its project at every save
def load_vocabulary() -> Vocabulary:
    """Load the built-in vocabulary."""
    built, faults = Vocabulary.from_mapping(
        frontmatter.load_yaml(_built_in(), "vocabulary.yml").value
    )
    if faults:
        raise AssertionError(faults)
    return built


def _built_in() -> str:
    return files("casegen").joinpath("data", "vocabulary.yml").read_text(encoding="utf-8")


def _norms_digest(values: Mapping[str, Any]) -> str:
    parts = (
        _built_in(),
        *(repr(values.get(key)) for key in ("categories", "metrics", "rules", "terms")),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def _vocabulary(additions: Mapping[str, Any], faults: Faults) -> Vocabulary:
    words = load_vocabulary()
    seen: set[str] = set()
    for key, row in additions.items():
        words, wrong = words.extended({key: row})
        for message in wrong:
            if message not in seen:
                seen.add(message)
                faults.add(
                    "ignored-setting",
                    Severity.WARNING,
                    message,
                    ("metrics", key, "#key"),
                    hint="写法与自带的词表相同",
                )
    return words
