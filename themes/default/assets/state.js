/*
 * state.js: what a reader has chosen in a list, in the form #filters and in the address.
 *
 * A state is {chosen: {facet: [value, …]}, q, sort, bounds: {"min-<indicator>": number, …}}.
 * Secret: how a state is written in an address, and how its words and numbers stand in the form.
 * Not here: the check boxes (facets.js), what a state finds (filter.js).
 */
(function () {
  "use strict";

  const NEWEST = "newest"; // the order of a list as it first stands

  const fieldsOf = (form, selector) => Array.from(form.elements).filter((one) => one.matches(selector));
  const fieldOf = (form, name) => fieldsOf(form, "[name]").find((one) => one.name === name);
  const boundsOf = (form) => fieldsOf(form, "[name^='min-'], [name^='max-']");

  /** A number as readers type it (full-width digits, thousands commas); null where empty. */
  function readNumber(text) {
    const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
    return plain === "" ? null : Number(plain);
  }

  /** The state that the form shows; `chosen` holds the values of the facets. */
  function readForm(form, chosen) {
    const bounds = {};
    for (const input of boundsOf(form)) {
      const number = readNumber(input.value);
      input.setAttribute("aria-invalid", String(Number.isNaN(number)));
      if (Number.isFinite(number)) bounds[input.name] = number;
    }
    return { chosen, q: fieldOf(form, "q").value.trim(), sort: fieldOf(form, "sort").value, bounds };
  }

  /** Shows a state in the form's text fields and its list of orders. */
  function fillForm(form, state) {
    fieldOf(form, "q").value = state.q;
    fieldOf(form, "sort").value = state.sort;
    for (const input of boundsOf(form)) {
      input.value = input.name in state.bounds ? String(state.bounds[input.name]) : "";
    }
  }

  /** The query part of a state's address: empty for the list as it first stands. */
  function toQuery(state) {
    const query = new URLSearchParams();
    for (const name of Object.keys(state.chosen)) {
      for (const value of state.chosen[name]) query.append(name, value);
    }
    if (state.q) query.set("q", state.q);
    if (state.sort !== NEWEST) query.set("sort", state.sort);
    for (const name of Object.keys(state.bounds)) query.set(name, String(state.bounds[name]));
    if (new URLSearchParams(location.search).get("large")) query.set("large", "1");
    const text = query.toString();
    return text && "?" + text;
  }

  /** The state that an address says, without what the form and the facets do not know. */
  function fromQuery(address, form, facets) {
    const query = new URLSearchParams(address);
    const chosen = {};
    for (const { name, indexOf } of facets) {
      chosen[name] = Array.from(new Set(query.getAll(name))).filter((value) => indexOf.has(value)).sort();
    }
    const sorts = Array.from(fieldOf(form, "sort").options, (option) => option.value);
    const sort = sorts.includes(query.get("sort")) ? query.get("sort") : NEWEST;
    const bounds = {};
    for (const { name } of boundsOf(form)) {
      const number = readNumber(query.get(name) || "");
      if (Number.isFinite(number)) bounds[name] = number;
    }
    return { chosen, q: (query.get("q") || "").trim(), sort, bounds };
  }

  /** Whether an address says anything of the form's fields. */
  function isQuery(address, form) {
    const names = new Set(fieldsOf(form, "[name]").map((one) => one.name));
    return Array.from(new URLSearchParams(address).keys()).some((name) => names.has(name));
  }

  /** The state with nothing chosen in one facet or field. */
  function without(state, key) {
    const less = { ...state, chosen: { ...state.chosen }, bounds: { ...state.bounds } };
    if (key === "q") less.q = "";
    else if (key in less.chosen) less.chosen[key] = [];
    else delete less.bounds[key];
    return less;
  }

  window.casegen.state = { NEWEST, fieldOf, readForm, fillForm, toQuery, fromQuery, isQuery, without };
})();
