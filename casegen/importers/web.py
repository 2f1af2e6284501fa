"""web: the article of a saved page (.html, .mhtml), found by the blocks of its web system.

Secret: the blocks in which campus systems keep an article, and the parts of an .mhtml file.
Not here: elements as blocks of text (hypertext), furniture inside the article (furniture).
"""

from __future__ import annotations

import email
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from email.message import Message
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin

from casegen import storage
from casegen.chinese import furniture
from casegen.importers import byline, htmltree, hypertext, limits
from casegen.importers.manuscript import Block, Dropped, Kind, Manuscript, place_blocks
from casegen.importers.markdown import tidy_text
from casegen.importers.struck import hide_struck
from casegen.problem import CasegenError
from casegen.source import encoding

# Blocks of an article by system: 博达 and its relatives, 苏迪, TRS, WeChat, news sites; best first.
_ARTICLES = (
    "//*[contains(concat(' ', @class, ' '), ' v_news_content ')]",
    "//*[starts-with(@id, 'vsb_content')]",
    "//*[contains(@class, 'wp_articlecontent')]",
    "//*[contains(@class, 'TRS_Editor')]",
    "//*[@id='js_content']",
    "//*[contains(@class, 'rich_media_content')]",
    "//*[@id='UCAP-CONTENT']",
    "//*[@id='zoom' or @id='Zoom']",
    "//*[contains(concat(' ', @class, ' '), ' article-content ')]",
    "//*[contains(concat(' ', @class, ' '), ' article_content ')]",
    "//*[contains(concat(' ', @class, ' '), ' entry-content ')]",
    "//*[@id='article' or @id='content_area' or @id='artibody' or @id='rwb_zw']",
    "//article",
)
_HEADS = (
    "//*[@id='activity-name']",
    "//*[contains(@class, 'arti_title') or contains(@class, 'article-title')]",
    "//*[contains(concat(' ', @class, ' '), ' title ')][self::h1 or self::h2 or self::h3]",
    "//h1",
)
_METAS = {
    "articletitle": "title",
    "pubdate": "date",
    "publishdate": "date",
    "article:published_time": "date",
    "contentsource": "source",
    "author": "author",
}
_CHARSET = re.compile(
    rb"<meta[^<>]+charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_-]+)", re.IGNORECASE
)
LONGEST_TITLE = 100
LEAST = 60  # characters that an article has at least
MOST_PICTURE = 30 * 1024 * 1024


def read_page(name: str, data: bytes, place: Path | None) -> Manuscript:
    """Read the manuscript in a page; raises CasegenError "import" for a file that is no page."""
    address = ""
    parts: dict[str, bytes] = {}
    if name.lower().endswith((".mhtml", ".mht")):
        data, address, parts = _unpacked(name, data)
    decoded = _decoded(name, data)
    limits.refuse_endless(name, decoded)
    text, struck = hide_struck(decoded)
    root = htmltree.parse_html(text)
    article = _article(root, text)
    blocks, losses = hypertext.read_blocks(article)
    if not any(block.plain for block in blocks):
        raise CasegenError("import", f"{name} 里没有读到正文", "打开网页，把文字复制成 .txt 再导入")
    around = _around(root)
    kept = tuple(place_blocks((*_lead(root, article, blocks), *blocks), text))
    pictures = _pictures(kept, parts, address, place)
    dropped = tuple(_left_out(around, kept))
    said = _read_metas(root, address)
    losses = (*losses, *struck, *_attachments(root))
    return Manuscript(name, text, kept, said, pictures, dropped, losses)


# --- the file --------------------------------------------------------------------------------


def _decoded(name: str, data: bytes) -> str:
    """Return the page's text, decoded as its bytes show, else as it declares."""
    found = encoding.decode_plain(data)
    if found is None and (declared := _CHARSET.search(data[:4096])):
        try:
            return data.decode(declared[1].decode("ascii"), "replace")
        except LookupError:
            found = None
    if found is None or found[0].count("\0") * 10 > len(found[0]):
        raise CasegenError(
            "import", f"读不了 {name}：认不出文字编码，或不是网页", "用浏览器另存一份"
        )
    text, kind = found
    return text if kind in {"utf-8", "gb18030"} else "\ufeff" + text


