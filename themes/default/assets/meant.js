/*
 * meant.js: suggestions for a query without hits: the same without quotation marks, or in simplified
 * characters; provinces, cities, counties, institutions and tags by their pinyin.
 *
 * Secret: which of these are tried. Not here: searching (search.js), showing them (notices.js).
 */
(function () {
  "use strict";

  const { load } = window.casegen;
  const MOST = 8; // suggested names
  const MOST_PLACES = 4; // each of them is a search
  const QUOTES = /["'“”‘’「」『』《》〈〉]/g;

  /** The text with simplified characters; `pairs` are traditional and simplified ones in turn. */
  function simplified(text, pairs) {
    const marks = Array.from(pairs);
    const plain = new Map();
    for (let at = 0; at < marks.length; at += 2) plain.set(marks[at], marks[at + 1]);
    return Array.from(text).map((mark) => plain.get(mark) || mark).join("");
  }

  /**
   * Returns {queries: [{kind, query, n}], values: [{facet, value, label}]}: other queries with their
   * number of hits, which `count` finds, and values of facets.
   */
  async function find(query, { catalog, columns }, facets, count) {
    const names = await load(catalog.names);
    const queries = [];
    const bare = query.replace(QUOTES, " ").replace(/\s+/g, " ").trim();
    const tried = { quotes: bare, simplified: simplified(bare, names.simplified) };
    let last = query;
    for (const kind of Object.keys(tried)) {
      if (!tried[kind] || tried[kind] === last) continue;
      last = tried[kind];
      const n = await count(last);
      if (n) queries.push({ kind, query: last, n });
    }
    const typed = query.toLowerCase().replace(/[\s']/g, "");
    const values = [];
    if (/^[a-z]{2,}$/.test(typed)) {
      for (const { name } of facets) {
        const { values: stems, labels } = columns.facets[name];
        (names.pinyin[name] || []).forEach(([initials, syllables], index) => {
          if (initials === typed || syllables.startsWith(typed)) {
            values.push({ facet: name, value: stems[index], label: labels[index] });
          }
        });
      }
      const places = names.places.filter(([, initials, syllables]) =>
        initials === typed || syllables.startsWith(typed));
      for (const [place] of places.slice(0, MOST_PLACES)) {
        queries.push({ kind: "place", query: place, n: await count(place) });
      }
    }
    return { queries, values: values.slice(0, MOST) };
  }

  window.casegen.put("meant", { find });
})();
