"""plaintext: text pasted with or without blank lines, Markdown, HTML, or a row of a database dump.

Secret: how the manuscript is separated from the columns around it, and which lines are Markdown
or HTML.
Not here: decoding (casegen.source.encoding), what a line means (finding).
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from casegen.chinese.characters import HAN
from casegen.importers import breaks, htmltree, hypertext
from casegen.importers.headings import CAPTION, find_level
from casegen.importers.manuscript import Block, Dropped, Kind, Manuscript, place_blocks
from casegen.importers.markdown import BULLET, escape_text, tidy_text, write_table
from casegen.importers.struck import hide_struck, tell_struck

CHINA = dt.timezone(dt.timedelta(hours=8))
QUOTED = 0.8  # share of lines behind a > in a mail that is quoted as a whole
PLACEHOLDER = "图片"  # the word that WeChat copies in place of a picture
_HTML = re.compile(
    r"</?(?:p|div|br|h[1-6]|table|t[rdh]|ul|ol|li|figure|section|article|span|strong|img)\b[^<>]*>",
    re.IGNORECASE,
)
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?")
_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "标题", "题目"),
    "date": (
        "publish_date",
        "pub_date",
        "pubdate",
        "publish_time",
        "pubtime",
        "date",
        "published",
        "publishtime",
        "releasetime",
        "posttime",
        "postdate",
        "发布日期",
        "发布时间",
        "日期",
    ),
    # When a row was entered: the month that the text itself gives is surer.
    "entered": (
        "addtime",
        "adddate",
        "createtime",
        "createdate",
        "createdat",
        "created",
        "ctime",
        "inputtime",
        "inserttime",
        "updatetime",
        "录入时间",
        "创建时间",
        "添加时间",
    ),
    "source": ("source", "来源", "source_name", "origin", "copyfrom", "comefrom", "from", "出处"),
    "url": ("source_url", "url", "link", "linkurl", "链接", "网址"),
    "编辑": ("editor", "编辑", "责任编辑", "责编"),
    "author": ("author", "作者", "writer", "editor_name"),
    "body": ("full_text", "content", "body", "text", "contents", "正文", "内容", "全文"),
}
_IMAGE = re.compile(r"!\[(?P<alt>[^\[\]]*)\]\((?P<src>[^()\s]+)(?:\s[^()]*)?\)")
_LINK = re.compile(r"(?<!!)\[([^\]\[]+)\]\(([^()\s]+)(?:\s[^()]*)?\)")
_TABLE_LINE = re.compile(r"\s*\|.*\|\s*$")
_ITEM = re.compile(r"([-*+]|\d{1,3}[.)])\s+(?=\S)")
_DASHES = re.compile(r"\s*(?:[-*_] ?){3,}\s*$")


def read_text(file: str, text: str, *, markdown: bool = False) -> Manuscript:
    """Read the manuscript in a decoded text."""
    text, crossed = _hide_crossed(text) if markdown else (_hide_quoting(text), ())
    text, struck = hide_struck(_from_statement(text))
    text, start, end, said = _core(text)
    blocks: list[Block] = []
    losses = [*map(tell_struck, crossed), *struck]
    holders: list[Dropped] = []
    captions: list[str] = []  # lines right below a place without its picture
    for number, at, line in _lines(text, start, end):
        if _HTML.search(line):
            found, lost = hypertext.read_blocks(htmltree.parse_html(line))
            piece = list(place_blocks(found, line))
            blocks += [_moved(block, number, at) for block in piece]
            losses += lost
        elif line.strip() == PLACEHOLDER:
            holders.append(Dropped(line, "图片的位置", at, at + len(line)))
        elif line.strip():
            if holders and not text[holders[-1].end : at].strip() and _describes(line.strip()):
                captions.append(line.strip())
            blocks.append(_block(number, at, line, markdown=markdown))
    dropped = (*_around(text, start, end), *holders)
    if holders:
        below = "、".join(f"“{caption}”" for caption in captions)
        losses.append(
            f"稿子里有 {len(holders)} 处“{PLACEHOLDER}”，复制的文字里没有图：请把图片另存后放进去"
            + (f"；它下面这几行像是图片的说明，没有图就删去：{below}" if below else "")
        )
    whole, numbers = breaks.join_lines(blocks)
    losses += breaks.tell_joined(numbers)
    return Manuscript(
        file,
        text,
        tuple(_joined(whole)),
        said,
        dropped=dropped,
        losses=tuple(dict.fromkeys(losses)),
        flow=breaks.join_text(text, whole) if numbers else "",
    )


def _describes(line: str) -> bool:
    """Return whether a line below a missing picture may be its caption: short, no sentence."""
    named = CAPTION.match(line) or find_level(line)
    short = 4 <= len(line) <= 30 and re.match(f"[{HAN}“《]", line)
    return not named and bool(short) and not re.search("[。！？；，：:|]", line)


_STRUCK = re.compile(r"(?<!~)~~(?![\s~])([^~\n]{1,400}?)~~(?!~)")
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)


def _hide_crossed(text: str) -> tuple[str, tuple[str, ...]]:
    """Return Markdown without its struck words (~~投入90万元~~), and these; all offsets stay."""
    words = tuple(found[1] for found in _STRUCK.finditer(text))
    return _STRUCK.sub(lambda found: "\u200b" * len(found[0]), text), words


def _hide_quoting(text: str) -> str:
    """Return a text without the > with which mail quotes each line; all offsets stay."""
    lines = [line for line in text.splitlines() if line.strip("\ufeff \t")]
    if len(lines) < 3 or sum(line.startswith(">") for line in lines) < QUOTED * len(lines):
        return text
    return _QUOTED.sub(lambda found: "\u200b" * len(found[0]), text)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield number, offset and text of each line."""
    at = start
    first = text.count("\n", 0, start) + 1
    for number, line in enumerate(re.split(r"(?<=\n)", text[start:end]), first):
        yield number, at, line.rstrip("\r\n")
        at += len(line)


