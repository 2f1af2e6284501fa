/*
 * cases.js: the cases of a list: their cards, loaded from few files, put into the page as cards or as
 * rows of a table, with the sentence that holds the query and the figure that the list is sorted by.
 *
 * Secret: in which file a card is, what stays in the page when the list changes, and which cards get
 * their sentence at once and which when they come near. Not here: which cases are shown (list.js),
 * finding a sentence (search.js), the table's rows (table.js).
 */
(function () {
  "use strict";

  const { root, all, make, markLanguage, fill, load } = window.casegen;
  const { mark } = window.casegen.marks;
  const NEAR = { rootMargin: "0px 0px 400px" };
  const ROOT = "\uffff"; // stands in a card for the way to the site's root
  const FEW = 3; // cards of a chunk: fewer are cheaper from the files of their texts

  /**
   * The cases in `results`; they are known by their index in the catalog's columns.
   * A view is {query, sort: {name, figures} or null, table: the table's columns or null}.
   */
  function open(results, words, { catalog, columns, search }) {
    const list = results.querySelector("ol.cards");
    let shown = null; // what stands in the page, as indexes; null for the page's own list
    let view = { query: "", sort: null, table: null };
    const quotes = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) fetchQuote(target);
    }, NEAR);

    /** The cards of some cases in their order, whatever order their files arrive in. */
    async function htmlOf(indexes, query) {
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

    function parse(html) {
      const holder = document.createElement("template");
      holder.innerHTML = html;
      return holder.content.firstElementChild;
    }

    // ── the figure that the list is sorted by ──

    const figureOf = (index, { figures }) => figures[columns.slug[index]];

    /** The figure as a link to its sentence, the way cards show quantities. */
    function makeFigure(index, sort) {
      const [, text, anchor] = figureOf(index, sort);
      const runs = text.split(/([0-9０-９][0-9０-９.．,，%％]*)/).map((run, n) =>
        make(n % 2 ? "b" : "span", {}, run));
      const quantity = make("span", { class: "qty" }, ...runs.filter((run) => run.textContent));
      const href = root + "cases/" + columns.slug[index] + ".html" + (anchor && "#" + anchor);
      return markLanguage(make("a", { href, class: "figure-link" }, quantity));
    }

    function addFigure(card, index, sort) {
      if (!figureOf(index, sort)) return;
      const name = markLanguage(make("dt", {}, sort.name));
      const line = make("dl", { class: "sorted" }, name, make("dd", {}, makeFigure(index, sort)));
      card.classList.add("has-sorted");
      card.insertBefore(line, card.firstChild);
    }

    // ── putting into the page ──

    const container = () => (view.table ? view.table.body : list);
    const itemsOf = (place) => all("[data-case]", place);

    /** The item of each case, and before the first that lacks the figure a line that says so. */
    function makeItems(indexes, html, next, before, total) {
      const items = [];
      indexes.forEach((index, n) => {
        const previous = n ? indexes[n - 1] : before;
        if (next.sort && !figureOf(index, next.sort) &&
            (previous === undefined || figureOf(previous, next.sort))) {
          items.push(makeDivider(next, total - next.sort.filled));
        }
        const card = parse(html[n]);
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
     * What shows these cases of `total`, the first `quoted` with the sentence of the query. Those
     * that stand in the page already stay as they are.
     */
    async function prepare(indexes, next, quoted, total) {
      let same = 0;
      if (shown && isSame(next, view)) {
        while (same < indexes.length && shown[same] === indexes[same]) same += 1;
      }
      const rest = indexes.slice(same);
      const html = await htmlOf(rest, next.query);
      const early = next.query ? rest.slice(0, Math.max(0, quoted - same)) : [];
      const sentences = await Promise.all(early.map((index) => sentenceOf(index, next.query)));
      return () => {
        const items = makeItems(rest, html, next, indexes[same - 1], total);
        if (view.table && !next.table) view.table.hide();
        if (next.table) next.table.show(next.sort);
        view = next;
        const place = container();
        if (list !== place) list.textContent = "";
        keepFirst(place, same);
        place.append(...items);
        shown = indexes.slice();
        const cards = itemsOf(place).slice(same);
        sentences.forEach((text, n) => quote(cards[n], text));
        watchQuotes(same + sentences.length);
      };
    }

    /** Takes out all after the first `count` cases. */
    function keepFirst(place, count) {
      const last = itemsOf(place)[count - 1];
      while (place.lastChild && place.lastChild !== last) place.lastChild.remove();
    }

    /** What adds these cases below. */
    async function prepareMore(indexes, total) {
      const html = await htmlOf(indexes, "");
      return () => {
        const place = container();
        const before = itemsOf(place).length;
        place.append(...makeItems(indexes, html, view, shown ? shown[shown.length - 1] : 0, total));
        if (shown) shown = shown.concat(indexes);
        watchQuotes(before);
      };
    }

    const count = () => itemsOf(container()).length;

    // ── the query ──

    /** A sentence that cannot be loaded is left out: the hit in the title is marked all the same. */
    const sentenceOf = (index, query) => search.sentence(index, query).catch(() => "");

    /** Lets the cards from `start` on show their sentences when they are near. */
    function watchQuotes(start) {
      if (view.query) itemsOf(container()).slice(start).forEach((card) => quotes.observe(card));
    }

    async function fetchQuote(card) {
      quotes.unobserve(card);
      const { query } = view;
      const text = await sentenceOf(columns.slug.indexOf(card.dataset.case), query);
      if (card.isConnected && query === view.query) quote(card, text);
    }

    /** Marks the query in a card, and adds the sentence that holds it where it does not stand there. */
    function quote(card, text) {
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

  window.casegen.put("cases", { open });
})();
