/*
 * preview.js: reloads a page of the preview when the site has changed, at the same scroll position,
 * marks links that do not lead anywhere, and says while a build runs.
 *
 * Not here: which pages changed (server.py), the list of problems (overlay.py).
 */
(function () {
  "use strict";

  const script = document.currentScript;
  const version = script.getAttribute("data-version");
  const page = script.getAttribute("data-page");
  const storageKey = "casegen-preview " + location.pathname + location.search;
  const TRIES = 60; // to scroll back, 50 ms apart

  // ── the place on the page ──

  /**
   * The folds of the page with a name for each. They have no id, so the name is the summary and how
   * many folds with the same summary come before.
   */
  function listFolds() {
    const seen = {};
    return Array.from(document.querySelectorAll("details")).map((element) => {
      const summary = element.closest("#casegen-preview") ? "" : element.querySelector("summary");
      const label = summary ? summary.textContent.replace(/\s+/g, " ").trim() : "";
      seen[label] = (seen[label] || 0) + 1;
      return { element, name: label + " " + seen[label] };
    });
  }

  function savePosition() {
    const open = {};
    for (const { element, name } of listFolds()) open[name] = element.open;
    try {
      sessionStorage.setItem(storageKey, JSON.stringify({ x: scrollX, y: scrollY, open }));
    } catch (error) {
      // Without storage the page begins at its top.
    }
  }

  function readPosition() {
    try {
      const saved = JSON.parse(sessionStorage.getItem(storageKey));
      sessionStorage.removeItem(storageKey);
      return saved;
    } catch (error) {
      return null;
    }
  }

  function restorePosition() {
    const saved = readPosition();
    if (!saved) return;
    for (const { element, name } of listFolds()) {
      if (name in saved.open) element.open = saved.open[name];
    }
    // Lists load more cards as they come into view, so the page may not be long enough yet. Try again
    // until it is, but stop when the reader scrolls or types.
    let triesLeft = TRIES;
    let hasMoved = false;
    for (const type of ["wheel", "touchstart", "keydown", "mousedown"]) {
      addEventListener(type, () => { hasMoved = true; }, { once: true, passive: true });
    }
    function scrollBack() {
      if (hasMoved) return;
      scrollTo({ left: saved.x, top: saved.y, behavior: "auto" });
      triesLeft -= 1;
      if (triesLeft > 0 && Math.abs(scrollY - saved.y) > 1) setTimeout(scrollBack, 50);
    }
    scrollBack();
  }

  // ── links that do not lead anywhere ──

  /** Where the occurrence number `nth` (from 0) of a text begins; the last one if there are fewer. */
  function findOccurrence(whole, text, nth) {
    let position = -1;
    for (let count = 0; count <= nth; count += 1) {
      const next = whole.indexOf(text, position + 1);
      if (next < 0) break;
      position = next;
    }
    return position;
  }

  /** Wraps one occurrence of a link's text in <mark>; the text may be spread over several elements. */
  function markBrokenLink([text, nth, message]) {
    const body = document.querySelector(".prose") || document.querySelector("main");
    if (!body) return;
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let whole = "";
    while (walker.nextNode()) {
      nodes.push({ node: walker.currentNode, offset: whole.length });
      whole += walker.currentNode.data;
    }
    const found = findOccurrence(whole, text, nth);
    if (found < 0) return;
    for (const { node, offset } of nodes) {
      const from = Math.max(found - offset, 0);
      const to = Math.min(found + text.length - offset, node.data.length);
      if (from >= to) continue;
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      const wrapper = document.createElement("mark");
      wrapper.className = "casegen-broken";
      wrapper.title = message;
      range.surroundContents(wrapper);
    }
  }

  // ── news of changes ──

  let events = null;
  let delay = 0; // the timer that shows the line

  /** Shows that a build runs. Most builds end before anyone could read that, so the line waits. */
  function showProgress({ data }) {
    const line = document.querySelector("#casegen-preview .working");
    clearTimeout(delay);
    if (!line) return;
    if (data === "yes") delay = setTimeout(() => { line.hidden = false; }, 500);
    else line.hidden = true;
  }

  /** Listens only while the page is visible: browsers allow few connections to one host. */
  function listenForChanges() {
    if (document.hidden) {
      if (events) events.close();
      events = null;
      return;
    }
    if (events) return;
    const shown = new URLSearchParams({ version, page, address: location.pathname });
    events = new EventSource("/.preview/events?" + shown);
    events.onmessage = ({ data }) => {
      if (data === version) return;
      savePosition();
      location.reload();
    };
    events.addEventListener("working", showProgress);
  }

  function start() {
    for (const link of JSON.parse(script.getAttribute("data-links"))) markBrokenLink(link);
    restorePosition();
    listenForChanges();
    document.addEventListener("visibilitychange", listenForChanges);
  }

  if (document.readyState === "complete") start();
  else addEventListener("load", start);
})();
