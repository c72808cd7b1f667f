/* Keeps lists and questions up to date. Asks every few seconds whether anything is newer; only then the page is read
   again and its parts (data-live-part) are replaced, without moving focus or touching what someone is typing. */
(function () {
  "use strict";

  const root = document.querySelector("[data-live]");
  if (!root || !window.fetch) return;

  const EVERY = 3000;
  const HIDDEN = 20000;
  const LONGEST = 60000;
  let version = root.dataset.version;
  let wait = EVERY;
  let typedAt = 0;
  let newsWaits = false;

  function token() {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    return field ? field.value : "";
  }

  function isTyping() {
    return Date.now() - typedAt < 10000;
  }

  function hasTyped() {
    return Array.from(document.querySelectorAll("form[data-typed] textarea, form[data-typed] input[type=text]")).some(
      (field) => field.value !== field.defaultValue
    );
  }

  function isSelecting() {
    const selection = document.getSelection();
    return Boolean(selection && !selection.isCollapsed && root.contains(selection.anchorNode));
  }

  function replace(fresh) {
    const focused = document.activeElement && document.activeElement.id;
    document.querySelectorAll("[data-live-part]").forEach((part) => {
      const newer = fresh.getElementById(part.id);
      if (!newer || newer.innerHTML === part.innerHTML) return;
      const scrolled = part.scrollTop;
      part.replaceChildren(...Array.from(newer.childNodes).map((node) => document.adoptNode(node)));
      part.className = newer.className;
      part.scrollTop = scrolled;
    });
    if (focused && document.activeElement === document.body) {
      const again = document.getElementById(focused);
      if (again) again.focus({ preventScroll: true });
    }
  }

  async function refresh() {
    const answer = await fetch(window.location.href.split("#")[0], { headers: { "X-Poll": "1" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    replace(fresh);
    const live = fresh.querySelector("[data-live]");
    if (live) version = live.dataset.version;
    tell(false);
  }

  function tell(news) {
    newsWaits = news;
    const place = document.getElementById("news");
    if (place) place.hidden = !news;
  }

  function stop(status) {
    document.querySelectorAll("[data-live-ended]").forEach((told) => {
      told.hidden = told.dataset.liveEnded !== String(status);
    });
  }

  function question() {
    if (!("livePost" in root.dataset)) {
      const address = new URL(root.dataset.live, window.location.href);
      address.searchParams.set("v", version);
      return fetch(address, { headers: { "X-Poll": "1" } });
    }
    const body = new URLSearchParams({ v: version, typing: isTyping() ? "yes" : "no" });
    return fetch(root.dataset.live, {
      method: "POST",
      body,
      headers: { "X-Poll": "1", "X-CSRFToken": token() },
    });
  }

  async function ask() {
    try {
      const answer = await question();
      if (answer.status === 401 || answer.status === 404) return stop(answer.status);
      if (answer.ok) {
        await hear(answer);
        wait = EVERY;
      } else {
        wait = Math.min(LONGEST, wait * 2);
      }
    } catch {
      wait = Math.min(LONGEST, wait * 2);
    }
    window.setTimeout(ask, document.hidden ? Math.max(HIDDEN, wait) : wait);
  }

  async function hear(answer) {
    const newest = answer.headers.get("X-Version");
    if (answer.status !== 204 && "livePost" in root.dataset) {
      const place = document.getElementById("presence");
      const present = await answer.text();
      if (place && place.innerHTML.trim() !== present.trim()) place.innerHTML = present;
    }
    if (!newest || newest === version) return;
    if (isTyping() || hasTyped() || isSelecting()) {
      tell(true);
    } else {
      await refresh();
    }
  }

  document.addEventListener("input", () => {
    typedAt = Date.now();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-show-news]") && newsWaits) refresh();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) wait = EVERY;
  });
  window.setTimeout(ask, wait);
})();
