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
  const { fold, wordsOf, hasAll, cutTo } = window.casegen.marks;
  const DIGITS = 10; // of the name of a file
  const AT_ONCE = 24; // files asked for at the same time
  const MOST_PAIRS = 16; // of a word, that the index is asked for
  const EXCEPT = "\u00ac"; // before postings of the cases that hold both pairs and not the triple
  const SEPARATORS = /[\p{P}\p{S}\p{Z}\p{Cc}\p{Cf}\p{Cs}]+/u;
  const SENTENCES = /[^。！？；\n]+[。！？；]*[”’」』）]*/g;

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

  /** Searches the cases of a catalog; cases are known by their index in the columns. */
  function open(catalog, columns) {
    const size = columns.slug.length;
    // The files number the cases in the order of their slugs, the columns from the newest.
    const indexOf = Array.from(columns.slug.keys());
    indexOf.sort((a, b) => (columns.slug[a] < columns.slug[b] ? -1 : 1));
    const numberOf = new Int32Array(size);
    indexOf.forEach((index, number) => { numberOf[index] = number; });
    let short = null; // titles, institutions and places, folded
    let names = null; // what files there are
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

    /** The parts of a case's text; those of its neighbours come along where files hold several. */
    async function partsOf(number) {
      const file = lastUpTo(starts, number);
      return (await load(fileOf("text", file)))[number - starts[file]];
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

    /** The postings of entries, of triples that are written by their exceptions left out. */
    const begins = (entries) =>
      entries.map(([, postings]) => postings).filter((list) => !list.startsWith(EXCEPT));

    const runsOf = (word) => word.split(SEPARATORS).filter(Boolean).map((run) => Array.from(run));
    const slices = (run, length) =>
      run.slice(length - 1).map((_, n) => run.slice(n, n + length).join(""));

    /** The entries of the index that begin with a term, as [term, postings]; all in few files. */
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

    /** A mark for each number in these postings, or for each that is not in those of an exception. */
    function markEntry(...lists) {
      const excepted = lists[0] && lists[0].startsWith(EXCEPT);
      const marks = new Uint8Array(size).fill(excepted ? 1 : 0);
      const mark = (number) => { marks[number] = excepted ? 0 : 1; };
      for (const list of lists) if (list) readPostings(list.replace(EXCEPT, ""), mark);
      return marks;
    }

    /**
     * What the index says of a word: marks that every case that holds it has, and whether they alone
     * decide.
     */
    async function lookUp(word) {
      const runs = runsOf(word);
      // A long word has pairs enough; its texts are looked through anyway.
      const pairs = [].concat(...runs.map((run) => slices(run, 2))).slice(0, MOST_PAIRS);
      if (!pairs.length) {
        const lists = await Promise.all(runs.map(([character]) => entriesOf(character)));
        const marks = lists.map((entries) => markEntry(...begins(entries)));
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
        if (!first || !second) continue; // of a long word, which is looked for in texts
        if (terms.has(triple)) marks.push(markEntry(terms.get(triple)));
        else if (first.filter((one, number) => one && second[number]).length > names.least) {
          marks.push(markEntry()); // it would have an entry if it occurred
        } else known = false;
      }
      const { length } = Array.from(word);
      return { marks, proved: !SEPARATORS.test(word) && (length === 2 || (length === 3 && known)) };
    }

    // ── answers ──

    /** A function that keeps its newest answer: lists ask for the same query again and again. */
    function remembering(work) {
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

    /** The numbers of the cases that may hold the words, and what the texts must decide. */
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

    const narrowed = remembering(narrow);

    const textOf = async (number) => fold((await partsOf(number)).join("\n"));

    /** Looks through texts for words; `told` hears how far. */
    async function lookThrough(words, numbers, told) {
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
        if (told) told({ looked, of: numbers.length, hits });
      });
      return (index) => found[index] === 1;
    }

    async function find(words, told) {
      if (!words.length) return () => true;
      if (!catalog.search) {
        await ready();
        return (index) => hasAll(shortText(index), words);
      }
      const { left, numbers } = await narrowed(words.join(" "));
      if (left.length) return lookThrough(left, numbers, told);
      const found = new Uint8Array(size);
      for (const number of numbers) found[indexOf[number]] = 1;
      return (index) => found[index] === 1;
    }

    /**
     * A test of a case's index: does the case hold every word of the query? `told` hears how far the
     * texts are looked through.
     */
    const matching = remembering(find);

    /** The same test as far as the index can tell; null where `matching` needs no text. */
    async function likely(query) {
      const words = wordsOf(query);
      if (!catalog.search || !words.length) return null;
      const { left, numbers } = await narrowed(words.join(" "));
      if (!left.length) return null;
      const marks = new Uint8Array(size);
      for (const number of numbers) marks[indexOf[number]] = 1;
      return (index) => marks[index] === 1;
    }

    /** The first `count` of these cases that hold the query. */
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

    /** The found cases with those first that say it in the title, then in institution or place. */
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

    /** The sentence of a case's body, summary, tags or places that holds most words; "" where none does. */
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

    /** The card of a case from the file of its text; null where texts share files. */
    async function ownCard(index) {
      if (!names || names.sizes.length) return null;
      return (await load(fileOf("text", numberOf[index])))[1];
    }

    /**
     * Titles in pinyin: tests of a case's index by initials and by whole syllables; null where the
     * query has other letters.
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

  window.casegen.put("search", { open });
})();
