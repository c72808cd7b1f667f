// Shows buttons with data-copies and lets them copy the text of the element they name.
"use strict";

document.querySelectorAll("[data-copies]").forEach((button) => {
  const place = document.getElementById(button.dataset.copies);
  if (!place || !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(place.textContent);
    button.textContent = button.dataset.copied;
  });
});
