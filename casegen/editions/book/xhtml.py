"""xhtml: blocks and parts of a volume as XHTML for reading programs.

Secret: elements, classes and anchors of the reflowable text.
Not here: the container and its lists (epub), how it looks (the theme's epub.css).
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from casegen.body.html import keep_unbroken
from casegen.editions.book import blocks as b
from casegen.editions.book.container import fit_xml
from casegen.editions.book.volume import (
    Chapter,
    Essay,
    Figure,
    Group,
    Index,
    Part,
    Reference,
    Row,
    Volume,
)

LONG = re.compile(r"[!-~]{16,}")  # a word too long for a narrow cell
MANY = 6  # columns; a table with more is set in smaller type, and may be moved sideways
_DOUBTFUL = ' class="doubtful"'
_TAGS = {"strong": "strong", "em": "em", "strike": "s"}


def escape(said: str) -> str:
    """Return a text as XML; characters that XML forbids become U+FFFD."""
    return html.escape(fit_xml(said))


def write_page(title: str, body: str, lang: str) -> str:
    """Return a whole document."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{escape(lang)}" xml:lang="{escape(lang)}">\n'
        f'<head><title>{escape(title)}</title><link rel="stylesheet" href="style.css"/></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def name_case_page(slug: str) -> str:
    """Return the name of the document of a case."""
    return f"case-{slug}.xhtml"


def write_matter(found: b.Matter, level: int) -> str:
    """Return a body with its footnotes; its first headings are of `level`."""
    body = "\n".join(_block(block, level) for block in found.blocks)
    notes = "".join(_note(number, note, level) for number, note in enumerate(found.notes, 1))
    return f"{body}\n{notes}"


def _note(number: int, found: b.Blocks, level: int) -> str:
    """Return a footnote: its number leads back to its mark in the text."""
    back = f'<a role="doc-backlink" href="#ref-{number}">{number}</a>　'
    first, rest = (found[0], found[1:]) if found else (None, ())
    if isinstance(first, b.Paragraph):
        opening = f"<p>{back}{_runs(first.runs)}</p>"
    else:
        opening, rest = f"<p>{back}</p>", found
    return (
        f'<aside epub:type="footnote" role="doc-footnote" id="fn-{number}">'
        f"{opening}{_blocks(rest, level)}</aside>\n"
    )


def write_chapter(found: Chapter, words: Mapping[str, str]) -> str:
    """Return a case."""
    return "\n".join(_chapter(found, words))


def _chapter(found: Chapter, words: Mapping[str, str]) -> Iterator[str]:
    yield '<section epub:type="chapter" role="doc-chapter">'
    yield f'<p class="marks">{escape("　".join(found.categories))}</p>'
    yield f"<h1>{escape(found.title)}</h1>"
    yield f'<p class="institution">{escape(found.institution)}</p>'
    if found.draft:
        yield f'<p class="draft">{escape(words["book.draft"].format(status=found.draft))}</p>'
    facts = "".join(f"<dt>{escape(f.label)}</dt><dd>{escape(f.text)}</dd>" for f in found.facts)
    yield f'<dl class="facts">{facts}</dl>'
    if found.summary:
        yield f'<p class="summary">{escape(found.summary)}</p>'
    if found.leading:
        yield write_figures(found.leading, words, head=False)
    for funds in found.funds:
        rows = "".join(
            f"<tr><td>{_shown(s.name)}</td><td>{escape(s.quantity)}</td></tr>" for s in funds.shares
        )
        top = _top(words["book.figure_name"], words["book.figure_quantity"])
        caption = f"<caption>{escape(funds.title)}</caption>"
        yield f"<table>{caption}{top}<tbody>{rows}</tbody></table>"
        yield f'<p class="note">{escape(funds.note)}</p>'
    if found.cover and not b.shows_picture(found.body.blocks, found.cover):
        alt = words["book.cover_alt"].format(title=found.title)
        yield f'<figure><img src="{found.cover}" alt="{escape(alt)}"/></figure>'
    yield write_matter(found.body, 2)
    if found.figures:
        yield f"<h2>{escape(words['book.all_figures'].format(n=len(found.figures)))}</h2>"
        yield write_figures(found.figures, words, head=True)
    said = [(row.label, escape(row.text)) for row in found.credits]
    if found.source:
        said.append((words["book.source"], escape(found.source)))
    if found.url:
        said.append(
            (
                words["book.address"],
                f'<a href="{escape(found.url)}">{escape(found.url)}</a>',
            )
        )
    if said:
        rows = "".join(f"<dt>{escape(label)}</dt><dd>{value}</dd>" for label, value in said)
        yield f'<dl class="credits">{rows}</dl>'
    yield "</section>"


