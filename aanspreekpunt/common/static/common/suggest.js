// In a form with data-suggest="address": shows the best finds below the search box while somebody types. Arrows go through
// them, Escape puts them away. Without this script the search works by its button.
"use strict";

(() => {
  const form = document.querySelector("[data-suggest]");
  const box = form?.querySelector("input[type=search]");
  const place = form?.querySelector("[data-suggestions]");
  if (!box || !place || !window.fetch) return;

  const PAUSE = 150; // milliseconds without a key before we ask
  const FEWEST = 2; // letters
  let timer;
  let asked = 0;

  const links = () => [...place.querySelectorAll("a")];

  // Who went to a find stays there when a newer list comes; if it is gone, he is in the box again.
  const show = (html) => {
    const went = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : "";
    if (went) box.focus();
    place.innerHTML = html;
    links()
      .find((link) => link.getAttribute("href") === went)
      ?.focus();
  };

  const putAway = () => {
    clearTimeout(timer);
    asked += 1;
    show("");
  };

  const suggest = async () => {
    const mine = (asked += 1);
    if (box.value.trim().length < FEWEST) return show("");
    try {
      const response = await fetch(form.dataset.suggest, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (mine === asked) show(response.ok && !response.redirected ? await response.text() : "");
    } catch {
      // Without a connection the button still works, or says what is wrong.
    }
  };

  const move = (event) => {
    if (event.key === "Escape" && place.innerHTML) {
      putAway();
      box.focus();
      event.preventDefault();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !links().length) return;
    const stops = [box, ...links()];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE);
  });
  form.addEventListener("keydown", move);
  form.addEventListener("focusout", (event) => {
    if (form.dataset.suggestClose !== undefined && !form.contains(event.relatedTarget)) putAway();
  });
})();
