"""importers: manuscripts of other people -> drafts of cases; the IMPORTERS table.

Secret: how Word, web pages, text and ledgers are read, and what of them is kept.
Called from outside: `find_home`, `import_files`; `read_manuscripts` and `as_json` for callers that
need only the findings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from casegen import disk_errors, storage, tree
from casegen import project as projects
from casegen.collection.norms import Norms
from casegen.importers import (
    covering,
    draft,
    finding,
    htmltree,
    limits,
    plaintext,
    report,
    spreadsheet,
    web,
    word,
)
from casegen.importers.draft import Draft
from casegen.importers.finding import Findings
from casegen.importers.findings_json import as_json
from casegen.importers.manuscript import Manuscript
from casegen.importers.spreadsheet import Confirm
from casegen.problem import CasegenError
from casegen.project import Project
from casegen.source import encoding

__all__ = [
    "IMPORTERS", "File", "Job", "Outcome", "as_json", "find_home", "import_files", "list_files",
    "read_manuscripts",
]  # fmt: skip

STANDARD_INPUT = "-"
LARGEST = 64 * 1024 * 1024
# Other documents. The report says that they are not read; pictures and scripts of a saved page it
# passes over.
_OTHERS = (".pdf", ".rtf", ".odt", ".ods", ".ppt", ".pptx", ".ofd", ".zip", ".rar", ".7z")
_OLD = {
    ".doc": "旧的 Word 文件",
    ".wps": " WPS 文件",
    ".xls": "旧的 Excel 文件",
    ".et": " WPS 表格",
}

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class File:
    """A file to import: its name and bytes; `path` is None for standard input.

    `changes` is "accept" or "reject" for the tracked changes of Word; `confirm` shows the editor
    the columns of a ledger and asks whether they are right, None asks nothing.
    """

    name: str
    data: bytes
    path: Path | None = None
    changes: str = "accept"
    confirm: Confirm | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What `import_files` is to do; without a project nothing is written."""

    project: Project | None
    confirm: Confirm | None = None
    changes: str = "accept"
    replace: bool = False
    write: bool = True

    @property
    def norms(self) -> Norms:
        """The norms of the project, else the built-in ones."""
        return self.project.norms if self.project else Norms(projects.load_vocabulary())


@dataclass(slots=True)
class Outcome:
    """The result of an import, for all files."""

    norms: Norms
    reports: list[tuple[Findings, Draft | None]] = field(default_factory=list)
    refused: list[CasegenError] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 where all went well, 1 where some files were refused, 2 where nothing was imported."""
        return (1 if self.reports else 2) if self.refused else 0

    def as_json(self) -> list[dict[str, object]]:
        """Return the list that `import --json` prints."""
        return [as_json(found, self.norms) for found, _ in self.reports]

    def summary(self) -> Iterator[str]:
        """Yield the lines of the report in the terminal."""
        for found, made in self.reports:
            yield from report.write_lines(found, made)
        if len(self.reports) + len(self.refused) > 1:
            yield report.count_files(len(self.reports), len(self.refused))

    def write_page(self, path: Path) -> None:
        """Write the report as a page; raises CasegenError "disk"."""
        refused = [f"{error.message}。{error.hint}" for error in self.refused]
        storage.write_chosen(path, report.write_page(self.reports, refused).encode())


def _read_text(file: File) -> tuple[Manuscript, ...]:
    found = encoding.decode_plain(file.data)
    if found is None or found[0].count("\0") * 10 > len(found[0]):
        raise CasegenError(
            "import",
            f"读不了 {file.name}：认不出文字编码，或不是文本",
            "用记事本另存为 UTF-8 的文本",
        )
    text, kind = found
    limits.refuse_endless(file.name, text)
    mark = "" if kind in {"utf-8", "gb18030"} else "\ufeff"
    markdown = file.name.lower().endswith(".md")
    return (plaintext.read_text(file.name, mark + text, markdown=markdown),)


def _read_word(file: File) -> tuple[Manuscript, ...]:
    return (word.read_word(file.name, file.data, accept=file.changes == "accept"),)


def _read_page(file: File) -> tuple[Manuscript, ...]:
    return (web.read_page(file.name, file.data, file.path),)


def _read_ledger(file: File) -> tuple[Manuscript, ...]:
    return spreadsheet.read_ledger(file.name, file.data, file.confirm)


IMPORTERS: Mapping[str, Callable[[File], tuple[Manuscript, ...]]] = MappingProxyType(
    dict.fromkeys((".docx", ".docm"), _read_word)
    | dict.fromkeys((".html", ".htm", ".mhtml", ".mht"), _read_page)
    | dict.fromkeys((".txt", ".md"), _read_text)
    | dict.fromkeys((".xlsx", ".xlsm", ".csv"), _read_ledger)
)


def find_home(start: Path, *, needed: bool) -> Project | None:
    """Return the project around a folder; None where there is none and `needed` is False.

    Raises CasegenError "no-project" or "broken-config" with `needed`.
    """
    try:
        return projects.find_project(start)
    except CasegenError:
        if needed:
            raise
        return None


def list_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that `paths` name; of a folder, all documents, also those of other kinds."""
    for path in paths:
        if storage.leads_to_folder(path):
            yield from sorted(
                p
                for entry in tree.walk_folder(path, told=tree.pass_over)
                if (p := Path(entry.path)).is_file()
                and p.suffix.lower() in {*IMPORTERS, *_OLD, *_OTHERS}
                and not p.name.startswith((".", "~$"))
            )
        else:
            yield path


