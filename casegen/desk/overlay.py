"""overlay: what the preview adds to a page: the bar, the banner, marks; and pages of its own.

Secret: the HTML and the words of the preview; none of them is in the site.
Not here: what is shown (preview), who asks for it (server), how it looks (assets).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from casegen.desk.preview import Failure, Leaf, Shown
from casegen.problem import Problem, Problems, Severity

HOME = "/.preview/"  # no address of the site begins with a dot
NAMES: Mapping[Severity, str] = {
    Severity.ERROR: "错误",
    Severity.WARNING: "提醒",
    Severity.NOTE: "提示",
}
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^<>]*>\n?')


def lay_over(html: str, address: str, shown: Shown) -> str:
    """Return a page of the site with the bar, the script and the marks of the preview."""
    leaf = shown.leaves.get(address)
    digest = digest_page(html, address, shown)
    script = _script(shown, _list_broken_links(leaf), digest)
    head = f'<link rel="stylesheet" href="{HOME}preview.css">\n{script}'
    bar = _bar(shown, leaf)
    if "default-src 'none'" in html:  # the policy of a self-contained page would let no script load
        html = _POLICY.sub("", html, count=1)
    html = _put_before(html, "</head>", head)
    return _put_before(html, "</body>", bar)


def digest_page(html: str, address: str, shown: Shown) -> str:
    """Return a text that differs whenever a page with all that is laid over it does.

    "" for a page with lists, whose scripts load more than can be seen here.
    """
    leaf = shown.leaves.get(address)
    if leaf is None:
        return ""
    text = f"{html}\0{_bar(shown, leaf)}\0{_list_broken_links(leaf)}"
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def show_broken(leaf: Leaf, shown: Shown) -> str:
    """Return the page that stands for a file which can have no usable page."""
    main = (
        f"<h1>{escape(leaf.title)}</h1>\n"
        f"<p>{escape(leaf.path)} 有错误，还写不出这一页；别的页面照常。"
        "改好存盘，这里自己会更新。</p>\n"
        f"{_list_problems(shown.of(leaf.path))}"
    )
    return _page(leaf.title, main, shown)


def show_overview(shown: Shown) -> str:
    """Return the page that lists all problems of all files."""
    paths = dict.fromkeys(problem.where.path for problem in shown.problems)
    address = {leaf.path: at for at, leaf in (*shown.leaves.items(), *shown.broken.items())}
    parts = []
    for path in paths:
        at = address.get(path)
        name = f'<a href="/{escape(at)}">{escape(path)}</a>' if at else escape(path)
        parts.append(f"<h2>{name}</h2>\n{_list_problems(shown.of(path))}")
    main = "\n".join(parts) or "<p>没有发现问题。</p>"
    return _page("全部问题", f"<h1>全部问题</h1>\n{main}", shown)


def show_missing(address: str, shown: Shown) -> str:
    """Return the page for an address that has no page."""
    if shown.begun:
        text = "正在生成，好了这里自己会更新。案例多的时候，头一次要等一会儿。"
        return _page("正在生成网站", f"<h1>正在生成网站</h1>\n<p>{text}</p>", shown)
    if shown.failure:
        return _page("还没有网站", "<h1>还没有网站</h1>", shown)
    text = f"没有 {escape(address)} 这一页。"
    return _page("没有这一页", f"<h1>没有这一页</h1>\n<p>{text}</p>", shown)


def _page(title: str, main: str, shown: Shown) -> str:
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
        f'<title>{escape(title)}</title>\n<link rel="stylesheet" href="{HOME}preview.css">\n'
        f'{_script(shown, ())}</head>\n<body class="casegen-own">\n<main>\n{main}\n'
        f'<p><a href="/index.html">首页</a></p>\n</main>\n{_bar(shown, None)}</body>\n</html>\n'
    )


def _list_broken_links(leaf: Leaf | None) -> Sequence[object]:
    return [[link.text, link.nth, link.message] for link in leaf.links] if leaf else []


def _script(shown: Shown, links: Sequence[object], digest: str = "") -> str:
    data = escape(json.dumps(links, ensure_ascii=False)) if links else "[]"
    return (
        f'<script src="{HOME}preview.js" defer data-version="{shown.version}"'
        f' data-page="{digest}" data-links="{data}"></script>\n'
    )


def _bar(shown: Shown, leaf: Leaf | None) -> str:
    """Return the bar: a failure, the status, problems of this page, links to the others."""
    banner = _banner(shown.failure) if shown.failure else ""
    told = "" if shown.begun else f"<p>{_show_others(shown)}</p>\n"
    return (
        f'<aside id="casegen-preview" aria-label="预览">\n{banner}'
        f"{_show_own(shown, leaf) if leaf else ''}{told}{_show_work(shown)}</aside>\n"
    )


def _show_work(shown: Shown) -> str:
    """Return the line that the script shows while a build runs."""
    if shown.begun:
        return '<p class="begun" role="status">正在生成；现在看到的是上一次预览的样子。</p>\n'
    return '<p class="working" role="status" hidden>正在更新……</p>\n'


def _show_own(shown: Shown, leaf: Leaf) -> str:
    """Return a page's status and problems; they open from the line that counts them."""
    status = f'<b class="status">{leaf.status}</b> 网站上没有这一页；' if leaf.status else ""
    problems = shown.of(leaf.path)
    line = f"{status}{escape(leaf.path)}：{_count(problems) or '没有问题'}"
    if not problems:
        return f"<p>{line}</p>\n"
    return f"<details><summary>{line}</summary>\n{_list_problems(problems)}</details>\n"


def _show_others(shown: Shown) -> str:
    """Return the links to the files left out, and to all problems."""
    links = [
        f'<a class="error" href="/{escape(at)}">{escape(leaf.path)} 有错误</a>'
        for at, leaf in shown.broken.items()
    ]
    whole = f'<a href="{HOME}">全部问题</a>：{_count(shown.problems) or "没有"}'
    return "".join(f"<span>{part}</span>" for part in (*links, whole))


def _banner(failure: Failure) -> str:
    hint = f"<br>改法：{escape(failure.hint)}" if failure.hint else ""
    return (
        '<p class="banner" role="alert"><b>没有生成，网站还是上一次的样子。</b>'
        f"{escape(failure.message)}{hint}</p>\n"
    )


def _list_problems(problems: Iterable[Problem]) -> str:
    return "<ol>\n" + "".join(_list_items(problems)) + "</ol>\n"


def _list_items(problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        hint = f'<span class="hint">改法：{escape(problem.hint)}</span>' if problem.hint else ""
        yield (
            f'<li class="{problem.severity}"><b>{NAMES[problem.severity]}</b> '
            f"第 {problem.where.line} 行：{escape(problem.message)} "
            f"<code>{problem.rule}</code>{hint}</li>\n"
        )


def _count(problems: Problems) -> str:
    counts = {severity: sum(p.severity is severity for p in problems) for severity in NAMES}
    return "、".join(f"{n} 处{NAMES[severity]}" for severity, n in counts.items() if n)


def _put_before(html: str, tag: str, what: str) -> str:
    head, found, tail = html.rpartition(tag)
    return head + what + found + tail if found else html + what
