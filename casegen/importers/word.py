"""word: a .docx as blocks, by mammoth, with its pictures, notes and what mammoth cannot return.

Secret: how alignment, size and boldness of Word's paragraphs reach the blocks.
Not here: changes, numbers and hidden text (revision), whether the file may be opened (archive).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from xml.parsers.expat import ExpatError

from casegen.importers import archive, byline, htmltree, hypertext, limits, revision, wordxml
from casegen.importers.manuscript import Block, Dropped, Kind, Manuscript
from casegen.importers.markdown import tidy_text, write_table

LONGEST_CELL = 30  # characters of a cell in lines that are divided by tabs
_TAB = "\u2409"  # stands for a tab, which HTML takes for a blank
_TABS = re.compile(rf"[ ]?{_TAB}[ {_TAB}]{{0,99}}")
_MAIN = "word/document.xml"
_TITLES = re.compile(r"(?:title|标题|文档标题|文章标题|大标题)\s*$", re.IGNORECASE)
_HEADINGS = re.compile(r"(?:heading|标题)\s*([1-6])", re.IGNORECASE)
_OUTLINED = re.compile(r"casegen-outline-(\d)")
_STYLES = "\n".join(
    [
        *(f"p[style-name='casegen {n}'] => h{n}:fresh" for n in range(1, 7)),
        "p[style-name='casegen centred'] => p.casegen-centred:fresh",
        "p[style-name='casegen large'] => p.casegen-large:fresh",
        "p[style-name='casegen centred large'] => p.casegen-centred.casegen-large:fresh",
        "p[style-name='Footnote Text'] => p:fresh",
        *(
            f"p[style-name='List {kind} {n}'] => {'ul|ol > li > ' * (n - 1)}{tag} > li:fresh"
            for kind, tag in (("Bullet", "ul"), ("Number", "ol"))
            for n in (2, 3)
        ),
    ]
)
# What mammoth says, in the editors' words.
_TOLD = {
    "cell merging": "表格里有不认得的内容，合并的单元格可能不对，请对照原稿",
    "w:sym": "一个符号没有带来：它的字体 casegen 不认得，请对照原稿",
    "image": "一张图片没有带来：Word 文件里找不到它，请对照原稿",
    "complex field": "Word 里的一个域不完整，只带来了它的文字，请对照原稿",
}
# Properties of rows and of drawn lines: only looks.
_ONLY_LOOKS = re.compile("w:tblPrEx|v:(?:stroke|fill|path|formulas|shadow|f|handles)|o:lock")
_UNREAD = re.compile("unrecogni[sz]ed|did not understand|referenced but not defined", re.IGNORECASE)


def read_word(name: str, data: bytes, *, accept: bool = True) -> Manuscript:
    """Read the manuscript of a .docx; raises CasegenError "import" for a file that is refused."""
    import mammoth  # noqa: PLC0415 - comes with the extra `import`

    opened = archive.open_archive(name, data, _MAIN)
    main = archive.find_chief_part(opened, _MAIN)
    pictures: dict[str, bytes] = {}
    losses: list[str] = []
    try:
        limits.refuse_long(name, wordxml.measure_longest(opened, main))
        plain = revision.settle_changes(opened, main, accept=accept)
        made = _written(opened, {main: plain.xml, **plain.notes})
        result = mammoth.convert_to_html(
            io.BytesIO(made),
            style_map=_STYLES,
            include_default_style_map=True,
            convert_image=mammoth.images.img_element(_keeper(pictures, losses)),
            transform_document=_transform,
            external_file_access=False,
        )
    except (
        zipfile.BadZipFile,
        ExpatError,
        KeyError,
        ValueError,
        SyntaxError,
        AttributeError,
        IndexError,
        TypeError,
        RecursionError,
        OSError,
    ) as error:
        # The libraries have no error class of their own for a document that breaks the format's
        # rules.
        raise archive.make_refusal(name, "里面的结构不合规矩，读不了") from error
    read, lost = hypertext.read_blocks(htmltree.parse_html(result.value.replace("\t", _TAB)))
    blocks = tuple(_put_in_rows(read))
    losses = [*plain.losses, *losses, *lost, *_messages(result.messages)]
    text = "\n".join(block.plain for block in blocks)
    dropped = tuple(Dropped(said, why) for said, why in plain.aside)
    return Manuscript(name, text, blocks, pictures=pictures, dropped=dropped, losses=tuple(losses))


def _put_in_rows(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks with lines that are divided by tabs as tables."""
    lines: list[tuple[Block, tuple[str, ...]]] = []
    for block in (*blocks, None):
        cells = _cells(block) if block else ()
        if lines and (not cells or len(cells) != len(lines[0][1])):
            yield from _make_table(lines)
            lines = []
        if block and cells:
            lines.append((block, cells))
        elif block:
            yield _without_tabs(block)


