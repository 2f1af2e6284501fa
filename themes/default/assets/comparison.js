/*
 * comparison.js: the table that compares the cases in the address (compare.html?case=a&case=b).
 *
 * It begins with what several cases report, with bars on one scale; below it, one fold for each case
 * holds what only that case reports. Narrow windows show two cases, and buttons to choose which.
 * Not here: choosing cases (compare.js), the metrics of a case (assets/facts-….js), words (data-words).
 */
(function () {
  "use strict";

  const { root, all, make, markLanguage, fill, load, compareAddress } = window.casegen;
  const MOST = 4;
  const SHORT = 14; // characters of a title in the sticky head of the table
  const LINES = 3; // figures of one cell; further ones are folded
  const SVG = "http://www.w3.org/2000/svg";
  const CLOSING = /^[，：；。！？、”’」』》）—…·％%]/;
  const OPENING = /[“‘「『《（]$/;

  const makeText = (tag, attributes, text) => markLanguage(make(tag, attributes, text));

  // ── titles: lines break between words only ──

  /** The words of a text, each with its punctuation; null if the browser cannot split Chinese text. */
  function splitWords(text) {
    const { Segmenter } = window.Intl; // newer than the oldest browsers of decision 15
    if (!Segmenter) return null;
    const pieces = [];
    for (const { segment } of new Segmenter("zh", { granularity: "word" }).segment(text)) {
      const last = pieces.length - 1;
      const one = last >= 0 && (CLOSING.test(segment) || OPENING.test(pieces[last]));
      if (one) pieces[last] += segment;
      else pieces.push(segment);
    }
    return pieces;
  }

  function makeTitle(tag, attributes, text) {
    const pieces = splitWords(text);
    const kind = [attributes.class, "words"].filter(Boolean).join(" ");
    const made = make(tag, pieces ? { ...attributes, class: kind } : attributes);
    for (const piece of pieces || [text]) made.append(piece, ...(pieces ? [make("wbr", {})] : []));
    return markLanguage(made);
  }

  /** The beginning of a title: up to its first colon or dash, or as many whole words as fit. */
  function shorten(title) {
    const head = title.split(/[：:—|｜]/)[0].trim();
    if (head.length >= 4 && head.length <= SHORT) return head;
    if (title.length <= SHORT) return title;
    let short = "";
    for (const piece of splitWords(title) || title) {
      if (short && (short + piece).length >= SHORT) break;
      short += piece;
    }
    return short.slice(0, SHORT).replace(/[，：；、“‘「『《（—]+$/, "") + "…";
  }

  /** Short titles that differ: of those that begin alike, what follows the beginning they share. */
  function shortenAll(titles) {
    const short = titles.map(shorten);
    return titles.map((title, n) => {
      const alike = titles.filter((other, m) => short[m] === short[n] && other !== title);
      if (!alike.length) return short[n];
      let same = 0;
      while (alike.every((other) => title[same] && other[same] === title[same])) same += 1;
      const rest = title.slice(same).replace(/^[，：；、\s]+/, "");
      return "…" + shorten(rest || title.slice(-SHORT));
    });
  }

  // ── rows ──

  /** Loads the cases that the address names, in its order; unknown ones are ignored. */
  async function loadCases() {
    const slugs = Array.from(new Set(new URLSearchParams(location.search).getAll("case")));
    const catalog = await load("assets/catalog.js", "catalog");
    const columns = await load(catalog.columns);
    const places = slugs.map((slug) => columns.slug.indexOf(slug)).filter((at) => at >= 0);
    return Promise.all(places.slice(0, MOST).map(async (at) =>
      (await load(catalog.facts[columns.chunk[at]]))[columns.slug[at]]));
  }

  /** Groups metrics by indicator and unit: each row has a cell for each case, with its metrics or null. */
  function groupMetrics(cases) {
    const rows = new Map();
    cases.forEach((one, column) => {
      for (const metric of one.metrics) {
        const key = metric.indicator ? metric.indicator + " " + metric.unit : "= " + metric.name;
        if (!rows.has(key)) {
          rows.set(key, { label: metric.label, unit: metric.unit, cells: cases.map(() => null) });
        }
        const { cells } = rows.get(key);
        (cells[column] = cells[column] || []).push(metric);
      }
    });
    for (const row of rows.values()) {
      for (const cell of row.cells) if (cell) cell.sort((a, b) => Number(b.counted) - Number(a.counted));
    }
    return Array.from(rows.values());
  }

  const countCases = (row) => row.cells.filter(Boolean).length;

  /** The metrics of a cell that are compared: those in totals; if there are none, the first sound one. */
  function listComparable(cell) {
    const sound = (cell || []).filter((metric) => !metric.doubtful);
    const counted = sound.filter((metric) => metric.counted);
    return counted.length ? counted : sound.slice(0, 1);
  }

  /** The value of the longest bar of a row; 0 if its figures have different units. */
  function findScale(row) {
    const metrics = [].concat(...row.cells.map(listComparable));
    const alike = metrics.every((metric) => metric.unit === row.unit);
    return alike ? Math.max(...metrics.map((metric) => Number(metric.low)), 0) : 0;
  }

  /** Whether the cases wrote a row in different units, so that values in the base unit are shown too. */
  function hasSeveralUnits(row) {
    const written = new Set();
    for (const cell of row.cells) for (const metric of cell || []) written.add(metric.written_unit);
    return countCases(row) > 1 && written.size > 1;
  }

  function makeBar(share) {
    const svg = document.createElementNS(SVG, "svg");
    const bar = document.createElementNS(SVG, "rect");
    const set = (element, values) => {
      for (const name of Object.keys(values)) element.setAttribute(name, values[name]);
    };
    set(svg, { viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" });
    set(bar, { width: Math.max(share * 1000, 3), height: 10, fill: "currentColor" });
    svg.append(bar);
    return svg;
  }

  function makeFigure(metric, row, words, convert) {
    const line = make("p", {});
    line.append(metric.doubtful
      ? makeText("b", { class: "figure" }, metric.written)
      : makeText("a", { class: "figure", href: root + metric.href }, metric.written));
    const note = (text) => line.append(makeText("span", { class: "note" }, text));
    if (convert && metric.written_unit !== row.unit) {
      note(fill(words.same, {
        value: Number(metric.low).toLocaleString(document.documentElement.lang) + " " + row.unit,
      }));
    }
    if (metric.name !== row.label) note(metric.name);
    if (metric.note) note(metric.note);
    if (metric.doubtful) note(words.doubtful);
    return line;
  }

  function makeCell(cell, row, words, scale) {
    const made = make("td", {});
    if (!cell) {
      made.append(makeText("span", { class: "note" }, words.missing));
      return made;
    }
    const convert = hasSeveralUnits(row);
    const bars = scale > 0 ? listComparable(cell) : [];
    const lines = cell.map((metric) => {
      const line = makeFigure(metric, row, words, convert);
      if (bars.includes(metric)) line.append(makeBar(Number(metric.low) / scale));
      return line;
    });
    made.append(...lines.slice(0, LINES));
    if (lines.length > LINES) {
      const more = make("summary", {}, fill(words.more, { n: lines.length - LINES }));
      made.append(make("details", {}, more, ...lines.slice(LINES)));
    }
    return made;
  }

  // ── the table ──

  function makeHead(cases) {
    const row = make("tr", {}, make("td", {}));
    const short = shortenAll(cases.map(({ title }) => title));
    cases.forEach((one, column) => {
      const link = makeTitle("a", { href: root + one.href, title: one.title }, short[column]);
      row.append(make("th", { scope: "col", "data-column": column }, link));
    });
    return make("thead", {}, row);
  }

  /** Makes a row with a cell for each case. */
  function makeRow(label, cells) {
    const row = make("tr", {}, makeText("th", { scope: "row" }, label));
    cells.forEach((cell, column) => {
      cell.setAttribute("data-column", column);
      row.append(cell);
    });
    return row;
  }

  function makeFacts(cases, words) {
    const body = make("tbody", {});
    body.append(makeRow(words.title, cases.map((one) => {
      const rest = cases.filter((other) => other !== one).map((other) => other.slug);
      const remove = make("a", { href: compareAddress(rest), class: "drop" }, words.remove);
      remove.setAttribute("aria-label", fill(words.remove_one, { title: one.title }));
      return make("td", {}, makeTitle("span", {}, one.title), remove);
    })));
    body.append(makeRow(words.institution,
      cases.map((one) => makeTitle("td", {}, one.institution || words.missing))));
    // These are lists of names, which a word splitter would cut; lines break at their commas.
    for (const key of ["places", "years", "categories"]) {
      body.append(makeRow(words[key], cases.map((one) =>
        makeText("td", { class: "words" }, one[key] || words.missing))));
    }
    return body;
  }

  function makeShared(cases, rows, words) {
    const body = make("tbody", { class: "shared" });
    const said = rows.length ? fill(words.shared, { n: rows.length }) : words.nothing_shared;
    const head = make("th", { colspan: cases.length + 1, scope: "rowgroup" }, said);
    body.append(make("tr", { class: "group" }, head));
    for (const row of rows) {
      const label = hasSeveralUnits(row)
        ? fill(words.converted, { name: row.label, unit: row.unit }) : row.label;
      const scale = findScale(row);
      body.append(makeRow(label,
        cases.map((one, column) => makeCell(row.cells[column], row, words, scale))));
    }
    return body;
  }

  /** Makes the fold with what only one case reports. */
  function makeSingle(one, column, rows, words) {
    const list = make("dl", { class: "alone" });
    for (const row of rows) {
      const figures = row.cells[column].map((metric) => makeFigure(metric, row, words, false));
      list.append(make("div", {}, makeText("dt", {}, row.label), make("dd", {}, ...figures)));
    }
    const said = fill(words.alone, { title: one.title, n: rows.length });
    return make("details", { class: "alone-of" }, makeText("summary", {}, said), list);
  }

  // ── narrow windows: two cases at a time ──

  function startColumnSwitch(place, cases, words) {
    if (cases.length < 3) return;
    let seen = [0, 1];
    const table = place.querySelector("table");
    const buttons = shortenAll(cases.map(({ title }) => title)).map((title) =>
      makeTitle("button", { type: "button", class: "button small" }, title));
    const show = () => {
      for (const cell of all("[data-column]", table)) {
        cell.classList.toggle("aside", !seen.includes(Number(cell.dataset.column)));
      }
      buttons.forEach((button, n) => button.setAttribute("aria-pressed", String(seen.includes(n))));
    };
    buttons.forEach((button, n) => button.addEventListener("click", () => {
      if (!seen.includes(n)) seen = [seen[1], n].sort();
      show();
    }));
    place.prepend(make("div", { class: "in-sight", role: "group", "aria-label": words.in_sight },
      make("span", { class: "note" }, words.in_sight), ...buttons));
    show();
  }

  function showComparison(place, cases, words) {
    const rows = groupMetrics(cases);
    const shared = rows.filter((row) => countCases(row) > 1).sort((a, b) => countCases(b) - countCases(a));
    const table = make("table", { class: "compare of-" + cases.length },
      make("caption", { class: "vh" }, words.caption),
      makeHead(cases), makeFacts(cases, words), makeShared(cases, shared, words));
    place.textContent = "";
    place.append(table);
    cases.forEach((one, column) => {
      const own = rows.filter((row) => countCases(row) === 1 && row.cells[column]);
      if (own.length) place.append(makeSingle(one, column, own, words));
    });
    startColumnSwitch(place, cases, words);
  }

  async function start() {
    const place = document.querySelector("[data-compare-table]");
    const words = JSON.parse(place.dataset.words);
    const status = document.querySelector("[data-compare-status]");
    place.setAttribute("aria-busy", "true");
    try {
      const cases = await loadCases();
      if (cases.length >= 2) {
        showComparison(place, cases, words);
        for (const hint of all("[data-compare-hint]")) hint.hidden = true;
      }
      status.textContent = cases.length >= 2 ? fill(words.some, { n: cases.length }) : words.few;
    } catch (error) {
      status.textContent = words.failed;
    }
    place.removeAttribute("aria-busy");
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