def import_files(
    job: Job, paths: Sequence[Path], standard_input: BinaryIO, progress: Progress | None = None
) -> Outcome:
    """Import files and folders; one that is refused is reported and does not stop the rest."""
    outcome = Outcome(job.norms)
    every = list(list_files(paths))
    known = draft.Known(job.project) if job.write and job.project else None
    for number, path in enumerate(every, 1):
        if progress and len(every) > 1:
            progress(f"{number}/{len(every)} {path}")
        try:
            file = _opened(path, standard_input, job)
            for found in read_manuscripts(file, job.norms):
                _written(job, found, known, outcome)
        except CasegenError as error:
            outcome.refused.append(error)
    if not every:
        names = "、".join(str(path) for path in paths)
        outcome.refused.append(
            CasegenError("import", f"{names} 里没有可以导入的文件", f"可以导入的有 {_kinds()}")
        )
    return outcome


def _written(job: Job, found: Findings, known: draft.Known | None, outcome: Outcome) -> None:
    """Write a draft if the job wants it; a refusal is reported and does not stop the rest."""
    try:
        made = None
        if job.project and known:
            made = draft.write_draft(job.project, found, known, replace_old=job.replace)
        outcome.reports.append((found, made))
    except CasegenError as error:
        outcome.refused.append(error)


def _opened(path: Path, standard_input: BinaryIO, job: Job) -> File:
    if str(path) == STANDARD_INPUT:
        data = standard_input.read(LARGEST + 1)
        return File(STANDARD_INPUT, data, None, job.changes, job.confirm)
    try:
        data = storage.read_file(path, LARGEST)
        return File(path.name, data, path, job.changes, job.confirm)
    except FileNotFoundError as error:
        raise CasegenError("import", f"找不到 {path}", "请核对文件名") from error
    except disk_errors.TooLongError as error:
        raise _too_large(path.name, error.size) from error
    except OSError as error:
        reason = disk_errors.find_reason(error)
        raise CasegenError("import", f"读不了 {path}：{reason}", "检查文件和权限") from error


def read_manuscripts(file: File, norms: Norms) -> tuple[Findings, ...]:
    """Read a file and return its findings, one for each manuscript; the name decides the importer.

    Raises CasegenError "import" for a file that cannot be read, or must not be.
    """
    ending = Path(file.name).suffix.lower()
    if ending in _OLD:
        new = ".xlsx" if ending in {".xls", ".et"} else ".docx"
        raise CasegenError(
            "import", f"{file.name} 是{_OLD[ending]}，读不了", f"打开它，另存为 {new} 再导入"
        )
    if len(file.data) > LARGEST:
        raise _too_large(file.name, len(file.data))
    importer = IMPORTERS.get(".txt" if file.name == STANDARD_INPUT else ending)
    if importer is None:
        raise CasegenError("import", f"不认识 {file.name} 这种文件", f"可以导入的有 {_kinds()}")
    digest = hashlib.sha256(file.data).hexdigest()
    try:
        read_ones = importer(file)
    except ModuleNotFoundError as error:
        raise CasegenError(
            "import",
            f"读 {file.name} 要另装一组程序",
            "装 casegen[import]：pip install casegen[import]",
        ) from error
    except htmltree.TooDeepError as error:
        raise CasegenError(
            "import",
            f"{file.name} 里的元素一层套一层，超过 2000 层，里面的文字读不到",
            "用浏览器打开，把文字复制成 .txt 再导入",
        ) from error
    if not any(m.blocks or m.rows for m in read_ones):
        beside = "、".join(f"{d.reason}“{d.text[:20]}”" for m in read_ones for d in m.dropped[:3])
        told = f"的正文里没有文字，只有{beside}" if beside else "里没有文字"
        raise CasegenError("import", f"{file.name} {told}", "请核对是不是这个文件")
    every = (part for one in read_ones for part in covering.split_letter(_signed(one, digest)))
    return tuple(finding.find_fields(one, norms) for one in every)


def _signed(manuscript: Manuscript, digest: str) -> Manuscript:
    """Return the manuscript with the digest of its file; a row of a ledger gets its own."""
    if manuscript.rows:
        own = f"{sorted(manuscript.said.items())}{manuscript.text}"
        digest = hashlib.sha256(own.encode()).hexdigest()
    return replace(manuscript, digest=digest)


def _too_large(name: str, size: int) -> CasegenError:
    return CasegenError(
        "import", f"{name} 有 {size >> 20} MB，太大了", "把图片另存，或分成几个文件"
    )


def _kinds() -> str:
    return " ".join(IMPORTERS)