def write_figures(found: Sequence[Figure], words: Mapping[str, str], *, head: bool) -> str:
    """Return metrics as a table."""
    names = (words["book.figure_name"], words["book.figure_quantity"], words["book.figure_note"])
    rows = "".join(
        f"<tr{_DOUBTFUL if f.doubtful else ''}>"
        f'<td>{_shown(f.name)}</td><td class="quantity">{escape(f.quantity)}</td>'
        f"<td>{_shown(_write_remark(f, whole=head))}</td></tr>"
        for f in found
    )
    return f'<table class="figures">{_top(*names)}<tbody>{rows}</tbody></table>'


def _top(*names: str) -> str:
    """Return the head of a table."""
    cells = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    return f"<thead><tr>{cells}</tr></thead>"


def _write_remark(figure: Figure, *, whole: bool) -> str:
    """Return period, category (only in the whole table) and note of a figure."""
    return "，".join(filter(None, (figure.period, figure.category if whole else "", figure.note)))


def write_part(found: Part, words: Mapping[str, str]) -> str:
    """Return the first page of a part: its introduction and totals."""
    said = [f'<section epub:type="part" role="doc-part"><h1>{escape(found.name)}</h1>']
    if found.intro:
        said.append(f"<p>{escape(found.intro)}</p>")
    if found.totals:
        names = (
            words["book.total_name"],
            words["book.total_quantity"],
            words["book.total_coverage"],
        )
        rows = "".join(
            f"<tr><td>{escape(t.name)}</td><td>{escape(t.quantity)}</td><td>{escape(t.coverage)}</td></tr>"
            for t in found.totals
        )
        said.append(f"<h2>{escape(words['book.totals'])}</h2>")
        said.append(f"<table>{_top(*names)}<tbody>{rows}</tbody></table>")
        said.append(f'<p class="note">{escape(words["book.totals_note"])}</p>')
    said.append(f'<p class="note">{escape(found.told)}</p>')
    if found.also:
        said.append(f"<ul>{''.join(_reference(each) for each in found.also)}</ul>")
    return "\n".join([*said, "</section>"])


def _reference(found: Reference) -> str:
    return f'<li><a href="{name_case_page(found.case)}">{escape(found.title)}</a></li>'


def write_essay(found: Essay) -> str:
    """Return a hand-written page."""
    return f"<section><h1>{escape(found.title)}</h1>\n{write_matter(found.body, 2)}</section>"


def write_title_page(volume: Volume) -> str:
    """Return the title page."""
    said = [f'<section epub:type="titlepage" class="title-page"><h1>{escape(volume.title)}</h1>']
    if volume.subtitle:
        said.append(f'<p class="subtitle">{escape(volume.subtitle)}</p>')
    if volume.organization:
        name = volume.words["book.edited_by"].format(name=volume.organization)
        said.append(f'<p class="organization">{escape(name)}</p>')
    said.append(_rows(volume.title_page))
    return "\n".join([*said, "</section>"])


def write_rows(title: str, rows: Sequence[Row], kind: str = "") -> str:
    """Return a page of rows, as given: the committee, the imprint."""
    role = f' epub:type="{kind}"' if kind else ""
    return f"<section{role}><h1>{escape(title)}</h1>\n{_rows(rows)}\n</section>"


def _rows(rows: Sequence[Row]) -> str:
    """Return rows in their order; neighbouring rows with a label become one list."""
    said = []
    for named, group in itertools.groupby(rows, lambda row: bool(row.label)):
        if named:
            pairs = "".join(f"<dt>{escape(r.label)}</dt><dd>{escape(r.text)}</dd>" for r in group)
            said.append(f'<dl class="rows">{pairs}</dl>')
        else:
            said += [f'<p class="row">{escape(row.text)}</p>' for row in group]
    return "\n".join(said)


def write_appendix(groups: Sequence[Group], words: Mapping[str, str]) -> str:
    """Return the appendix with every indicator."""
    title = escape(words["book.appendix"])
    said = [f'<section epub:type="appendix" role="doc-appendix"><h1>{title}</h1>']
    said.append(f'<p class="note">{escape(words["book.appendix_list"])}</p>')
    for group in groups:
        said.append(f"<h2>{escape(group.name)}</h2>")
        for found in group.indicators:
            totals = "；".join(found.totals) or found.reason
            said.append(f"<h3>{escape(found.name)}</h3>")
            said.append(f'<p class="total">{escape(totals)}　{escape(found.coverage)}</p><ul>')
            said += [
                f'<li><a href="{name_case_page(v.slug)}">{escape(v.title)}</a>'
                f'　<span class="quantity">{escape(v.quantity)}</span></li>'
                for v in found.values
            ]
            said.append("</ul>")
    return "\n".join([*said, "</section>"])


