"""hypertext: HTML as blocks: of web pages, of text with mark-up in it, and of converted Word files.

Secret: which elements make a block, and which tables are rows, forms or albums of pictures.
Not here: which part of a page is the article (web), what a block means (finding), which cells a
table has (htmltables), what is in them (htmlcells).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from casegen.importers import htmlcells, htmltables
from casegen.importers.manuscript import Block, Kind
from casegen.importers.markdown import Run, escape_text, tidy_text, write_runs, write_table

DEEPEST = 150
TABLE_DEPTH = 10  # a table inside a cell takes as many calls as ten other elements
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "select",
        "button",
        "input",
        "textarea",
        "svg",
        "canvas",
        "audio",
        "video",
        "map",
        "mpvideo",
        "mpvoice",
    ]
)
_VIDEO = "页面里的视频没有带来{}，请另存后放到案例旁边"
_SOUND = "页面里的录音没有带来{}，请另存后放到案例旁边"
_FRAME = "页面里嵌着的内容（视频、地图一类）没有带来{}"
_FLAT = "页面里的元素套得太深：深处的文字都写成了段落，表格和小标题没有了，请对照原稿"
_PLAYED = {"video": _VIDEO, "mpvideo": _VIDEO, "mpvoice": _SOUND, "audio": _SOUND,
           "iframe": _FRAME, "object": _FRAME, "embed": _FRAME}  # fmt: skip
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "thead",
        "tfoot",
        "caption",
        "blockquote",
        "pre",
        "figure",
        "figcaption",
        "hr",
        "center",
        "header",
        "footer",
        "nav",
        "aside",
        "main",
        "form",
        "fieldset",
        "address",
        "body",
        "html",
        "details",
        "summary",
    ]
)
_LAZY = ("vurl", "orisrc", "data-src", "data-original", "data-lazy-src", "data-url", "_src", "file",
         "zoomfile", "original", "src")  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
_NOTE = re.compile(r"(?:foot|end)note-\d+$")
_CENTRE = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)


@dataclass(slots=True)
class _Style:
    bold: bool = False
    sup: bool = False
    sub: bool = False
    href: str = ""
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    marker: str = ""
    centred: bool = False
    note: str = ""
    depth: int = 0


@dataclass(slots=True)
class _Page:
    """What has been read so far; `runs` belong to the block that is being read."""

    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    style: _Style = field(default_factory=_Style)
    losses: list[str] = field(default_factory=list)
    item_open: bool = False
    notes: dict[str, int] = field(default_factory=dict)  # names of notes -> their numbers
    # Pictures in cells of the table that is being read.
    beside: list[Block] = field(default_factory=list)
    depth: int = 0  # of the table that is being read


def read_blocks(root: Any) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the blocks under an element, and what they could not hold (Chinese)."""
    page = _Page()
    if root.get("style"):
        root.attrib.pop("style")  # WeChat hides its article until a script shows it
    _walk(root, page, _Style())
    _flush(page)
    return tuple(page.blocks), tuple(dict.fromkeys(page.losses))


def _walk(element: Any, page: _Page, style: _Style) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if not tag or tag in _SKIPPED or _hidden(element):
        page.losses += [_tell_played(element)] if tag in _PLAYED and not _hidden(element) else []
        _text(_ticked(element, tag), page, style)
        return
    if style.depth > DEEPEST:
        _read_flat(element, page, style)
        return
    inner = _styled(element, tag, style, page.notes)
    if tag == "br":
        _flush(page)
        return
    if tag == "img":
        _image(element, page, style)
        return
    page.depth = style.depth
    if tag == "table" and _read_table(element, page):
        return
    if tag in _BLOCKS:
        _flush(page)
        page.style = inner
        page.item_open = page.item_open or tag == "li"
    _text(element.text, page, inner)
    for child in element:
        _walk(child, page, inner)
        if tag in _BLOCKS:
            page.style = inner
        _text(child.tail, page, inner)
    if tag in _BLOCKS:
        _flush(page)
        page.style = style


def _read_flat(element: Any, page: _Page, style: _Style) -> None:
    """Read an element that is too deep for `_walk`: each block, and each cell, is a paragraph."""
    from lxml import etree  # noqa: PLC0415 - comes with the extra `import`

    page.losses.append(_FLAT)
    page.style = style
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        tag = each.tag if isinstance(each.tag, str) else ""
        if tag in _BLOCKS or tag == "br":
            _flush(page)
        if event == "end":
            _text(each.tail if each is not element else "", page, style)
        elif not tag or tag in _SKIPPED or _hidden(each):
            page.losses += [_tell_played(each)] if tag in _PLAYED and not _hidden(each) else []
            _text(_ticked(each, tag), page, style)
            walk.skip_subtree()
        elif tag == "img":
            _image(each, page, style)
        else:
            _text(each.text, page, style)


