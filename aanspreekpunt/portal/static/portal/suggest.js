// Shows the best finds while somebody types. Without it the search works by its button.
"use strict";

(() => {
  const form = document.querySelector("[data-suggest]");
  const box = form?.querySelector("input[type=search]");
  const place = form?.querySelector(".portal-suggestions");
  if (!box || !place) return;

  const PAUSE = 150; // milliseconds without a key before we ask
  const FEWEST = 2; // letters
  let timer;
  let asked = 0;

  const show = (html) => {
    place.innerHTML = html;
  };

  const suggest = async () => {
    const words = box.value.trim();
    const mine = (asked += 1);
    if (words.length < FEWEST) return show("");
    try {
      const response = await fetch(form.dataset.suggest, { method: "POST", body: new URLSearchParams({ q: box.value }) });
      if (response.ok && mine === asked) show(await response.text());
    } catch {
      // Without a connection the button still works, or says what is wrong.
    }
  };

  const links = () => [...place.querySelectorAll("a")];

  const move = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      show("");
      box.focus();
    }
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
})();
