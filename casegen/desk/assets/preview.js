// The preview's own script: reload when the site has changed, and come back to the same place.
(function () {
  "use strict";
  var self = document.currentScript;
  var version = self.getAttribute("data-version");
  var place = "casegen-preview " + location.pathname + location.search;

  // A details is known again by its summary and by how many before it have the same one.
  function details() {
    var seen = {};
    return Array.prototype.map.call(document.querySelectorAll("details"), function (one) {
      var summary = one.closest("#casegen-preview") ? "" : one.querySelector("summary");
      var name = summary ? summary.textContent.replace(/\s+/g, " ").trim() : "";
      seen[name] = (seen[name] || 0) + 1;
      return { element: one, name: name + " " + seen[name] };
    });
  }

  function keep() {
    var open = {};
    details().forEach(function (one) { open[one.name] = one.element.open; });
    try {
      sessionStorage.setItem(place, JSON.stringify({ x: scrollX, y: scrollY, open: open }));
    } catch (refused) { /* without storage the page begins at its top */ }
  }

  function restore() {
    var kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(place));
      sessionStorage.removeItem(place);
    } catch (refused) { return; }
    if (!kept) { return; }
    details().forEach(function (one) {
      if (one.name in kept.open) { one.element.open = kept.open[one.name]; }
    });
    // Lists grow as they come into view: try until the page is long enough, or a reader moves it.
    var tries = 60;
    var moved = false;
    ["wheel", "touchstart", "keydown", "mousedown"].forEach(function (name) {
      addEventListener(name, function () { moved = true; }, { once: true, passive: true });
    });
    (function again() {
      if (moved) { return; }
      scrollTo({ left: kept.x, top: kept.y, behavior: "auto" });
      tries -= 1;
      if (tries > 0 && Math.abs(scrollY - kept.y) > 1) { setTimeout(again, 50); }
    })();
  }

  // Wrap the nth occurrence of a text in the body; it may cross elements.
  function mark(link) {
    var text = link[0];
    var body = document.querySelector(".prose") || document.querySelector("main");
    if (!body) { return; }
    var walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    var nodes = [];
    var whole = "";
    for (var node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push({ node: node, start: whole.length });
      whole += node.data;
    }
    var at = -1;
    for (var nth = 0; nth <= link[1]; nth += 1) {
      var next = whole.indexOf(text, at + 1);
      if (next < 0) { break; }
      at = next;
    }
    if (at < 0) { return; }
    nodes.forEach(function (one) {
      var from = Math.max(at - one.start, 0);
      var to = Math.min(at + text.length - one.start, one.node.data.length);
      if (from >= to) { return; }
      var range = document.createRange();
      range.setStart(one.node, from);
      range.setEnd(one.node, to);
      var wrap = document.createElement("mark");
      wrap.className = "casegen-broken";
      wrap.title = link[2];
      range.surroundContents(wrap);
    });
  }

  // Most builds end before anyone can read that they run: the line waits a moment.
  var waiting = 0;
  function tellWork(event) {
    var line = document.querySelector("#casegen-preview .working");
    clearTimeout(waiting);
    if (!line) { return; }
    if (event.data === "yes") {
      waiting = setTimeout(function () { line.hidden = false; }, 500);
    } else {
      line.hidden = true;
    }
  }

  // A hidden page listens to nothing: browsers allow few connections to one host.
  var source = null;
  function listen() {
    if (document.hidden) {
      if (source) { source.close(); source = null; }
      return;
    }
    if (source) { return; }
    source = new EventSource("/.preview/events?" + version);
    source.onmessage = function (event) {
      if (event.data !== version) { keep(); location.reload(); }
    };
    source.addEventListener("working", tellWork);
  }

  function begin() {
    JSON.parse(self.getAttribute("data-links")).forEach(mark);
    restore();
    listen();
    document.addEventListener("visibilitychange", listen);
  }
  if (document.readyState === "complete") { begin(); } else { addEventListener("load", begin); }
})();
