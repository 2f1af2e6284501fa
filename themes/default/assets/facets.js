/*
 * facets.js: the check boxes of a list's form: which values of a facet have one, which are visible,
 * and their counts.
 *
 * Secret: a facet with many values shows the frequent ones, the chosen ones and those searched for.
 * Not here: counting (filter.js); what a choice does to the list (list.js).
 */
(function () {
  "use strict";

  const { all } = window.casegen;
  const MOST_FOUND = 50; // values that a search in a facet shows

  /** Creates the facets of a form; call `setData` before anything that needs labels or counts. */
  function create(form) {
    const { fold } = window.casegen.marks; // not before: marks.js may be missing, and list.js says so
    const facets = all("fieldset[data-facet]", form).map((fieldset) => ({
      name: fieldset.dataset.facet,
      fieldset,
      find: fieldset.querySelector(".facet-find"),
      frequent: new Set(all("input[type=checkbox]", fieldset).map((box) => box.value)),
      indexOf: new Map(), // value -> its index in the columns
      labels: [],
    }));

    const findBoxes = (facet) => all("input[type=checkbox]", facet.fieldset);
    const findItem = (box) => box.closest("li") || box.closest("label");
    const findLabel = (facet, value) => facet.labels[facet.indexOf.get(value)];

    function setData(table) {
      facets.forEach((facet, index) => {
        const { indexOf, labels } = table.facets[index];
        Object.assign(facet, { indexOf, labels });
      });
    }

    /** Adds a check box for a value that the page has none for, after the others. */
    function addCheckbox(facet, value) {
      const model = findItem(findBoxes(facet)[0]);
      const item = model.cloneNode(true);
      const box = item.querySelector("input");
      Object.assign(box, { value, checked: false, disabled: false });
      item.querySelector(".label").textContent = findLabel(facet, value);
      item.hidden = false;
      model.parentElement.append(item);
    }

    function addCheckboxes(facet, values) {
      const present = new Set(findBoxes(facet).map((box) => box.value));
      for (const value of values) if (!present.has(value)) addCheckbox(facet, value);
    }

    /** Shows the chosen values and the frequent ones; during a search, the chosen ones and the hits. */
    function updateBoxes(facet) {
      const typed = facet.find ? fold(facet.find.value.trim()) : "";
      const isFound = (value) => fold(findLabel(facet, value)).includes(typed);
      if (typed) addCheckboxes(facet, Array.from(facet.indexOf.keys()).filter(isFound).slice(0, MOST_FOUND));
      for (const box of findBoxes(facet)) {
        const frequent = facet.frequent.has(box.value);
        const shown = box.checked || (typed ? isFound(box.value) : frequent);
        findItem(box).hidden = !shown;
        if (!shown && !frequent) findItem(box).remove();
      }
    }

    /** The chosen values of each facet, in the order of addresses. */
    function readChosen() {
      const chosen = {};
      for (const facet of facets) {
        chosen[facet.name] = findBoxes(facet).filter((box) => box.checked).map((box) => box.value).sort();
      }
      return chosen;
    }

    function showChosen(chosen) {
      for (const facet of facets) {
        addCheckboxes(facet, chosen[facet.name]);
        for (const box of findBoxes(facet)) box.checked = chosen[facet.name].includes(box.value);
        if (facet.find) facet.find.value = "";
        updateBoxes(facet);
      }
    }

    function uncheck(name, value) {
      const facet = facets.find((one) => one.name === name);
      if (!facet) return false;
      findBoxes(facet).find((box) => box.value === value).checked = false;
      updateBoxes(facet);
      return true;
    }

    /** The chosen values with their labels. */
    function listChoices(chosen) {
      return [].concat(...facets.map((facet) => chosen[facet.name].map((value) =>
        ({ key: facet.name, value, label: findLabel(facet, value) }))));
    }

    function showCounts(counts) {
      facets.forEach((facet, index) => {
        for (const box of findBoxes(facet)) {
          const count = counts[index][facet.indexOf.get(box.value)];
          box.closest("label").querySelector("[data-count]").textContent = count;
          box.disabled = count === 0 && !box.checked;
        }
      });
    }

    /** Shows the search fields of facets; `look` is called with the facet when a reader types in one. */
    function startSearch(look) {
      for (const facet of facets) {
        if (!facet.find) continue;
        facet.find.hidden = false;
        facet.find.addEventListener("input", () => look(facet));
      }
    }

    return {
      all: facets, setData, updateBoxes, readChosen, showChosen, uncheck, listChoices, showCounts,
      startSearch,
    };
  }

  window.casegen.facets = { create };
})();
