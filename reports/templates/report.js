"use strict";
// A convenience only: every word of the report is readable without it.
(function () {
  function filter(form, cards, attribute) {
    const told = form.querySelector(".told");
    const texts = new Map();
    function text(card) {
      if (!texts.has(card)) texts.set(card, card.textContent.toLowerCase());
      return texts.get(card);
    }
    function apply() {
      const choice = form.querySelector("select").value;
      const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const card of cards) {
        const fits = (!choice || card.dataset[attribute] === choice) && words.every((word) => text(card).includes(word));
        card.hidden = !fits;
        shown += fits;
      }
      for (const chapter of form.parentElement.querySelectorAll(".chapter")) {
        chapter.hidden = !chapter.querySelector(".card:not([hidden])");
      }
      told.textContent = choice || words.length ? shown + " of " + cards.length + " shown" : "";
    }
    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    return () => { form.reset(); apply(); };
  }

  function follow() {
    let name;
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = name && document.getElementById(name);
    if (!target) return;
    if (target.closest("[hidden]")) for (const reset of resets) reset();
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
  }

  const resets = [];
  for (const [id, attribute] of [["requirements", "state"], ["findings", "severity"]]) {
    const form = document.getElementById("filter-" + id);
    if (form) resets.push(filter(form, document.querySelectorAll("#" + id + " .card"), attribute));
  }
  addEventListener("hashchange", follow);
  follow();
})();
