/*
 * case.js: beside a long text, what helps to find one's way: figures in the margin that lead back
 * to the data, the section being read marked in the contents list, pictures as large as the window.
 *
 * Nothing is lost without it. Not here: how a note looks and when there is room for it (style.css).
 */
(function () {
  "use strict";

  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));
  const prose = document.querySelector(".prose");
  if (!prose) return;

  /** The child of the text that holds an element, if it is a paragraph. */
  function paragraphOf(element) {
    const paragraph = element && element.closest("p");
    return paragraph && paragraph.parentElement === prose ? paragraph : null;
  }

  /** One note a paragraph, for the first figure that leads to it. */
  function addNotes() {
    const noted = new Set();
    for (const card of all("[data-metric]")) {
      const link = card.querySelector("a[href^='#']");
      const target = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const paragraph = paragraphOf(target);
      if (!paragraph || noted.has(paragraph)) continue;
      noted.add(paragraph);
      const note = document.createElement("a");
      const name = document.createElement("span");
      note.className = "margin-note";
      note.href = "#" + card.id;
      name.textContent = card.dataset.metric;
      note.append(link.querySelector(".qty").cloneNode(true), name);
      prose.insertBefore(note, paragraph);
    }
  }

  /** Notes that would lie on the one above are left out. */
  function thinNotes() {
    let free = -Infinity;
    for (const note of all(".margin-note", prose)) {
      note.hidden = false;
      note.hidden = note.offsetTop < free;
      if (!note.hidden) free = note.offsetTop + note.offsetHeight + 8;
    }
  }

  /** Marks the entry of the last heading above the middle of the window. */
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

  // ── pictures: a press shows one as large as the window ──

  /** The widest file of a picture. */
  function widest(image) {
    const steps = (image.getAttribute("srcset") || "").split(",").map((step) => step.trim().split(" "));
    const best = steps.reduce((a, b) => (parseInt(b[1], 10) > parseInt(a[1], 10) ? b : a));
    return best[0] || image.getAttribute("src");
  }

  function show(image, words) {
    const dialog = document.createElement("dialog");
    const large = document.createElement("img");
    const close = document.createElement("button");
    dialog.className = "enlarged";
    dialog.setAttribute("aria-label", image.alt || words.open);
    large.src = widest(image);
    large.alt = image.alt;
    close.type = "button";
    close.className = "button";
    close.textContent = words.close;
    dialog.append(close, large);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal(); // the browser keeps the focus inside, and gives it back
  }

  function startEnlarging() {
    if (!prose.dataset.enlarge || !window.HTMLDialogElement) return;
    const words = JSON.parse(prose.dataset.enlarge);
    for (const image of all("figure img", prose)) {
      if (image.closest("a")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "enlarge";
      button.setAttribute("aria-label", words.open + (image.alt ? "：" + image.alt : ""));
      image.replaceWith(button);
      button.append(image);
      button.addEventListener("click", () => show(image, words));
    }
  }

  addNotes();
  startEnlarging();
  thinNotes();
  markSection();
  addEventListener("resize", thinNotes);
  addEventListener("load", thinNotes);
})();
