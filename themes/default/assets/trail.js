/*
 * trail.js: links from a case to the previous and next case of the list from which it was opened, and
 * back to that list with its filters. Without this script, the links follow the collection's order.
 *
 * The list passes these cases (the trail) in the fragment of the link, since fragments work on file://
 * and are not sent to servers. The case page removes it from the address and keeps it in the history.
 * Anybody can write a fragment, so a trail has only ids of cases and a list; every text that is shown
 * comes from the site's own data.
 * Not here: filtering (list.js).
 */
(function () {
  "use strict";

  const { root, all, make, markLanguage, fill, load, replaceEntry } = window.casegen;
  const MARK = "#list=";
  const REACH = 20; // cases that a trail has on either side
  const LONGEST = 6000; // characters of a fragment: 41 slugs of 60 and a list with many choices
  const FACETS = { // folder of a list -> its facet
    categories: "category", regions: "region", years: "year", institutions: "institution",
    tags: "tag",
  };
  const site = new URL(root || ".", location.href).pathname;
  const fromSite = (url) => url.pathname.slice(site.length);

  const pack = (trail) => MARK + encodeURIComponent(JSON.stringify(trail));

  function read(hash) {
    if (!hash.startsWith(MARK) || hash.length > LONGEST) return null;
    try {
      return checkTrail(JSON.parse(decodeURIComponent(hash.slice(MARK.length))));
    } catch (error) {
      return null;
    }
  }

  /** Returns the trail if it is well-formed, else null. */
  function checkTrail(trail) {
    const fits = trail && ["list", "q"].every((key) => typeof trail[key] === "string") &&
      ["first", "of"].every((key) => Number.isInteger(trail[key]) && trail[key] >= 0) &&
      Array.isArray(trail.cases) && trail.cases.length <= 2 * REACH + 1 &&
      trail.cases.every((slug) => /^[\w-]{1,60}$/.test(slug));
    return fits && /^[\w/-]+\.html(\?|$)/.test(trail.list) ? trail : null;
  }

  // ── in a list ──

  let cameBack = false; // whether the reader came with "back" or "forward"

  /** Makes the trail of a card: the address of its list, and the cases around it. */
  function makeTrail(card) {
    const cards = all("[data-case]", document.querySelector("main"));
    const at = cards.indexOf(card);
    const near = cards.slice(Math.max(0, at - REACH), at + REACH + 1);
    const here = new URL(location.href);
    here.searchParams.delete("large");
    const said = document.querySelector("#results") && document.querySelector("[role=status]");
    return {
      list: fromSite(here) + here.search,
      cases: near.map((one) => one.dataset.case),
      first: Math.max(0, at - REACH), // the position of the first of these in the list
      of: said ? Number(said.textContent.replace(/\D/g, "")) : cards.length,
      q: here.searchParams.get("q") || "",
    };
  }

  function addTrail(event) {
    const link = event.target.closest("[data-case] h3 a[href]");
    if (!link) return;
    const plain = link.href;
    const url = new URL(plain);
    url.hash = pack(makeTrail(link.closest("[data-case]")));
    link.href = url.href;
    setTimeout(() => { link.href = plain; }); // so that copying the link gives the plain address
  }

  // ── on a case page ──

  function addNeighbour(nav, rel, label, slug, trail) {
    const href = root + "cases/" + slug + ".html" + pack(trail);
    const link = make("a", { rel, href }, make("span", {}, label), make("strong", {}, ""));
    link.dataset.slug = slug;
    nav.append(link);
  }

  /** Adds titles from the site's data; links to cases that it does not have are removed. */
  async function addTitles(nav, trail) {
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

  /** The label of a list: the labels of the values that its address chooses. */
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

  /** Marks the query in the text, and scrolls to the first hit. */
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
    document.addEventListener("DOMContentLoaded", () => showHit(trail.q)); // then marks.js has run
    for (const link of all("[data-list]")) link.href = root + trail.list;
    for (const back of all("[data-back]")) {
      const name = back.querySelector("[data-name]");
      name.textContent = document.querySelector(".crumbs [data-list], [data-list]").textContent;
      back.hidden = false;
    }
    addTitles(nav, trail).catch(() => { // without titles the links say nothing
      for (const link of all("a[data-slug]", nav)) link.remove();
    });
  }

  function start() {
    const nav = document.querySelector("nav.neighbours[data-case-slug]");
    if (!nav) {
      if (document.querySelector("[data-trail]")) {
        for (const kind of ["click", "auxclick"]) document.addEventListener(kind, addTrail);
      }
      return;
    }
    const handed = read(location.hash);
    const trail = handed || checkTrail(history.state && history.state.trail);
    cameBack = !handed; // then the browser restores the scroll position
    if (!trail) return;
    const keep = () => {
      const address = location.hash.startsWith(MARK) ? location.href.split("#")[0] : location.href;
      replaceEntry(Object.assign({}, history.state, { trail }), address);
    };
    keep();
    addEventListener("hashchange", keep); // a link within the page makes a new entry
    follow(nav, nav.dataset.caseSlug, trail);
  }

  start();
})();
