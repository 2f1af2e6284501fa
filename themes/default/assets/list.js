/*
 * list.js: a list of cases that the reader filters, searches and sorts. The choices are kept in the
 * address and in the history.
 *
 * Used by cases.html and the pages of the categories, after marks.js (words of a query), state.js (form
 * and address), facets.js (check boxes) and notices.js (messages about the list). Most readers change
 * nothing in a list, so the other scripts are loaded when they are needed: filter.js (which cases
 * match, in what order), search.js (which contain a query), cases.js and table.js (how cases are
 * shown), meant.js (what a query without hits may mean); their addresses are in the form's data-parts.
 * Without scripts these pages show fifty cases each and links to the pages of the facets' values.
 *
 * The data are columns with one entry for each case, newest first:
 *   slug, chunk, title (rank by pinyin), order (or null; empty where no case has one),
 *   facets: {category: {values, labels, of: [[index of a value, …], …]}, …}
 * The figures of an indicator, {slug: [number, as shown, id of its sentence]}, are loaded when a reader
 * sorts or filters by it; the cards are HTML, in chunks. The messages are in the form's data-words.
 */
(function () {
  "use strict";

  const { all, fill, load, keep, kept, replaceEntry, make } = window.casegen;
  const BATCH = 50; // cards that are added at a time, as many as the page has without scripts
  const FIRST = 10; // cards that are shown first, with their sentences: more than fit a window
  const AUTOMATIC_BATCHES = 2; // then a button adds more, so that readers can reach the end of the page

  const pathOf = (address) => new URL(address, location.href).pathname.replace(/\.html$/, "");

  const form = document.getElementById("filters");
  const results = document.getElementById("results");
  if (!form || !results) return;

  const words = JSON.parse(form.dataset.words);
  if (!["marks", "state", "facets", "notices"].every((name) => name in window.casegen)) {
    // One of the scripts before this one is missing: the page looks as it does without scripts.
    form.parentElement.classList.add("plain");
    results.prepend(make("p", { class: "empty", role: "alert" }, words.failed));
    return;
  }
  const {
    NEWEST, fieldOf, readForm, fillForm, fillBounds, unreadable, writeQuantity,
    toQuery, fromQuery, isQuery, without,
  } = window.casegen.state;
  const parts = JSON.parse(form.dataset.parts);
  const action = form.getAttribute("action");
  const isFirstPage = pathOf(action) === pathOf(location.href); // further pages redirect to the first
  const field = (name) => fieldOf(form, name);
  const facets = window.casegen.facets.create(form);
  const notices = window.casegen.notices.create(results, words, drop);
  const newestLabel = field("sort").options[0].textContent;
  const indicators = all("[data-indicator]", form).map((range) =>
    ({ key: range.dataset.indicator, name: range.dataset.name }));

  let data = null; // catalog, columns, filter, table, search, cards and tableView, once loaded
  let state = null;
  let hits = null; // the matching cases in order; null while the list is as the server sent it
  let requestId = 0; // increases with each change, so that late answers to earlier ones are ignored
  let shownQuery = location.search; // the query part that the list was made for
  let style = "rows";

  // ── data ──

  let loading = null;

  const loadPart = (name) => load(parts[name], name);

  async function loadColumns() {
    const catalog = await load("assets/catalog.js", "catalog");
    // What search.js needs of any query comes beside the columns; a failure is told when it asks again.
    const query = field("q").value || new URLSearchParams(shownQuery).get("q");
    if (query) for (const path of [catalog.words, catalog.search]) if (path) load(path).catch(() => {});
    return [catalog, await load(catalog.columns)];
  }

  /** Loads once the columns and the scripts that every change needs. */
  function ready() {
    loading = loading || (async () => {
      const [[catalog, columns], filter, searching, cases] = await Promise.all(
        [loadColumns(), loadPart("filter"), loadPart("search"), loadPart("cases")]);
      columns.numbers = {};
      const table = filter.makeTable(columns, facets.all.map(({ name }) => name), form.dataset.scope);
      const search = searching.create(catalog, columns);
      const cards = cases.create(results, words, { catalog, columns, search });
      facets.setData(table);
      data = { catalog, columns, filter, table, search, cards, tableView: null };
    })();
    loading.catch(() => { loading = null; });
    return loading;
  }

  /** Creates the table view when a reader first chooses it. */
  async function createTableView() {
    const table = await loadPart("table");
    const tableWords = JSON.parse(form.dataset.tableWords);
    data.tableView = data.tableView || table.create(results, tableWords, data, indicators,
      () => refresh(BATCH), () => download().catch(notices.showFailure));
    return data.tableView;
  }

  /** Loads the figures of an indicator by slug, and adds them as a column for filter.js. */
  async function loadFigures(key) {
    const { catalog, columns } = data;
    const figures = await load("assets/figures-" + catalog.figures[key] + ".js");
    columns.numbers[key] = columns.numbers[key] ||
      columns.slug.map((slug) => (figures[slug] ? figures[slug][0] : null));
    return figures;
  }

  /** Loads what cases.js needs besides the cases: query, figures of the sort, table. */
  async function loadView() {
    const { catalog } = data;
    const bounded = Object.keys(state.bounds).map((name) => name.slice(4));
    await Promise.all(bounded.filter((key) => catalog.figures[key]).map(loadFigures));
    let sort = null;
    if (catalog.figures[state.sort]) {
      const figures = await loadFigures(state.sort);
      sort = { key: state.sort, name: indicators.find(({ key }) => key === state.sort).name, figures };
    }
    if (style !== "table") return { query: state.q, sort, table: null };
    const tableView = await createTableView();
    await tableView.ready(loadFigures);
    return { query: state.q, sort, table: tableView.current() };
  }

  const countMatches = (wanted, matches) => data.filter.findCases(data.table, wanted, matches);

  /** Sorts as the reader chose; without a choice, the best hits of a query come first. */
  function sortFound(found, wanted) {
    const ordered = data.filter.sortCases(data.columns, found, wanted.sort);
    return wanted.sort === NEWEST ? data.search.ranked(ordered, wanted.q) : ordered;
  }

  // ── showing ──

  const moreButton = make("button", { type: "button", class: "button more-cases" });
  const unprinted = make("p", { class: "on-paper" }); // how many cases a printed list leaves out
  const sentinel = make("div", {}, moreButton, unprinted); // near the window, more cards are added
  const observer = new IntersectionObserver(
    (entries) => { if (entries.some((entry) => entry.isIntersecting)) showMore(); },
    { rootMargin: "0px 0px 400px" },
  );
  let batches = 0; // added since the list changed

  /**
   * Marks #results as busy during `work`, then calls the function that `work` returned, unless the
   * reader has changed the list meanwhile.
   */
  async function runBusy(work) {
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

  let lastProgress = 0; // when the progress was last shown

  /** Shows the progress of a search, at most twice a second: screen readers read it aloud. */
  function showSearchProgress(progress) {
    if (Date.now() - lastProgress < 500 || results.getAttribute("aria-busy") !== "true") return;
    lastProgress = Date.now();
    notices.showProgress(progress);
  }

  /**
   * Filters again and shows the first `count` cards. The first few are shown as soon as they are known,
   * unless `whole`: then the page scrolls to a saved position, and must have its full height first.
   */
  function refresh(count, whole) {
    requestId += 1;
    const id = requestId;
    const isCurrent = () => id === requestId;
    batches = 0;
    results.dataset.stale = "";
    moreButton.hidden = true;
    if (state.q || !data) notices.showProgress(null);
    notices.showFaults(unreadable(form));
    return runBusy(async () => {
      const { search, cards } = data;
      const view = await loadView();
      if (!whole) await preview(view, isCurrent);
      const matches = await search.matching(state.q, showSearchProgress);
      const { found, counts } = countMatches(state, matches);
      const order = sortFound(found, state);
      if (view.sort) view.sort.filled = order.filter((index) => has(view, index)).length;
      const tell = () => {
        hits = order;
        facets.showCounts(counts);
        notices.showTotal(hits.length);
        notices.showChips(listChoices());
      };
      const first = whole ? null : await cards.prepare(order.slice(0, FIRST), view, FIRST, order.length);
      if (first && isCurrent()) {
        first();
        tell();
        results.removeAttribute("data-stale");
      }
      const draw = await cards.prepare(order.slice(0, count), view, whole ? count : FIRST, order.length);
      const titles = await titlesByInitials(order);
      const ways = order.length ? [] : await suggestQueries();
      return () => {
        draw();
        tell();
        if (hits.length) notices.hideNotice();
        else notices.showEmpty(listChoices(), (key) => countWithout(key, matches), ways);
        notices.showInitials(state.q, titles);
        const [byDefault] = field("sort").options;
        byDefault.textContent = state.q ? words.best : newestLabel;
      };
    });
  }

  const has = ({ sort }, index) => Boolean(sort.figures[data.columns.slug[index]]);

  const countWithout = (key, matches) =>
    countMatches(without(state, key), key === "q" ? () => true : matches).found.length;

  /** Shows the first hits before all are known, if the search must read texts. */
  async function preview(view, isCurrent) {
    const { search, cards } = data;
    const likely = await search.likely(state.q);
    if (!likely || !isCurrent()) return;
    let order = sortFound(countMatches(state, likely).found, state);
    if (view.sort) order = order.filter((index) => has(view, index)); // the others come below a divider
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
    return countMatches(state, named).found.filter((index) => !found.has(index))
      .map((index) => ({ slug: data.columns.slug[index], title: titles.title(index) }));
  }

  /** What a query without hits may mean, as lines of links. */
  async function suggestQueries() {
    if (!state.q) return [];
    load(data.catalog.names).catch(() => {}); // beside the script that asks for it
    return (await loadPart("meant")).suggest(state.q, {
      data, words, facets: facets.all, makeSuggestion: notices.makeSuggestion,
      count: async (q) => countMatches({ ...state, q }, await data.search.matching(q)).found.length,
      address: ({ q = "", chosen = {} }) =>
        action + toQuery({ ...state, q, chosen: { ...state.chosen, ...chosen } }),
    });
  }

  /** Appends the next batch. */
  function showMore() {
    if (results.getAttribute("aria-busy") === "true") return;
    batches += 1;
    runBusy(async () => {
      if (!hits) hits = countMatches(state, await data.search.matching("")).found;
      const shown = data.cards.count();
      const add = await data.cards.prepareMore(hits.slice(shown, shown + BATCH), hits.length);
      return () => {
        add();
        saveEntry();
      };
    });
  }

  /** Appends batches when the end of the list comes near; after some, only when the reader asks. */
  function watchForMore() {
    const shown = all("[data-case]", results).length;
    const left = (hits ? hits.length : notices.readTotal()) - shown;
    observer.unobserve(sentinel);
    moreButton.hidden = left <= 0 || batches < AUTOMATIC_BATCHES;
    moreButton.textContent = fill(words.more, { n: Math.min(left, BATCH) });
    unprinted.hidden = left <= 0;
    unprinted.textContent = fill(words.unprinted, { n: left });
    if (left > 0 && batches < AUTOMATIC_BATCHES) observer.observe(sentinel);
  }

  /** All choices of the reader: facet or field, value, label. */
  function listChoices() {
    const found = facets.listChoices(state.chosen);
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

  /** Applies the form: `entry` is "push" for a new entry of the history, "replace" for the current one. */
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
      saveEntry();
      try {
        history.pushState(entryState, "", target);
      } catch (error) {
        location.assign(target); // fall back to loading the page in this state
        return;
      }
    }
    shownQuery = location.search;
    refresh(BATCH);
  }

  /** Removes choices from the form. */
  function drop(chosen) {
    for (const { key, value } of chosen) {
      if (!facets.uncheck(key, value)) field(key).value = "";
    }
    apply("push");
  }

  function findValues(facet) {
    return runBusy(async () => {
      const matches = await data.search.matching(state.q);
      return () => {
        facets.updateBoxes(facet);
        facets.showCounts(countMatches(state, matches).counts);
      };
    });
  }

  let typingTimer = 0;
  let isTyping = false; // whether the current entry of the history comes from typing

  function applyTyped() {
    clearTimeout(typingTimer);
    if (field("q").value.trim() === state.q) return;
    apply(isTyping ? "replace" : "push");
    isTyping = true;
  }

  function onTyping(event) {
    if (event.target !== field("q") || event.isComposing || !isFirstPage) return;
    clearTimeout(typingTimer);
    // Half of all cases contain a single character, and mostly another one follows: wait longer.
    typingTimer = setTimeout(applyTyped, field("q").value.trim().length > 1 ? 200 : 600);
  }

  function onChange(event) {
    if (event.target.form !== form || !event.target.name) return;
    if (event.target === field("q")) applyTyped();
    else if (toQuery(readState()) !== toQuery(state)) apply("push");
    else { // another text for the same number, or one that cannot be read, changes no choice
      fillBounds(form, readState());
      notices.showFaults(unreadable(form));
    }
    isTyping = false;
  }

  /** Enter applies a field at once; the browser must not submit the form, which would load a page. */
  function onEnter(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.target.form !== form || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    onChange(event);
  }

  // ── the history ──

  function saveEntry() {
    replaceEntry({ shown: all("[data-case]", results).length, y: scrollY }, location.href);
  }

  /** Shows the list of the address, at the scroll position that the history entry saved. */
  async function restoreEntry(entry) {
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
      timer = setTimeout(saveEntry, 250);
    }, { passive: true });
    addEventListener("popstate", (event) => {
      if (location.search !== shownQuery) restoreEntry(event.state);
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

  /** Saves the whole list as a file, with the columns of the table. */
  async function download() {
    const view = await loadView();
    const everything = hits || countMatches(state, await data.search.matching("")).found;
    await data.tableView.download(everything, view.sort);
  }

  // ── beginning ──

  function start() {
    form.hidden = false;
    form.reset(); // after a reload browsers restore old choices, but the address decides
    state = readState();
    results.append(sentinel);
    moreButton.hidden = true;
    unprinted.hidden = true;
    moreButton.addEventListener("click", showMore);
    for (const nav of all("nav.facet-links")) nav.hidden = true;
    facets.startSearch(findValues);
    startStyles();
    document.addEventListener("input", onTyping);
    document.addEventListener("compositionend", onTyping);
    document.addEventListener("change", onChange);
    document.addEventListener("keydown", onEnter);
    form.addEventListener("submit", (event) => { event.preventDefault(); apply("push"); });
    for (const button of all("[data-clear]")) button.addEventListener("click", () => drop(listChoices()));
    if (!isFirstPage) {
      if (isQuery(shownQuery, form)) location.replace(action + shownQuery);
      return;
    }
    for (const nav of all("nav.pager")) nav.hidden = true;
    form.addEventListener("focusin", () => { ready().catch(() => {}); }, { once: true });
    startHistory();
    const entry = history.state;
    if (isQuery(shownQuery, form) || style === "table" || (entry && entry.shown > BATCH)) restoreEntry(entry);
    else watchForMore();
  }

  start();
})();
