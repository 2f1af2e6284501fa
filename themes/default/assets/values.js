/*
 * values.js: a long list of institutions or tags: the field that searches it, and the order by count.
 *
 * Without this script the list is in the order of pinyin, under letters. Not here: the values of facets
 * in the form of a list of cases (facets.js).
 */
(function () {
  "use strict";

  const { all, make, fill, marks } = window.casegen;
  if (!marks) return; // marks.js is missing: the list stays as it is without scripts
  const { fold } = marks;
  const list = document.querySelector("[data-lettered]");
  const box = list.querySelector("input");
  const found = list.querySelector(".found");
  const letters = list.querySelector(".letters");
  const sections = all("section.letter", list);
  const buttons = all("[data-order]", list);
  const ranked = make("ul", { class: "values many" });
  const rows = all(".values li", list).map((item) => ({
    item,
    home: item.parentElement,
    label: fold(item.querySelector("strong").textContent),
    sought: item.dataset.sought,
    count: Number(item.querySelector(".count b").textContent),
  }));
  const byCount = rows.slice().sort((a, b) => b.count - a.count);

  /** Whether a row contains the typed characters, or its pinyin begins with the typed letters. */
  function matches(row, typed) {
    return row.label.includes(typed)
      || row.sought.split(" ").some((latin) => latin.startsWith(typed.replace(/\s/g, "")));
  }

  function show() {
    const typed = fold(box.value.trim());
    let n = 0;
    for (const row of rows) {
      row.item.hidden = Boolean(typed) && !matches(row, typed);
      if (!row.item.hidden) n += 1;
    }
    const counted = ranked.isConnected;
    for (const section of sections) section.hidden = counted || !section.querySelector("li:not([hidden])");
    letters.hidden = counted || Boolean(typed);
    found.textContent = n ? fill(found.dataset.found, { n }) : found.dataset.none;
  }

  function arrange(order) {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.order === order));
    if (order === "count") {
      ranked.append(...byCount.map((row) => row.item));
      list.append(ranked);
    } else {
      for (const row of rows) row.home.append(row.item);
      ranked.remove();
    }
    show();
  }

  box.addEventListener("input", show);
  for (const button of buttons) button.addEventListener("click", () => arrange(button.dataset.order));
  list.querySelector(".bar").hidden = false;
  if (box.value) show(); // after "back", browsers fill the field in again
})();
