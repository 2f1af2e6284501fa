"""exporting: the whole collection as one file, written where the editor wants it.

Secret: which artifact answers a form, and where an export must not be written.
Not here: what stands in the file (editions.data), reading a project (build).
"""

from __future__ import annotations

from pathlib import Path

from casegen import storage
from casegen.editions import EDITIONS
from casegen.editions.data.export import FORMS, find_form
from casegen.editions.materials import Materials
from casegen.problem import CasegenError
from casegen.project import Project, refuse_over_sources


def choose_form(form: str | None, output: Path | None) -> str:
    """Return the form asked for, else the one of the file's ending, else "csv".

    Raises CasegenError "output-path" where the ending belongs to none of the forms.
    """
    if form or output is None or not output.suffix:
        return form or "csv"
    found = find_form(output.name)
    if not found:
        hint = f"后缀写 {'、'.join(f'.{each}' for each in FORMS)} 之一，或用 --format 说明格式"
        raise CasegenError("output-path", f"“{output.suffix}”不是导出的格式", hint)
    return found


def export_collection(materials: Materials, form: str) -> bytes:
    """Return the collection as the bytes of a file; `form` is one of editions.data.export.FORMS."""
    made = EDITIONS["export"].list_artifacts(materials)
    content = next(each.render() for each in made if each.path.endswith(f".{form}"))
    return content if isinstance(content, bytes) else content.read_bytes()


def write_export(path: Path, content: bytes, project: Project) -> None:
    """Write an exported file.

    Raises CasegenError "output-path" for a place among the sources, "disk" where writing fails.
    """
    refuse_over_sources(project.root, path)
    if not storage.leads_to_folder(storage.resolve_path(path.parent)):
        raise CasegenError("disk", f"没有文件夹 {path.parent}", "先建好这个文件夹，或换一个")
    storage.write_chosen(path, content)
