"""online: whether the outside links of cases and pages still open; only `check --online` asks.

Secret: how hosts are asked without being overloaded, which answers mean that a page is gone, and
how long a good answer is kept.
Not here: what may be a link (body.destination), links within the project (collection.references).
"""

from __future__ import annotations

import datetime as dt
import json
import threading
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urldefrag, urlsplit, urlunsplit

from casegen import record, rules, storage
from casegen.body.prose import Prose, parse_body
from casegen.collection.references import Kind, resolve_link
from casegen.editions.materials import Materials
from casegen.problem import Location, Problem, Problems, Severity
from casegen.rules.rule import DEAD
from casegen.source.schema import locate_field

RECORD = "links.json"  # in the cache: which links opened, and when
HOLDS = 7  # days for which a good answer is kept
MOST = 2000  # most links that are asked for in one run
HOSTS_AT_ONCE = 8  # links of one host are asked one after another
PATIENCE = 10.0  # seconds to wait for an answer
LONGEST = 30.0  # seconds for all of an answer, its redirects included
PAUSE = 0.3  # seconds between two links of one host
SILENT = 3  # links of a host without an answer, after which it is asked no more
AGENT = "casegen (link check)"
# Some hosts refuse HEAD, or answer it wrongly: they are asked again with GET, as browsers do.
_ONCE_MORE = frozenset({400, 403, 404, 405, 406, 410, 500, 501, 503})
_THERE = frozenset({401, 403, 405, 406, 407, 451})  # behind a login: the page exists
_TOO_MANY = 429
_HINT = "在浏览器里点开看看：网页搬了就改网址，没有了就删去链接"


def check_links(materials: Materials) -> Problems:
    """Return a problem for each outside link that does not open; good answers are cached."""
    project = materials.project
    places: defaultdict[str, list[Location]] = defaultdict(list)
    for url, where in _links(materials):
        places[urldefrag(url).url].append(where)
    kept = _remembered(project.cache_dir / RECORD, project.today)
    wanted = [url for url in sorted(places) if url not in kept]
    said = _ask(wanted[:MOST])
    good = {url: str(project.today) for url, answer in said.items() if answer is GOOD}
    _remember(project.cache_dir, {**kept, **good})
    found = [
        Problem(DEAD, Severity.WARNING, f"链接“{url}”打不开：{answer.why}", where, _HINT)
        for url, answer in said.items()
        if answer.why
        for where in places[url]
    ]
    if busy := [url for url, answer in said.items() if answer is BUSY]:
        hosts = "、".join(sorted({urlsplit(url).netloc for url in busy})[:5])
        message = f"主机（{hosts}）嫌问得太勤，还有 {len(busy)} 个链接没有试"
        where = Location(places[busy[0]][0].path)
        found.append(Problem(DEAD, Severity.NOTE, message, where, "过一会儿再运行一次"))
    if wanted[MOST:]:
        message = f"外面的链接太多，只试了 {MOST} 个，还有 {len(wanted) - MOST} 个"
        where = Location(places[wanted[MOST]][0].path)
        found.append(Problem(DEAD, Severity.NOTE, message, where, "再运行一次，接着试余下的"))
    settled = rules.settle_problems(found, materials.everyone, project.norms)
    return tuple(problem for problem in settled if problem.rule == DEAD)


def _links(materials: Materials) -> Iterator[tuple[str, Location]]:
    for case in materials.everyone:
        if case.source.url.lower().startswith("http"):
            yield case.source.url, locate_field(case.path, case.marks, ("source",))
        yield from _of_body(case.path, case.body_line, case.prose)
    for page in materials.pages:
        yield from _of_body(page.path, page.body_line, parse_body(page.body))


def _of_body(path: str, line: int, prose: Prose) -> Iterator[tuple[str, Location]]:
    for link in prose.references:
        href = link.href.strip()
        if resolve_link(href, path).kind is Kind.OUTSIDE and href.lower().startswith("http"):
            yield href, Location(path, line + link.line - 1, link.column, "body")


