/*
 * site.js: the script of every page; without it every page can still be read.
 *
 * Parts: elements, data files, storage, large type, copying, the search key, the filter panel. It
 * offers other scripts what they need on window.casegen, and they offer each other theirs there.
 * Not here: the list with its filters (list.js); texts (they are in the page's markup).
 *
 * Plain ES2018, which also runs from file:// and under a strict content security policy: no modules,
 * no fetch, no inline style.
 */
(function () {
  "use strict";

  const html = document.documentElement;
  const root = html.dataset.root || "";

  // ── elements ──

  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  /** Makes an element with attributes and with elements or texts as children. */
  function make(tag, attributes, ...parts) {
    const element = document.createElement(tag);
    for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
    element.append(...parts);
    return element;
  }

  const inChinese = html.lang.startsWith("zh");
  // The ranges of casegen/chinese/characters.py.
  const HAN = /[\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]/u;

  /** Sets the language of an element with Chinese text on a page of another language. */
  function markLanguage(element) {
    if (!inChinese && HAN.test(element.textContent)) element.lang = "zh-CN";
    return element;
  }

  /** Fills the {names} in a message. */
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) =>
    (name in values ? values[name] : whole));

  // ── data files: scripts that call casegen.put(name, value), since fetch fails on file:// ──

  const values = new Map();
  const pending = new Map();

  function put(name, value) {
    values.set(name, value);
  }

  /** Loads the script at `path` (from the site's root) once; gives the value that it put under `name`. */
  function load(path, name = path) {
    if (!pending.has(path)) {
      pending.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        const fail = () => {
          pending.delete(path);
          script.remove();
          reject(new Error(path));
        };
        script.src = root + path;
        script.onload = () => (values.has(name) ? resolve(values.get(name)) : fail());
        script.onerror = fail;
        document.head.append(script);
      }));
    }
    return pending.get(path);
  }

  /** Replaces the history entry. Browsers limit how often; then only a scroll position is lost. */
  function replaceEntry(data, address) {
    try {
      history.replaceState(data, "", address);
    } catch (error) {
      return false;
    }
    return true;
  }

  // ── storage: settings kept from page to page, if the browser allows it ──

  function keep(name, value) {
    try {
      localStorage.setItem("casegen-" + name, value);
    } catch (error) {
      return false;
    }
    return true;
  }

  function kept(name) {
    try {
      return localStorage.getItem("casegen-" + name);
    } catch (error) {
      return null;
    }
  }

  // A host may have several sites in folders, so the key has the folder.
  const visitKey = (name) =>
    "casegen-" + name + " " + new URL(root || ".", location.href).pathname;

  function keepForVisit(name, value) {
    try {
      sessionStorage.setItem(visitKey(name), value);
    } catch (error) {
      return false;
    }
    return true;
  }

  function keptForVisit(name) {
    try {
      return sessionStorage.getItem(visitKey(name));
    } catch (error) {
      return null;
    }
  }

  // ── large type: kept in storage; without storage, in the addresses of links ──

  let large = new URLSearchParams(location.search).get("large") === "1" || kept("large") === "1";
  if (large) html.classList.add("large"); // before the first paint: the script is in the head

  function showLarge() {
    html.classList.toggle("large", large);
    for (const button of all("[data-large]")) {
      button.hidden = false;
      button.setAttribute("aria-pressed", String(large));
    }
  }

  function toggleLarge() {
    large = !large;
    const stored = keep("large", large ? "1" : "0");
    const here = new URL(location.href);
    if (!stored || here.searchParams.has("large")) {
      replaceEntry(history.state, withLarge(here).href);
    }
    showLarge();
  }

  function withLarge(url) {
    if (large) url.searchParams.set("large", "1");
    else url.searchParams.delete("large");
    return url;
  }

  /** Whether links must carry the setting: without storage, or where each file has its own. */
  function carriesLarge() {
    return location.protocol === "file:" || !keep("probe", "1");
  }

  function carryInLink(event) {
    const link = event.target.closest("a[href]");
    if (!link || !carriesLarge() || link.getAttribute("href").startsWith("#")) return;
    const url = new URL(link.href);
    const ours = url.protocol === location.protocol && url.host === location.host;
    if (!ours || !url.pathname.endsWith(".html")) return;
    const marked = withLarge(new URL(url)).href;
    if (marked !== url.href) link.href = marked;
  }

  function carryInForm(event) {
    if (!large || !carriesLarge() || event.defaultPrevented || event.target.elements.large) return;
    event.target.append(make("input", { type: "hidden", name: "large", value: "1" }));
  }

  function startLarge() {
    showLarge();
    for (const button of all("[data-large]")) button.addEventListener("click", toggleLarge);
    for (const kind of ["click", "auxclick", "contextmenu"]) {
      document.addEventListener(kind, carryInLink);
    }
    document.addEventListener("submit", carryInForm);
  }

  // ── copying: a button with data-copy="<selector>", and the message of success in data-done ──

  function startCopying() {
    for (const button of all("[data-copy]")) {
      const target = document.querySelector(button.dataset.copy);
      if (!target) continue;
      const said = button.parentElement.querySelector("[data-copied]") || button;
      const before = said.textContent;
      button.hidden = false;
      button.addEventListener("click", async () => {
        if (!(await copy(target))) return;
        said.textContent = button.dataset.done;
        setTimeout(() => { said.textContent = before; }, 2000);
      });
    }
  }

  /** Copies an element's text; returns whether that worked. If not, the text is selected. */
  async function copy(element) {
    try {
      await navigator.clipboard.writeText(element.innerText.trim());
      return true;
    } catch (error) {
      // Pages over plain http have no clipboard interface.
      getSelection().selectAllChildren(element);
      return document.execCommand("copy");
    }
  }

  // ── the search key ──

  /** "/" moves the focus to the search box. Users of speech input can switch it off (WCAG 2.1.4). */
  function startSearchKey() {
    let on = kept("search-key") !== "0";
    const showKey = () => {
      for (const button of all("[data-search-key]")) {
        const words = JSON.parse(button.dataset.searchKey);
        button.hidden = false;
        button.textContent = on ? words.on : words.off;
        button.setAttribute("aria-pressed", String(on));
      }
    };
    for (const button of all("[data-search-key]")) {
      button.addEventListener("click", () => {
        on = !on;
        keep("search-key", on ? "1" : "0");
        showKey();
      });
    }
    document.addEventListener("keydown", (event) => {
      if (!on || event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      const box = all("input[type=search][name=q]").find((input) => input.offsetParent);
      if (!box) return;
      event.preventDefault();
      box.focus();
    });
    showKey();
  }

  // ── the panel of filters, which narrow windows show over the page as a dialog ──

  function startPanel() {
    const panel = document.querySelector(".panel");
    const scrim = document.querySelector(".scrim");
    const opener = document.querySelector("[data-open-panel]");
    if (!panel || !scrim || !opener) return;
    const isOpen = () => panel.classList.contains("open");

    function toggle(open) {
      if (open === isOpen()) return;
      const named = { "role": "dialog", "aria-modal": "true", "aria-labelledby": "panel-title" };
      for (const name of Object.keys(named)) {
        if (open) panel.setAttribute(name, named[name]);
        else panel.removeAttribute(name);
      }
      panel.classList.toggle("open", open);
      scrim.hidden = !open;
      opener.setAttribute("aria-expanded", String(open));
      html.classList.toggle("sheet-open", open);
      (open ? findFocusable(panel)[0] : opener).focus();
    }

    opener.addEventListener("click", () => toggle(true));
    for (const button of all("[data-close-panel], [data-see]")) {
      button.addEventListener("click", () => toggle(false));
    }
    addEventListener("resize", () => { if (!opener.offsetParent) toggle(false); });
    document.addEventListener("keydown", (event) => {
      if (isOpen() && event.key === "Escape") toggle(false);
      if (isOpen() && event.key === "Tab") trapFocus(panel, event);
    });
  }

  const findFocusable = (element) => all("button, input, select, a[href]", element)
    .filter((one) => !one.disabled && one.offsetParent);

  /** Keeps the focus inside an element: Tab goes from its last control to its first. */
  function trapFocus(element, event) {
    const order = findFocusable(element);
    if (event.shiftKey) order.reverse();
    const inside = element.contains(document.activeElement);
    if (inside && document.activeElement !== order[order.length - 1]) return;
    event.preventDefault();
    order[0].focus();
  }

  // ── beginning ──

  function start() {
    startLarge();
    startCopying();
    startSearchKey();
    startPanel();
    for (const element of all("[data-script]")) element.hidden = false;
  }

  window.casegen = {
    root, all, make, markLanguage, fill, put, load, keep, kept, keepForVisit, keptForVisit,
    replaceEntry,
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
