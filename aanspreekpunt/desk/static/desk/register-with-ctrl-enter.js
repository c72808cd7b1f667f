// Ctrl Enter (or Cmd Enter) anywhere in the form registers the question, also while typing a text of several lines.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  const button = document.querySelector("[data-register]");
  if (button) {
    event.preventDefault();
    button.click();
  }
});