# --- asking ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What a host said of an address: why it does not open, in Chinese; "" where that is unknown.

    `heard` is false where the host did not answer at all.
    """

    why: str = ""
    heard: bool = True


GOOD = Answer()
BUSY = Answer()  # too many requests: the address was not tried


def _ask(urls: Sequence[str]) -> dict[str, Answer]:
    """Return the answer for each address."""
    hosts: defaultdict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[urlsplit(url).netloc.lower()].append(url)
    said: dict[str, Answer] = {}
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        for answers in pool.map(_ask_host, hosts.values()):
            said |= answers
    return {url: said[url] for url in urls}


def _ask_host(urls: Iterable[str]) -> dict[str, Answer]:
    said: dict[str, Answer] = {}
    silent, answer = 0, GOOD
    for url in urls:
        if silent < SILENT and answer is not BUSY:
            if said:
                threading.Event().wait(PAUSE)
            answer = _try_in_time(url)
            silent = 0 if answer.heard else silent + 1
        said[url] = answer
    return said


def _try_in_time(url: str) -> Answer:
    """Ask for an address, for LONGEST seconds at most: PATIENCE is that of each byte."""
    answers: list[Answer] = []
    asking = threading.Thread(target=lambda: answers.append(_try(url)), daemon=True)
    asking.start()
    asking.join(LONGEST)
    return answers[0] if answers else Answer("主机没有回答", heard=False)


def _try(url: str) -> Answer:
    try:
        address = _written(url)
        status = _status(address, "HEAD")
        if status in _ONCE_MORE:
            status = _status(address, "GET")
    except TimeoutError:
        return Answer("主机没有回答", heard=False)
    # URLError is an OSError, http.client.HTTPException is not.
    except (OSError, ValueError) as error:
        late = isinstance(getattr(error, "reason", error), TimeoutError)
        return Answer("主机没有回答" if late else "连不上主机", heard=False)
    except Exception as error:  # noqa: BLE001 - http.client raises its own kind for odd answers
        return Answer(f"主机的回答不合规矩（{type(error).__name__}）")
    return BUSY if status == _TOO_MANY else _read_status(status)


def _read_status(status: int) -> Answer:
    if status < 300 or status in _THERE:
        return GOOD
    if status < 400:
        return Answer("网址转来转去，或转到了浏览器不去的地方")
    return Answer(f"主机说没有这个网页（{status}）" if status < 500 else f"主机出了错（{status}）")


def _status(address: str, method: str) -> int:
    request = urllib.request.Request(  # noqa: S310 - http and https alone come here
        address, method=method, headers={"User-Agent": AGENT, "Accept": "*/*"}
    )
    try:
        with _opener().open(request, timeout=PATIENCE) as answer:
            return int(answer.status)
    except HTTPError as error:
        error.close()
        return error.code


def _opener() -> urllib.request.OpenerDirector:
    """Return an opener for http and https with redirects, but not for files and FTP."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler,
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.HTTPErrorProcessor,
    ):
        opener.add_handler(handler())
    return opener


def _written(url: str) -> str:
    """Return an address in ASCII, as it is sent."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii")
    host = f"[{host}]" if ":" in host else host
    if parts.port:
        host += f":{parts.port}"
    path, query = (quote(text, safe="/%:=&?~+!$,;'@()*[]") for text in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, path or "/", query, ""))


# --- remembering -----------------------------------------------------------------------------


def _remembered(place: Path, today: dt.date) -> dict[str, str]:
    """Return the addresses that opened lately, with the day as YYYY-MM-DD."""
    try:
        told = record.load_record(storage.read_file(place, record.MOST))
        days = {
            record.read_short_text(k): record.read_short_text(v)
            for k, v in record.read_mapping(told["opened"]).items()
        }
        ages = {url: (today - dt.date.fromisoformat(day)).days for url, day in days.items()}
    except (OSError, ValueError, KeyError):
        return {}
    return {url: day for url, day in days.items() if 0 <= ages[url] < HOLDS}


def _remember(folder: Path, opened: Mapping[str, str]) -> None:
    known = {url: day for url, day in sorted(opened.items()) if record.fit_text(url) == url}
    data = json.dumps({"version": 1, "opened": known}, ensure_ascii=False, indent=0)
    try:
        storage.write_file(folder / RECORD, data.encode(), folder.parent)
    except OSError:
        return  # they are asked again next time