def _moved(block: Block, number: int, at: int) -> Block:
    if block.start < 0:
        return block
    return replace(block, start=block.start + at, end=block.end + at, line=number)


def _block(number: int, at: int, line: str, *, markdown: bool) -> Block:
    made = _kind(line, markdown=markdown)
    return replace(
        made, source=line.replace("\u200b", ""), start=at, end=at + len(line), line=number
    )


def _kind(line: str, *, markdown: bool) -> Block:
    """Return a line as a block: heading, picture, item, row of a table, else a paragraph."""
    bare = tidy_text(line)
    if head := re.match(r"(#{1,6})\s+([^\s#].*)", bare):
        said = head[2].rstrip("#").rstrip()
        text = _marked(said, markdown=markdown)
        return Block(Kind.HEADING, text, _plain(said), level=len(head[1]))
    if image := _IMAGE.fullmatch(bare):
        alt = tidy_text(image["alt"])
        return Block(Kind.IMAGE, escape_text(alt), alt, image=image["src"])
    if markdown and (_TABLE_LINE.match(line) or _DASHES.match(line)):
        return Block(Kind.RAW, line.strip(), bare)
    return (
        _item(line, bare, markdown=markdown)
        or _row(line, bare)
        or _prose(line, bare, markdown=markdown)
    )


def _item(line: str, bare: str, *, markdown: bool) -> Block | None:
    found = _ITEM.match(bare) if markdown else None
    marker = "1." if found and found[1][0].isdigit() else "-"
    found = found or BULLET.match(bare)
    if not found:
        return None
    rest = bare[found.end() :]
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    level = 1 + indent // 2 if markdown else 1
    text = _marked(rest, markdown=markdown)
    return Block(Kind.ITEM, text, _plain(rest), marker=marker, level=level)


def _row(line: str, bare: str) -> Block | None:
    """Return a row of a table copied from a spreadsheet as a block; None for other lines."""
    if "\t" not in line.strip() or _STAMP.search(line):
        return None
    cells = tuple(escape_text(tidy_text(cell)) for cell in line.strip("\r\n").split("\t"))
    return Block(Kind.TABLE, "", bare, rows=(cells,))


def _prose(line: str, bare: str, *, markdown: bool) -> Block:
    indent = len(line) - len(line.lstrip("\ufeff \t\xa0\u3000"))
    bold = re.fullmatch(r"(\*\*|__)([^*]+)\1", bare)
    words = bold[2] if bold else bare
    text = _marked(words, markdown=markdown)
    return Block(Kind.PARAGRAPH, text, _plain(words), emphatic=bool(bold), indented=indent > 1)


