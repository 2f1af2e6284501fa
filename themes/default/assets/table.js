/*
 * table.js: a list of cases as a table: title, institution, province, years, the figure of the sort and
 * the figures that the reader adds; and the whole list as a CSV file.
 *
 * Secret: how a case becomes a row, and which columns there are. Not here: which cases are shown
 * (list.js), loading their cards (cases.js).
 */
(function () {
  "use strict";

  const { all, make, markLanguage, fill, load, keep, kept } = window.casegen;
  const MOST = 3; // columns that a reader may add; more do not fit a window
  const FACTS = 3; // columns between the title and the figures: institution, province, years
  const NARROW = "(max-width: 40em)";

  const quoted = (text) => (/[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);

  /**
   * Creates the table for the list in `results`. `indicators` are {key, name}; `change` is called when the
   * reader adds or removes a column, `save` when the reader asks for the file.
   */
  function create(results, words, { catalog, columns }, indicators, change, save) {
    const body = make("tbody", {});
    const head = make("tr", {});
    const table = make("table", { class: "cases-table" }, make("thead", {}, head), body);
    const holder = make("div", { class: "table-holder", tabindex: "0", role: "group", "aria-label": words.table },
      table);
    const add = make("select", { "aria-label": words.add_column, class: "add-column" });
    const tools = make("p", { class: "table-tools" }, add);
    let chosen = (kept("columns") || "").split(" ").filter((key) => catalog.figures[key]).slice(0, MOST);
    let figures = {}; // of the chosen columns, by key
    const narrow = matchMedia(NARROW).matches;

    /** Orders cells. On narrow windows the figures come right after the title, since the rest is cut off. */
    const orderCells = (cells) => (narrow
      ? [cells[0], ...cells.slice(1 + FACTS), ...cells.slice(1, 1 + FACTS)] : cells);

    const nameOf = (key) => indicators.find((one) => one.key === key).name;
    const labelsOf = (name, index) =>
      columns.facets[name].of[index].map((value) => columns.facets[name].labels[value]);
    const provinces = (index) => labelsOf("region", index).join("、");
    const years = (index) => {
      const found = labelsOf("year", index).sort();
      return found.length > 1 ? found[0] + words.dash + found[found.length - 1] : found[0];
    };
    const textOf = (values, index) => (values[columns.slug[index]] || [])[1] || "";

    function fillTools() {
      add.textContent = "";
      add.append(make("option", { value: "" }, words.add_column));
      for (const { key, name } of indicators) {
        if (catalog.figures[key] && !chosen.includes(key)) add.append(make("option", { value: key }, name));
      }
      add.hidden = chosen.length >= MOST;
    }

    function choose(keys) {
      chosen = keys;
      keep("columns", keys.join(" "));
      fillTools();
      change();
    }

    function makeHead(text, kind) {
      return markLanguage(make("th", kind ? { scope: "col", class: kind } : { scope: "col" }, text));
    }

    function show(sort) {
      const names = [words.title, words.institution, words.province, words.years];
      const cells = names.map((name) => makeHead(name));
      if (sort) cells.push(makeHead(sort.name + " ↓", "number"));
      for (const key of chosen) {
        const drop = make("button", { type: "button", class: "quiet" }, "×");
        drop.setAttribute("aria-label", fill(words.drop_column, { name: nameOf(key) }));
        drop.addEventListener("click", () => choose(chosen.filter((one) => one !== key)));
        const cell = makeHead(nameOf(key), "number");
        cell.append(drop);
        cells.push(cell);
      }
      holder.classList.toggle("wide", chosen.length > 1);
      head.textContent = "";
      head.append(...orderCells(cells));
      if (!holder.isConnected) results.insertBefore(holder, results.querySelector("ol.cards").nextSibling);
      if (!tools.isConnected) results.insertBefore(tools, holder);
    }

    function hide() {
      body.textContent = "";
      holder.remove();
      tools.remove();
    }

    /** Makes the row of a case; its title and its button are moved there from its card. */
    function makeRow(card, index, sort, makeFigure) {
      const pick = card.querySelector(".pick");
      const hit = make("p", { class: "hit", "data-hit": "" });
      hit.hidden = true;
      const name = make("th", { scope: "row" }, card.querySelector("h3"), hit);
      if (pick) name.append(pick);
      const cells = [
        name,
        make("td", { class: "meta" }, card.querySelector(".by")),
        markLanguage(make("td", { class: "province" }, provinces(index))),
        make("td", { class: "years" }, years(index)),
      ];
      const shown = (sort ? [sort] : []).concat(chosen.map((key) => ({ figures: figures[key] })));
      for (const own of shown) {
        const has = own.figures[columns.slug[index]];
        cells.push(make("td", { class: "number" }, has ? makeFigure(index, own) : words.missing));
      }
      return make("tr", { "data-case": columns.slug[index] }, ...orderCells(cells));
    }

    /** Saves these cases as a CSV file with the columns of the table; the BOM is for Excel. */
    async function download(indexes, sort) {
      const titles = await load(catalog.titles);
      const names = [words.title, words.institution, words.province, words.years];
      const shown = (sort ? [sort] : []).concat(
        chosen.map((key) => ({ name: nameOf(key), figures: figures[key] })));
      const rows = [names.concat(shown.map((own) => own.name))];
      for (const index of indexes) {
        const facts = [titles[index], labelsOf("institution", index)[0], provinces(index), years(index)];
        rows.push(facts.concat(shown.map((own) => textOf(own.figures, index))));
      }
      const text = "\ufeff" + rows.map((row) => row.map(quoted).join(",") + "\r\n").join("");
      const href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
      const link = make("a", { href, download: words.file });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(href), 1000);
    }

    /** The table as cases.js sees it; other columns mean another table, whose rows are all made again. */
    function current() {
      return { body, show, hide, makeRow, chosen: chosen.join(" ") };
    }

    /** Loads the figures of the added columns with `loadFigures`. */
    async function ready(loadFigures) {
      const found = await Promise.all(chosen.map(loadFigures));
      figures = {};
      chosen.forEach((key, n) => { figures[key] = found[n]; });
    }

    add.addEventListener("change", () => { if (add.value) choose(chosen.concat(add.value)); });
    const button = make("button", { type: "button", class: "button small" }, words.download);
    button.addEventListener("click", save);
    tools.append(button);
    fillTools();
    for (const old of all(".table-holder", results)) old.remove();
    return { current, ready, download };
  }

  window.casegen.put("table", { create });
})();
