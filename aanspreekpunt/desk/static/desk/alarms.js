/* Keeps alarms about mail up to date on any screen: asks now and then, and puts in what the answer says. */
(function () {
  "use strict";

  const place = document.querySelector("[data-alarms]");
  if (!place || !window.fetch) return;

  const EVERY = 20000;
  const HIDDEN = 120000;
  let version = place.dataset.version;

  async function ask() {
    try {
      const address = new URL(place.dataset.alarms, window.location.href);
      address.searchParams.set("v", version);
      const answer = await fetch(address, { headers: { "X-Poll": "1" } });
      if (answer.status === 401 || answer.status === 404) return;
      if (answer.status === 200) {
        place.innerHTML = await answer.text();
        version = answer.headers.get("X-Version");
      }
    } catch {
      /* The network is away; ask again later. */
    }
    window.setTimeout(ask, document.hidden ? HIDDEN : EVERY);
  }

  window.setTimeout(ask, EVERY);
})();
