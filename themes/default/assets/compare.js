/*
 * compare.js: choosing two to four cases in any list, and the table that sets them side by side.
 *
 * The choice is kept for the visit of this site where storage is kept, else for the page alone; the table is
 * made from the address (compare.html?case=a&case=b), which can be shared.
 * Not here: what a case reports (assets/facts-….js), words (data-words of the markup).
 */
(function () {
  "use strict";

  const { root, all, make, markLanguage, fill, load, keepForVisit, keptForVisit } = window.casegen;
  const MOST = 4;

  const makeText = (tag, attributes, text) => markLanguage(make(tag, attributes, text));

  /** An element whose text breaks only behind punctuation, for titles and facts in narrow columns. */
  function makePhrased(tag, attributes, text) {
    const made = make(tag, attributes);
    const pieces = text.match(/[^，：；。！？、]*[，：；。！？、]*[”’」』》）]*/g).filter(Boolean);
    for (const piece of pieces) made.append(make("span", { class: "ph" }, piece));
    return markLanguage(made);
  }

  const addressOf = (slugs) =>
    root + "compare.html?" + slugs.map((slug) => "case=" + encodeURIComponent(slug)).join("&");

  // ── choosing ──

  let chosen = (keptForVisit("compare") || "").split(" ").filter(Boolean).slice(0, MOST);

  function startChoosing(bar) {
    const words = JSON.parse(bar.dataset.words);
    const link = bar.querySelector("a");
    const clear = bar.querySelector("button");
    const status = bar.querySelector("[data-said]");

    function show() {
      bar.hidden = chosen.length === 0;
      link.textContent = fill(words.go, { n: chosen.length });
      link.hidden = chosen.length < 2;
      link.href = addressOf(chosen);
      for (const button of all("[data-compare]")) {
        const on = chosen.indexOf(button.dataset.compare) >= 0;
        // Writing what is there already would wake the observer below for ever.
        if (button.getAttribute("aria-pressed") === String(on)) continue;
        button.setAttribute("aria-pressed", String(on));
        button.textContent = on ? words.chosen : words.choose;
      }
    }

    function say(text) {
      status.textContent = text;
    }

    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-compare]");
      if (!button) return;
      const slug = button.dataset.compare;
      if (chosen.indexOf(slug) >= 0) chosen = chosen.filter((one) => one !== slug);
      else if (chosen.length < MOST) chosen = chosen.concat(slug);
      else return say(fill(words.most, { n: MOST }));
      keepForVisit("compare", chosen.join(" "));
      say(chosen.length === 1 ? words.one : fill(words.some, { n: chosen.length }));
      show();
    });
    clear.addEventListener("click", () => {
      chosen = [];
      keepForVisit("compare", "");
      show();
    });
    const results = document.querySelector("#results");
    if (results) new MutationObserver(show).observe(results, { childList: true, subtree: true });
    document.documentElement.classList.add("can-compare");
    show();
  }

  // ── the table ──

  /** The facts of the cases in the address, in its order; unknown ones are left out. */
  async function wanted() {
    const slugs = Array.from(new Set(new URLSearchParams(location.search).getAll("case")));
    const catalog = await load("assets/catalog.js", "catalog");
    const columns = await load(catalog.columns);
    const cases = [];
    for (const slug of slugs) {
      const at = columns.slug.indexOf(slug);
      if (at < 0 || cases.length === MOST) continue;
      const path = catalog.facts[columns.chunk[at]];
      cases.push((await load(path))[slug]);
    }
    return cases;
  }

  /** Rows of metrics: indicators that several cases report first, then those of one. */
  function metricRows(cases) {
    const rows = new Map();
    cases.forEach((one, column) => {
      for (const metric of one.metrics) {
        const key = metric.indicator ? metric.indicator + " " + metric.unit : "= " + metric.name;
        if (!rows.has(key)) rows.set(key, { label: metric.label, unit: metric.unit, cells: [] });
        const row = rows.get(key);
        if (!row.cells[column]) row.cells[column] = [];
        row.cells[column].push(metric);
      }
    });
    const shared = (row) => row.cells.filter(Boolean).length;
    return Array.from(rows.values()).sort((a, b) => shared(b) - shared(a));
  }

  /** Whether the cases wrote a row in different units, so that base units must be shown too. */
  function unlike(row) {
    const written = new Set();
    for (const cell of row.cells) for (const metric of cell || []) written.add(metric.written_unit);
    return row.cells.filter(Boolean).length > 1 && written.size > 1;
  }

  function metricCell(cell, row, words, convert) {
    const made = make("td", {});
    if (!cell) {
      made.append(makeText("span", { class: "note" }, words.missing));
      return made;
    }
    for (const metric of cell) {
      const line = make("p", {});
      const link = makeText("a", { href: root + metric.href }, metric.written);
      line.append(link);
      if (convert && metric.written_unit !== row.unit) {
        const same = Number(metric.low).toLocaleString(document.documentElement.lang) + " " + row.unit;
        line.append(make("span", { class: "note" }, fill(words.same, { value: same })));
      }
      if (metric.name !== row.label) line.append(makeText("span", { class: "note" }, metric.name));
      if (metric.note) line.append(makeText("span", { class: "note" }, metric.note));
      made.append(line);
    }
    return made;
  }

  function table(cases, words) {
    const made = make("table", { class: "compare of-" + cases.length });
    made.append(make("caption", { class: "vh" }, words.caption));
    const head = make("tr", {});
    head.append(make("td", {}));
    for (const one of cases) {
      const cell = make("th", { scope: "col" });
      cell.append(makePhrased("a", { href: root + one.href }, one.title));
      const rest = cases.filter((other) => other !== one).map((other) => other.slug);
      const remove = make("a", { href: addressOf(rest), class: "drop" }, words.remove);
      remove.setAttribute("aria-label", fill(words.remove_one, { title: one.title }));
      cell.append(remove);
      head.append(cell);
    }
    const thead = make("thead", {});
    thead.append(head);
    const body = make("tbody", {});
    for (const [key, label] of words.facts) {
      const row = make("tr", {});
      row.append(makeText("th", { scope: "row" }, label));
      for (const one of cases) row.append(makePhrased("td", {}, one[key] || words.missing));
      body.append(row);
    }
    for (const row of metricRows(cases)) {
      const line = make("tr", {});
      const convert = unlike(row);
      const label = convert ? fill(words.converted, { name: row.label, unit: row.unit }) : row.label;
      line.append(makeText("th", { scope: "row" }, label));
      cases.forEach((one, column) => line.append(metricCell(row.cells[column], row, words, convert)));
      body.append(line);
    }
    made.append(thead, body);
    return made;
  }

  async function startTable(place) {
    const words = JSON.parse(place.dataset.words);
    words.facts = ["institution", "places", "years", "categories"].map((key) => [key, words[key]]);
    place.setAttribute("aria-busy", "true");
    const status = document.querySelector("[data-compare-status]");
    try {
      const cases = await wanted();
      if (cases.length >= 2) {
        place.textContent = "";
        place.append(table(cases, words));
        for (const hint of all("[data-compare-hint]")) hint.hidden = true;
      }
      status.textContent = cases.length >= 2 ? fill(words.some, { n: cases.length }) : words.few;
    } catch (error) {
      status.textContent = words.failed;
    }
    place.removeAttribute("aria-busy");
  }

  function start() {
    const bar = document.querySelector("[data-compare-bar]");
    const place = document.querySelector("[data-compare-table]");
    if (bar && !place) startChoosing(bar);
    if (place) startTable(place);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
