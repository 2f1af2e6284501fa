/*
 * trail.js: the way along a list: a case that was opened from a list leads on to the next one of
 * that list, in its order, and back to the list as it was filtered.
 *
 * The list hands itself over in the link's fragment, which no server sees and which works from
 * file://; the case page takes it out of the address and keeps it with its place in the history.
 * Not here: filtering (list.js). Without this script cases lead on in the collection's order.
 */
(function () {
  "use strict";

  const { root, all, make, markLanguage, fill, replaceEntry } = window.casegen;
  const MARK = "#list=";
  const REACH = 20; // cases handed over on either side, with their titles: about 4 KB
  const site = new URL(root || ".", location.href).pathname;
  const fromSite = (url) => url.pathname.slice(site.length);

  const pack = (trail) => MARK + encodeURIComponent(JSON.stringify(trail));

  function read(hash) {
    if (!hash.startsWith(MARK)) return null;
    try {
      const trail = JSON.parse(decodeURIComponent(hash.slice(MARK.length)));
      const sound = ["list", "label", "q"].every((key) => typeof trail[key] === "string") &&
        ["first", "of"].every((key) => Number.isInteger(trail[key])) &&
        Array.isArray(trail.cases) && trail.cases.every(([slug, title]) =>
          /^[\w-]+$/.test(slug) && typeof title === "string");
      // The address of a list of this site and nothing else.
      return sound && /^[\w/-]+\.html(\?|$)/.test(trail.list) ? trail : null;
    } catch (error) {
      return null;
    }
  }

  // ── in a list ──

  let cameBack = false;

  const titleOf = (card) => card.querySelector("h3").textContent.trim();

  /** The list a card stands in: its address with its state, its name, the cases around. */
  function around(card) {
    const cards = all("[data-case]", document.querySelector("main"));
    const at = cards.indexOf(card);
    const near = cards.slice(Math.max(0, at - REACH), at + REACH + 1);
    const here = new URL(location.href);
    here.searchParams.delete("large");
    const chosen = all(".chips .chip:not(.clear)").map((chip) => chip.textContent.trim());
    const name = document.querySelector("h1").textContent.trim();
    const said = document.querySelector("#results") && document.querySelector("[role=status]");
    return {
      list: fromSite(here) + here.search,
      label: chosen.length ? chosen.join(" ") : name,
      cases: near.map((one) => [one.dataset.case, titleOf(one)]),
      first: Math.max(0, at - REACH), // the place of the first of these in the list
      of: said ? Number(said.textContent.replace(/\D/g, "")) : cards.length,
      q: here.searchParams.get("q") || "",
    };
  }

  function handOver(event) {
    const link = event.target.closest("[data-case] h3 a[href]");
    if (!link) return;
    const plain = link.href;
    const url = new URL(plain);
    url.hash = pack(around(link.closest("[data-case]")));
    link.href = url.href;
    setTimeout(() => { link.href = plain; }); // who copies the link later gets its own address
  }

  // ── on a case page ──

  function addNeighbour(nav, rel, label, [slug, title], trail) {
    const href = root + "cases/" + slug + ".html" + pack(trail);
    nav.append(make("a", { rel, href }, make("span", {}, label), markLanguage(make("strong", {}, title))));
  }

  /** The query that led here is marked in the text, and its first place is shown. */
  function showHit(query) {
    const prose = document.querySelector(".prose");
    const { marks } = window.casegen;
    if (!query || !prose || !marks) return;
    for (const block of all("p, li, td, h2, h3, figcaption", prose)) {
      if (!block.querySelector("p, li")) marks.mark(block, query);
    }
    const first = prose.querySelector("mark");
    if (first && !cameBack) first.scrollIntoView({ block: "center", behavior: "instant" });
  }

  function follow(nav, slug, trail) {
    const at = trail.cases.findIndex((one) => one[0] === slug);
    if (at < 0) return;
    const words = JSON.parse(nav.dataset.words);
    for (const link of all("a", nav)) link.remove();
    const before = trail.cases[at - 1];
    const after = trail.cases[at + 1];
    if (before) addNeighbour(nav, "prev", words.previous, before, trail);
    if (after) addNeighbour(nav, "next", words.next, after, trail);
    nav.hidden = false;
    for (const place of all("[data-place]")) {
      place.textContent = fill(words.place, { n: trail.first + at + 1, of: trail.of });
      place.hidden = !(trail.of > 0);
    }
    document.addEventListener("DOMContentLoaded", () => showHit(trail.q)); // marks.js is there
    for (const link of all("[data-list]")) link.href = root + trail.list;
    for (const back of all("[data-back]")) {
      const name = back.querySelector("[data-name]");
      name.textContent = trail.label;
      markLanguage(name);
      back.hidden = false;
    }
  }

  function start() {
    const nav = document.querySelector("nav.neighbours[data-case-slug]");
    if (!nav) {
      if (document.querySelector("[data-trail]")) {
        for (const kind of ["click", "auxclick"]) document.addEventListener(kind, handOver);
      }
      return;
    }
    const handed = read(location.hash);
    const trail = handed || (history.state && history.state.trail);
    cameBack = !handed; // the browser itself finds the place that was left
    if (!trail) return;
    const keep = () => {
      const address = location.hash.startsWith(MARK) ? location.href.split("#")[0] : location.href;
      replaceEntry(Object.assign({}, history.state, { trail }), address);
    };
    keep();
    addEventListener("hashchange", keep); // a place within the page is an entry of its own
    follow(nav, nav.dataset.caseSlug, trail);
  }

  start();
})();
