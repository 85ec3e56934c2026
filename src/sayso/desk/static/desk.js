// What every page has: requests carry the session's token, and times are told in the reader's own zone and form.
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

  document.addEventListener("DOMContentLoaded", function () { tellTimes(document); });
  document.addEventListener("htmx:load", function (event) { tellTimes(event.detail.elt); });
})();
