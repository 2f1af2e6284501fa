/*
 * case.js: what helps in reading a long case: notes in the margin that link a paragraph to its metric,
 * the current section marked in the table of contents, footnotes shown beside their marks, pictures
 * enlarged to the window, today's date in the citation.
 *
 * Without this script the page has the same content. Not here: how a note looks, and on which windows
 * there is room for it (style.css).
 */
(function () {
  "use strict";

  const { all, make, fill } = window.casegen;
  const prose = document.querySelector(".prose");
  if (!prose) return;

  /** The paragraph around an element, if it is directly in the text; else null. */
  function findParagraph(element) {
    const paragraph = element && element.closest("p");
    return paragraph && paragraph.parentElement === prose ? paragraph : null;
  }

  /** Adds a note to each paragraph that a metric refers to: one, for the first such metric. */
  function addMarginNotes() {
    const noted = new Set();
    for (const card of all("[data-metric]")) {
      const link = card.querySelector("a[href^='#']");
      const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const paragraph = findParagraph(target);
      if (!paragraph || noted.has(paragraph)) continue;
      noted.add(paragraph);
      const quantity = link.querySelector(".qty").cloneNode(true);
      const name = make("span", {}, card.dataset.metric);
      const note = make("a", { class: "margin-note", href: "#" + card.id }, quantity, name);
      prose.insertBefore(note, paragraph);
    }
  }

  /** Hides each note that would overlap the one above it. */
  function hideOverlappingNotes() {
    let free = -Infinity;
    for (const note of all(".margin-note", prose)) {
      note.hidden = false;
      note.hidden = note.offsetTop < free;
      if (!note.hidden) free = note.offsetTop + note.offsetHeight + 8;
    }
  }

  /** Marks the current section in the table of contents: the last heading in the upper part of the window. */
  function markSection() {
    const links = all("nav.contents a");
    const headings = links.map((link) =>
      document.getElementById(decodeURIComponent(link.hash.slice(1))));
    if (!headings.some(Boolean)) return;
    const mark = () => {
      const passed = headings.filter((one) =>
        one && one.getBoundingClientRect().top < innerHeight * 0.4);
      const current = headings.indexOf(passed[passed.length - 1]);
      links.forEach((link, number) => {
        if (number === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      });
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -60% 0px" });
    for (const heading of headings) if (heading) watch.observe(heading);
  }

  // ── footnotes: a click on the mark shows the note beside it; without script it jumps to the note ──

  let opened = null; // { mark, box }

  function closeFootnote(focus) {
    if (!opened) return;
    const { mark, box } = opened;
    opened = null;
    mark.setAttribute("aria-expanded", "false");
    box.remove();
    if (focus) mark.focus({ preventScroll: true });
  }

  function openFootnote(mark, note) {
    const label = mark.getAttribute("aria-label") || mark.textContent;
    const box = make("span",
      { class: "note-box", tabindex: "-1", role: "dialog", "aria-label": label });
    const close = make("button", { type: "button", class: "quiet" }, prose.dataset.close);
    for (const child of note.childNodes) box.append(child.cloneNode(true));
    for (const back of all("[role=doc-backlink]", box)) back.remove();
    for (const named of all("[id]", box)) named.removeAttribute("id");
    close.addEventListener("click", () => closeFootnote(true));
    box.append(close);
    mark.parentElement.after(box);
    mark.setAttribute("aria-expanded", "true");
    opened = { mark, box };
    placeFootnote();
    box.focus({ preventScroll: true });
  }

  /** Places the box under the mark, within the column. */
  function placeFootnote() {
    if (!opened) return;
    const { mark, box } = opened;
    const column = prose.getBoundingClientRect();
    const at = mark.getBoundingClientRect();
    const left = Math.min(at.left - column.left, column.width - box.offsetWidth);
    box.style.top = at.bottom - column.top + "px";
    box.style.left = Math.max(0, left) + "px";
  }

  function startFootnotes() {
    const findFootnote = (mark) => document.getElementById(decodeURIComponent(mark.hash.slice(1)));
    const marks = all("a[role=doc-noteref]", prose).filter(findFootnote);
    if (!marks.length) return;
    for (const mark of marks) {
      mark.setAttribute("aria-expanded", "false");
      mark.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        const again = opened && opened.mark === mark;
        closeFootnote(again);
        if (!again) openFootnote(mark, findFootnote(mark));
      });
    }
    const closeOutside = (event) => {
      const inside = opened && [opened.box, opened.mark].some((one) => one.contains(event.target));
      if (!inside) closeFootnote(false);
    };
    document.addEventListener("click", closeOutside);
    document.addEventListener("focusin", closeOutside);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeFootnote(true); });
    addEventListener("resize", placeFootnote);
  }

  // ── citation: the date of access, and the address if the site has no configured one ──

  function dateCitation() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
    for (const cited of all("[data-cited]")) cited.textContent = "[" + day + "]";
    if (!location.protocol.startsWith("http")) return;
    const here = location.origin + location.pathname;
    for (const place of all("[data-cited-at]")) place.textContent = " " + here + ".";
  }

  // ── pictures: a click enlarges one to the window ──

  /** The address of the widest file in `srcset`. */
  function findWidestFile(image) {
    const steps = (image.getAttribute("srcset") || "").split(",").map((step) => step.trim().split(" "));
    const best = steps.reduce((a, b) => (parseInt(b[1], 10) > parseInt(a[1], 10) ? b : a));
    return best[0] || image.getAttribute("src");
  }

  function showEnlarged(image, words) {
    const close = make("button", { type: "button", class: "button" }, words.close);
    const large = make("img", { src: findWidestFile(image), alt: image.alt });
    const dialog = make("dialog",
      { class: "enlarged", "aria-label": image.alt || words.open }, close, large);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    // eslint-disable-next-line no-restricted-properties -- startEnlarging asks for <dialog> first
    dialog.showModal(); // the browser traps the focus inside, and restores it
  }

  function startEnlarging() {
    if (!prose.dataset.enlarge || !window.HTMLDialogElement) return;
    const words = JSON.parse(prose.dataset.enlarge);
    for (const image of all(".cover-picture img, .prose figure img")) {
      if (image.closest("a")) continue;
      const label = image.alt ? fill(words.named, { alt: image.alt }) : words.open;
      const button = make("button", { type: "button", class: "enlarge", "aria-label": label });
      image.replaceWith(button);
      button.append(image);
      button.addEventListener("click", () => showEnlarged(image, words));
    }
  }

  addMarginNotes();
  startEnlarging();
  startFootnotes();
  dateCitation();
  hideOverlappingNotes();
  markSection();
  addEventListener("resize", hideOverlappingNotes);
  addEventListener("load", hideOverlappingNotes);
})();
