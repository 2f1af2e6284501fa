/*
 * marks.js: finds the words of a query in a text, and marks them.
 *
 * The rule: after NFKC and lower-casing, each word is a substring. Secret: how an offset in the folded
 * text becomes an offset in the text itself. Not here: which cases contain a query (search.js).
 */
(function () {
  "use strict";

  const WINDOW = 96; // characters of a sentence that are shown, about two lines
  const BEFORE = 24; // of these, before the first hit

  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const wordsOf = (query) => fold(query).split(/\s+/).filter(Boolean);
  const hasAll = (text, words) => words.every((word) => text.includes(word));

  /** The hits of words in a text: [start, end] of each, as offsets in the text itself. */
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

  /** Cuts a text to about two lines around its first hit. */
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

  window.casegen.marks = { fold, wordsOf, hasAll, cutTo, mark };
})();
