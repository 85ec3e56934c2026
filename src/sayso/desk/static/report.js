// The page of a report: moving on a claim lights up its words, and on words their claims; keys go from claim to claim.
/* global htmx */
(function () {
  "use strict";

  let current = null; // the id of the claim that the keys are about
  let known = []; // the ids of the claims that were on the page before it last changed

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
    const inside = card.getBoundingClientRect().top - column.getBoundingClientRect().top + column.scrollTop;
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

  // ── words selected in the text ──────────────────────────────────────────────────────────────────────────────────

  let picked = null; // the field that selected words fill
  let selected = null; // the words that were selected last: start, end, words

  const points = function (words) { return Array.from(words).length; };

  // Where a point of the page lies in the report's text. A stretch says at which code point it begins; a browser
  // counts from there in UTF-16 units, so what lies between is counted anew.
  function placed(stretch, node, offset) {
    const before = document.createRange();
    before.setStart(stretch, 0);
    before.setEnd(node, offset);
    return Number(stretch.dataset.start) + points(before.toString());
  }

  function selection() {
    const now = getSelection();
    if (now.rangeCount === 0 || now.isCollapsed) return null;
    const range = now.getRangeAt(0);
    const held = all("#words [data-start]").filter(function (one) { return range.intersectsNode(one); });
    if (held.length === 0) return null;
    const first = held[0], last = held[held.length - 1];
    const start = first.contains(range.startContainer)
      ? placed(first, range.startContainer, range.startOffset) : Number(first.dataset.start);
    const end = last.contains(range.endContainer)
      ? placed(last, range.endContainer, range.endOffset) : Number(last.dataset.start) + points(last.textContent);
    const words = now.toString().split(/\s+/).filter(Boolean).join(" ");
    return words && start < end ? { start: start, end: end, words: words } : null;
  }

  function fill() {
    selected = selection() || selected;
    if (picked && picked.isConnected && selection()) put(picked, selected);
  }

  function put(field, found) {
    const at = field.parentElement.querySelector("[data-at]");
    const span = found.start + "," + found.end;
    const more = field.dataset.slot === "via" && at.value;
    field.value = more ? field.value + " | " + found.words : found.words;
    at.value = more ? at.value + ";" + span : span;
    tell(field.labels[0].textContent + ": " + found.words);
  }

  document.addEventListener("mouseup", fill);
  document.addEventListener("touchend", fill);
  document.addEventListener("keyup", function (event) { if (event.shiftKey && !event.target.closest("input")) fill(); });

  document.addEventListener("focusin", function (event) {
    if (!event.target.matches("[data-slot]")) return;
    for (const one of all(".picked")) one.classList.remove("picked");
    picked = event.target;
    picked.classList.add("picked");
  });

  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-slot]")) event.target.parentElement.querySelector("[data-at]").value = "";
  });

  // ── rulings ─────────────────────────────────────────────────────────────────────────────────────────────────────

  function tell(words, how) {
    const line = document.createElement("p");
    line.className = how || "unseen";
    line.textContent = words;
    document.getElementById("said").replaceChildren(line);
  }

  function press(key) {
    const card = current ? cardOf(current) : document.querySelector(".claim");
    const one = card && card.querySelector('[data-key="' + key + '"]');
    if (!one) return;
    current = card.dataset.claim;
    one.click();
    begin(one);
  }

  // A form that opens in place begins at its first field, with the words that were selected before.
  function begin(summary) {
    const field = summary.matches("summary") && summary.parentElement.open && summary.parentElement.querySelector("[data-slot]");
    if (!field) return;
    field.focus();
    if (summary.dataset.key === "n" && selected) put(field, selected);
  }

  function add() {
    const found = selection() || selected;
    const asked = found ? "?start=" + found.start + "&end=" + found.end : "";
    const address = document.getElementById("add").getAttribute("href") + asked;
    htmx.ajax("GET", address, { target: "#adding", select: "#adding", swap: "outerHTML" });
  }

  function empty(link) {
    const form = link.closest("#adding form");
    if (form) form.remove();
    return form !== null;
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest("#add, [data-cancel]");
    if (!link || (link.id !== "add" && !empty(link))) return;
    event.preventDefault();
    if (link.id === "add") add();
  });

  // What was not written comes back with why: it is shown in the form's place, as any other answer.
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (![409, 422].includes(event.detail.xhr.status) || !event.detail.xhr.getResponseHeader("HX-Retarget")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  document.addEventListener("htmx:responseError", function (event) {
    const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
    const told = Array.from(page.querySelectorAll("main h1, main h1 + p"));
    tell(told.map(function (one) { return one.textContent; }).join(" ") || "It was not done; load the page again.", "said");
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    const form = document.querySelector("#adding form, .claim form.correct");
    if (form && event.detail.elt.contains(form)) {
      (form.querySelector(".fault") || form).scrollIntoView({ block: "nearest" });
      form.querySelector("[data-slot]").focus({ preventScroll: true });
      return;
    }
    const fresh = all(".claim").map(function (one) { return one.dataset.claim; }).filter(function (id) { return !known.includes(id); });
    known = known.concat(fresh);
    if (fresh.length === 1) current = fresh[0]; // the one that was just added
    const card = current && cardOf(current);
    if (!card) return;
    go(current, "card");
    tell(card.querySelector("h3").textContent + ": " + card.querySelector(".state").textContent);
    strike();
  });

  // Figures that the report does not state are struck through in the text as on their cards.
  function strike() {
    for (const one of all("#words mark.count")) {
      const cards = one.dataset.claims.split(" ").map(cardOf).filter(Boolean);
      one.classList.toggle("out", cards.length > 0 && cards.every(function (card) { return card.dataset.state === "rejected"; }));
    }
  }

  // ── keys ────────────────────────────────────────────────────────────────────────────────────────────────────────

  const keys = {
    j: function () { step(1); },
    k: function () { step(-1); },
    a: function () { press("a"); },
    r: function () { press("r"); },
    c: function () { press("c"); },
    n: function () {
      const missed = document.querySelector('summary[data-key="n"]');
      if (document.getElementById("add")) add();
      else if (missed) { missed.click(); begin(missed); }
    },
    u: function () {
      const card = current && cardOf(current);
      const one = document.querySelector('#standing [data-key="u"]') || (card && card.querySelector('[data-key="u"]'));
      if (one) one.click();
      else tell("There is no ruling of yours here to take back.");
    },
    "?": function () {
      const help = document.getElementById("help");
      if (help) help.showModal();
    },
  };

  const keysOn = function () { return localStorage.getItem("sayso-keys") !== "off"; };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const leave = event.target.closest("form.correct") || (event.key === "Escape" && document.querySelector("form.correct"));
    if (event.key === "Escape" && leave) {
      leave.querySelector("[data-cancel]").click();
      return;
    }
    if (event.target.closest("input, textarea, select, dialog[open]") || document.querySelector("dialog[open]")) return;
    const onCard = event.target.classList.contains("claim");
    const key = onCard ? { ArrowDown: "j", ArrowUp: "k" }[event.key] || event.key : event.key;
    if (!Object.hasOwn(keys, key) || (key === event.key && !keysOn())) return;
    event.preventDefault();
    keys[key]();
  });

  document.addEventListener("DOMContentLoaded", function () {
    known = all(".claim").map(function (one) { return one.dataset.claim; });
    strike();
    const box = document.getElementById("keys-on"); // pages that share this one's text have no list of keys
    if (box) box.checked = keysOn();
    if (box) box.addEventListener("change", function () { localStorage.setItem("sayso-keys", box.checked ? "on" : "off"); });
    document.addEventListener("click", function (event) {
      if (event.target.closest("#help-button")) keys["?"]();
    });
    const asked = /^#claim-(.+)$/.exec(decodeURIComponent(location.hash));
    if (asked) go(asked[1], "card");
  });
})();