def _tell_played(element: Any) -> str:
    """Return what the report says of a video, a sound or a frame, with its address."""
    every = [element, *element.iter("source")]
    keys = ("src", "data-src", "data", "name")
    address = next((v.strip() for e in every for k in keys if (v := e.get(k)) and v.strip()), "")
    return _PLAYED[element.tag].format(f"（{address[:100]}）" if address else "")


def _ticked(element: Any, tag: str) -> str:
    """Return a check box as a character."""
    if tag != "input" or element.get("type") != "checkbox":
        return ""
    return "☑" if element.get("checked") is not None else "☐"


def _hidden(element: Any) -> bool:
    return bool(_HIDDEN.search(element.get("style") or "")) or element.get("hidden") is not None


def _styled(element: Any, tag: str, style: _Style, notes: dict[str, int]) -> _Style:
    css = element.get("style") or ""
    inner = replace(style, depth=style.depth + 1)
    look = element.get("class") or ""
    if tag in {"b", "strong", "th"} or _BOLD.search(css) or "casegen-large" in look:
        inner.bold = True
    inner.sup = style.sup or tag == "sup"
    inner.sub = style.sub or tag == "sub"
    centred = (
        "casegen-centred" in look
        or tag == "center"
        or element.get("align") == "center"
        or _CENTRE.search(css)
    )
    inner.centred = style.centred or bool(centred)
    if tag == "a" and (href := (element.get("href") or "").strip()):
        inner.href = _address(href, notes)
    if re.fullmatch("h[1-6]", tag):
        inner.kind, inner.level = Kind.HEADING, int(tag[1])
    elif tag == "blockquote":
        inner.kind = Kind.QUOTE
    elif tag in {"ul", "ol"}:
        inner.level = style.level + 1 if style.kind is Kind.ITEM else 1
        start = (element.get("start") or "").strip()
        first = start if re.fullmatch(r"\d{1,9}", start) else "1"
        inner.kind, inner.marker = Kind.ITEM, f"{first}." if tag == "ol" else "-"
    elif tag == "li" and (note := _NOTE.search(element.get("id") or "")):
        inner.kind, inner.note = Kind.NOTE, str(notes.setdefault(note[0], len(notes) + 1))
    return inner


def _address(href: str, notes: dict[str, int]) -> str:
    """Return a link worth keeping: `[^1]` for a footnote, "" for a link back."""
    if href.startswith("#") and (note := _NOTE.search(href)):
        return f"[^{notes.setdefault(note[0], len(notes) + 1)}]"
    return href if re.match(r"(?:https?|mailto|tel):", href, re.IGNORECASE) else ""


def _text(text: str | None, page: _Page, style: _Style) -> None:
    if text and text != "↑":
        text = text.replace("\u2011", "-")  # a hyphen at which no line may break
        page.runs.append(Run(text, style.bold, style.sup, style.sub, style.href))


def _flush(page: _Page) -> None:
    runs, page.runs = page.runs, []
    text, plain = write_runs(runs)
    if not plain:
        return
    style = page.style
    heavy = [run for run in runs if run.text.strip()]
    kind, marker = style.kind, style.marker
    if kind is Kind.ITEM and not page.item_open:
        marker = ""
    page.item_open = False
    lead = runs[0].text if runs else ""
    page.blocks.append(
        Block(
            kind,
            text,
            plain,
            source=plain,
            level=style.level,
            marker=f"[^{style.note}]:" if kind is Kind.NOTE else marker,
            emphatic=all(run.bold for run in heavy),
            centred=style.centred,
            indented=bool(re.match("[\u3000\xa0]{2}|[ ]{4}", lead)),
        )
    )


def _image(element: Any, page: _Page, style: _Style) -> None:
    src = next((v.strip() for k in _LAZY if (v := element.get(k)) and v.strip()), "")
    src = src or next(iter((element.get("srcset") or "").split()), "").rstrip(",")
    if not src:
        return
    _flush(page)
    page.style = style
    alt = tidy_text(element.get("alt") or "")
    page.blocks.append(Block(Kind.IMAGE, escape_text(alt), alt, image=src))


# --- tables ----------------------------------------------------------------------------------


