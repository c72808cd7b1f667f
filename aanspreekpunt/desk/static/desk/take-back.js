/* Counts the seconds until a letter goes out, and then takes the button away that would take it back. */
(function () {
  "use strict";

  const waiting = document.querySelector("[data-goes-out-in]");
  const seconds = waiting && waiting.querySelector("[data-seconds]");
  if (!seconds) return;

  const end = Date.now() + Number(waiting.dataset.goesOutIn) * 1000;
  const timer = setInterval(() => {
    const left = Math.ceil((end - Date.now()) / 1000);
    seconds.textContent = String(Math.max(left, 0));
    if (left > 0) return;
    clearInterval(timer);
    waiting.hidden = true;
  }, 250);
})();