def _plain(text: str) -> str:
    shown = _LINK.sub(lambda m: m[1], _IMAGE.sub(lambda m: m["alt"], text))
    return tidy_text(re.sub(r"\*\*([^*]+)\*\*", r"\1", shown))


def _marked(text: str, *, markdown: bool) -> str:
    """Return a line as Markdown; in plain text only links and bold words count as mark-up."""
    if markdown:
        return text
    parts, at = [], 0
    for found in re.finditer(f"{_LINK.pattern}|\\*\\*[^*]+\\*\\*", text):
        parts += [escape_text(text[at : found.start()], first=not at), found[0]]
        at = found.end()
    return "".join([*parts, escape_text(text[at:], first=not at)])


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks with lines of one table, and lines of raw Markdown, joined."""
    row: list[Block] = []

    def close() -> Iterator[Block]:
        if not row:
            return
        first, last = row[0], row[-1]
        rows = tuple(cells for block in row for cells in block.rows)
        if first.kind is Kind.TABLE and len(rows) < 2:
            text = escape_text(first.plain)
            yield Block(
                Kind.PARAGRAPH, text, first.plain, first.source, first.start, first.end, first.line
            )
        else:
            text = write_table(rows) if rows else "\n".join(block.text for block in row)
            plain = "\n".join(block.plain for block in row)
            source = "\n".join(block.source for block in row)
            yield Block(
                first.kind, text, plain, source, first.start, last.end, first.line, rows=rows
            )
        row.clear()

    for block in blocks:
        if block.kind in {Kind.TABLE, Kind.RAW} and block.line and not block.emphatic:
            together = row and row[-1].kind is block.kind and block.line - row[-1].line == 1
            if not together:
                yield from close()
            row.append(block)
        else:
            yield from close()
            yield block
    yield from close()


# --- database rows ---------------------------------------------------------------------------


_INSERT = re.compile(
    r"INSERT\s++INTO\s++[^\s(]++\s*+(?:\(([^()]*+)\)\s*+)?VALUES\s*+\(", re.IGNORECASE
)
# One row as a dump holds it, without its statement: (1024,'标题','<p>…
_TUPLE = re.compile(r"\((?=\s*+(?:\d{1,12}\s*+,\s*+)?N?')(?P<names>)")
_SQL_VALUE = re.compile(r"(?:N?'((?:[^'\\]|''|\\.)*+)'\s*+|([^,()']*+))([,)])\s*+", re.DOTALL)
_UNNAMED = "column-"  # the names of columns that a dump does not name
_ESCAPED = {"n": "\n", "r": "", "t": " ", "0": ""}


def _from_statement(text: str) -> str:
    """Return an INSERT statement of a database dump as CSV, its first row; other texts as given."""
    statement = text.lstrip("\ufeff \t\r\n")
    begun = _INSERT.match(statement) or _TUPLE.match(statement)
    if begun is None:
        return text
    rest = statement[begun.end() :].lstrip()
    values: list[str] = []
    at, mark = 0, ","
    while mark == "," and (found := _SQL_VALUE.match(rest, at)):
        quoted = re.sub(r"\\(.)|''", _unescaped, found[1] or "", flags=re.DOTALL)
        values.append(quoted if found[1] is not None else found[2].strip())
        at, mark = found.end(), found[3]
    names = [name.strip(' `"[]\r\n\t') for name in (begun[1] or "").split(",")]
    if len(names) != len(values):
        # Without names the longest value is the text, and the first short one in Chinese the title.
        names = [f"{_UNNAMED}{n}" for n in range(len(values))]
        names[max(range(len(values)), key=lambda n: len(values[n]), default=0)] = "content"
        short = (n for n, v in enumerate(values) if len(v) < 100 and re.search(f"[{HAN}]{{2}}", v))
        if (n := next(short, -1)) >= 0 and names[n] != "content":
            names[n] = "title"
        when = (n for n, value in enumerate(values) if _STAMP.fullmatch(value.strip()))
        if (n := next(when, -1)) >= 0:
            names[n] = "publish_date"
    if mark != ")" or len(values) < 3:
        return text
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([names, values])
    return made.getvalue() + rest[at:].strip(" ;\r\n")


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[1], found[1]) if found[1] else "'"


def _core(text: str) -> tuple[str, int, int, dict[str, str]]:
    """Return the text, start and end of the manuscript in it, and the columns around it as fields.

    The quotes of a body in CSV are doubled: the second one becomes a character that is not shown,
    so that every place in the text stays where it is in the file.
    """
    if found := _of_csv(text):
        start, end, said = found
        body = text[start:end].replace('""', '"\u200b')
        return text[:start] + body + text[end:], start, end, said
    start, end, said = _of_row(text) or (1 if text[:1] == "\ufeff" else 0, len(text), {})
    return text, start, end, said


def _of_csv(text: str) -> tuple[int, int, dict[str, str]] | None:
    """Read a heading of known columns and one row with the text in quotes; None for other texts."""
    first = text.lstrip("\ufeff").partition("\n")[0].strip()
    divider = "\t" if "\t" in first else ","
    names = [name.strip().strip('"').lower() for name in first.split(divider)]
    keys = list(map(_find_key, names))
    if len(names) < 3 or "body" not in keys:
        return None
    after = text.find("\n") + 1
    try:
        rows = list(csv.reader(io.StringIO(text[after:], newline=""), delimiter=divider))
    except csv.Error:
        return None
    rows = [row for row in rows if row]
    if not rows or len(rows[0]) < len(names):
        return None
    said = {
        k: _write_day(tidy_text(v)) if k in {"date", "entered"} else tidy_text(v)
        for k, v in zip(keys, rows[0], strict=False)
        if k and k != "body"
    }
    body = rows[0][keys.index("body")]
    # The offset of the body in the file: quotes in it are doubled there.
    doubled = body.replace('"', '""')
    start = text.find(doubled, after)
    if start < 0 and (start := text.find(body, after)) >= 0:
        return start, start + len(body), said
    return (start, start + len(doubled), said) if start >= 0 else (after, len(text), said)


def _find_key(name: str) -> str:
    """Return the field of a column: news_title is a title, add_time is addtime; "" for others."""
    bare = re.sub(r"^(?:news|article|art|post|cms|info|doc|arc|[acfn])_(?=[a-z])", "", name)
    every = (name, bare, bare.replace("_", ""))
    return next((k for one in every for k, v in _NAMES.items() if one in v), "")


def _write_day(value: str) -> str:
    """Return seconds since 1970 as the day that it was in China; other values as given."""
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", value):
        return value
    return dt.datetime.fromtimestamp(int(value[:10]), CHINA).date().isoformat()


def _of_row(text: str) -> tuple[int, int, dict[str, str]] | None:
    """Read one line of columns divided by tabs: number, title, text or HTML, times; else None."""
    bare = text.strip("\ufeff\r\n ")
    if "\n" in bare or bare.count("\t") < 3:
        return None
    columns = bare.split("\t")
    longest = max(range(len(columns)), key=lambda n: len(columns[n]))
    body = columns[longest]
    if len(body) < 100:
        return None
    title = next(
        (
            column
            for n, column in enumerate(columns)
            if n != longest and re.search(f"[{HAN}]{{2}}", column) and len(column) < 100
        ),
        "",
    )
    start = text.find(body)
    return start, start + len(body), {"title": tidy_text(title)} if title else {}


def _around(text: str, start: int, end: int) -> Iterator[Dropped]:
    """Yield the columns around the manuscript, which are not in the body."""
    for at, until in ((0, start), (end, len(text))):
        for piece in re.finditer(r"[^\t\n\r\ufeff]+", text[at:until]):
            for words in _list_cells(piece[0], before=not at):
                if words and not words.startswith(_UNNAMED):
                    yield Dropped(words, "数据库的栏目", at + piece.start(), at + piece.end())


def _list_cells(line: str, *, before: bool) -> list[str]:
    """Return the cells of a line of CSV, of which the body's own quotes were cut off."""
    bare = line.strip()
    if '"' not in bare and "," not in bare:
        return [bare]
    if bare.count('"') % 2:  # the one before the body, or the one behind it
        bare = bare[:-1].rstrip(",") if before else bare[1:].lstrip(",")
    try:
        return [cell.strip() for cell in next(csv.reader([bare]), [])]
    except csv.Error:
        return [bare]