def _unpacked(name: str, data: bytes) -> tuple[bytes, str, dict[str, bytes]]:
    """Return the page of an .mhtml file, its address, and its other parts by address."""
    message = email.message_from_bytes(data)
    page: Message | None = None
    parts: dict[str, bytes] = {}
    for part in message.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if page is None and part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            page = part
        elif isinstance(content, bytes):
            for key in (part.get("Content-Location"), part.get("Content-ID")):
                if key:
                    parts[key.strip("<> ")] = content
    content = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(content, bytes):
        raise CasegenError("import", f"{name} 里没有网页", "用浏览器另存一份")
    charset = page.get_content_charset() or ""
    try:
        if charset and charset not in {"utf-8", "utf8"}:
            content = content.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        pass
    address = page.get("Content-Location") or message.get("Snapshot-Content-Location") or ""
    return content, address, parts


# --- the article -----------------------------------------------------------------------------


def _article(root: Any, text: str) -> Any:
    for path in _ARTICLES:
        found = [e for e in root.xpath(path) if len(tidy_text(e.text_content())) >= LEAST]
        if found:
            return max(found, key=lambda e: len(e.text_content()))
    return _readable(text)


def _body(root: Any) -> Any:
    found = root.find(".//body")
    return root if found is None else found


def _pruned(text: str) -> Any:
    """Return the whole page without the elements that declare that they are no article."""
    whole = _body(htmltree.parse_html(text))
    for part in list(whole.iter("nav", "header", "footer", "aside", "form")):
        part.drop_tree()
    return whole


def _readable(text: str) -> Any:
    """Return the article as readability guesses it; the whole page where that is almost empty."""
    import readability  # noqa: PLC0415 - comes with the extra `import`

    whole = _pruned(text)
    if not htmltree.fits_usual_limits(text):
        return whole  # readability would lose what its parser does not reach
    # Pages that it cannot read are taken whole; its own log of them would reach the terminal.
    logging.getLogger("readability.readability").addHandler(logging.NullHandler())
    try:
        guess = readability.Document(htmltree.clean_html(text)).summary(html_partial=True)
    except Exception:  # noqa: BLE001 - it wraps whatever went wrong into errors of many kinds
        return whole
    found = htmltree.parse_html(guess)
    enough = len(tidy_text(found.text_content())) >= max(
        LEAST, len(tidy_text(whole.text_content())) // 8
    )
    return _with_tables(found, whole) if enough else whole


def _with_tables(guess: Any, whole: Any) -> Any:
    """Return the guess, or the element around its paragraphs where the guess left out a table.

    readability takes a table with little text for a part of the page's frame.
    """
    told = _squeeze(guess)
    left_out = [
        table
        for table in whole.iter("table")
        if table.find(".//table") is None
        and sum(len(row.findall("td") + row.findall("th")) > 1 for row in table.iter("tr")) > 1
        and _squeeze(table) not in told
    ]
    # Old pages have no <p>: their lines are text in a cell, between <br>.
    lines = [e for e in whole.iter() if any(t in told for t in _own_lines(e))]
    if not left_out or not lines:
        return guess
    around = [set(p.iterancestors()) for p in lines]
    shared = set.intersection(*around)
    inner = next((e for e in lines[0].iterancestors() if e in shared), None)
    tables = [table for table in left_out if inner is not None and inner in table.iterancestors()]
    most = len(told) * 1.2 + sum(len(_squeeze(table)) for table in tables) + LEAST
    return inner if tables and len(_squeeze(inner)) <= most else guess


def _own_lines(element: Any) -> Iterator[str]:
    """Yield the longer pieces of text of an element that are not inside an element in it.

    A paragraph counts as a whole: words in it may be bold.
    """
    if not isinstance(element.tag, str):
        return
    own = [element.text, *(child.tail for child in element)]
    pieces = [_squeeze(element)] if element.tag == "p" else [_bare(t) for t in own if t]
    yield from (piece for piece in pieces if len(piece) > 20)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _squeeze(element: Any) -> str:
    return _bare(element.text_content())


