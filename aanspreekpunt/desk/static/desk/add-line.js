// A button with data-adds-line puts that line into the list in the field data-adds-to, once, and empties the field in
// which one searched for it, so that the next name can be typed at once.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-adds-line]") : null;
  if (!button) return;
  const list = document.getElementById(button.dataset.addsTo);
  const query = document.getElementById(button.dataset.clears);
  const lines = list.value.split("\n").filter((line) => line.trim());
  if (!lines.includes(button.dataset.addsLine)) lines.push(button.dataset.addsLine);
  list.value = lines.join("\n");
  list.dispatchEvent(new Event("input", { bubbles: true }));
  query.value = "";
  query.removeAttribute("aria-activedescendant");
  query.setAttribute("aria-expanded", "false");
  button.closest(".options").replaceChildren();
  query.focus();
});
