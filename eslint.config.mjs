/*
 * The scripts of the themes and of the preview run in browsers of 2020
 * (docs/decisions/0015-browsers.md): ECMAScript 2018, and no interface that those browsers lack.
 */
import compat from "eslint-plugin-compat";
import esX from "eslint-plugin-es-x";

const BROWSER = [
  "document", "window", "location", "history", "navigator", "localStorage", "sessionStorage",
  "innerHeight", "innerWidth", "scrollX", "scrollY", "scrollTo", "addEventListener", "setTimeout", "clearTimeout",
  "getSelection", "requestAnimationFrame", "URL", "URLSearchParams", "IntersectionObserver",
  "MutationObserver", "EventSource", "Node", "NodeFilter", "Blob", "matchMedia",
];

// Methods of elements that came later; eslint-plugin-compat knows those of named objects only.
const LATE_METHODS = [
  "replaceChildren", "requestSubmit", "showModal", "showPopover", "togglePopover", "hidePopover",
  "checkVisibility", "startViewTransition", "moveBefore", "getHTML", "setHTMLUnsafe",
];

// Without types, a method of iterators (2025) looks the same as the one of arrays (1999).
const NAMED_AS_OF_ARRAYS = Object.keys(esX.rules).filter((name) => name.startsWith("no-iterator-prototype-"));

export default [
  esX.configs["flat/restrict-to-es2018"],
  {
    files: ["themes/*/assets/*.js", "casegen/desk/assets/*.js"],
    plugins: { compat },
    languageOptions: {
      ecmaVersion: 2018,
      sourceType: "script",
      globals: Object.fromEntries(BROWSER.map((name) => [name, "readonly"])),
    },
    settings: { "es-x": { aggressive: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      ...Object.fromEntries(NAMED_AS_OF_ARRAYS.map((name) => [`es-x/${name}`, "off"])),
      "compat/compat": "error",
      "no-restricted-properties": ["error", ...LATE_METHODS.map((property) => ({ property }))],
      "eqeqeq": "error",
      "no-undef": "error",
      "no-unused-vars": ["error", { caughtErrors: "none" }],
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "no-var": "error",
      "prefer-const": "error",
      "no-shadow": "error",
      "no-implicit-globals": "error",
      "consistent-return": "off",
      "strict": ["error", "function"],
      "max-len": ["error", { code: 110, ignoreStrings: true, ignoreTemplateLiterals: true }],
      "max-lines": ["error", 500],
    },
  },
];
