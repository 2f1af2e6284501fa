/*
 * cases.js: shows the cases of a list as cards or as rows of a table, each with the sentence that
 * contains the query and the figure by which the list is sorted.
 *
 * Secret: which file holds a card, which cards stay in the page when the list changes, and which get
 * their sentence at once and which only when they come into view. Not here: which cases are shown
 * (list.js), finding a sentence (search.js), the table's rows (table.js).
 */
(function () {
  "use strict";

  const { root, all, make, markLanguage, fill, load } = window.casegen;
  const { mark } = window.casegen.marks;
  const NEAR = { rootMargin: "0px 0px 400px" };
  const ROOT = "\uffff"; // the placeholder in a card for the relative path to the site's root
  const FEW = 3; // fewer cards of one chunk are loaded one by one, from the files of their texts

  /**
   * Creates the view of the cases in `results`; a case is its index in the catalog's columns.
   * A view is {query, sort: {key, name, figures} or null, table: the table's columns or null}.
   */
  function create(results, words, { catalog, columns, search }) {
    const list = results.querySelector("ol.cards");
    let shown = null; // the indexes of the cases in the page; null while it is as the server sent it
    let view = { query: "", sort: null, table: null };
    const observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) loadQuote(target);
    }, NEAR);

    /** The HTML of some cards, in the order of `indexes`. */
    async function loadCards(indexes, query) {
      const wanted = new Map();
      for (const index of indexes) {
        const chunk = columns.chunk[index];
        wanted.set(chunk, (wanted.get(chunk) || 0) + 1);
      }
      return Promise.all(indexes.map(async (index) => {
        const chunk = columns.chunk[index];
        const own = query && wanted.get(chunk) < FEW ? await search.ownCard(index) : null;
        const card = own || (await load(catalog.chunks[chunk]))[columns.slug[index]];
        return card.split(ROOT).join(root);
      }));
    }

    function parseCard(html) {
      const holder = document.createElement("template");
      holder.innerHTML = html;
      return holder.content.firstElementChild;
    }

    // ── the figure that the list is sorted by ──

    const findFigure = (index, { figures }) => figures[columns.slug[index]];

    /** Makes a link to the sentence of a figure, with the digits emphasized as in cards. */
    // The number within an amount: in digits, or in Chinese numerals where there are no digits.
    const DIGITS = /([0-9０-９][0-9０-９.．,，%％]*)/;
    const NUMERALS = /([〇零一二两三四五六七八九十百千]+)/;

    function makeFigure(index, sort) {
      const [, text, anchor] = findFigure(index, sort);
      const runs = text.split(DIGITS.test(text) ? DIGITS : NUMERALS).map((run, n) =>
        make(n % 2 ? "b" : "span", {}, run));
      const quantity = make("span", { class: "qty" }, ...runs.filter((run) => run.textContent));
      const href = root + "cases/" + columns.slug[index] + ".html" + (anchor && "#" + anchor);
      return markLanguage(make("a", { href, class: "figure-link" }, quantity));
    }

    /** Removes the sorted figure from the few figures of a card: it stands above them, large. */
    function removeFigure(card, key, text) {
      const same = all(`.figures [data-of="${key}"]`, card)
        .filter((item) => item.querySelector("dd").textContent === text);
      for (const item of same.slice(0, 1)) item.remove();
      const figures = card.querySelector(".figures");
      if (figures && !figures.firstElementChild) figures.remove();
    }

    function addFigure(card, index, sort) {
      if (!findFigure(index, sort)) return;
      removeFigure(card, sort.key, findFigure(index, sort)[1]);
      const name = markLanguage(make("dt", {}, sort.name));
      const line = make("dl", { class: "sorted" }, name, make("dd", {}, makeFigure(index, sort)));
      card.classList.add("has-sorted");
      card.insertBefore(line, card.firstChild);
    }

    // ── putting into the page ──

    const container = () => (view.table ? view.table.body : list);
    const findItems = (place) => all("[data-case]", place);

    /** Makes the item of each case, and a divider before the first case without the figure. */
    function makeItems(indexes, html, next, before, total) {
      const items = [];
      indexes.forEach((index, n) => {
        const previous = n ? indexes[n - 1] : before;
        if (next.sort && !findFigure(index, next.sort) &&
            (previous === undefined || findFigure(previous, next.sort))) {
          items.push(makeDivider(next, total - next.sort.filled));
        }
        const card = parseCard(html[n]);
        if (next.sort && !next.table) addFigure(card, index, next.sort);
        items.push(next.table ? next.table.makeRow(card, index, next.sort, makeFigure) : card);
      });
      return items;
    }

    function makeDivider(next, n) {
      const text = fill(words.unreported, { n, name: next.sort.name });
      if (!next.table) return make("li", { class: "divider" }, text);
      return make("tr", { class: "divider" }, make("td", { colspan: "99" }, text));
    }

    const isSame = (a, b) => a.query === b.query &&
      (a.sort && a.sort.name) === (b.sort && b.sort.name) &&
      (a.table && a.table.chosen) === (b.table && b.table.chosen);

    /**
     * Loads these cases of `total`, the first `quoted` with their sentences, and returns a function
     * that shows them. Cards that are in the page already at the same place are kept.
     */
    async function prepare(indexes, next, quoted, total) {
      let unchanged = 0;
      if (shown && isSame(next, view)) {
        while (unchanged < indexes.length && shown[unchanged] === indexes[unchanged]) unchanged += 1;
      }
      const rest = indexes.slice(unchanged);
      const html = await loadCards(rest, next.query);
      const early = next.query ? rest.slice(0, Math.max(0, quoted - unchanged)) : [];
      const sentences = await Promise.all(early.map((index) => loadSentence(index, next.query)));
      return () => {
        const items = makeItems(rest, html, next, indexes[unchanged - 1], total);
        if (view.table && !next.table) view.table.hide();
        if (next.table) next.table.show(next.sort);
        view = next;
        const place = container();
        if (list !== place) list.textContent = "";
        keepFirst(place, unchanged);
        place.append(...items);
        shown = indexes.slice();
        const cards = findItems(place).slice(unchanged);
        sentences.forEach((text, n) => showQuote(cards[n], text));
        watchQuotes(unchanged + sentences.length);
      };
    }

    /** Removes everything after the first `count` cases. */
    function keepFirst(place, count) {
      const last = findItems(place)[count - 1];
      while (place.lastChild && place.lastChild !== last) place.lastChild.remove();
    }

    /** Loads these cases and returns a function that appends them. */
    async function prepareMore(indexes, total) {
      const html = await loadCards(indexes, "");
      return () => {
        const place = container();
        const before = findItems(place).length;
        place.append(...makeItems(indexes, html, view, shown ? shown[shown.length - 1] : 0, total));
        if (shown) shown = shown.concat(indexes);
        watchQuotes(before);
      };
    }

    const count = () => findItems(container()).length;

    // ── the query ──

    /** The sentence of a case; "" if it cannot be loaded, so that the hit in the title is still marked. */
    const loadSentence = (index, query) => search.sentence(index, query).catch(() => "");

    /** Makes the cards from `start` on load their sentences when they come near the window. */
    function watchQuotes(start) {
      if (view.query) findItems(container()).slice(start).forEach((card) => observer.observe(card));
    }

    async function loadQuote(card) {
      observer.unobserve(card);
      const { query } = view;
      const text = await loadSentence(columns.slug.indexOf(card.dataset.case), query);
      if (card.isConnected && query === view.query) showQuote(card, text);
    }

    /** Marks the query in a card, and adds the sentence that contains it unless the card has it. */
    function showQuote(card, text) {
      if (!view.query) return;
      const line = card.querySelector("[data-hit]");
      const stands = all(".summary, .meta", card).some((part) => part.textContent.includes(text));
      if (text && line && !stands) {
        line.hidden = false;
        line.textContent = text;
        markLanguage(line);
      }
      for (const part of all("h3, .summary, .meta, .hit", card)) mark(part, view.query);
    }

    return { prepare, prepareMore, count };
  }

  window.casegen.put("cases", { create });
})();
