// Shows buttons with data-prints and lets them print the page.
"use strict";

document.querySelectorAll("[data-prints]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