def _cell(cell: Any, page: _Page) -> str:
    inner = _Page(notes=page.notes, depth=page.depth)
    _walk_cell(cell, inner)
    page.beside += [block for block in inner.blocks if block.kind is Kind.IMAGE]
    page.losses += inner.losses
    return htmlcells.write_cell(inner.blocks)


def _walk_cell(cell: Any, page: _Page) -> None:
    style = _Style(depth=page.depth + TABLE_DEPTH)
    page.style = style
    _text(cell.text, page, style)
    for child in cell:
        _walk(child, page, style)
        _text(child.tail, page, style)
    _flush(page)


def _read_table(element: Any, page: _Page) -> bool:
    """Read a table and return True; False for one that only arranges the page."""
    if htmltables.is_layout(element, page.losses):
        if short := htmltables.list_short_rows(element):
            _set_apart(short, page)
        return False
    _flush(page)
    _table(element, page)
    return True


def _table(element: Any, page: _Page) -> None:
    caption = element.find("caption")
    if caption is not None and tidy_text(caption.text_content()):
        said = tidy_text(caption.text_content())
        page.blocks.append(
            Block(Kind.PARAGRAPH, escape_text(said), said, source=said, centred=True)
        )
    if htmltables.holds_form(element):
        _form(element, page)
        return
    if album := _album(element, page):
        page.blocks += album
        return
    page.beside = []
    grid = htmltables.read_grid(element, lambda cell: _cell(cell, page), page.losses)
    while grid and len(grid[0]) > 1 and grid[0][0] and len(set(grid[0])) == 1 and len(grid) > 1:
        # A first row of one cell is the table's title.
        said = grid.pop(0)[0]
        page.blocks.append(
            Block(Kind.PARAGRAPH, said, tidy_text(said), source=tidy_text(said), centred=True)
        )
    if not any(any(row) for row in grid):
        page.blocks += page.beside
        return
    rows = tuple(tuple(row) for row in grid)
    plain = " ".join(
        tidy_text(cell.text_content()) for row in htmltables.list_rows(element) for cell in row
    )
    page.blocks.append(
        Block(Kind.TABLE, write_table(rows), tidy_text(plain), source=tidy_text(plain), rows=rows)
    )
    if page.beside:
        page.losses.append(f"表格里的 {len(page.beside)} 张图片放到了表格后面")
        page.blocks += page.beside


def _set_apart(rows: list[Any], page: _Page) -> None:
    """Make tables of the rows beside an article in a cell: one row becomes a line of text."""
    told = "表格里有一格是整篇文字：那一格写成了段落，别的行写在它前后，请核对"
    page.losses.append(told)
    runs: list[list[Any]] = []
    for row in rows:
        if runs and runs[-1][-1].getnext() is row:
            runs[-1].append(row)
        else:
            runs.append([row])
    for run in runs:
        own = run[0].makeelement("table" if len(run) > 1 else "p")
        run[0].addprevious(own)
        if len(run) > 1:
            own.extend(run)
            continue
        own.text = " ".join(tidy_text(cell.text_content()) for cell in run[0])
        run[0].getparent().remove(run[0])


def _form(element: Any, page: _Page) -> None:
    """Add a form: each label with its value on one line, a long value under it as a heading."""
    for part in list(htmltables.list_parts(element)):
        if part.label is not None:
            page.blocks += htmlcells.write_label(_read_cell(part.label, page))
        if part.tabular:
            own = element.makeelement("table")
            for cells in part.rows:
                row = element.makeelement("tr")
                row.extend(cells)
                own.append(row)
            _table(own, page)
            continue
        page.blocks += htmlcells.write_pairs([_read_cell(cell, page) for cell in part.rows[0]])


def _read_cell(cell: Any, page: _Page) -> list[Block]:
    inner = _Page(notes=page.notes, depth=page.depth)
    _walk_cell(cell, inner)
    page.losses += inner.losses
    return inner.blocks


def _album(element: Any, page: _Page) -> list[Block]:
    """Return the pictures of a table that only arranges them, each before its caption; else []."""
    if element.find(".//img") is None:
        return []
    inner = [[_Page(depth=page.depth) for _ in row] for row in htmltables.list_rows(element)]
    for cells, pages in zip(htmltables.list_rows(element), inner, strict=True):
        for cell, one in zip(cells, pages, strict=True):
            _walk_cell(cell, one)
    if album := htmlcells.order_album([[one.blocks for one in row] for row in inner]):
        page.losses += [loss for row in inner for one in row for loss in one.losses]
    return album