def _lead(root: Any, article: Any, blocks: tuple[Block, ...]) -> list[Block]:
    """Return the title and byline above the article, as blocks."""
    lead = []
    titles = _titles(root, article)
    title = titles[0] if titles else ""
    head = "".join(block.plain for block in blocks[:3])
    if title and title not in head:
        lead.append(Block(Kind.HEADING, title, title, title, level=1))
        second = next((t for t in titles[1:2] if re.match("[—－-]", t)), "")
        second = second or _subtitle(root, article, title)
        lead += [Block(Kind.PARAGRAPH, second, second, second)] if second else []
    lines = [line for line in _bylines(root, article) if line not in head and line != title]
    return [*lead, *(Block(Kind.PARAGRAPH, line, line, line) for line in lines)]


def _titles(root: Any, article: Any) -> list[str]:
    """Return the title, and what follows it in elements of its kind.

    It is what the page declares as its article's, else the heading of the web system, else a first
    heading, else the line that the page's own title names, else a lesser heading outside the
    article.
    """
    if 4 <= len(declared := _read_metas(root, "").get("title", "")) <= LONGEST_TITLE:
        return [declared]
    for path in _HEADS:
        found = [tidy_text(element.text_content()) for element in root.xpath(path)]
        if fit := [text for text in found if 4 <= len(text) <= LONGEST_TITLE]:
            return fit
    lines = set(_around(root))
    parts = re.split(r"(\s?[-_|–—]+\s?)", tidy_text(root.findtext(".//title") or ""))
    for end in range(len(parts), 0, -2):
        if len(text := "".join(parts[:end])) >= 4 and text in lines:
            return [text]
    inside = set(article.iter())
    return [
        text
        for element in root.xpath("//h2 | //h3")
        if element not in inside and element.find(".//a") is None
        if 4 <= len(text := tidy_text(element.text_content())) <= LONGEST_TITLE
    ]


_SECOND = re.compile(
    r"sub-?_?(?:title|tit|head|heading)?\b|\b(?:fu|vice|deputy|second)-?_?(?:title|tit|biaoti)\b|\bfbt\b",
    re.IGNORECASE,
)


def _subtitle(root: Any, article: Any, title: str) -> str:
    """Return the line right below the title that begins with a dash, or whose class says so."""
    inside = set(article.iter())
    for element in _body(root).iter("h1", "h2", "h3", "p", "div", "span", "td"):
        if element in inside or tidy_text(element.text_content()) != title:
            continue
        after = element.getnext()
        if after is None or after in inside or not isinstance(after.tag, str):
            continue
        text = tidy_text(after.text_content())
        if not 4 <= len(text) <= LONGEST_TITLE or _BYLINE.search(text):
            continue
        if re.match("[—－-]", text):
            return text
        if _SECOND.search(after.get("class") or after.get("id") or ""):
            return f"——{text}"
    return ""


_BYLINE = re.compile(
    r"(?:发布(?:时间|日期)|发表时间|时间|日期|来源|作者|编辑|责任编辑|供稿|审核|摄影|撰稿|浏览)\s*[:：]"
    r"|(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}"
)
_FOOTER = re.compile("(?:上|下)一|版权|地址|电话|主办")
MOST_BYLINES = 4


def _bylines(root: Any, article: Any) -> list[str]:
    """Return short lines outside the article that look like its byline."""
    inside = set(article.iter())
    lines: list[str] = []
    for element in _body(root).iter("p", "div", "span", "td", "h4", "h5", "em", "li"):
        text = _without_buttons(element)
        fit = len(text) <= 120 and _BYLINE.search(text) and not _FOOTER.match(text)
        known = any(text in line for line in lines)
        if fit and not known and inside.isdisjoint(element.iter()):
            lines.append(text)
    return lines[:MOST_BYLINES]


_LABELLED = re.compile(r"(?:来源|来自|作者|记者|供稿|编辑|单位|审核)\s{0,9}[:：]?\s{0,9}$")


def _without_buttons(element: Any) -> str:
    """Return the text of a line without its buttons (大 中 小, 打印); "" with another link in it.

    A link is no button right behind 来源： or 作者：.
    """
    parts: list[str] = []
    linked: list[str] = []
    for piece in element.xpath(".//text()"):
        if not any(e.tag == "a" for e in _line_of(piece.getparent(), element, piece)):
            parts.append(piece)
            continue
        text = tidy_text(piece)
        if not text or furniture.find_reason(text):
            continue
        if not _LABELLED.search(tidy_text(" ".join(parts))):
            linked.append(text)
        parts.append(piece)
    return "" if linked else tidy_text(" ".join(parts))


