/*
 * notices.js: the messages about a list: the number of cases, the choices, what to do when nothing is
 * found or the data cannot be loaded.
 *
 * Secret: the elements, their texts, and where the focus goes when one of them is removed.
 * Not here: the numbers and choices themselves (list.js).
 */
(function () {
  "use strict";

  const { root, all, make, markLanguage, fill } = window.casegen;
  const MOST_BY_INITIALS = 20;
  const CROSS = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">' +
    '<path d="m6 6 12 12M18 6 6 18"/></svg>';

  /** Creates the notices of a list; `drop` removes choices from the form. */
  function create(results, words, drop) {
    const status = document.querySelector("[role=status]");
    const chips = document.querySelector("ul.chips");
    const notice = make("div", { class: "empty" }); // shown instead of results
    const initials = make("section", { class: "initials" }); // titles found by their initials
    for (const element of [notice, initials]) element.hidden = true;
    results.append(notice, initials);

    let total = status.textContent; // the text with the number of cases in the page

    const word = (key, values) => fill(words[key], values);

    function makeButton(kind, label, click) {
      const button = make("button", { type: "button", class: kind }, label);
      button.addEventListener("click", click);
      return markLanguage(button);
    }

    function refill(holder, parts) {
      holder.textContent = "";
      holder.append(...parts);
    }

    /** Moves the focus from a removed button to the one in its place, or to the total. */
    function focusNear(buttons, index) {
      status.tabIndex = -1;
      (buttons[Math.min(index, buttons.length - 1)] || status).focus({ preventScroll: true });
    }

    function showTotal(count) {
      total = word("count", { n: count });
      if (status.textContent !== total) status.textContent = total;
      for (const button of all("[data-see]")) {
        button.textContent = count ? word("see", { n: count }) : words.see_none;
      }
    }

    /** Says that a search runs; `progress` has the number of hits so far. */
    function showProgress(progress) {
      status.textContent = progress && progress.hits
        ? word("finding_n", { n: progress.hits, looked: progress.looked, of: progress.of })
        : words.finding;
    }

    /** Shows a message below each field whose text is not a quantity. */
    function showFaults(inputs) {
      for (const fault of all(".range-fault")) fault.remove();
      for (const input of inputs) {
        const said = make("p", { class: "range-fault", role: "alert" }, word("unread", { text: input.value }));
        input.closest(".range").append(said);
      }
    }

    function showChips(chosen) {
      for (const label of all("[data-open-label]")) {
        label.textContent = chosen.length ? word("filter_n", { n: chosen.length }) : words.filter;
      }
      const buttons = chosen.map((one) => {
        const button = makeButton("chip", one.label, () => drop([one]));
        button.setAttribute("aria-label", word("remove", { label: one.label }));
        if (one.key === "category") button.classList.add("cat-" + one.value);
        button.insertAdjacentHTML("beforeend", CROSS);
        return button;
      });
      if (buttons.length > 1) buttons.push(makeButton("chip clear", words.clear, () => drop(chosen)));
      const focused = all("button", chips).indexOf(document.activeElement);
      refill(chips, buttons.map((button) => make("li", {}, button)));
      chips.hidden = !buttons.length;
      if (focused >= 0) focusNear(buttons, focused);
    }

    /**
     * Says that nothing was found. There is a button for each facet or field, with the number of hits
     * without its choices (`countWithout`), and `suggestions` of what was meant.
     */
    function showEmpty(chosen, countWithout, suggestions) {
      const buttons = [];
      for (const key of new Set(chosen.map((one) => one.key))) {
        const dropped = chosen.filter((one) => one.key === key);
        const n = countWithout(key);
        const label = dropped.map((one) => one.label).join(words.joint);
        const said = word("empty_hint", { label, n });
        if (n) buttons.push(makeButton("button", said, () => drop(dropped)));
      }
      if (chosen.length) buttons.push(makeButton("button", words.clear, () => drop(chosen)));
      showNotice([make("h3", {}, words.empty), make("p", {}, words.empty_advice), ...suggestions], buttons);
    }

    /** Makes a line of links to what the reader may have meant. */
    const makeSuggestion = (label, links) => make("p", { class: "meant" }, label,
      ...links.map(({ text, href }) => markLanguage(make("a", { href }, text))));

    /** `failed`: also shows the links that work without scripts, to further pages and to values of facets. */
    function showNotice(said, buttons, failed) {
      const held = notice.contains(document.activeElement);
      const ways = make("p", { class: "ways" }, ...buttons);
      refill(notice, buttons.length ? said.concat(ways) : said);
      notice.hidden = !said.length;
      for (const nav of all("nav.pager, nav.facet-links")) nav.hidden = !failed;
      if (held) focusNear([], 0);
    }

    const hideNotice = () => showNotice([], []);

    /** Says that data could not be loaded, and shows the links that work without scripts. */
    function showFailure() {
      status.textContent = total;
      showNotice([make("p", {}, words.failed)], [], true);
    }

    /** Shows cases, {slug, title}, whose titles have the query as initials; they are not counted as hits. */
    function showInitials(query, cases) {
      const links = cases.slice(0, MOST_BY_INITIALS).map(({ slug, title }) =>
        make("li", {}, markLanguage(make("a", { href: root + "cases/" + slug + ".html" }, title))));
      const note = make("small", {}, words.initials_note);
      const heading = make("h3", {}, word("initials", { q: query }), note);
      refill(initials, links.length ? [heading, make("ul", {}, ...links)] : []);
      initials.hidden = !links.length;
    }

    /** The number of cases that the status shows. */
    const readTotal = () => Number(status.textContent.replace(/\D/g, ""));

    return {
      readTotal, showTotal, showProgress, showFaults, showChips, showEmpty, makeSuggestion, hideNotice,
      showFailure, showInitials,
    };
  }

  window.casegen.notices = { create };
})();
