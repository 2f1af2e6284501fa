/*
 * search.js: finds the cases that contain every word of a query, and the sentence of each; titles also
 * by their pinyin.
 *
 * The rule: after NFKC and lower-casing, each word is a substring of what the case shows: title,
 * institution, places, tags, summary, body. The texts decide; since there may be too many to read, an
 * index of pairs of neighbouring characters tells which must be read. How both are written:
 * casegen/editions/site/search.py. Not here: filters and order (filter.js), the page (list.js).
 */
(function () {
  "use strict";

  const { load } = window.casegen;
  const { fold, wordsOf, hasAll, cutTo } = window.casegen.marks;
  const DIGITS = 10; // of the hash in a file's name
  const AT_ONCE = 24; // requests at the same time
  const MOST_PAIRS = 16; // pairs of one word that are looked up in the index
  const EXCEPT = "\u00ac"; // before postings of the exceptions: cases with both pairs, without the triple
  const SEPARATORS = /[\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}\p{Cs}]+/u;
  const SENTENCES = /[^。！？；\n]+[。！？；]*[”’」』）]*/g;

  // ── the encoding of case numbers: differences in base 27, the last digit in base 64 ──

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

  /** Creates the search of a catalog; a case is its index in the columns. */
  function create(catalog, columns) {
    const size = columns.slug.length;
    // In the files, cases are numbered in the order of their slugs; in the columns, from the newest.
    const indexOf = Array.from(columns.slug.keys());
    indexOf.sort((a, b) => (columns.slug[a] < columns.slug[b] ? -1 : 1));
    const numberOf = new Int32Array(size);
    indexOf.forEach((index, number) => { numberOf[index] = number; });
    let short = null; // title, institution and places of each case, folded
    let names = null; // of the files
    let starts = null; // the number of each text file's first case

    async function ready() {
      if (short && (names || !catalog.search)) return;
      const [words, found] = await Promise.all(
        [load(catalog.words), catalog.search ? load(catalog.search) : null],
      );
      short = words.title.map((title, index) => ({ title, place: words.place[index] }));
      if (!found) return;
      starts = found.sizes.length ? [] : Array.from(columns.slug.keys());
      found.sizes.reduce((start, count) => { starts.push(start); return start + count; }, 0);
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

    const fileOf = (kind, n) =>
      "assets/" + kind + "-" + names[kind + "s"].slice(n * DIGITS, (n + 1) * DIGITS) + ".js";

    /** Loads the parts of a case's text. */
    async function partsOf(number) {
      const file = lastUpTo(starts, number);
      return (await load(fileOf("text", file)))[number - starts[file]];
    }

    /** Calls `work` for each item, for AT_ONCE of them at the same time. */
    async function forEach(items, work) {
      let next = 0;
      const worker = async () => {
        while (next < items.length) {
          next += 1;
          await work(items[next - 1]);
        }
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
    }

    // ── index ──

    /** The postings of entries, without those that list exceptions. */
    const listPostings = (entries) =>
      entries.map(([, postings]) => postings).filter((list) => !list.startsWith(EXCEPT));

    const runsOf = (word) => word.split(SEPARATORS).filter(Boolean).map((run) => Array.from(run));
    const slices = (run, length) =>
      run.slice(length - 1).map((_, n) => run.slice(n, n + length).join(""));

    /** Loads the entries of the index that begin with a term, as [term, postings]. */
    async function entriesOf(term) {
      const first = Math.max(0, lastUpTo(names.firsts, term));
      const last = Math.max(first, lastUpTo(names.firsts, term + "\uffff"));
      const files = await Promise.all(
        Array.from({ length: last - first + 1 }, (_, n) => load(fileOf("shard", first + n))),
      );
      const found = [];
      for (const file of files) {
        const items = file.split(" ");
        for (let at = 0; at < items.length; at += 2) {
          if (items[at].startsWith(term)) found.push([items[at], items[at + 1]]);
        }
      }
      return found;
    }

    /** One mark for each case: 1 if it is in these postings (or not in them, if they list exceptions). */
    function markEntry(...lists) {
      const excepted = lists[0] && lists[0].startsWith(EXCEPT);
      const marks = new Uint8Array(size).fill(excepted ? 1 : 0);
      const mark = (number) => { marks[number] = excepted ? 0 : 1; };
      for (const list of lists) if (list) readPostings(list.replace(EXCEPT, ""), mark);
      return marks;
    }

    /**
     * Looks a word up in the index. Returns `marks`, all of which a case that contains the word has,
     * and `proved`: whether a case with all of them certainly contains it.
     */
    async function lookUp(word) {
      const runs = runsOf(word);
      // For a long word these pairs leave few cases, and their texts are read anyway.
      const pairs = [].concat(...runs.map((run) => slices(run, 2))).slice(0, MOST_PAIRS);
      if (!pairs.length) {
        const lists = await Promise.all(runs.map(([character]) => entriesOf(character)));
        const marks = lists.map((entries) => markEntry(...listPostings(entries)));
        return { marks, proved: !SEPARATORS.test(word) };
      }
      const terms = new Map([].concat(...await Promise.all(pairs.map(entriesOf))));
      const marksOf = new Map(pairs.map((pair) => [pair, markEntry(terms.get(pair))]));
      const marks = Array.from(marksOf.values());
      let known = true;
      for (const triple of [].concat(...runs.map((run) => slices(run, 3)))) {
        const characters = Array.from(triple);
        const first = marksOf.get(characters.slice(0, 2).join(""));
        const second = marksOf.get(characters.slice(1).join(""));
        if (!first || !second) continue; // beyond MOST_PAIRS: texts are read
        if (terms.has(triple)) marks.push(markEntry(terms.get(triple)));
        else if (first.filter((one, number) => one && second[number]).length > names.least) {
          marks.push(markEntry()); // the triple would have an entry if it occurred
        } else known = false;
      }
      const { length } = Array.from(word);
      return { marks, proved: !SEPARATORS.test(word) && (length === 2 || (length === 3 && known)) };
    }

    // ── answers ──

    /** Caches the last answer of a function: lists ask for the same query several times. */
    function cacheLast(work) {
      let last = { query: null, answer: null };
      return (query, ...rest) => {
        if (query !== last.query) {
          const answer = work(wordsOf(query), ...rest);
          last = { query, answer };
          answer.catch(() => { last = { query: null, answer: null }; });
        }
        return last.answer;
      };
    }

    /** Finds the cases that may contain the words, and the words (`left`) for which texts must be read. */
    async function narrow(words) {
      await ready();
      if (!names.shards) return { left: words, numbers: Array.from(indexOf.keys()) };
      const found = await Promise.all(words.map(lookUp));
      const marks = [].concat(...found.map((one) => one.marks));
      return {
        left: words.filter((_, n) => !found[n].proved),
        numbers: Array.from(indexOf.keys()).filter((number) => marks.every((own) => own[number])),
      };
    }

    const narrowed = cacheLast(narrow);

    const textOf = async (number) => fold((await partsOf(number)).join("\n"));

    /** Reads texts and finds words in them; `onProgress` is called after each. */
    async function readTexts(words, numbers, onProgress) {
      const found = new Uint8Array(size);
      let looked = 0;
      let hits = 0;
      await forEach(numbers, async (number) => {
        const text = await textOf(number);
        looked += 1;
        if (hasAll(text, words)) {
          found[indexOf[number]] = 1;
          hits += 1;
        }
        if (onProgress) onProgress({ looked, of: numbers.length, hits });
      });
      return (index) => found[index] === 1;
    }

    async function find(words, onProgress) {
      if (!words.length) return () => true;
      if (!catalog.search) {
        await ready();
        return (index) => hasAll(shortText(index), words);
      }
      const { left, numbers } = await narrowed(words.join(" "));
      if (left.length) return readTexts(left, numbers, onProgress);
      const found = new Uint8Array(size);
      for (const number of numbers) found[indexOf[number]] = 1;
      return (index) => found[index] === 1;
    }

    /**
     * Returns a function (index) => boolean: does the case contain every word of the query?
     * `onProgress` is called with {looked, of, hits} while texts are read.
     */
    const matching = cacheLast(find);

    /** The same from the index alone, with some false hits; null if `matching` needs no texts. */
    async function likely(query) {
      const words = wordsOf(query);
      if (!catalog.search || !words.length) return null;
      const { left, numbers } = await narrowed(words.join(" "));
      if (!left.length) return null;
      const marks = new Uint8Array(size);
      for (const number of numbers) marks[indexOf[number]] = 1;
      return (index) => marks[index] === 1;
    }

    /** The first `count` of these cases that certainly contain the query. */
    async function confirmed(indexes, query, count) {
      const { left } = await narrowed(wordsOf(query).join(" "));
      const found = [];
      for (let at = 0; at < indexes.length && found.length < count; at += count) {
        const some = indexes.slice(at, at + count);
        const texts = await Promise.all(some.map((index) => textOf(numberOf[index])));
        found.push(...some.filter((_, n) => hasAll(texts[n], left)));
      }
      return found.slice(0, count);
    }

    const shortText = (index) => short[index].title + "\n" + short[index].place;

    /** Sorts hits: those in the title first, then those in institution or place. */
    function ranked(found, query) {
      const words = wordsOf(query);
      if (!words.length) return found;
      const ranks = [[], [], []];
      for (const index of found) {
        if (hasAll(short[index].title, words)) ranks[0].push(index);
        else ranks[hasAll(shortText(index), words) ? 1 : 2].push(index);
      }
      return [].concat(...ranks);
    }

    /** The sentence of a case (body, summary, tags, places) with the most words of a query, or "". */
    async function sentence(index, query) {
      const words = wordsOf(query);
      if (!catalog.search || !words.length) return "";
      await ready();
      const [, , places, tags, summary, body] = await partsOf(numberOf[index]);
      let best = "";
      let most = 0;
      for (const one of [body, summary, tags, places].join("\n").match(SENTENCES) || []) {
        const text = fold(one);
        const held = words.filter((word) => text.includes(word)).length;
        if (held > most) [best, most] = [one, held];
        if (most === words.length) break;
      }
      return cutTo(best.trim(), words);
    }

    /** Loads the card of a case from the file of its text; null if files hold several texts. */
    async function ownCard(index) {
      if (!names || names.sizes.length) return null;
      return (await load(fileOf("text", numberOf[index])))[1];
    }

    /**
     * Titles by pinyin: functions of a case's index that compare initials or whole syllables with the
     * query, and give the title; null if the query has other characters than a to z.
     */
    async function titles(query) {
      const words = wordsOf(query);
      if (!catalog.search || !words.length || /[^a-z]/.test(words.join(""))) return null;
      await ready();
      const rows = await load(names.initials);
      const rowOf = (index) => rows[numberOf[index]];
      return {
        byInitials: (index) => hasAll(rowOf(index)[0], words),
        bySyllables: (index) => hasAll(rowOf(index)[1], words),
        title: (index) => rowOf(index)[2],
      };
    }

    return { matching, likely, confirmed, ranked, sentence, ownCard, titles };
  }

  window.casegen.put("search", { create });
})();
