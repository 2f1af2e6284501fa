/*
 * list.js: a list of cases in the browser: what the reader chooses, what is shown; its state in
 * the address.
 *
 * Used by cases.html and the pages of the categories, after site.js, filter.js (which cases fit,
 * in what order) and search.js (which hold a query). Without it they show fifty cases a page and
 * links to the pages of the facets' values.
 *
 * The form #filters is the state: `collect` reads it, `write` fills it from an address, and an
 * address is nothing but its text. The data come as columns, one entry a case, newest first:
 *   slug, chunk, title_text, place_text (as searched), title (rank by pinyin), order (or null),
 *   facets: {category: {values, labels, of: [[position of a value, …], …]}, …},
 *   numbers: {indicator: [number or null, …], …}
 * and the cards as HTML in chunks. Words to show stand in the form's data-words.
 */
(function () {
  "use strict";

  const { root, load, keep, kept, replaceEntry, filter } = window.casegen;
  const { fold, mark } = window.casegen.search;
  const BATCH = 50; // cards at a time, as many as stand in the page
  const QUOTED = 8; // cards that come with their sentence: about as many as a window shows
  const MOST_FOUND = 50; // values that the box of a long facet offers at once
  const MOST_BY_INITIALS = 20;

  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const bare = (address) => new URL(address, location.href).pathname.replace(/\.html$/, "");

  const form = document.getElementById("filters");
  const results = document.getElementById("results");
  if (!form || !results) return;

  const list = results.querySelector("ul.cards, ol.cards");
  const status = document.querySelector("[role=status]");
  const chips = document.querySelector("ul.chips");
  const words = JSON.parse(form.dataset.words);
  const action = form.getAttribute("action");
  const own = bare(action) === bare(location.href); // else a further page, which leads to the first
  const fields = (selector) => Array.from(form.elements).filter((field) => field.matches(selector));
  const field = (name) => fields("[name]").find((one) => one.name === name);
  const bounds = () => fields("[name^='min-'], [name^='max-']");

  const newest = field("sort").options[0].textContent;
  let catalog = null;
  let columns = null;
  let table = null; // the columns, laid out for filtering
  let search = null; // the search of these cases
  let state = null;
  let hits = null; // the cases found, in order; null while the list is the page's own
  let turn = 0; // counts the changes, so that late data of an earlier one is dropped
  let shownAt = location.search; // the address that the list shows

  // ── words ──

  function word(key, places) {
    return words[key].replace(/\{(\w+)\}/g, (_, name) => places[name]);
  }

  /** Chinese on a page of another language says so. */
  function marked(element) {
    const foreign = !document.documentElement.lang.startsWith("zh");
    if (foreign && /[\u4e00-\u9fff]/.test(element.textContent)) element.lang = "zh-CN";
    return element;
  }

  // ── state and address ──

  /** What the form says: values by facet, query, sort order, and bounds by their field's name. */
  function collect() {
    const of = { chosen: {}, q: field("q").value.trim(), sort: field("sort").value, bounds: {} };
    for (const facet of facets) {
      const checked = boxes(facet).filter((box) => box.checked);
      of.chosen[facet.name] = checked.map((box) => box.value).sort();
    }
    for (const input of bounds()) {
      const number = readNumber(input.value);
      input.setAttribute("aria-invalid", String(Number.isNaN(number)));
      if (Number.isFinite(number)) of.bounds[input.name] = number;
    }
    return of;
  }

  /** The query part of a state's address: empty for the list as it first stands. */
  function address(of) {
    const query = new URLSearchParams();
    for (const { name } of facets) for (const value of of.chosen[name]) query.append(name, value);
    if (of.q) query.set("q", of.q);
    if (of.sort !== "newest") query.set("sort", of.sort);
    for (const name of Object.keys(of.bounds)) query.set(name, String(of.bounds[name]));
    if (new URLSearchParams(location.search).get("large")) query.set("large", "1");
    const text = query.toString();
    return text && "?" + text;
  }

  /** Fills the form from an address, leaving out what is not known. Needs the columns. */
  function write(address) {
    const query = new URLSearchParams(address);
    for (const facet of facets) {
      choose(facet, new Set(query.getAll(facet.name).filter((value) => facet.at.has(value))));
    }
    field("q").value = (query.get("q") || "").trim();
    const sorts = Array.from(field("sort").options, (option) => option.value);
    field("sort").value = sorts.includes(query.get("sort")) ? query.get("sort") : "newest";
    for (const input of bounds()) {
      const number = readNumber(query.get(input.name) || "");
      input.value = Number.isFinite(number) ? String(number) : "";
    }
  }

  /** A number as readers type it (full-width digits, thousands commas); null where empty. */
  function readNumber(text) {
    const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
    return plain === "" ? null : Number(plain);
  }

  function says(address) {
    const names = new Set(fields("[name]").map((one) => one.name));
    return Array.from(new URLSearchParams(address).keys()).some((name) => names.has(name));
  }

  /** Each thing chosen: its facet or field, its value, and what to call it. */
  function choices() {
    const found = [];
    for (const facet of facets) {
      for (const value of state.chosen[facet.name]) {
        found.push({ key: facet.name, value, label: labelOf(facet, value) });
      }
    }
    if (state.q) found.push({ key: "q", value: state.q, label: word("query", { q: state.q }) });
    for (const key of Object.keys(state.bounds)) {
      const title = field(key).closest(".range").querySelector(".range-name");
      const name = title.firstChild.textContent;
      const unit = title.querySelector("small").textContent;
      const label = word(key.slice(0, 3), { name, n: state.bounds[key], unit });
      found.push({ key, value: String(state.bounds[key]), label });
    }
    return found;
  }

  /** The state with nothing chosen in one facet or field. */
  function without(key) {
    const less = { ...state, chosen: { ...state.chosen }, bounds: { ...state.bounds } };
    if (key === "q") less.q = "";
    else if (key in less.chosen) less.chosen[key] = [];
    else delete less.bounds[key];
    return less;
  }

  // ── facets ──

  const facets = all("fieldset[data-facet]", form).map((fieldset) => ({
    name: fieldset.dataset.facet,
    fieldset,
    find: fieldset.querySelector(".facet-find"),
    frequent: new Set(all("input[type=checkbox]", fieldset).map((box) => box.value)),
    at: new Map(), // value -> position in the columns
  }));

  const boxes = (facet) => all("input[type=checkbox]", facet.fieldset);
  const itemOf = (box) => box.closest("li") || box.closest("label");
  const labelOf = (facet, value) => columns.facets[facet.name].labels[facet.at.get(value)];

  /** Gives the facet a box for a value that does not stand in the page, after those that do. */
  function addBox(facet, value) {
    const model = itemOf(boxes(facet)[0]);
    const item = model.cloneNode(true);
    const box = item.querySelector("input");
    Object.assign(box, { value, checked: false, disabled: false });
    item.querySelector(".label").textContent = labelOf(facet, value);
    item.hidden = false;
    model.parentElement.append(item);
    return box;
  }

  function addBoxes(facet, values) {
    const there = new Set(boxes(facet).map((box) => box.value));
    for (const value of values) if (!there.has(value)) addBox(facet, value);
  }

  /** Shows the frequent and the chosen values; while its box is used, the found and the chosen. */
  function arrange(facet) {
    const typed = facet.find ? fold(facet.find.value.trim()) : "";
    const asked = (value) => fold(labelOf(facet, value)).includes(typed);
    if (typed) addBoxes(facet, Array.from(facet.at.keys()).filter(asked).slice(0, MOST_FOUND));
    for (const box of boxes(facet)) {
      const frequent = facet.frequent.has(box.value);
      const shown = box.checked || (typed ? asked(box.value) : frequent);
      itemOf(box).hidden = !shown;
      if (!shown && !frequent) itemOf(box).remove();
    }
  }

  function choose(facet, values) {
    addBoxes(facet, values);
    for (const box of boxes(facet)) box.checked = values.has(box.value);
    if (facet.find) facet.find.value = "";
    arrange(facet);
  }

  function showCounts(counts) {
    facets.forEach((facet, place) => {
      for (const box of boxes(facet)) {
        const count = counts[place][facet.at.get(box.value)];
        box.closest("label").querySelector("[data-count]").textContent = count;
        box.disabled = count === 0 && !box.checked;
      }
    });
  }

  async function findValues(facet) {
    await ready();
    arrange(facet);
    showCounts(reckon(state, await search.matching(state.q)).counts);
  }

  // ── finding, counting, sorting ──

  let coming = null;

  /** Loads the columns, once. */
  function ready() {
    coming = coming || (async () => {
      catalog = await load("assets/catalog.js", "catalog");
      columns = await load(catalog.columns);
      table = filter.table(columns, facets.map(({ name }) => name), form.dataset.scope);
      facets.forEach((facet, place) => { facet.at = table.facets[place].at; });
      search = window.casegen.search.open(catalog, columns);
    })();
    coming.catch(() => { coming = null; });
    return coming;
  }

  const reckon = (of, matches) => filter.reckon(table, of, matches);

  /** An order that the reader chose stands; else a query's best hits come first. */
  function inOrder(found, of) {
    const ordered = filter.inOrder(columns, found, of.sort);
    return of.sort === "newest" ? search.ranked(ordered, of.q) : ordered;
  }

  // ── showing ──

  const CROSS = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">' +
    '<path d="m6 6 12 12M18 6 6 18"/></svg>';
  const notice = make("div"); // what stands in place of results
  const initials = make("section"); // titles found by their initials
  const sentinel = make("div"); // more cards come when it is near
  const watch = new IntersectionObserver(
    (entries) => { if (entries.some((entry) => entry.isIntersecting)) more(); },
    { rootMargin: "0px 0px 400px" },
  );

  /** The cards of some cases in their order, whatever order their files arrive in. */
  async function cardsOf(numbers) {
    const paths = new Set(numbers.map((number) => catalog.chunks[columns.chunk[number]]));
    const chunks = await Promise.all(Array.from(paths, (path) => load(path)));
    const cards = Object.assign({}, ...chunks);
    return numbers.map((number) => cards[columns.slug[number]]).join("").split("\ue000").join(root);
  }

  /** Does `work` with #results marked as busy; what it gives is run unless things moved on. */
  async function busily(work) {
    const mine = turn;
    results.setAttribute("aria-busy", "true");
    try {
      await ready();
      const finish = await work();
      if (mine !== turn) return;
      finish();
      watchForMore();
    } catch (error) {
      if (mine !== turn) return;
      giveUp();
    }
    results.setAttribute("aria-busy", "false");
  }

  /**
   * Finds anew and shows the first `count` cards; the old ones stay until these are there. The
   * first `quoted` cards come with the sentence that holds the query, the others' follow.
   */
  function refresh(count, quoted) {
    turn += 1;
    const mine = turn;
    return busily(async () => {
      await preview(() => mine === turn);
      const matches = await search.matching(state.q);
      const { found, counts } = reckon(state, matches);
      const order = inOrder(found, state);
      const draw = await drawing(order.slice(0, count), quoted || QUOTED);
      const titles = await search.initials(state.q);
      return () => {
        hits = order;
        draw();
        showCounts(counts);
        showTotal(hits.length);
        showChips();
        showEmpty(matches);
        showInitials(titles);
        const [byDefault] = field("sort").options;
        byDefault.textContent = state.q ? words.best : newest;
      };
    });
  }

  /** Where many texts must be looked through, the first hits are shown before all are known. */
  async function preview(isCurrent) {
    const likely = await search.likely(state.q);
    if (!likely || !isCurrent()) return;
    const order = inOrder(reckon(state, likely).found, state);
    const first = await search.confirmed(order, state.q, QUOTED);
    const draw = await drawing(first, QUOTED);
    if (first.length && isCurrent()) draw();
  }

  /** What puts these cases into the list, the first `quoted` with the sentence of the query. */
  async function drawing(places, quoted) {
    const first = places.slice(0, quoted);
    const cards = await cardsOf(places);
    const sentences = await Promise.all(first.map((place) => sentenceOf(place)));
    return () => {
      list.innerHTML = cards;
      sentences.forEach((text, at) => quote(list.children[at], text));
      watchQuotes(first.length);
    };
  }

  /** A sentence that cannot be loaded is left out: the hit in the title is marked all the same. */
  const sentenceOf = (place) => search.sentence(place, state.q).catch(() => "");

  /** Adds the next batch below. */
  function more() {
    if (results.getAttribute("aria-busy") === "true") return;
    busily(async () => {
      if (!hits) hits = reckon(state, await search.matching("")).found;
      const shown = list.children.length;
      const cards = await cardsOf(hits.slice(shown, shown + BATCH));
      return () => {
        list.insertAdjacentHTML("beforeend", cards);
        watchQuotes(shown);
        remember();
      };
    });
  }

  // ── the query in the cards ──

  const quotes = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) fetchQuote(target);
  }, { rootMargin: "0px 0px 400px" });

  /** Lets the cards from the place `from` on show their sentences when they are near. */
  function watchQuotes(from) {
    if (state && state.q) Array.from(list.children).slice(from).forEach((card) => quotes.observe(card));
  }

  async function fetchQuote(card) {
    quotes.unobserve(card);
    const query = state.q;
    const text = await sentenceOf(columns.slug.indexOf(card.dataset.case));
    if (card.isConnected && query === state.q) quote(card, text);
  }

  /** Marks the query in a card, and adds the sentence that holds it where it does not stand there. */
  function quote(card, text) {
    if (!state.q) return;
    const summary = card.querySelector(".summary");
    if (text && !(summary && summary.textContent.includes(text))) {
      const line = card.querySelector("[data-hit]") || card.appendChild(make("p"));
      line.className = "hit";
      line.hidden = false;
      line.textContent = text;
      marked(line);
    }
    for (const part of all("h3, .summary, .meta, .hit", card)) mark(part, state.q);
  }

  /** Cases whose title has the query as its initials: beside the results, none of them counted. */
  function showInitials(titles) {
    const found = new Set(hits);
    const others = titles ? reckon(state, titles.test).found : [];
    const links = others.filter((place) => !found.has(place)).slice(0, MOST_BY_INITIALS)
      .map((place) => {
        const link = make("a", titles.title(place));
        link.href = root + "cases/" + columns.slug[place] + ".html";
        return make("li", marked(link));
      });
    const heading = make("h3", word("initials", { q: state.q }), make("small", words.initials_note));
    refill(initials, links.length ? [heading, make("ul", ...links)] : []);
    initials.hidden = !links.length;
  }

  function watchForMore() {
    const total = hits ? hits.length : Number(status.textContent.replace(/\D/g, ""));
    watch.unobserve(sentinel);
    if (list.children.length < total) watch.observe(sentinel);
  }

  /** Data that do not come: the pages of the list and the links to values are there again. */
  function giveUp() {
    for (const nav of all("nav.pager, nav.facet-links")) nav.hidden = false;
    showNotice([make("p", words.failed)], []);
  }

  function showTotal(count) {
    const said = word("count", { n: count });
    if (status.textContent !== said) status.textContent = said;
    for (const button of all("[data-see]")) {
      button.textContent = count ? word("see", { n: count }) : words.see_none;
    }
  }

  function showChips() {
    const chosen = choices();
    for (const label of all("[data-open-label]")) {
      label.textContent = chosen.length ? word("filter_n", { n: chosen.length }) : words.filter;
    }
    const buttons = chosen.map((one) => {
      const button = makeButton("chip", one.label, () => drop([one]));
      button.setAttribute("aria-label", word("remove", { label: one.label }));
      if (one.key === "category") button.classList.add("cat-" + one.value);
      button.insertAdjacentHTML("beforeend", CROSS);
      return button;
    });
    if (buttons.length > 1) buttons.push(makeButton("chip clear", words.clear, () => drop(chosen)));
    const place = all("button", chips).indexOf(document.activeElement);
    refill(chips, buttons.map((button) => make("li", button)));
    chips.hidden = !buttons.length;
    if (place >= 0) focusNear(buttons, place);
  }

  /** Where nothing is found: what there would be without one facet's or field's choices. */
  function showEmpty(matches) {
    const chosen = hits.length ? [] : choices();
    const buttons = [];
    for (const key of new Set(chosen.map((one) => one.key))) {
      const dropped = chosen.filter((one) => one.key === key);
      const n = reckon(without(key), key === "q" ? () => true : matches).found.length;
      const label = dropped.map((one) => one.label).join(words.joint);
      const said = word("empty_hint", { label, n });
      if (n) buttons.push(makeButton("button", said, () => drop(dropped)));
    }
    if (chosen.length) buttons.push(makeButton("button", words.clear, () => drop(chosen)));
    const said = [make("h3", words.empty), make("p", words.empty_advice)];
    showNotice(hits.length ? [] : said, buttons);
  }

  function showNotice(said, buttons) {
    const held = notice.contains(document.activeElement);
    const ways = make("p", ...buttons);
    ways.className = "ways";
    refill(notice, buttons.length ? said.concat(ways) : said);
    notice.hidden = !said.length;
    if (held) focusNear([], 0);
  }

  /** After a button that held the focus is gone: the one in its place, else the total. */
  function focusNear(buttons, place) {
    status.tabIndex = -1;
    (buttons[Math.min(place, buttons.length - 1)] || status).focus({ preventScroll: true });
  }

  function refill(holder, parts) {
    holder.textContent = "";
    holder.append(...parts);
  }

  function make(tag, ...parts) {
    const element = document.createElement(tag);
    element.append(...parts);
    return element;
  }

  function makeButton(kind, label, click) {
    const button = make("button", label);
    Object.assign(button, { type: "button", className: kind });
    button.addEventListener("click", click);
    return marked(button);
  }

  // ── what the reader does ──

  /** Takes what the form now says, as a new place in the history or in place of the newest. */
  function apply(entry) {
    state = collect();
    const query = address(state);
    if (!own) {
      location.assign(action + query);
      return;
    }
    const place = { shown: BATCH, y: scrollY };
    const target = location.pathname + query;
    if (entry === "replace") {
      replaceEntry(place, target);
    } else if (query !== location.search) {
      remember();
      try {
        history.pushState(place, "", target);
      } catch (error) {
        location.assign(target); // the long way: a new page with the same state
        return;
      }
    }
    shownAt = location.search;
    refresh(BATCH);
  }

  /** Takes some choices out of the form. */
  function drop(chosen) {
    for (const { key, value } of chosen) {
      const facet = facets.find((one) => one.name === key);
      if (facet) boxes(facet).find((box) => box.value === value).checked = false;
      else field(key).value = "";
    }
    facets.forEach(arrange);
    apply("push");
  }

  let pause = 0; // the timer of a pause in typing
  let typed = false; // whether the newest place in the history came of typing

  function applyTyped() {
    clearTimeout(pause);
    if (field("q").value.trim() === state.q) return;
    apply(typed ? "replace" : "push");
    typed = true;
  }

  function onTyping(event) {
    if (event.target !== field("q") || event.isComposing || !own) return;
    clearTimeout(pause);
    // A single character is in half of all cases; mostly another one follows.
    pause = setTimeout(applyTyped, field("q").value.trim().length > 1 ? 200 : 600);
  }

  function onChange(event) {
    if (event.target.form !== form || !event.target.name) return;
    if (event.target === field("q")) applyTyped();
    else if (address(collect()) !== address(state)) apply("push");
    typed = false;
  }

  /** Enter takes a field's text at once; it must not hand in a form that the script answers for. */
  function onEnter(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.target.form !== form || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    onChange(event);
  }

  // ── keeping the place ──

  function remember() {
    replaceEntry({ shown: list.children.length, y: scrollY }, location.href);
  }

  /** Shows what the address says, at the place that a history entry remembers. */
  async function restore(entry) {
    const { shown = BATCH, y } = entry || {};
    shownAt = location.search;
    results.setAttribute("aria-busy", "true");
    try {
      await ready();
    } catch (error) {
      giveUp();
      return;
    }
    write(shownAt);
    state = collect();
    await refresh(shown, y > 0 ? shown : QUOTED); // nothing above may grow afterwards
    if (typeof y === "number") scrollTo({ top: y, behavior: "instant" });
  }

  function keepPlace() {
    let rest = 0;
    addEventListener("scroll", () => {
      clearTimeout(rest);
      rest = setTimeout(remember, 250);
    }, { passive: true });
    addEventListener("popstate", (event) => {
      if (location.search !== shownAt) restore(event.state);
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

  form.hidden = false;
  form.reset(); // browsers put back old choices on reload; the address alone decides
  state = collect();
  notice.className = "empty";
  notice.hidden = true;
  initials.className = "initials";
  initials.hidden = true;
  results.append(notice, initials, sentinel);
  for (const nav of all("nav.facet-links")) nav.hidden = true;
  for (const facet of facets) {
    if (!facet.find) continue;
    facet.find.hidden = false;
    facet.find.addEventListener("input", () => findValues(facet));
  }
  startStyles();
  document.addEventListener("input", onTyping);
  document.addEventListener("compositionend", onTyping);
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onEnter);
  form.addEventListener("submit", (event) => { event.preventDefault(); apply("push"); });
  for (const button of all("[data-clear]")) button.addEventListener("click", () => drop(choices()));
  if (!own) {
    if (says(shownAt)) location.replace(action + shownAt);
    return;
  }
  for (const nav of all("nav.pager")) nav.hidden = true;
  form.addEventListener("focusin", () => { ready().catch(() => {}); }, { once: true });
  keepPlace();
  const entry = history.state;
  if (says(shownAt) || (entry && entry.shown > BATCH)) restore(entry);
  else watchForMore();
})();
