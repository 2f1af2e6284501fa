"""pdf: a volume set by typst: templates of the theme, the volume as data, the pictures.

Secret: typst, and what its templates are given (docs/themes.md documents it for theme makers).
Not here: how a page looks (the theme's templates), which fonts there are (fonts).

The text of a volume reaches typst as JSON and is inserted as text: nothing of it is evaluated.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from casegen import process_limits, workers
from casegen.editions import qr
from casegen.editions.book.blocks import as_json, shows_picture
from casegen.editions.book.fonts import Fonts, list_fonts
from casegen.editions.book.pieces import (
    DATA,
    UNCUT,
    Limits,
    Progress,
    needs_cutting,
    set_pieces,
    show_nothing,
)
from casegen.editions.book.templates import read_default_templates
from casegen.editions.book.volume import LINE_WIDTHS, Chapter, Volume
from casegen.problem import CasegenError

MAIN = "book.typ"
STYLE, HELPERS = "style.typ", "helpers.typ"
CUTS = b"data.slice"  # found in a MAIN that can set a book in pieces
# Found in a front.typ whose `opening` takes its heading's name; an older theme's does not.
NAMED_OPENING = re.compile(rb"let\s{1,9}opening\([^()]{0,999}\bname\s{0,9}:")
TALLEST = {"a4": 149, "16k": 131, "32k": 101}  # mm, of a picture (plate of text.typ)
DPI = 300
LIMITS = Limits()
# What setting a book, or a piece of one, may take where the templates come with the project.
STRANGERS = process_limits.Limits(seconds=900, memory=4 << 30)
PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy")
NOWHERE = "http://127.0.0.1:1"  # TCPMUX: no program listens there
FAULT_PLACE = re.compile(r"(?<![\w-])([\w-]{1,99}\.typ):(\d+):(\d+)")
UNKNOWN = re.compile(r"unknown variable: ([\w-]{1,99})")
SHOWN_LINE = 80  # characters
LACKING = "〓"  # U+3013, the printers' mark for a missing character


def find_picture_room(volume: Volume) -> tuple[int, int]:
    """Return the greatest useful width and height of a picture on paper, at 300 dots an inch."""
    most = LINE_WIDTHS[volume.paper], TALLEST[volume.paper]
    width, height = (round(each / 25.4 * DPI) for each in most)
    return width, height


def typeset(  # noqa: PLR0913, PLR0917 all that a book is made of
    volume: Volume,
    templates: Mapping[str, bytes],
    plates: Mapping[str, tuple[int, int]],
    folder: Path,
    fonts: Fonts,
    limits: Limits = LIMITS,
    progress: Progress = show_nothing,
    *,
    own: bool = False,
) -> bytes:
    """Return the volume as PDF/UA-1; `templates` are the theme's files by name.

    `plates` gives the size in pixels of each picture, which is a file of that name in `folder`.
    `progress` is called with the number of pieces set, and of all. `own` templates, those of a
    project, may be a stranger's: they run in another process, which may be ended.

    Raises CasegenError "theme" where a template has a fault, or takes too long or too much memory.
    """
    value = as_data(volume, plates, fonts, templates)
    drawn = {name: _with_helpers(name, content) for name, content in templates.items()}
    for name, content in {**drawn, **_codes(volume)}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    across, down = find_picture_room(volume)
    limits = replace(limits, across=across, down=down)
    cuts = CUTS in templates[MAIN] and value["names-openings"]
    set_one = partial(_set_alone, folder, fonts.own, STRANGERS if own else None)
    try:
        if cuts and needs_cutting(value, limits):
            return set_pieces(value, folder, set_one, limits, progress)
        (folder / DATA).write_text(json.dumps(value, ensure_ascii=False), "utf-8")
        if not own:
            return _set(folder, fonts.book)
        made = folder / "made.pdf"
        workers.run_alone(partial(set_one, made))
        return made.read_bytes()
    except workers.EndedError as error:
        if not own:
            raise
        raise CasegenError(
            "theme",
            "书的模板排不出来：算个没完，或用尽了内存，已经停下",
            "改好主题 book 文件夹里的模板",
        ) from error


def _with_helpers(name: str, content: bytes) -> bytes:
    """Return a template with the shared helpers.

    A theme's own template may be older than HELPERS: it took some of these names from STYLE. What
    it imports or defines itself replaces them. Its lines keep their numbers.
    """
    older = (
        name.endswith(".typ") and name not in {STYLE, HELPERS} and HELPERS.encode() not in content
    )
    return f'#import "{HELPERS}": *; '.encode() + content if older else content


def _set_alone(folder: Path, own: Path, limits: process_limits.Limits | None, path: Path) -> None:
    """Set the files of a folder as the PDF at `path`; run in another process."""
    with process_limits.hold_limits(limits) if limits else nullcontext():
        path.write_bytes(_set(folder, list_fonts(own)))


def _set(folder: Path, fonts: Any) -> bytes:
    """Set the files of a folder as PDF/UA-1."""
    import typst  # noqa: PLC0415 - the extra `book`

    try:
        with stay_offline():
            made: bytes = typst.compile(
                folder / MAIN,
                root=folder,
                format="pdf",
                font_paths=fonts,
                ignore_system_fonts=True,
                pdf_standards="ua-1",
                timestamp=0,
            )
    except typst.TypstError as error:
        said = str(getattr(error, "diagnostic", "") or error).strip().split("\n\n")[0]
        fault, hint = _explain_lack(said, folder) or (
            _place_fault(said),
            "改好主题 book 文件夹里的模板；内置主题不应出现此错",
        )
        raise CasegenError("theme", f"书的模板排不出来：{fault}", hint) from error
    return made


@contextmanager
def stay_offline() -> Iterator[None]:
    """Let typst reach no host in the `with` block.

    A template that imports a package would make it ask for that; typst has no setting against it,
    but it asks through the proxy that the environment names, and none listens on this one.
    """
    before = {name: os.environ.get(name) for name in PROXIES}
    os.environ.update(dict.fromkeys(PROXIES, NOWHERE))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _explain_lack(said: str, folder: Path) -> tuple[str, str] | None:
    """Return the fault and its hint where a theme's own template lacks a name of the default one.

    Typst names the template that uses the name: often a default one, which has no fault.
    """
    found = UNKNOWN.search(said)
    if found is None:
        return None
    for name, content in read_default_templates():
        default, own = _find_definition(content, found[1]), folder / name
        if not default or not own.is_file() or _find_definition(own.read_text("utf-8"), found[1]):
            continue
        place = FAULT_PLACE.search(said)
        used = f"，book/{place[1]} 第 {place[2]} 行用到它" if place else ""
        return (
            f"主题的 book/{name} 没有定义 {found[1]}{used}",
            f"在这个文件里补上 {default.rstrip(' {=')}，写法照内置主题的 book/{name}",
        )
    return None


def _find_definition(template: str, name: str) -> str:
    """Return the line of a template that defines a name; "" where none does."""
    for line in template.splitlines():
        behind = line.removeprefix(f"#let {name}")
        if behind != line and not re.match(r"[\w-]", behind):
            return line
    return ""


def _place_fault(said: str) -> str:
    """Return typst's message with the template's place in Chinese instead of a temporary one."""
    fault, place = said.partition("\n")[0].removeprefix("error: "), FAULT_PLACE.search(said)
    if place is None:
        return fault
    name, line, column = place.groups()
    rows = (row.partition(" │ ") for row in said.split("\n"))
    written = next((text.strip() for number, _, text in rows if number.strip() == line), "")
    shown = f"（这一行是 {written[:SHOWN_LINE]}）" if written else ""
    return f"主题的 book/{name} 第 {line} 行第 {int(column) + 1} 列：{fault}{shown}"


def draw_png(drawing: bytes) -> bytes:
    """Return a drawing (SVG) as PNG, for programs that show no SVG."""
    import typst  # noqa: PLC0415 - the extra `book`

    source = '#set page(width: auto, height: auto, margin: 0pt)\n#image("it.svg")'
    files: Any = {"main": source.encode(), "it.svg": drawing}
    made: bytes = typst.compile(files, format="png", ppi=float(DPI))
    return made


def draw_codes(volume: Volume) -> dict[str, bytes]:
    """Return the QR codes of a volume by name, as PNG; all at once, since typst starts slowly."""
    import typst  # noqa: PLC0415 - the extra `book`

    codes = _codes(volume)
    if not codes:
        return {}
    pages = "".join(f"#page(image({json.dumps(name)}, width: 18mm))\n" for name in codes)
    source = f"#set page(width: auto, height: auto, margin: 0pt)\n{pages}"
    files: Any = {"main": source.encode(), **codes}
    made = typst.compile(files, format="png", ppi=float(DPI), ignore_system_fonts=True)
    drawn: list[bytes] = [made] if isinstance(made, bytes) else made
    return dict(zip(codes, drawn, strict=True))


def as_data(
    volume: Volume,
    plates: Mapping[str, tuple[int, int]],
    fonts: Fonts,
    templates: Mapping[str, bytes],
) -> dict[str, Any]:
    """Return what templates read as data.json: the volume, and facts about paper and fonts."""
    lang, _, region = volume.lang.partition("-")
    chapters = volume.chapters
    single = chapters[0] if volume.single and chapters else None
    value: dict[str, Any] = as_json(volume)
    written = [chapter for part in value["parts"] for chapter in part["chapters"]]
    for number, part in enumerate(value["parts"], 1):
        part |= {"label": f"part-{number}", "count": len(part["chapters"])}
    for chapter, made in zip(chapters, written, strict=True):
        made["cover-again"] = shows_picture(chapter.body.blocks, chapter.cover)
    value |= {
        "words": {key.removeprefix("book."): said for key, said in volume.words.items()},
        "name": single.title if single else volume.title,
        "author": single.institution if single else volume.organization,
        "keywords": sorted({tag for chapter in chapters for tag in chapter.tags})[:40],
        "count": len(chapters),
        "slice": dict(UNCUT),
        "divided": any(part.name for part in volume.parts),
        "institutions": {f"case-{c.slug}": c.institution for c in chapters},
        "lang-code": lang.lower(),
        "region-code": region.lower() or None,
        "fonts": {role: list(families) for role, families in fonts.families.items()},
        "names-openings": bool(NAMED_OPENING.search(templates.get("front.typ", b""))),
        "plates": {name: list(size) for name, size in plates.items()},
        "icons": [
            name.removeprefix("icons/").removesuffix(".svg")
            for name in templates
            if name.startswith("icons/")
        ],
    }
    lacking = str.maketrans(dict.fromkeys(fonts.missing, LACKING))
    return _without(value, lacking) if fonts.missing else value


def _without(value: Any, lacking: Mapping[int, str]) -> Any:
    """Return the value with a printers' mark for each character that no font has."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).translate(lacking)
    if isinstance(value, dict):
        return {key: _without(part, lacking) for key, part in value.items()}
    return [_without(part, lacking) for part in value] if isinstance(value, list) else value


def _codes(volume: Volume) -> dict[str, bytes]:
    return {chapter.mark: _code(chapter) for chapter in volume.chapters if chapter.mark}


def _code(chapter: Chapter) -> bytes:
    """Return the QR code of a case's page, as SVG."""
    drawn = qr.draw_code(chapter.url)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.size} {drawn.size}">'
        f'<path d="{drawn.path}"/></svg>'
    ).encode()
