/*
 * state.js: the reader's choices in a list, in the form #filters and in the address.
 *
 * A state is {chosen: {facet: [value, …]}, q, sort, bounds: {"min-<indicator>": number, …}}.
 * Secret: how a state is written in an address, and how its words and numbers are shown in the form.
 * Not here: the check boxes (facets.js), what a state finds (filter.js).
 */
(function () {
  "use strict";

  const NEWEST = "newest"; // the default order

  const fieldsOf = (form, selector) => Array.from(form.elements).filter((one) => one.matches(selector));
  const fieldOf = (form, name) => fieldsOf(form, "[name]").find((one) => one.name === name);
  const boundsOf = (form) => fieldsOf(form, "[name^='min-'], [name^='max-']");

  const SCALES = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 十万: 1e5, 百万: 1e6, 千万: 1e7, 亿: 1e8, 万亿: 1e12 };
  const QUANTITY =
    /^(\d+(?:\.\d+)?|\.\d+)[余多]?(万亿|千万|百万|十万|[十百千万亿])?[余多]?(.*?)(?:以上|以下|以内|左右)?$/;
  const QUALIFIER = /^(?:约|近|不少于|不多于|超过?|至少|至多|[≥≤><])/;
  const LONG = 1e5; // as an amount in 万元 it would be a billion
  const NUMERAL = /^[零〇一二两三四五六七八九十百千]+/;

  /** The value of a Chinese numeral below 一万: 三百二十 is 320. */
  function readNumeral(text) {
    let sum = 0;
    let digit = 0;
    for (const mark of text.replace(/〇/g, "零").replace(/两/g, "二")) {
      const value = "零一二三四五六七八九".indexOf(mark);
      if (value < 0) sum += (digit || 1) * SCALES[mark];
      digit = Math.max(value, 0);
    }
    return sum + digit;
  }

  /**
   * Reads a quantity as people write it (800万, 83.5万元, 八百万, 约2公顷, full-width digits, commas).
   * Returns it in base units, of which `units` has the number for each unit; null for an empty text,
   * NaN for a text that is not a quantity. A number without a unit is in 万元 in a field of money, as
   * its label says, unless it is so long that its writer counted in 元; the field then shows which.
   */
  function readQuantity(text, units, isMoney) {
    const plain = text.normalize("NFKC").replace(/[,，\s]/g, "").replace(QUALIFIER, "").replace(NUMERAL, readNumeral);
    if (text.trim() === "") return null;
    const [, digits, scale, unit] = QUANTITY.exec(plain) || [];
    if (digits === undefined || (unit && !(unit in units))) return NaN;
    const isBare = isMoney && !scale && !unit && Number(digits) < LONG;
    const size = (SCALES[scale] || (isBare ? 1e4 : 1)) * (unit ? units[unit] : 1);
    return Number((Number(digits) * size).toPrecision(15));
  }

  /** Writes a number of base units as people write it: 8000000元 is 800万. */
  function writeQuantity(number, unit) {
    const least = unit === "元" ? 1e4 : 1e5;
    const scale = number >= 1e8 ? "亿" : number >= least ? "万" : "";
    return String(Number((number / (SCALES[scale] || 1)).toPrecision(15))) + scale;
  }

  /** Writes the number of a field: money with its unit, because a bare number there is in 万元. */
  const writeField = (number, unit) => writeQuantity(number, unit) + (unit === "元" ? unit : "");

  const unitOf = (input) => input.closest(".range").dataset.unit;

  /** Reads the state from the form; `chosen` are the values of the facets. */
  function readForm(form, chosen) {
    const units = JSON.parse(form.dataset.units);
    const bounds = {};
    for (const input of boundsOf(form)) {
      const number = readQuantity(input.value, units[unitOf(input)], unitOf(input) === "元");
      input.setAttribute("aria-invalid", String(Number.isNaN(number)));
      if (Number.isFinite(number)) bounds[input.name] = number;
    }
    return { chosen, q: fieldOf(form, "q").value.trim(), sort: fieldOf(form, "sort").value, bounds };
  }

  /** Shows a state in the form, without the facets; texts that are not quantities stay. */
  function fillForm(form, state) {
    fieldOf(form, "q").value = state.q;
    fieldOf(form, "sort").value = state.sort;
    fillBounds(form, state);
  }

  function fillBounds(form, state) {
    for (const input of boundsOf(form)) {
      if (input.getAttribute("aria-invalid") === "true") continue;
      input.value = input.name in state.bounds
        ? writeField(state.bounds[input.name], unitOf(input)) : "";
    }
  }

  /** Writes a state as the query part of an address; "" for the default state. */
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

  /** Reads the state from an address; what the form and the facets do not know is ignored. */
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
      const number = readQuantity(query.get(name) || "", {});
      if (Number.isFinite(number)) bounds[name] = number;
    }
    return { chosen, q: (query.get("q") || "").trim(), sort, bounds };
  }

  /** Whether an address has a value for a field of the form. */
  function isQuery(address, form) {
    const names = new Set(fieldsOf(form, "[name]").map((one) => one.name));
    return Array.from(new URLSearchParams(address).keys()).some((name) => names.has(name));
  }

  /** A copy of a state without the choices of one facet or field. */
  function without(state, key) {
    const less = { ...state, chosen: { ...state.chosen }, bounds: { ...state.bounds } };
    if (key === "q") less.q = "";
    else if (key in less.chosen) less.chosen[key] = [];
    else delete less.bounds[key];
    return less;
  }

  /** The fields whose text is not a quantity. */
  const unreadable = (form) =>
    boundsOf(form).filter((input) => input.getAttribute("aria-invalid") === "true");

  window.casegen.state = {
    NEWEST, fieldOf, unitOf, readForm, fillForm, fillBounds, unreadable, writeQuantity,
    toQuery, fromQuery, isQuery, without,
  };
})();
