/*
 * filter.js: which cases match the reader's choices, how many would remain after each further choice,
 * and in what order they are listed. It calculates on columns: it touches no element and loads nothing.
 *
 * A state is {chosen: {facet: [value, …]}, q, sort, bounds: {"min-<indicator>": number, …}}; the
 * columns are those of assets/columns-….js (casegen/editions/site/catalog.py), one entry a case.
 */
(function () {
  "use strict";

  /** Arranges the columns for filtering; `scope` is the category of the list, or "". */
  function makeTable(columns, facetNames, scope) {
    const size = columns.slug.length;
    const facets = facetNames.map((name) => {
      const { values, labels, of } = columns.facets[name];
      const starts = new Int32Array(size + 1);
      of.forEach((own, number) => { starts[number + 1] = starts[number] + own.length; });
      const held = new Int32Array(starts[size]);
      of.forEach((own, number) => held.set(own, starts[number]));
      const indexOf = new Map(values.map((value, index) => [value, index]));
      return { name, values, labels, indexOf, starts, held };
    });
    const { values, of } = columns.facets.category;
    const category = values.indexOf(scope);
    const inside = category < 0 ? null : Uint8Array.from(of, (held) => held.includes(category));
    return { columns, size, facets, inside };
  }

  /**
   * The cases that match a state, newest first, and for each facet the count of each value. A case
   * that fails in exactly one facet is counted in that facet: choosing its value would add it.
   */
  function findCases({ columns, size, facets, inside }, state, matches) {
    const limits = Object.keys(state.bounds).map((name) => ({
      column: columns.numbers[name.slice(4)] || [],
      least: name.startsWith("min-") ? state.bounds[name] : -Infinity,
      most: name.startsWith("max-") ? state.bounds[name] : Infinity,
    }));
    const bounded = (number) => limits.every(({ column, least, most }) =>
      typeof column[number] === "number" && column[number] >= least && column[number] <= most);
    const wanted = facets.map(({ name, values, indexOf }) => {
      if (!state.chosen[name].length) return null;
      const marked = new Uint8Array(values.length);
      for (const value of state.chosen[name]) marked[indexOf.get(value)] = 1;
      return marked;
    });
    const counts = facets.map(({ values }) => new Int32Array(values.length));
    const found = [];

    function holds(index, number) {
      const { starts, held } = facets[index];
      for (let at = starts[number]; at < starts[number + 1]; at += 1) {
        if (wanted[index][held[at]]) return true;
      }
      return false;
    }

    function add(index, number) {
      const { starts, held } = facets[index];
      for (let at = starts[number]; at < starts[number + 1]; at += 1) counts[index][held[at]] += 1;
    }

    for (let number = 0; number < size; number += 1) {
      if ((inside && !inside[number]) || !matches(number) || !bounded(number)) continue;
      let failing = -1;
      let fails = 0;
      for (let index = 0; index < facets.length && fails < 2; index += 1) {
        if (!wanted[index] || holds(index, number)) continue;
        failing = index;
        fails += 1;
      }
      if (fails === 0) {
        found.push(number);
        for (let index = 0; index < facets.length; index += 1) add(index, number);
      } else if (fails === 1) add(failing, number);
    }
    return { found, counts };
  }

  /** Sorts cases; those without the figure come last, and equal ones stay newest first. */
  function sortCases(columns, found, sort) {
    if (sort === "newest") return found;
    const upward = sort === "title" || sort === "order";
    const keys = (upward ? columns[sort] : columns.numbers[sort]) || [];
    const missing = (number) => (typeof keys[number] === "number" ? 0 : 1);
    return found.slice().sort((a, b) =>
      missing(a) - missing(b) || (upward ? keys[a] - keys[b] : keys[b] - keys[a]) || a - b);
  }

  window.casegen.put("filter", { makeTable, findCases, sortCases });
})();
