/*
 * front.js: what the tiles of the home page show: the number of cases, or the values of an indicator.
 *
 * The values are in a file of their own, which is loaded at the first choice.
 */
(function () {
  "use strict";

  const { all, load, markLanguage } = window.casegen;
  const choice = document.querySelector("[data-layers]");
  if (!choice) return;

  const select = choice.querySelector("select");
  const said = document.querySelector(".layer-said");
  const more = said.querySelector("a");
  const tiles = all(".tiles li[data-place]").filter((tile) => tile.querySelector("a")).map((tile) => ({
    tile,
    name: tile.querySelector("a").title,
    figure: tile.querySelector("a > span:not(.vh)"),
    spoken: tile.querySelector("a > .vh"),
    usual: { level: tile.className, figure: tile.querySelector("a > span:not(.vh)").textContent,
      spoken: tile.querySelector("a > .vh").textContent },
    link: tile.querySelector("a"),
  }));

  /** Writes a figure into a tile; long ones get a smaller font. */
  function write(figure, text) {
    figure.textContent = text;
    figure.classList.toggle("long", text.length > 4);
  }

  function showCounts() {
    for (const { tile, name, link, figure, spoken, usual } of tiles) {
      tile.className = usual.level;
      write(figure, usual.figure);
      spoken.textContent = usual.spoken;
      link.title = name;
    }
    said.firstElementChild.textContent = "";
    more.hidden = true;
  }

  function showLayer(option, values) {
    for (const { tile, name, link, figure, spoken } of tiles) {
      const [level, shown, told] = values[tile.dataset.place] || [0, "", said.dataset.none];
      tile.className = tile.className.replace(/shade-\d/, "shade-" + level);
      write(figure, shown || "—");
      spoken.textContent = link.title = name + " " + told;
      [figure, spoken].forEach(markLanguage);
    }
    said.firstElementChild.textContent = option.dataset.total;
    markLanguage(said.firstElementChild);
    more.href = option.dataset.href;
    more.hidden = false;
  }

  function showChoice() {
    const option = select.selectedOptions[0];
    if (!option.value) {
      showCounts();
      return;
    }
    load(choice.dataset.layers).then((layers) => {
      if (select.value === option.value) showLayer(option, layers[option.value]);
    }, () => {
      showCounts();
      select.value = "";
      said.firstElementChild.textContent = said.dataset.fault;
    });
  }

  select.addEventListener("change", showChoice);
  // After "back", browsers restore the choice without an event.
  if (select.value) showChoice();
  choice.hidden = false;
})();
