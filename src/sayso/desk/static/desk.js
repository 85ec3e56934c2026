// What every page has: requests carry the session's token; times and numbers are told in the reader's own form.
(function () {
  "use strict";

  document.addEventListener("htmx:configRequest", function (event) {
    const token = document.querySelector('meta[name="desk-token"]');
    if (token) event.detail.headers["X-Desk-Token"] = token.content;
  });

  function tellTimes(root) {
    const form = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
    for (const one of root.querySelectorAll("time[datetime]:not([data-told])")) {
      const time = new Date(one.dateTime);
      if (Number.isNaN(time.getTime()) || one.dateTime.length <= 10) continue;
      one.title = one.textContent;
      one.textContent = form.format(time);
      one.dataset.told = "";
    }
  }

  // Numbers stand by themselves in <data>, and among words of ours under data-figures; words of reports under neither.
  // In a drawn ladder, lines of ours are those in soft ink, and what a source is called is not.
  function tellNumbers(root) {
    const form = new Intl.NumberFormat();
    const inOurForm = "[data-figures]:not([data-told]), figure svg text.soft:not([data-told])";
    for (const one of root.querySelectorAll("data[value]:not([data-told])")) {
      const value = Number(one.value);
      if (one.value === "" || !Number.isFinite(value)) continue;
      one.textContent = form.format(value);
      one.dataset.told = "";
    }
    for (const one of root.querySelectorAll(inOurForm)) {
      one.textContent = one.textContent.replace(/\d{1,3}(?:,\d{3})+(?!\d)/g, function (found) {
        return form.format(Number(found.replaceAll(",", "")));
      });
      one.dataset.told = "";
    }
  }

  function tell(root) {
    tellTimes(root);
    tellNumbers(root);
  }

  document.addEventListener("DOMContentLoaded", function () { tell(document); });
  document.addEventListener("htmx:load", function (event) { tell(event.detail.elt); });
})();
