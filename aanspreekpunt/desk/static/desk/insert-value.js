// Puts the name of a local value where the cursor was, and shows only the values that fit what is typed above the list.
"use strict";

(() => {
  const form = document.getElementById("answer-form");
  if (!form) return;
  let field = form.querySelector("textarea[name=answer]");

  document.querySelectorAll("[data-with-script]").forEach((element) => {
    element.hidden = false;
  });

  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea, input[type=text]")) field = event.target;
  });

  document.querySelectorAll("[data-inserts]").forEach((button) => {
    button.addEventListener("click", () => {
      field.setRangeText(button.dataset.inserts, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  });

  document.querySelectorAll("[data-filters]").forEach((filter) => {
    const list = document.getElementById(filter.dataset.filters);
    filter.addEventListener("input", () => {
      const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = (text) => words.every((word) => text.toLowerCase().includes(word));
      list.querySelectorAll("section").forEach((theme) => {
        const heading = theme.querySelector("h3").textContent;
        const items = [...theme.querySelectorAll("li")];
        items.forEach((item) => {
          item.hidden = !fits(`${heading} ${item.textContent}`);
        });
        theme.hidden = items.every((item) => item.hidden);
      });
      const status = list.querySelector("[data-filtered-out]");
      status.textContent = list.querySelector("section:not([hidden])") ? "" : status.dataset.filteredOut;
    });
  });
})();
