/*
 * cards.js: the cards of a list: loaded in their bundles, put into the page, with the sentence that
 * holds the query.
 *
 * Secret: in which bundle a card is, and which cards get their sentence at once and which when they
 * come near. Not here: which cases are shown (list.js), finding a sentence (search.js).
 */
(function () {
  "use strict";

  const { root, all, make, markLanguage, load } = window.casegen;
  const { mark } = window.casegen.search;
  const NEAR = { rootMargin: "0px 0px 400px" };
  const ROOT = "\ue000"; // stands in a card for the way to the site's root

  /** The cards in `list`; cases are known by their index in the catalog's columns. */
  function open(list, { catalog, columns, search }) {
    let query = "";
    const quotes = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) fetchQuote(target);
    }, NEAR);

    /** The cards of some cases in their order, whatever order their files arrive in. */
    async function htmlOf(indexes) {
      const paths = new Set(indexes.map((index) => catalog.chunks[columns.chunk[index]]));
      const chunks = await Promise.all(Array.from(paths, (path) => load(path)));
      const cards = Object.assign({}, ...chunks);
      return indexes.map((index) => cards[columns.slug[index]]).join("").split(ROOT).join(root);
    }

    /** A sentence that cannot be loaded is left out: the hit in the title is marked all the same. */
    const sentenceOf = (index, words) => search.sentence(index, words).catch(() => "");

    /** What puts these cases into the list, the first `quoted` with the sentence of the query. */
    async function prepare(indexes, words, quoted) {
      const first = indexes.slice(0, quoted);
      const html = await htmlOf(indexes);
      const sentences = await Promise.all(first.map((index) => sentenceOf(index, words)));
      return () => {
        query = words;
        list.innerHTML = html;
        sentences.forEach((text, n) => quote(list.children[n], text));
        watchQuotes(first.length);
      };
    }

    /** What adds these cases below. */
    async function prepareMore(indexes) {
      const html = await htmlOf(indexes);
      return () => {
        const shown = list.children.length;
        list.insertAdjacentHTML("beforeend", html);
        watchQuotes(shown);
      };
    }

    /** Lets the cards from `start` on show their sentences when they are near. */
    function watchQuotes(start) {
      if (query) Array.from(list.children).slice(start).forEach((card) => quotes.observe(card));
    }

    async function fetchQuote(card) {
      quotes.unobserve(card);
      const words = query;
      const text = await sentenceOf(columns.slug.indexOf(card.dataset.case), words);
      if (card.isConnected && words === query) quote(card, text);
    }

    /** Marks the query in a card, and adds the sentence that holds it where it does not stand there. */
    function quote(card, text) {
      if (!query) return;
      const summary = card.querySelector(".summary");
      if (text && !(summary && summary.textContent.includes(text))) {
        const line = card.querySelector("[data-hit]") || card.appendChild(make("p", {}));
        line.className = "hit";
        line.hidden = false;
        line.textContent = text;
        markLanguage(line);
      }
      for (const part of all("h3, .summary, .meta, .hit", card)) mark(part, query);
    }

    return { prepare, prepareMore };
  }

  window.casegen.cards = { open };
})();