def _line_of(parent: Any, top: Any, piece: Any) -> Iterator[Any]:
    """Yield the elements around a piece of text, up to `top`."""
    one = parent.getparent() if piece.is_tail else parent
    while one is not None:
        yield one
        if one is top:
            return
        one = one.getparent()


def _around(root: Any) -> list[str]:
    """Return all lines of the page."""
    whole, _ = hypertext.read_blocks(_body(root))
    return [block.plain for block in whole if block.plain]


def _left_out(around: list[str], kept: Sequence[Block]) -> list[Dropped]:
    known = {re.sub(r"\W", "", block.plain) for block in kept}
    inside = "".join(re.sub(r"\W", "", block.plain) for block in kept)
    return [
        Dropped(line, "正文之外的网页内容")
        for line in around
        if (key := re.sub(r"\W", "", line)) not in known and (len(key) < 12 or key not in inside)
    ]


def _read_metas(root: Any, address: str) -> dict[str, str]:
    """Return fields that the page's head gives of its article."""
    said = {"url": address} if address.startswith("http") else {}
    for meta in root.iter("meta"):
        key = _METAS.get((meta.get("name") or meta.get("property") or "").lower())
        value = tidy_text(meta.get("content") or "")
        if key and value and key not in said:
            said[key] = value
    if "date" not in said and (day := _timed(root)):
        said["date"] = day
    for name in root.xpath("//*[@id='js_name']"):
        said.setdefault("account", tidy_text(name.text_content()))
        for author in root.xpath(_WECHAT_AUTHOR):
            said.setdefault("author", tidy_text(author.text_content()))
    return said


def _timed(root: Any) -> str:
    """Return the day of the first <time datetime=…> beside no link and in no prose; else ""."""
    for time in root.iter("time"):
        around = {e.tag for e in time.iterancestors()}
        near = time.getparent()
        prose = furniture.is_prose(tidy_text(near.text_content()))
        listed = not around.isdisjoint({"a", "li", "nav", "aside", "footer", "table"})
        if not listed and not prose and (day := byline.read_date(time.get("datetime") or "")):
            return day
    return ""


_WECHAT_AUTHOR = (
    "//*[@id='js_author_name']|//span[contains(@class,'rich_media_meta_text') and not(@id)]"
)
_ATTACHED = re.compile(
    r"\.(?:pdf|ofd|docx?|xlsx?|pptx?|wps|et|zip|rar|7z)(?:$|[?#])", re.IGNORECASE
)


def _attachments(root: Any) -> Iterator[str]:
    """Yield the files that the page links to; they are not fetched."""
    for link in root.iter("a"):
        if _ATTACHED.search(href := link.get("href") or ""):
            name = tidy_text(link.text_content()) or PurePosixPath(href.partition("?")[0]).name
            yield f"附件没有带来：{name}，请另存后放到案例旁边"


# --- pictures --------------------------------------------------------------------------------


def _pictures(
    blocks: Sequence[Block],
    parts: Mapping[str, bytes],
    address: str,
    place: Path | None,
) -> dict[str, bytes]:
    """Return pictures by address: of the .mhtml file, or from the folder beside the page."""
    found: dict[str, bytes] = {}
    folder = storage.resolve_path(place.parent) if place else None
    for block in blocks:
        if block.kind is not Kind.IMAGE or block.image in found:
            continue
        src = block.image
        names = (src, urljoin(address, src), src.removeprefix("cid:"))
        content = next((parts[name] for name in names if name in parts), None)
        if content is None and folder and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/", src):
            content = _beside(folder, unquote(src.partition("?")[0]))
        if content is not None:
            found[src] = content
    return found


def _beside(folder: Path, src: str) -> bytes | None:
    """Return a picture from the page's folder or below it; None for any other place."""
    if "\0" in src or ".." in PurePosixPath(src.replace("\\", "/")).parts:
        return None
    try:
        place = storage.resolve_path(folder / src.replace("\\", "/"))
        return storage.read_file(place, MOST_PICTURE) if place.is_relative_to(folder) else None
    except OSError:
        return None
