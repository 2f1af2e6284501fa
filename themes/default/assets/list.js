/*
 * list.js: a list of cases in the browser: what the reader chooses decides what is shown, and both
 * stand in the address and in the history.
 *
 * Used by cases.html and the pages of the categories, after state.js (form and address), facets.js
 * (check boxes) and notices.js (words about the list). Most readers look at the list as it stands, so
 * the other parts are loaded when they are needed: filter.js (which cases fit, in what order),
 * search.js (which hold a query), cases.js and table.js (how cases are shown), meant.js (what a query
 * without hits may mean); their addresses stand in the form's data-parts. Without scripts those pages
 * show fifty cases each and links to the pages of the facets' values.
 *
 * The data come as columns, one entry a case, newest first:
 *   slug, chunk, title (rank by pinyin), order (or null; empty where no case has one),
 *   facets: {category: {values, labels, of: [[index of a value, …], …]}, …}
 * with the figures of an indicator, {slug: [number, as shown, id of its sentence]}, when one sorts or
 * bounds by it, and the cards as HTML in chunks. Words to show stand in the form's data-words.
 */
(function () {
  "use strict";

  const { all, fill, load, keep, kept, replaceEntry, make } = window.casegen;
  const {
    NEWEST, fieldOf, readForm, fillForm, fillBounds, unreadable, writeQuantity,
    toQuery, fromQuery, isQuery, without,
  } = window.casegen.state;
  const BATCH = 50; // cards at a time, as many as stand in the page
  const FIRST = 10; // cards that are shown at once, with their sentences: more than a window holds
  const BY_THEMSELVES = 2; // batches that come without being asked for

  const pathOf = (address) => new URL(address, location.href).pathname.replace(/\.html$/, "");

  const form = document.getElementById("filters");
  const results = document.getElementById("results");
  if (!form || !results) return;

  const words = JSON.parse(form.dataset.words);
  const parts = JSON.parse(form.dataset.parts);
  const action = form.getAttribute("action");
  const isFirstPage = pathOf(action) === pathOf(location.href); // a further page leads to the first
  const field = (name) => fieldOf(form, name);
  const facets = window.casegen.facets.open(form);
  const notices = window.casegen.notices.open(results, words, drop);
  const newestLabel = field("sort").options[0].textContent;
  const indicators = all("[data-indicator]", form).map((range) =>
    ({ key: range.dataset.indicator, name: range.dataset.name }));

  let data = null; // catalog, columns, filter with its table, search and cards, once loaded
  let state = null;
  let hits = null; // the cases found, in order; null while the list is the page's own
  let requestId = 0; // counts the changes, so that late data of an earlier one is dropped
  let shownQuery = location.search; // of the address that the list shows
  let style = "rows";

  // ── data ──

  let loading = null;

  const loadPart = (name) => load(parts[name], name);

  async function loadColumns() {
    const catalog = await load("assets/catalog.js", "catalog");
    return [catalog, await load(catalog.columns)];
  }

  /** Loads the columns and the parts that every change needs, once. */
  function ready() {
    loading = loading || (async () => {
      const [[catalog, columns], filter, searching, cases] = await Promise.all(
        [loadColumns(), loadPart("filter"), loadPart("search"), loadPart("cases")]);
      columns.numbers = {};
      const table = filter.table(columns, facets.all.map(({ name }) => name), form.dataset.scope);
      const search = searching.open(catalog, columns);
      const cards = cases.open(results, words, { catalog, columns, search });
      facets.setTable(table);
      data = { catalog, columns, filter, table, search, cards, grid: null };
    })();
    loading.catch(() => { loading = null; });
    return loading;
  }

  /** The list as a table, once a reader wants one. */
  async function openGrid() {
    const table = await loadPart("table");
    data.grid = data.grid || table.open(results, JSON.parse(form.dataset.tableWords), data, indicators,
      () => refresh(BATCH), () => download().catch(notices.showFailure));
    return data.grid;
  }

  /** The figures of an indicator by slug, which filter.js finds as a column of numbers. */
  async function loadFigures(key) {
    const { catalog, columns } = data;
    const figures = await load("assets/figures-" + catalog.figures[key] + ".js");
    columns.numbers[key] = columns.numbers[key] ||
      columns.slug.map((slug) => (figures[slug] ? figures[slug][0] : null));
    return figures;
  }

  /** How the cards are shown: with the sentence of the query, the figure of the sort, as a table. */
  async function loadView() {
    const { catalog } = data;
    const bounded = Object.keys(state.bounds).map((name) => name.slice(4));
    await Promise.all(bounded.filter((key) => catalog.figures[key]).map(loadFigures));
    let sort = null;
    if (catalog.figures[state.sort]) {
      const figures = await loadFigures(state.sort);
      sort = { name: indicators.find(({ key }) => key === state.sort).name, figures };
    }
    if (style !== "table") return { query: state.q, sort, table: null };
    const grid = await openGrid();
    await grid.ready(loadFigures);
    return { query: state.q, sort, table: grid.current() };
  }

  const reckon = (wanted, matches) => data.filter.reckon(data.table, wanted, matches);

  /** An order that the reader chose stands; else a query's best hits come first. */
  function inOrder(found, wanted) {
    const ordered = data.filter.inOrder(data.columns, found, wanted.sort);
    return wanted.sort === NEWEST ? data.search.ranked(ordered, wanted.q) : ordered;
  }

  // ── showing ──

  const again = make("button", { type: "button", class: "button more-cases" });
  const sentinel = make("div", {}, again); // more cards come when it is near
  const watch = new IntersectionObserver(
    (entries) => { if (entries.some((entry) => entry.isIntersecting)) showMore(); },
    { rootMargin: "0px 0px 400px" },
  );
  let batches = 0; // that came by themselves since the list changed

  /**
   * Does `work` with #results marked as busy; the function that it gives is run unless the reader
   * has moved on meanwhile.
   */
  async function busily(work) {
    const id = requestId;
    results.setAttribute("aria-busy", "true");
    try {
      await ready();
      const finish = await work();
      if (id !== requestId) return;
      finish();
      watchForMore();
    } catch (error) {
      if (id !== requestId) return;
      notices.showFailure();
    }
    results.removeAttribute("data-stale");
    results.setAttribute("aria-busy", "false");
  }

  let told = 0; // when the reader last heard how far a search is

  /** The count of a search rises as texts are looked through, twice a second at most. */
  function tellProgress(progress) {
    if (Date.now() - told < 500 || results.getAttribute("aria-busy") !== "true") return;
    told = Date.now();
    notices.showProgress(progress);
  }

  /**
   * Finds anew and shows the first `count` cards. The first few are shown as soon as they are known,
   * unless `whole`: then nothing may grow above a remembered place.
   */
  function refresh(count, whole) {
    requestId += 1;
    const id = requestId;
    const isCurrent = () => id === requestId;
    batches = 0;
    results.dataset.stale = "";
    again.hidden = true;
    if (state.q || !data) notices.showProgress(null);
    notices.showFaults(unreadable(form));
    return busily(async () => {
      const { search, cards } = data;
      const view = await loadView();
      if (!whole) await preview(view, isCurrent);
      const matches = await search.matching(state.q, tellProgress);
      const { found, counts } = reckon(state, matches);
      const order = inOrder(found, state);
      if (view.sort) view.sort.filled = order.filter((index) => has(view, index)).length;
      const tell = () => {
        hits = order;
        facets.showCounts(counts);
        notices.showTotal(hits.length);
        notices.showChips(choices());
      };
      const first = whole ? null : await cards.prepare(order.slice(0, FIRST), view, FIRST, order.length);
      if (first && isCurrent()) {
        first();
        tell();
        results.removeAttribute("data-stale");
      }
      const draw = await cards.prepare(order.slice(0, count), view, whole ? count : FIRST, order.length);
      const titles = await titlesByInitials(order);
      const ways = order.length ? [] : await waysOut();
      return () => {
        draw();
        tell();
        if (hits.length) notices.hideNotice();
        else notices.showEmpty(choices(), (key) => countWithout(key, matches), ways);
        notices.showInitials(state.q, titles);
        const [byDefault] = field("sort").options;
        byDefault.textContent = state.q ? words.best : newestLabel;
      };
    });
  }

  const has = ({ sort }, index) => Boolean(sort.figures[data.columns.slug[index]]);

  const countWithout = (key, matches) =>
    reckon(without(state, key), key === "q" ? () => true : matches).found.length;

  /** Where texts must be looked through, the first hits are shown before all are known. */
  async function preview(view, isCurrent) {
    const { search, cards } = data;
    const likely = await search.likely(state.q);
    if (!likely || !isCurrent()) return;
    let order = inOrder(reckon(state, likely).found, state);
    if (view.sort) order = order.filter((index) => has(view, index)); // the others stand below a line
    const first = await search.confirmed(order, state.q, FIRST);
    const draw = await cards.prepare(first, view, FIRST, 0);
    if (!first.length || !isCurrent()) return;
    draw();
    results.removeAttribute("data-stale");
  }

  /** Cases whose title has the query as its initials and that are not among the hits. */
  async function titlesByInitials(order) {
    const titles = await data.search.titles(state.q);
    if (!titles) return [];
    const found = new Set(order);
    const named = (index) => titles.byInitials(index) || titles.bySyllables(index);
    return reckon(state, named).found.filter((index) => !found.has(index))
      .map((index) => ({ slug: data.columns.slug[index], title: titles.title(index) }));
  }

  /** Where a query finds nothing: what else it may mean, as lines of links. */
  async function waysOut() {
    if (!state.q) return [];
    const meant = await loadPart("meant");
    const names = facets.all.filter(({ name }) => name !== "category");
    const found = await meant.find(state.q, data, names, async (query) =>
      reckon({ ...state, q: query }, await data.search.matching(query)).found.length);
    const address = (changed) => action + toQuery({ ...state, q: "", ...changed });
    const lines = found.queries.map(({ kind, query, n }) => notices.makeWays(words["meant_" + kind],
      [{ text: fill(words.meant_query, { q: query, n }), href: address({ q: query }) }]));
    if (found.values.length) {
      lines.push(notices.makeWays(words.meant_value, found.values.map(({ facet, value, label }) =>
        ({ text: label, href: address({ chosen: { ...state.chosen, [facet]: [value] } }) }))));
    }
    return lines;
  }

  /** Adds the next batch below. */
  function showMore() {
    if (results.getAttribute("aria-busy") === "true") return;
    batches += 1;
    busily(async () => {
      if (!hits) hits = reckon(state, await data.search.matching("")).found;
      const shown = data.cards.count();
      const add = await data.cards.prepareMore(hits.slice(shown, shown + BATCH), hits.length);
      return () => {
        add();
        remember();
      };
    });
  }

  /** The next cases come by themselves twice; after that on demand, so that the page has an end. */
  function watchForMore() {
    const shown = all("[data-case]", results).length;
    const left = (hits ? hits.length : notices.readTotal()) - shown;
    watch.unobserve(sentinel);
    again.hidden = left <= 0 || batches < BY_THEMSELVES;
    again.textContent = fill(words.more, { n: Math.min(left, BATCH) });
    if (left > 0 && batches < BY_THEMSELVES) watch.observe(sentinel);
  }

  /** Each thing chosen: its facet or field, its value, and what to call it. */
  function choices() {
    const found = facets.choices(state.chosen);
    if (state.q) {
      found.push({ key: "q", value: state.q, label: fill(words.query, { q: state.q }) });
    }
    for (const key of Object.keys(state.bounds)) {
      const { name, unit } = field(key).closest(".range").dataset;
      const n = writeQuantity(state.bounds[key], unit);
      const label = fill(words[key.slice(0, 3)], { name, n, unit });
      found.push({ key, value: String(state.bounds[key]), label });
    }
    return found;
  }

  // ── what the reader does ──

  const readState = () => readForm(form, facets.readChosen());

  /** Takes what the form now says, as a new entry in the history or in place of the newest. */
  function apply(entry) {
    state = readState();
    fillBounds(form, state);
    const query = toQuery(state);
    if (!isFirstPage) {
      location.assign(action + query);
      return;
    }
    const entryState = { shown: BATCH, y: scrollY };
    const target = location.pathname + query;
    if (entry === "replace") {
      replaceEntry(entryState, target);
    } else if (query !== location.search) {
      remember();
      try {
        history.pushState(entryState, "", target);
      } catch (error) {
        location.assign(target); // the long way: a new page with the same state
        return;
      }
    }
    shownQuery = location.search;
    refresh(BATCH);
  }

  /** Takes some choices out of the form. */
  function drop(chosen) {
    for (const { key, value } of chosen) {
      if (!facets.uncheck(key, value)) field(key).value = "";
    }
    apply("push");
  }

  function findValues(facet) {
    return busily(async () => {
      const matches = await data.search.matching(state.q);
      return () => {
        facets.arrange(facet);
        facets.showCounts(reckon(state, matches).counts);
      };
    });
  }

  let pause = 0; // the timer of a pause in typing
  let isTyping = false; // whether the newest entry in the history came of typing

  function applyTyped() {
    clearTimeout(pause);
    if (field("q").value.trim() === state.q) return;
    apply(isTyping ? "replace" : "push");
    isTyping = true;
  }

  function onTyping(event) {
    if (event.target !== field("q") || event.isComposing || !isFirstPage) return;
    clearTimeout(pause);
    // A single character is in half of all cases; mostly another one follows.
    pause = setTimeout(applyTyped, field("q").value.trim().length > 1 ? 200 : 600);
  }

  function onChange(event) {
    if (event.target.form !== form || !event.target.name) return;
    if (event.target === field("q")) applyTyped();
    else if (toQuery(readState()) !== toQuery(state)) apply("push");
    isTyping = false;
  }

  /** Enter takes a field's text at once; it must not hand in a form that the script answers for. */
  function onEnter(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.target.form !== form || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    onChange(event);
  }

  // ── the history ──

  function remember() {
    replaceEntry({ shown: all("[data-case]", results).length, y: scrollY }, location.href);
  }

  /** Shows what the address says, at the scroll position that a history entry remembers. */
  async function restore(entry) {
    const { shown = BATCH, y } = entry || {};
    shownQuery = location.search;
    results.setAttribute("aria-busy", "true");
    results.dataset.stale = "";
    notices.showProgress(null);
    try {
      await ready();
    } catch (error) {
      notices.showFailure();
      results.removeAttribute("data-stale");
      results.setAttribute("aria-busy", "false");
      return;
    }
    state = fromQuery(shownQuery, form, facets.all);
    facets.showChosen(state.chosen);
    fillForm(form, state);
    await refresh(shown, y > 0);
    if (typeof y === "number") scrollTo({ top: y, behavior: "instant" });
  }

  function startHistory() {
    let timer = 0;
    addEventListener("scroll", () => {
      clearTimeout(timer);
      timer = setTimeout(remember, 250);
    }, { passive: true });
    addEventListener("popstate", (event) => {
      if (location.search !== shownQuery) restore(event.state);
    });
  }

  // ── the style of the list: rows, cards, table ──

  function startStyles() {
    const buttons = all("button[data-style]");
    function show(chosen) {
      style = chosen;
      results.dataset.style = chosen;
      for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.style === chosen));
    }
    for (const button of buttons) {
      button.addEventListener("click", () => {
        const before = style;
        show(button.dataset.style);
        keep("style", style);
        if ([before, style].includes("table") && before !== style && isFirstPage) refresh(BATCH);
      });
    }
    if (buttons.some((one) => one.dataset.style === kept("style"))) show(kept("style"));
    if (style === "table" && !isFirstPage) show("rows"); // its rows need the data of the list
  }

  /** The whole list as a file, on demand of the table. */
  async function download() {
    const view = await loadView();
    const everything = hits || reckon(state, await data.search.matching("")).found;
    await data.grid.download(everything, view.sort);
  }

  // ── beginning ──

  function start() {
    form.hidden = false;
    form.reset(); // browsers put back old choices on reload; the address alone decides
    state = readState();
    results.append(sentinel);
    again.hidden = true;
    again.addEventListener("click", showMore);
    for (const nav of all("nav.facet-links")) nav.hidden = true;
    facets.startFinding(findValues);
    startStyles();
    document.addEventListener("input", onTyping);
    document.addEventListener("compositionend", onTyping);
    document.addEventListener("change", onChange);
    document.addEventListener("keydown", onEnter);
    form.addEventListener("submit", (event) => { event.preventDefault(); apply("push"); });
    for (const button of all("[data-clear]")) button.addEventListener("click", () => drop(choices()));
    if (!isFirstPage) {
      if (isQuery(shownQuery, form)) location.replace(action + shownQuery);
      return;
    }
    for (const nav of all("nav.pager")) nav.hidden = true;
    form.addEventListener("focusin", () => { ready().catch(() => {}); }, { once: true });
    startHistory();
    const entry = history.state;
    if (isQuery(shownQuery, form) || style === "table" || (entry && entry.shown > BATCH)) restore(entry);
    else watchForMore();
  }

  start();
})();
