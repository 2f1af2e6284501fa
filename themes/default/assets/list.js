/*
 * list.js: a list of cases in the browser: what the reader chooses decides what is shown, and both
 * stand in the address and in the history.
 *
 * Used by cases.html and the pages of the categories, after the parts that do the work: state.js
 * (form and address), facets.js (check boxes), filter.js (which cases fit, in what order), search.js
 * (which hold a query), cards.js (cards), notices.js (words about the list). Without scripts those
 * pages show fifty cases each and links to the pages of the facets' values.
 *
 * The data come as columns, one entry a case, newest first:
 *   slug, chunk, title_text, place_text (as searched), title (rank by pinyin), order (or null),
 *   facets: {category: {values, labels, of: [[index of a value, …], …]}, …},
 *   numbers: {indicator: [number or null, …], …}
 * and the cards as HTML in chunks. Words to show stand in the form's data-words.
 */
(function () {
  "use strict";

  const { all, fill, load, keep, kept, replaceEntry, filter, make } = window.casegen;
  const { NEWEST, fieldOf, readForm, fillForm, toQuery, fromQuery, isQuery, without } =
    window.casegen.state;
  const BATCH = 50; // cards at a time, as many as stand in the page
  const QUOTED = 8; // cards that come with their sentence: about as many as a window shows

  const pathOf = (address) => new URL(address, location.href).pathname.replace(/\.html$/, "");

  const form = document.getElementById("filters");
  const results = document.getElementById("results");
  if (!form || !results) return;

  const list = results.querySelector("ul.cards, ol.cards");
  const words = JSON.parse(form.dataset.words);
  const action = form.getAttribute("action");
  const isFirstPage = pathOf(action) === pathOf(location.href); // a further page leads to the first
  const field = (name) => fieldOf(form, name);
  const facets = window.casegen.facets.open(form);
  const notices = window.casegen.notices.open(results, words, drop);
  const newestLabel = field("sort").options[0].textContent;

  let data = null; // columns, the table for filtering, search and cards, once they are loaded
  let state = null;
  let hits = null; // the cases found, in order; null while the list is the page's own
  let requestId = 0; // counts the changes, so that late data of an earlier one is dropped
  let shownQuery = location.search; // of the address that the list shows

  // ── data ──

  let loading = null;

  /** Loads the columns, once. */
  function ready() {
    loading = loading || (async () => {
      const catalog = await load("assets/catalog.js", "catalog");
      const columns = await load(catalog.columns);
      const table = filter.table(columns, facets.all.map(({ name }) => name), form.dataset.scope);
      const search = window.casegen.search.open(catalog, columns);
      const cards = window.casegen.cards.open(list, { catalog, columns, search });
      facets.setTable(table);
      data = { columns, table, search, cards };
    })();
    loading.catch(() => { loading = null; });
    return loading;
  }

  const reckon = (wanted, matches) => filter.reckon(data.table, wanted, matches);

  /** An order that the reader chose stands; else a query's best hits come first. */
  function inOrder(found, wanted) {
    const ordered = filter.inOrder(data.columns, found, wanted.sort);
    return wanted.sort === NEWEST ? data.search.ranked(ordered, wanted.q) : ordered;
  }

  // ── showing ──

  const sentinel = make("div", {}); // more cards come when it is near
  const watch = new IntersectionObserver(
    (entries) => { if (entries.some((entry) => entry.isIntersecting)) showMore(); },
    { rootMargin: "0px 0px 400px" },
  );

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
    results.setAttribute("aria-busy", "false");
  }

  /**
   * Finds anew and shows the first `count` cards; the old ones stay until these are there. The
   * first `quoted` cards come with the sentence that holds the query, the others' follow.
   */
  function refresh(count, quoted) {
    requestId += 1;
    const id = requestId;
    return busily(async () => {
      const { search, cards } = data;
      await preview(() => id === requestId);
      const matches = await search.matching(state.q);
      const { found, counts } = reckon(state, matches);
      const order = inOrder(found, state);
      const draw = await cards.prepare(order.slice(0, count), state.q, quoted || QUOTED);
      const titles = await titlesByInitials(order);
      return () => {
        hits = order;
        draw();
        facets.showCounts(counts);
        notices.showTotal(hits.length);
        notices.showChips(choices());
        if (hits.length) notices.hideNotice();
        else notices.showEmpty(choices(), (key) => countWithout(key, matches));
        notices.showInitials(state.q, titles);
        const [byDefault] = field("sort").options;
        byDefault.textContent = state.q ? words.best : newestLabel;
      };
    });
  }

  const countWithout = (key, matches) =>
    reckon(without(state, key), key === "q" ? () => true : matches).found.length;

  /** Where many texts must be looked through, the first hits are shown before all are known. */
  async function preview(isCurrent) {
    const { search, cards } = data;
    const likely = await search.likely(state.q);
    if (!likely || !isCurrent()) return;
    const order = inOrder(reckon(state, likely).found, state);
    const first = await search.confirmed(order, state.q, QUOTED);
    const draw = await cards.prepare(first, state.q, QUOTED);
    if (first.length && isCurrent()) draw();
  }

  /** Cases whose title has the query as its initials and that are not among the hits. */
  async function titlesByInitials(order) {
    const titles = await data.search.initials(state.q);
    if (!titles) return [];
    const found = new Set(order);
    return reckon(state, titles.test).found.filter((index) => !found.has(index))
      .map((index) => ({ slug: data.columns.slug[index], title: titles.title(index) }));
  }

  /** Adds the next batch below. */
  function showMore() {
    if (results.getAttribute("aria-busy") === "true") return;
    busily(async () => {
      if (!hits) hits = reckon(state, await data.search.matching("")).found;
      const shown = list.children.length;
      const add = await data.cards.prepareMore(hits.slice(shown, shown + BATCH));
      return () => {
        add();
        remember();
      };
    });
  }

  function watchForMore() {
    const total = hits ? hits.length : notices.readTotal();
    watch.unobserve(sentinel);
    if (list.children.length < total) watch.observe(sentinel);
  }

  /** Each thing chosen: its facet or field, its value, and what to call it. */
  function choices() {
    const found = facets.choices(state.chosen);
    if (state.q) {
      found.push({ key: "q", value: state.q, label: fill(words.query, { q: state.q }) });
    }
    for (const key of Object.keys(state.bounds)) {
      const title = field(key).closest(".range").querySelector(".range-name");
      const name = title.firstChild.textContent;
      const unit = title.querySelector("small").textContent;
      const label = fill(words[key.slice(0, 3)], { name, n: state.bounds[key], unit });
      found.push({ key, value: String(state.bounds[key]), label });
    }
    return found;
  }

  // ── what the reader does ──

  const readState = () => readForm(form, facets.readChosen());

  /** Takes what the form now says, as a new entry in the history or in place of the newest. */
  function apply(entry) {
    state = readState();
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
    replaceEntry({ shown: list.children.length, y: scrollY }, location.href);
  }

  /** Shows what the address says, at the scroll position that a history entry remembers. */
  async function restore(entry) {
    const { shown = BATCH, y } = entry || {};
    shownQuery = location.search;
    results.setAttribute("aria-busy", "true");
    try {
      await ready();
    } catch (error) {
      notices.showFailure();
      results.setAttribute("aria-busy", "false");
      return;
    }
    state = fromQuery(shownQuery, form, facets.all);
    facets.showChosen(state.chosen);
    fillForm(form, state);
    await refresh(shown, y > 0 ? shown : QUOTED); // nothing above may grow afterwards
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
    function show(style) {
      results.dataset.style = style;
      for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.style === style));
    }
    for (const button of buttons) {
      button.addEventListener("click", () => {
        show(button.dataset.style);
        keep("style", button.dataset.style);
      });
    }
    if (buttons.some((one) => one.dataset.style === kept("style"))) show(kept("style"));
  }

  // ── beginning ──

  function start() {
    form.hidden = false;
    form.reset(); // browsers put back old choices on reload; the address alone decides
    state = readState();
    results.append(sentinel);
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
    if (isQuery(shownQuery, form) || (entry && entry.shown > BATCH)) restore(entry);
    else watchForMore();
  }

  start();
})();