def _cells(block: Block) -> tuple[str, ...]:
    """Return the short cells of a line that is divided by tabs; () for any other line."""
    cells = tuple(cell.strip() for cell in block.text.split(_TAB))
    fit = len(cells) > 1 and all(0 < len(cell) <= LONGEST_CELL for cell in cells)
    told = byline.read_line(block.plain.replace(_TAB, " "), byline.Said())
    return cells if block.kind is Kind.PARAGRAPH and fit and not told else ()


def _make_table(lines: Sequence[tuple[Block, tuple[str, ...]]]) -> Iterator[Block]:
    if len(lines) < 2:
        yield from (_without_tabs(block) for block, _ in lines)
        return
    rows = tuple(cells for _, cells in lines)
    plain = " ".join(_without_tabs(block).plain for block, _ in lines)
    yield Block(Kind.TABLE, write_table(rows), plain, source=plain, rows=rows)


def _without_tabs(block: Block) -> Block:
    def clean(text: str) -> str:
        return _TABS.sub(" ", text).strip(" ") if _TAB in text else text

    rows = tuple(tuple(map(clean, row)) for row in block.rows)
    text, plain, source = map(clean, (block.text, block.plain, block.source))
    return replace(block, text=text, plain=plain, source=source, rows=rows)


def _written(opened: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as target:
        for part, content in revision.list_parts(opened, changed):
            target.writestr(part, content)
    return made.getvalue()


def _keeper(pictures: dict[str, bytes], losses: list[str]) -> Any:
    """Return the function that mammoth calls for each picture."""

    def keep(image: Any) -> dict[str, str]:
        try:
            with image.open() as source:
                content = source.read()
        except Exception:  # noqa: BLE001 - mammoth raises plain Exceptions for pictures elsewhere
            losses.append("一张图片是链接到别处的，没有带来：请在 Word 里另存后放进去")
            return {"src": ""}
        name = f"图片{len(pictures) + 1}"
        pictures[name] = content
        return {"src": name}

    return keep


def _messages(messages: Any) -> Iterator[str]:
    """Yield what mammoth could not read, except styles, which only change the look."""
    for message in messages:
        text = str(message.message)
        if _UNREAD.search(text) and "style" in text.lower():
            continue
        if "image" in text.lower() and "unlikely" in text.lower():
            continue
        if part := re.search(r"element was ignored: (?P<name>\S+)", text):
            if not _ONLY_LOOKS.fullmatch(part["name"]):
                name = part["name"].rpartition("}")[2]
                yield f"Word 里有不认得的内容（{name}），没有带来，请对照原稿"
            continue
        told = next((words for key, words in _TOLD.items() if key in text), "")
        yield told or f"Word 里有读不了的内容，请对照原稿：{tidy_text(text)[:120]}"


# --- looks ----------------------------------------------------------------------------------


def _transform(document: Any) -> Any:
    """Keep alignment, size and heading styles, as style names that `_STYLES` knows."""
    sizes = Counter[float]()
    for paragraph in _paragraphs(document):
        for run in _runs(paragraph):
            if run.font_size:
                sizes[run.font_size] += len(_text(run))
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    return _mapped(document, usual)


def _mapped(element: Any, usual: float) -> Any:
    children = getattr(element, "children", None)
    if children is not None:
        element = element.copy(children=[_mapped(child, usual) for child in children])
    return _restyled(element, usual) if _kind(element) == "Paragraph" else element


def _restyled(paragraph: Any, usual: float) -> Any:
    style = paragraph.style_name or ""
    level = "1" if _TITLES.match(style) else ""
    if heading := _HEADINGS.match(style):
        level = str(min(int(heading[1]) + 1, 6))
    if outlined := _OUTLINED.fullmatch(paragraph.style_id or ""):
        level = str(min(int(outlined[1]) + 1, 6))
    if level:
        return paragraph.copy(style_id="casegen", style_name=f"casegen {level}", numbering=None)
    looks = []
    if paragraph.alignment == "center":
        looks.append("centred")
    runs = [run for run in _runs(paragraph) if _text(run).strip()]
    if usual and runs and all((run.font_size or usual) > usual * 1.1 for run in runs):
        looks.append("large")
    if not looks:
        return paragraph
    return paragraph.copy(style_id="casegen", style_name="casegen " + " ".join(looks))


def _kind(element: Any) -> str:
    return type(element).__name__


def _paragraphs(element: Any) -> Iterator[Any]:
    if _kind(element) == "Paragraph":
        yield element
    for child in getattr(element, "children", ()):
        yield from _paragraphs(child)


def _runs(element: Any) -> Iterator[Any]:
    if _kind(element) == "Run":
        yield element
    for child in getattr(element, "children", ()):
        yield from _runs(child)


def _text(element: Any) -> str:
    if _kind(element) == "Text":
        return str(element.value)
    return "".join(_text(child) for child in getattr(element, "children", ()))
