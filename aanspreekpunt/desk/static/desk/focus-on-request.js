// Puts the cursor where the work goes on after a part of the screen was drawn again; the server says where.
"use strict";

document.addEventListener("focus-on", (event) => {
  const target = [...document.querySelectorAll(event.detail.selector)].find(
    (element) => element.getClientRects().length > 0
  );
  if (!target) return;
  const inner = target.matches("fieldset") ? target.querySelector("input, select, textarea") : target;
  (inner || target).focus();
});

(() => {
  const problems = document.getElementById("problems");
  if (problems && document.activeElement === document.body) problems.focus();
})();
