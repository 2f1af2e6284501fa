/*
 * compare.js: choosing two to four cases to compare, in any list.
 *
 * The choice is kept in session storage; without storage it is lost when the reader leaves the page.
 * Not here: the table of the comparison (comparison.js), words (data-words of the markup).
 */
(function () {
  "use strict";

  const { root, all, fill, keepForVisit, keptForVisit } = window.casegen;
  const MOST = 4;

  const compareAddress = (slugs) =>
    root + "compare.html?" + slugs.map((slug) => "case=" + encodeURIComponent(slug)).join("&");

  // ── choosing ──

  let chosen = (keptForVisit("compare") || "").split(" ").filter(Boolean).slice(0, MOST);

  function startChoosing(bar) {
    const words = JSON.parse(bar.dataset.words);
    const link = bar.querySelector("a");
    const clear = bar.querySelector("button");
    const status = bar.querySelector("[data-said]");

    function show() {
      bar.hidden = chosen.length === 0;
      link.textContent = fill(words.go, { n: chosen.length });
      link.hidden = chosen.length < 2;
      link.href = compareAddress(chosen);
      for (const button of all("[data-compare]")) {
        const on = chosen.indexOf(button.dataset.compare) >= 0;
        // Without this check, the change would call the observer below, which calls show() again.
        if (button.getAttribute("aria-pressed") === String(on)) continue;
        button.setAttribute("aria-pressed", String(on));
        button.textContent = on ? words.chosen : words.choose;
      }
    }

    function announce(text) {
      status.textContent = text;
    }

    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-compare]");
      if (!button) return;
      const slug = button.dataset.compare;
      if (chosen.indexOf(slug) >= 0) chosen = chosen.filter((one) => one !== slug);
      else if (chosen.length < MOST) chosen = chosen.concat(slug);
      else return announce(fill(words.most, { n: MOST }));
      keepForVisit("compare", chosen.join(" "));
      announce(chosen.length === 1 ? words.one : fill(words.some, { n: chosen.length }));
      show();
    });
    clear.addEventListener("click", () => {
      chosen = [];
      keepForVisit("compare", "");
      show();
    });
    const results = document.querySelector("#results");
    if (results) new MutationObserver(show).observe(results, { childList: true, subtree: true });
    document.documentElement.classList.add("can-compare");
    show();
  }

  function start() {
    const bar = document.querySelector("[data-compare-bar]");
    if (bar && !document.querySelector("[data-compare-table]")) startChoosing(bar);
  }

  window.casegen.compareAddress = compareAddress;
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
