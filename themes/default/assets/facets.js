/*
 * facets.js: the check boxes of a list's form: which of a facet's values have one, which are shown,
 * and their counts.
 *
 * Secret: a facet of many values shows the frequent ones, the chosen ones and those looked for.
 * Not here: counting (filter.js); what a choice does to the list (list.js).
 */
(function () {
  "use strict";

  const { all } = window.casegen;
  const { fold } = window.casegen.marks;
  const MOST_FOUND = 50; // values that the box of a long facet offers at once

  /** The facets of a form; `setTable` gives them the data that most of what they do needs. */
  function open(form) {
    const facets = all("fieldset[data-facet]", form).map((fieldset) => ({
      name: fieldset.dataset.facet,
      fieldset,
      find: fieldset.querySelector(".facet-find"),
      frequent: new Set(all("input[type=checkbox]", fieldset).map((box) => box.value)),
      indexOf: new Map(), // value -> its index in the columns
      labels: [],
    }));

    const boxesOf = (facet) => all("input[type=checkbox]", facet.fieldset);
    const itemOf = (box) => box.closest("li") || box.closest("label");
    const labelOf = (facet, value) => facet.labels[facet.indexOf.get(value)];

    function setTable(table) {
      facets.forEach((facet, index) => {
        const { indexOf, labels } = table.facets[index];
        Object.assign(facet, { indexOf, labels });
      });
    }

    /** Gives the facet a box for a value that does not stand in the page, after those that do. */
    function addBox(facet, value) {
      const model = itemOf(boxesOf(facet)[0]);
      const item = model.cloneNode(true);
      const box = item.querySelector("input");
      Object.assign(box, { value, checked: false, disabled: false });
      item.querySelector(".label").textContent = labelOf(facet, value);
      item.hidden = false;
      model.parentElement.append(item);
    }

    function addBoxes(facet, values) {
      const present = new Set(boxesOf(facet).map((box) => box.value));
      for (const value of values) if (!present.has(value)) addBox(facet, value);
    }

    /** Shows the frequent and the chosen values; while its box is used, the found and the chosen. */
    function arrange(facet) {
      const typed = facet.find ? fold(facet.find.value.trim()) : "";
      const isFound = (value) => fold(labelOf(facet, value)).includes(typed);
      if (typed) addBoxes(facet, Array.from(facet.indexOf.keys()).filter(isFound).slice(0, MOST_FOUND));
      for (const box of boxesOf(facet)) {
        const frequent = facet.frequent.has(box.value);
        const shown = box.checked || (typed ? isFound(box.value) : frequent);
        itemOf(box).hidden = !shown;
        if (!shown && !frequent) itemOf(box).remove();
      }
    }

    /** The chosen values of each facet, in the order of addresses. */
    function readChosen() {
      const chosen = {};
      for (const facet of facets) {
        chosen[facet.name] = boxesOf(facet).filter((box) => box.checked).map((box) => box.value).sort();
      }
      return chosen;
    }

    function showChosen(chosen) {
      for (const facet of facets) {
        addBoxes(facet, chosen[facet.name]);
        for (const box of boxesOf(facet)) box.checked = chosen[facet.name].includes(box.value);
        if (facet.find) facet.find.value = "";
        arrange(facet);
      }
    }

    function uncheck(name, value) {
      const facet = facets.find((one) => one.name === name);
      if (!facet) return false;
      boxesOf(facet).find((box) => box.value === value).checked = false;
      arrange(facet);
      return true;
    }

    /** What each chosen value is called. */
    function choices(chosen) {
      return [].concat(...facets.map((facet) => chosen[facet.name].map((value) =>
        ({ key: facet.name, value, label: labelOf(facet, value) }))));
    }

    function showCounts(counts) {
      facets.forEach((facet, index) => {
        for (const box of boxesOf(facet)) {
          const count = counts[index][facet.indexOf.get(box.value)];
          box.closest("label").querySelector("[data-count]").textContent = count;
          box.disabled = count === 0 && !box.checked;
        }
      });
    }

    /** Shows the boxes that look for values; `look` is called with a facet when one is typed in. */
    function startFinding(look) {
      for (const facet of facets) {
        if (!facet.find) continue;
        facet.find.hidden = false;
        facet.find.addEventListener("input", () => look(facet));
      }
    }

    return {
      all: facets, setTable, arrange, readChosen, showChosen, uncheck, choices, showCounts, startFinding,
    };
  }

  window.casegen.facets = { open };
})();