def write_indexes(
    found: Sequence[Index], titles: Mapping[str, str], words: Mapping[str, str]
) -> str:
    """Return the indexes; `titles` gives the titles of cases by slug."""
    said = [f'<section epub:type="index" role="doc-index"><h1>{escape(words["book.index"])}</h1>']
    for index in found:
        said.append(f"<h2>{escape(index.title)}</h2>")
        for letter in index.letters:
            said.append(f"<h3>{escape(letter.letter)}</h3><ul>")
            for entry in letter.entries:
                links = "；".join(
                    f'<a href="{name_case_page(slug)}">{escape(titles[slug])}</a>'
                    for slug in entry.slugs
                )
                said.append(f"<li>{escape(entry.name)}：{links}</li>")
            said.append("</ul>")
    return "\n".join([*said, "</section>"])


def _blocks(found: Sequence[b.Block], level: int) -> str:
    return "".join(_block(block, level) for block in found)


def _block(block: b.Block, level: int) -> str:  # noqa: PLR0911 one return a kind
    match block:
        case b.Heading():
            tag = f"h{min(level + block.level - 1, 6)}"
            return f"<{tag}>{_runs(block.runs)}</{tag}>"
        case b.Paragraph():
            return f"<p>{_runs(block.runs)}</p>"
        case b.Items():
            tag = "ol" if block.start else "ul"
            start = f' start="{block.start}"' if block.start > 1 else ""
            items = "".join(
                f"<li>{''.join(_block(inner, level) for inner in item)}</li>"
                for item in block.items
            )
            return f"<{tag}{start}>{items}</{tag}>" if items else ""
        case b.Quote():
            return f"<blockquote>{_blocks(block.blocks, level)}</blockquote>"
        case b.Listing():
            return f"<pre>{escape(block.text)}</pre>"
        case b.Table():
            return _table(block)
        case b.Figure():
            return _figure(block)
        case b.Gallery():
            return f'<div class="gallery">{"".join(map(_figure, block.figures))}</div>'
        case b.Rule():
            return "<hr/>"


def _table(table: b.Table) -> str:
    def cells(row: Sequence[tuple[b.Run, ...]], tag: str) -> str:
        scope = ' scope="col"' if tag == "th" else ""
        return "".join(
            f'<{tag}{scope} class="{side}">{_runs(cell)}</{tag}>'
            for cell, side in zip(row, table.align, strict=False)
        )

    rows = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in table.rows)
    body = f"<tbody>{rows}</tbody>" if rows else ""
    many = len(table.head) > MANY
    wide, end = ('<div class="wide">', "</div>") if many else ("", "")
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    head = f"<thead><tr>{cells(table.head, 'th')}</tr></thead>"
    return f"{wide}<table>{caption}{head}{body}</table>{end}"


def _shown(text: str) -> str:
    """Return a text whose long words may break, and whose numbers stay with their units.

    In a cell a long word would make the page too wide.
    """
    said, at = [], 0
    for found in LONG.finditer(text := fit_xml(text)):
        said += [_whole(text[at : found.start()]), f'<span class="long">{escape(found[0])}</span>']
        at = found.end()
    return "".join([*said, _whole(text[at:])])


def _whole(text: str) -> str:
    return keep_unbroken(text).replace("<wbr>", "<wbr/>")


def _figure(figure: b.Figure) -> str:
    said = "　".join(filter(None, (figure.caption, figure.credit)))
    caption = f"<figcaption>{escape(said)}</figcaption>" if said else ""
    if not figure.name:
        return f"<p>{escape(said or figure.alt)}</p>"
    return f'<figure><img src="{figure.name}" alt="{escape(figure.alt)}"/>{caption}</figure>'


def _runs(runs: Sequence[b.Run]) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: b.Run) -> str:  # noqa: PLR0911 one return a kind
    match run:
        case b.Text():
            return _shown(run.text)
        case b.Code():
            return f"<code>{escape(run.text)}</code>"
        case b.Styled():
            tag = _TAGS[run.style]
            return f"<{tag}>{_runs(run.runs)}</{tag}>"
        case b.Link():
            href = name_case_page(run.case) if run.case else run.href
            return f'<a href="{escape(href)}">{_runs(run.runs)}</a>'
        case b.Note():
            name = "" if run.again else f' id="ref-{run.number}"'
            return (
                f'<sup><a epub:type="noteref" role="doc-noteref"{name} href="#fn-{run.number}">'
                f"{run.number}</a></sup>"
            )
        case b.Picture():
            return f'<img class="inline" src="{run.name}" alt="{escape(run.alt)}"/>'
        case b.Break():
            return "<br/>"
