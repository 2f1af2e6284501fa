/*
 * search.js: which cases hold every word of a query, in which sentence, and which titles begin
 * their syllables so.
 *
 * The rule: after NFKC and lower-casing, each word is a substring of what the case shows: title,
 * institution, places, tags, summary, body. The texts decide it; where there are too many to look
 * through them all, an index of pairs of neighbouring characters says which to look through. How
 * both are written: casegen/editions/site/search.py. Not here: filters and order (filter.js), the page
 * (list.js).
 */
(function () {
  "use strict";

  const { load } = window.casegen;
  const DIGITS = 10; // of the name of a file
  const AT_ONCE = 24; // files asked for at the same time
  const MOST_PAIRS = 16; // of a word, that the index is asked for
  const MANY = 100; // cases whose texts are worth showing the first hits before all are known
  const SEPARATORS = /[\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}\p{Cs}]+/u;
  const SENTENCES = /[^。！？；\n]+[。！？；]*[”’」』）]*/g;
  const WINDOW = 96; // characters of a sentence that are shown, about two lines
  const BEFORE = 24; // of these, before the first hit where the sentence is longer

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const wordsOf = (query) => fold(query).split(/\s+/).filter(Boolean);
  const hasAll = (text, words) => words.every((word) => text.includes(word));

  // ── how numbers are written: base 27, the last digit base 64 ──

  const VALUES = new Map();
  Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at))
    .filter((digit) => !"\"\\<".includes(digit))
    .forEach((digit, value) => VALUES.set(digit, value));
  const FINALS = 64;

  /** Calls `each` with every case number of a list of postings. */
  function readPostings(text, each) {
    let number = -1;
    let gap = 0;
    for (const digit of text) {
      const value = VALUES.get(digit);
      if (value >= FINALS) {
        gap = gap * 27 + value - FINALS;
      } else {
        number += gap * 64 + value + 1;
        each(number);
        gap = 0;
      }
    }
  }

  /** Searches the cases of a catalog; cases are known by their place in the columns. */
  function open(catalog, columns) {
    const size = columns.slug.length;
    // The files number the cases in the order of their slugs, the columns from the newest.
    const placeOf = Array.from(columns.slug.keys());
    placeOf.sort((a, b) => (columns.slug[a] < columns.slug[b] ? -1 : 1));
    const numberOf = new Int32Array(size);
    placeOf.forEach((place, number) => { numberOf[place] = number; });
    let names = null; // what files there are
    let starts = null; // the number of each text file's first case

    async function ready() {
      if (names) return;
      const found = await load(catalog.search);
      starts = [];
      found.sizes.reduce((at, count) => { starts.push(at); return at + count; }, 0);
      names = { ...found, firsts: found.firsts.split(" ") };
    }

    // ── texts ──

    const lastUpTo = (sorted, wanted) => {
      let low = 0;
      let high = sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sorted[middle] <= wanted) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    };

    const named = (kind, at) =>
      "assets/" + kind + "-" + names[kind + "s"].slice(at * DIGITS, (at + 1) * DIGITS) + ".js";

    /** The parts of a case's text; those of its neighbours come along. */
    async function partsOf(number) {
      const at = lastUpTo(starts, number);
      return (await load(named("text", at)))[number - starts[at]];
    }

    /** Does `work` for each item, for a few of them at the same time. */
    async function forEach(items, work) {
      let next = 0;
      const lane = async () => {
        while (next < items.length) {
          next += 1;
          await work(items[next - 1]);
        }
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, lane));
    }

    // ── index ──

    /** What the index knows of a word: pairs, else single characters that begin a term. */
    function termsOf(word) {
      const runs = word.split(SEPARATORS).filter(Boolean).map((run) => Array.from(run));
      const pairs = [];
      for (const run of runs) {
        for (let at = 1; at < run.length; at += 1) pairs.push({ term: run[at - 1] + run[at] });
      }
      // A long word has pairs enough; its texts are looked through anyway.
      return pairs.length ? pairs.slice(0, MOST_PAIRS) : runs.map(([term]) => ({ term, begins: true }));
    }

    /** A word that the index alone decides. */
    const isProved = (word) => Array.from(word).length < 3 && !SEPARATORS.test(word);

    /** The cases that hold a term, as a mark for each number. */
    async function holders({ term, begins }) {
      const marks = new Uint8Array(size);
      const first = Math.max(0, lastUpTo(names.firsts, term));
      const last = begins ? lastUpTo(names.firsts, term + "\uffff") : first;
      const files = await Promise.all(
        Array.from({ length: last - first + 1 }, (_, at) => load(named("shard", first + at))),
      );
      for (const file of files) {
        const entries = file.split(" ");
        for (let at = 0; at < entries.length; at += 2) {
          if (begins ? !entries[at].startsWith(term) : entries[at] !== term) continue;
          readPostings(entries[at + 1], (number) => { marks[number] = 1; });
        }
      }
      return marks;
    }

    /** The numbers that the index cannot rule out. */
    async function candidates(words) {
      const terms = [].concat(...words.map(termsOf));
      const marks = await Promise.all(terms.map(holders));
      return placeOf.map((_, number) => number)
        .filter((number) => marks.every((held) => held[number]));
    }

    // ── answers ──

    /** A function that keeps its newest answer: lists ask for the same query again and again. */
    function remembering(work) {
      let last = { query: null, answer: null };
      return (query) => {
        if (query !== last.query) {
          const answer = work(wordsOf(query));
          last = { query, answer };
          answer.catch(() => { last = { query: null, answer: null }; });
        }
        return last.answer;
      };
    }

    /** The numbers of the cases that may hold the words, and which words the texts must decide. */
    async function narrow(words) {
      await ready();
      const indexed = names.shards !== "";
      const left = indexed ? words.filter((word) => !isProved(word)) : words;
      return { left, numbers: await candidates(indexed ? words : []) };
    }

    /** Whether the text of a case holds all the words. */
    async function holds(number, words) {
      return hasAll(fold((await partsOf(number)).join("\n")), words);
    }

    async function find(words) {
      if (!words.length) return () => true;
      if (!catalog.search) return (place) => hasAll(shortText(place), words);
      const { left, numbers } = await narrowed(words.join(" "));
      const found = new Uint8Array(size);
      await forEach(numbers, async (number) => {
        if (!left.length || await holds(number, left)) found[placeOf[number]] = 1;
      });
      return (place) => found[place] === 1;
    }

    const narrowed = remembering(narrow);

    /** A test of a case's place: does the case hold every word of the query? */
    const matching = remembering(find);

    /**
     * The same test as far as the index alone can tell; null where waiting for `matching` costs
     * little more.
     */
    async function likely(query) {
      const words = wordsOf(query);
      if (!catalog.search || !words.length) return null;
      const { left, numbers } = await narrowed(words.join(" "));
      if (!left.length || numbers.length <= MANY) return null;
      const marks = new Uint8Array(size);
      for (const number of numbers) marks[placeOf[number]] = 1;
      return (place) => marks[place] === 1;
    }

    /** The first `count` of these places that hold the query. */
    async function confirmed(places, query, count) {
      const words = wordsOf(query);
      const found = [];
      for (let at = 0; at < places.length && found.length < count; at += count) {
        const some = places.slice(at, at + count);
        const held = await Promise.all(some.map((place) => holds(numberOf[place], words)));
        found.push(...some.filter((_, n) => held[n]));
      }
      return found.slice(0, count);
    }

    const shortText = (place) => columns.title_text[place] + "\n" + columns.place_text[place];

    /** The found cases with those first that say it in the title, then in institution or place. */
    function ranked(found, query) {
      const words = wordsOf(query);
      if (!words.length) return found;
      const ranks = [[], [], []];
      for (const place of found) {
        if (hasAll(columns.title_text[place], words)) ranks[0].push(place);
        else ranks[hasAll(shortText(place), words) ? 1 : 2].push(place);
      }
      return [].concat(...ranks);
    }

    /** The sentence of a case's body, summary or tags that holds most words; "" where none does. */
    async function sentence(place, query) {
      const words = wordsOf(query);
      if (!catalog.search || !words.length) return "";
      await ready();
      const [, , , tags, summary, body] = await partsOf(numberOf[place]);
      let best = "";
      let most = 0;
      for (const one of (body + "\n" + summary + "\n" + tags).match(SENTENCES) || []) {
        const text = fold(one);
        const held = words.filter((word) => text.includes(word)).length;
        if (held > most) [best, most] = [one, held];
        if (most === words.length) break;
      }
      return cutTo(best.trim(), words);
    }

    /** A test of a case's place by the initials of its title; null where the query has others. */
    async function initials(query) {
      const words = wordsOf(query);
      if (!catalog.search || !words.length || /[^a-z]/.test(words.join(""))) return null;
      await ready();
      const titles = await load(names.initials);
      return {
        test: (place) => hasAll(titles[numberOf[place]][0], words),
        title: (place) => titles[numberOf[place]][1],
      };
    }

    return { matching, likely, confirmed, ranked, sentence, initials };
  }

  // ── showing a hit ──

  /** Where words stand in a text: [start, end] of each, in its own characters. */
  function hitsIn(text, words) {
    let folded = "";
    const origin = []; // for each character of `folded`, where it comes from
    let at = 0;
    for (const character of text) {
      const plain = fold(character);
      for (let n = 0; n < plain.length; n += 1) origin.push(at);
      folded += plain;
      at += character.length;
    }
    origin.push(at);
    const hits = [];
    for (const word of words) {
      for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + 1)) {
        const end = from + word.length;
        let past = end;
        while (past < folded.length && origin[past] === origin[end - 1]) past += 1;
        hits.push([origin[from], origin[past]]);
      }
    }
    hits.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return hits.filter(([, end], n) => hits.slice(0, n).every(([, before]) => before < end));
  }

  function cutTo(text, words) {
    if (text.length <= WINDOW) return text;
    const [hit] = hitsIn(text, words);
    const start = Math.max(0, Math.min((hit ? hit[0] : 0) - BEFORE, text.length - WINDOW));
    const end = Math.min(text.length, start + WINDOW);
    return (start ? "…" : "") + text.slice(start, end) + (end < text.length ? "…" : "");
  }

  /** Wraps every hit in the element's text in <mark>, across the elements inside it. */
  function mark(element, query) {
    const words = wordsOf(query);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const hits = hitsIn(nodes.map((node) => node.data).join(""), words);
    let end = nodes.reduce((sum, node) => sum + node.data.length, 0);
    for (const node of nodes.reverse()) {
      const start = end - node.data.length;
      for (const [from, to] of hits.slice().reverse()) {
        if (to <= start || from >= end) continue;
        const hit = node.splitText(Math.max(from, start) - start);
        hit.splitText(Math.min(to, end) - Math.max(from, start));
        const wrapped = document.createElement("mark");
        hit.replaceWith(wrapped);
        wrapped.append(hit);
      }
      end = start;
    }
  }

  window.casegen.search = { fold, open, mark };
})();
