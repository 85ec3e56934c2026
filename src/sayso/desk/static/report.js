// The page of a report: moving on a claim lights up its words, and on words their claims; keys go from claim to claim.
(function () {
  "use strict";

  let current = null; // the id of the claim that the keys are about

  const all = function (selector) { return Array.from(document.querySelectorAll(selector)); };
  const cardOf = function (id) { return document.getElementById("claim-" + id); };
  const marksOf = function (id) {
    return all("#words [data-claims]").filter(function (one) { return one.dataset.claims.split(" ").includes(id); });
  };

  function light(ids) {
    for (const one of all(".lit")) one.classList.remove("lit");
    for (const id of ids) {
      const card = cardOf(id);
      if (card) card.classList.add("lit");
      for (const one of marksOf(id)) one.classList.add("lit");
    }
  }

  // Whether text and cards stand side by side, each with a scrolling of its own.
  const apart = function () {
    const column = document.querySelector(".claims");
    return column !== null && getComputedStyle(column).overflowY !== "visible";
  };

  // Scrolls the column of claims by itself, so that the text stays where it is.
  function show(card) {
    const column = card.closest(".claims");
    const inside = card.offsetTop - column.offsetTop;
    if (inside < column.scrollTop) column.scrollTop = inside - 8;
    else if (inside + card.offsetHeight > column.scrollTop + column.clientHeight)
      column.scrollTop = inside - Math.max(8, column.clientHeight - card.offsetHeight - 8);
  }

  // Makes a claim the one that the keys are about, and brings its card and its words into sight; where they stand
  // below each other, the one that is asked for.
  function go(id, wanted) {
    const card = cardOf(id);
    if (!card) return;
    current = id;
    light([id]);
    card.focus({ preventScroll: true });
    const words = document.getElementById("words-" + id);
    if (apart()) show(card);
    if (words && (apart() || wanted === "words")) (words.nextElementSibling || words).scrollIntoView({ block: "nearest" });
    else card.scrollIntoView({ block: "nearest" });
  }

  function step(by) {
    const ids = all(".claim").map(function (one) { return one.dataset.claim; });
    const at = ids.indexOf(current);
    const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : Math.min(Math.max(at + by, 0), ids.length - 1);
    if (ids.length) go(ids[next], "card");
  }

  function idsAt(element) {
    const mark = element.closest("#words [data-claims]");
    if (mark) return mark.dataset.claims.split(" ");
    const card = element.closest(".claim");
    return card ? [card.dataset.claim] : null;
  }

  document.addEventListener("mouseover", function (event) {
    light(idsAt(event.target) || (current ? [current] : []));
  });

  document.addEventListener("focusin", function (event) {
    const ids = idsAt(event.target);
    if (!ids) return;
    current = event.target.dataset.claim || ids[0];
    light([current]);
    if (event.target.closest("#words") && apart()) show(cardOf(current));
  });

  // A link into the text or to a card goes there, and makes it the claim that the keys are about.
  document.addEventListener("click", function (event) {
    const link = event.target.closest('a[href^="#claim-"], .claim h3 a');
    if (!link) return;
    event.preventDefault();
    go(link.dataset.claim || idsAt(link)[0], link.dataset.claim ? "card" : "words");
  });

  // ── keys ────────────────────────────────────────────────────────────────────────────────────────────────────────

  const keys = {
    j: function () { step(1); },
    k: function () { step(-1); },
    "?": function () { document.getElementById("help").showModal(); },
  };

  const keysOn = function () { return localStorage.getItem("sayso-keys") !== "off"; };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, dialog[open]") || document.querySelector("dialog[open]")) return;
    const onCard = event.target.classList.contains("claim");
    const key = onCard ? { ArrowDown: "j", ArrowUp: "k" }[event.key] || event.key : event.key;
    if (!Object.hasOwn(keys, key) || (key === event.key && !keysOn())) return;
    event.preventDefault();
    keys[key]();
  });

  document.addEventListener("DOMContentLoaded", function () {
    const box = document.getElementById("keys-on");
    box.checked = keysOn();
    box.addEventListener("change", function () { localStorage.setItem("sayso-keys", box.checked ? "on" : "off"); });
    document.addEventListener("click", function (event) {
      if (event.target.closest("#help-button")) keys["?"]();
    });
    const asked = /^#claim-(.+)$/.exec(decodeURIComponent(location.hash));
    if (asked) go(asked[1], "card");
  });
})();
