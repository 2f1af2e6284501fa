/*
 * meant.js: suggestions for a query without hits: the same without quotation marks, or in simplified
 * characters; parts of it; indicators and tags of a similar name; provinces, cities, counties,
 * institutions and tags by their pinyin; the province of a city or county that has no case.
 *
 * Secret: which of these are tried, and their words. Not here: searching (search.js), where the lines
 * stand (notices.js).
 */
(function () {
  "use strict";

  const { root, fill, load } = window.casegen;
  const MOST = 8; // suggested names
  const MOST_PLACES = 4; // each of them is a search
  const MOST_PARTS = 4; // of a query
  const MOST_NAMES = 4; // of indicators and tags that resemble it
  const LONGEST = 16; // characters of a word that is cut in two
  const ASKING = /怎么样|怎么|怎样|如何|什么|哪些|哪里|哪个|哪所|多少|有没有|最[多少高低大小]/g;
  // What follows the short name of a division: its level, with the peoples of autonomous ones.
  const LEVEL = /^(?:.*自治[区州县旗]|特别行政区|地区|[林特新]区|[省市县区州盟旗])$/;
  const QUOTES = /["'“”‘’「」『』《》〈〉]/g;

  /** The text with simplified characters; `pairs` are traditional and simplified ones in turn. */
  function simplified(text, pairs) {
    const marks = Array.from(pairs);
    const plain = new Map();
    for (let at = 0; at < marks.length; at += 2) plain.set(marks[at], marks[at + 1]);
    return Array.from(text).map((mark) => plain.get(mark) || mark).join("");
  }

  /**
   * Returns the parts of a query that have hits, as [part, number of hits], the rarest first: its words
   * without those that only ask; of a word without hits both halves, cut where both have hits (if that
   * is so in several places, where they have most), otherwise the longest half that has any.
   */
  async function cut(query, count) {
    const found = new Map();
    for (const word of query.replace(ASKING, " ").split(" ").filter(Boolean)) {
      if (Array.from(word).length < 2) continue;
      const n = word === query ? 0 : await count(word);
      for (const [part, hits] of n ? [[word, n]] : await halves(word, count)) found.set(part, hits);
    }
    return Array.from(found).sort((one, other) => one[1] - other[1]).slice(0, MOST_PARTS);
  }

  async function halves(word, count) {
    const marks = Array.from(word).slice(0, LONGEST);
    let best = [];
    let longest = 0;
    let most = 0;
    for (let at = 1; at < marks.length; at += 1) {
      const found = [];
      let length = 0;
      let hits = 0;
      for (const half of [marks.slice(0, at), marks.slice(at)]) {
        const n = half.length > 1 ? await count(half.join("")) : 0;
        if (n) {
          found.push([half.join(""), n]);
          length += half.length;
          hits += n;
        }
      }
      if (length > longest || (length === longest && hits > most)) {
        [best, longest, most] = [found, length, hits];
      }
    }
    return best;
  }

  /** The length of the longest run of characters that two texts share. */
  function shared(one, other) {
    let most = 0;
    for (let at = 0; at < one.length; at += 1) {
      while (at + most < one.length && other.includes(one.slice(at, at + most + 1))) most += 1;
    }
    return most;
  }

  /** Returns those of the items whose label resembles the query most: two characters or more in a row. */
  function resembling(query, items) {
    const lengths = items.map(({ label }) => shared(label.toLowerCase(), query.toLowerCase()));
    const most = Math.max(2, ...lengths);
    return items.filter((_, index) => lengths[index] === most).slice(0, MOST_NAMES);
  }

  /**
   * Returns the cities and counties without a case that the query names, with or without the word of
   * their level (镇远, 玉屏), as [{place, province, href}]; `href` is "" if the province has no case.
   */
  function around(query, divisions) {
    const exact = [];
    const within = [];
    for (const [province, href, below] of divisions) {
      const [start] = [province, shortest(province)].filter((name) => query.startsWith(name)).concat("");
      const asked = query.slice(start.length).trim();
      for (const place of below.split(" ")) {
        const found = { place, province, href };
        if (isNamed(place, asked)) exact.push(found);
        else if (place.length > 2 && query.includes(place)) within.push(found);
      }
    }
    const found = exact.length ? exact : within;
    const withCases = found.filter(({ href }) => href);
    return (withCases.length ? withCases : found).slice(0, MOST_PLACES);
  }

  const shortest = (province) =>
    province.replace(/(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$/, "");

  const isNamed = (place, asked) => place && (place === asked ||
    (asked.length > 1 && place.startsWith(asked) && LEVEL.test(place.slice(asked.length))));

  /**
   * Returns {queries: [{kind, query, n}], values: [{facet, value, label}], names: [{label, href} or a
   * value], places: [{place, province, href}]}: other queries with their number of hits, which `count`
   * finds; values of facets; names of indicators and tags; the province of a place without a case.
   */
  async function find(query, { catalog, columns }, facets, count) {
    const typed = query.toLowerCase().replace(/[\s']/g, "");
    const isPinyin = /^[a-z]{2,}$/.test(typed);
    const [names, pinyin] = await Promise.all(
      [load(catalog.names), isPinyin ? load(catalog.pinyin) : null]);
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
    const values = [];
    if (pinyin) {
      for (const { name } of facets) {
        const { values: stems, labels } = columns.facets[name];
        (pinyin.facets[name] || []).forEach(([initials, syllables], index) => {
          if (initials === typed || syllables.startsWith(typed)) {
            values.push({ facet: name, value: stems[index], label: labels[index] });
          }
        });
      }
      const places = pinyin.places.filter(([, initials, syllables]) =>
        initials === typed || syllables.startsWith(typed));
      for (const [place] of places.slice(0, MOST_PLACES)) {
        queries.push({ kind: "place", query: place, n: await count(place) });
      }
    }
    const near = [];
    let places = [];
    if (!queries.length && !values.length) {
      for (const [part, n] of await cut(last, count)) queries.push({ kind: "part", query: part, n });
      places = around(last, names.divisions);
      const { values: stems, labels } = columns.facets.tag;
      near.push(...resembling(last, [
        ...names.indicators.map(([label, href]) => ({ label, href })),
        ...stems.map((value, index) => ({ facet: "tag", value, label: labels[index] })),
      ]));
    }
    return { queries, values: values.slice(0, MOST), names: near, places };
  }

  /**
   * Returns what a query may mean as lines of links. `list` says of the list: data, facets, words;
   * count(query) of hits; address({q or chosen}) of the list so changed; makeSuggestion(label, links).
   */
  async function suggest(query, { data, facets, words, count, address, makeSuggestion }) {
    const found = await find(query, data, facets.filter(({ name }) => name !== "category"), count);
    const lines = found.places.map(({ place, province, href }) => makeSuggestion(
      fill(href ? words.meant_division : words.meant_elsewhere, { place, province }),
      href ? [{ text: province, href: root + href }] : []));
    for (const kind of new Set(found.queries.map((one) => one.kind))) {
      const links = found.queries.filter((one) => one.kind === kind).map(({ query: q, n }) =>
        ({ text: fill(words.meant_query, { q, n }), href: address({ q }) }));
      lines.push(makeSuggestion(words["meant_" + kind], links));
    }
    for (const [kind, values] of [["value", found.values], ["name", found.names]]) {
      const links = values.map(({ facet, value, label, href }) =>
        ({ text: label, href: href ? root + href : address({ chosen: { [facet]: [value] } }) }));
      if (links.length) lines.push(makeSuggestion(words["meant_" + kind], links));
    }
    return lines;
  }

  window.casegen.put("meant", { suggest });
})();
