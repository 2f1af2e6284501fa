/*
 * notices.js: what a list says of itself: how many it holds, what is chosen, what to do where it is
 * empty or its data do not come.
 *
 * Secret: these elements, their words, and where the focus goes when one of them leaves.
 * Not here: reckoning what they say (list.js).
 */
(function () {
  "use strict";

  const { root, all, make, markLanguage, fill } = window.casegen;
  const MOST_BY_INITIALS = 20;
  const CROSS = '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">' +
    '<path d="m6 6 12 12M18 6 6 18"/></svg>';

  /** The notices of a list; `drop` takes choices out of the form. */
  function open(results, words, drop) {
    const status = document.querySelector("[role=status]");
    const chips = document.querySelector("ul.chips");
    const notice = make("div", { class: "empty" }); // what stands in place of results
    const initials = make("section", { class: "initials" }); // titles found by their initials
    for (const element of [notice, initials]) element.hidden = true;
    results.append(notice, initials);

    let total = status.textContent; // of the list that stands in the page

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

    /** After a button that held the focus is gone: the one in its place, else the total. */
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

    /** That a list is being looked for; `progress` says how many hits are sure so far. */
    function showProgress(progress) {
      status.textContent = progress && progress.hits
        ? word("finding_n", { n: progress.hits, looked: progress.looked, of: progress.of })
        : words.finding;
    }

    /** What is written in the field of a bound and can't be read. */
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
     * Where nothing is found: a button for each facet or field, saying what there would be without
     * its choices, which `countWithout` reckons; and lines of `ways` to what was meant.
     */
    function showEmpty(chosen, countWithout, ways) {
      const buttons = [];
      for (const key of new Set(chosen.map((one) => one.key))) {
        const dropped = chosen.filter((one) => one.key === key);
        const n = countWithout(key);
        const label = dropped.map((one) => one.label).join(words.joint);
        const said = word("empty_hint", { label, n });
        if (n) buttons.push(makeButton("button", said, () => drop(dropped)));
      }
      if (chosen.length) buttons.push(makeButton("button", words.clear, () => drop(chosen)));
      showNotice([make("h3", {}, words.empty), make("p", {}, words.empty_advice), ...ways], buttons);
    }

    /** A line of links to what the reader may have meant. */
    const makeWays = (label, links) => make("p", { class: "meant" }, label,
      ...links.map(({ text, href }) => markLanguage(make("a", { href }, text))));

    function showNotice(said, buttons) {
      const held = notice.contains(document.activeElement);
      const ways = make("p", { class: "ways" }, ...buttons);
      refill(notice, buttons.length ? said.concat(ways) : said);
      notice.hidden = !said.length;
      if (held) focusNear([], 0);
    }

    const hideNotice = () => showNotice([], []);

    /** Data that do not come: the pages of the list and the links to values are there again. */
    function showFailure() {
      for (const nav of all("nav.pager, nav.facet-links")) nav.hidden = false;
      status.textContent = total;
      showNotice([make("p", {}, words.failed)], []);
    }

    /** Cases, as {slug, title}, whose title has the query as its initials; none of them is counted. */
    function showInitials(query, cases) {
      const links = cases.slice(0, MOST_BY_INITIALS).map(({ slug, title }) =>
        make("li", {}, markLanguage(make("a", { href: root + "cases/" + slug + ".html" }, title))));
      const note = make("small", {}, words.initials_note);
      const heading = make("h3", {}, word("initials", { q: query }), note);
      refill(initials, links.length ? [heading, make("ul", {}, ...links)] : []);
      initials.hidden = !links.length;
    }

    /** The total that the status says. */
    const readTotal = () => Number(status.textContent.replace(/\D/g, ""));

    return {
      readTotal, showTotal, showProgress, showFaults, showChips, showEmpty, makeWays, hideNotice,
      showFailure, showInitials,
    };
  }

  window.casegen.notices = { open };
})();
