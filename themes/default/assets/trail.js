/*
 * trail.js: the way along a list: a case that was opened from a list leads on to the next one of
 * that list, in its order, and back to the list as it was filtered.
 *
 * The list hands itself over in the link's fragment, which no server sees and which works from
 * file://; the case page takes it out of the address and keeps it with its place in the history.
 * Anybody can write such a fragment, so it names cases and a list and says nothing: every word that
 * is shown stands in the site's own data.
 * Not here: filtering (list.js). Without this script cases lead on in the collection's order.
 */
(function () {
  "use strict";

  const { root, all, make, markLanguage, fill, load, replaceEntry } = window.casegen;
  const MARK = "#list=";
  const REACH = 20; // cases handed over on either side
  const LONGEST = 6000; // characters of a fragment: 41 slugs of 60 and a list with many choices
  const FACETS = { // by the folder of their pages
    categories: "category", regions: "region", years: "year", institutions: "institution",
    tags: "tag",
  };
  const site = new URL(root || ".", location.href).pathname;
  const fromSite = (url) => url.pathname.slice(site.length);

  const pack = (trail) => MARK + encodeURIComponent(JSON.stringify(trail));

  function read(hash) {
    if (!hash.startsWith(MARK) || hash.length > LONGEST) return null;
    try {
      return sound(JSON.parse(decodeURIComponent(hash.slice(MARK.length))));
    } catch (error) {
      return null;
    }
  }

  /** The trail, if it names cases and a list of this site and nothing else. */
  function sound(trail) {
    const fits = trail && ["list", "q"].every((key) => typeof trail[key] === "string") &&
      ["first", "of"].every((key) => Number.isInteger(trail[key]) && trail[key] >= 0) &&
      Array.isArray(trail.cases) && trail.cases.length <= 2 * REACH + 1 &&
      trail.cases.every((slug) => /^[\w-]{1,60}$/.test(slug));
    return fits && /^[\w/-]+\.html(\?|$)/.test(trail.list) ? trail : null;
  }

  // ── in a list ──

  let cameBack = false;

  /** The list a card stands in: its address with its state, the cases around. */
  function around(card) {
    const cards = all("[data-case]", document.querySelector("main"));
    const at = cards.indexOf(card);
    const near = cards.slice(Math.max(0, at - REACH), at + REACH + 1);
    const here = new URL(location.href);
    here.searchParams.delete("large");
    const said = document.querySelector("#results") && document.querySelector("[role=status]");
    return {
      list: fromSite(here) + here.search,
      cases: near.map((one) => one.dataset.case),
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

  function addNeighbour(nav, rel, label, slug, trail) {
    const href = root + "cases/" + slug + ".html" + pack(trail);
    const link = make("a", { rel, href }, make("span", {}, label), make("strong", {}, ""));
    link.dataset.slug = slug;
    nav.append(link);
  }

  /** The words of the way, from the site's own data; what is not in it is no way. */
  async function tell(nav, trail) {
    const catalog = await load("assets/catalog.js", "catalog");
    const [columns, titles] = await Promise.all([load(catalog.columns), load(catalog.titles)]);
    for (const link of all("a[data-slug]", nav)) {
      const index = columns.slug.indexOf(link.dataset.slug);
      if (index < 0) link.remove();
      else markLanguage(Object.assign(link.querySelector("strong"), { textContent: titles[index] }));
    }
    for (const place of all("[data-place]")) {
      place.hidden = place.hidden || trail.of > columns.slug.length;
    }
    const label = labelOf(trail.list, columns.facets);
    for (const back of label ? all("[data-back]") : []) {
      const name = back.querySelector("[data-name]");
      name.textContent = label;
      markLanguage(name);
    }
  }

  /** What a list is of: the names of the values that its address chooses. */
  function labelOf(list, facets) {
    const [path, query] = list.split("?");
    const [folder, file] = path.split("/");
    const chosen = Array.from(new URLSearchParams(query || ""));
    if (file) chosen.unshift([FACETS[folder], file.replace(/(-\d+)?\.html$/, "")]);
    const named = chosen.map(([facet, value]) => {
      const { values, labels } = facets[facet] || { values: [], labels: [] };
      return labels[values.indexOf(value)];
    });
    return Array.from(new Set(named.filter(Boolean))).slice(0, 8).join(" ");
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
    const at = trail.cases.indexOf(slug);
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
      name.textContent = document.querySelector(".crumbs [data-list], [data-list]").textContent;
      back.hidden = false;
    }
    tell(nav, trail).catch(() => { // without its words the way is none
      for (const link of all("a[data-slug]", nav)) link.remove();
    });
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
    const trail = handed || sound(history.state && history.state.trail);
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
