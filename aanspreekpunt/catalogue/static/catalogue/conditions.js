// Shows a row of a product's form only while the answer it depends on is chosen. The server judges by the same rule;
// without this file every row is shown.
"use strict";

(() => {
  const answersTo = (form, name) =>
    [...form.elements]
      .filter((input) => input.name === name)
      .filter((input) => !["radio", "checkbox"].includes(input.type) || input.checked)
      .map((input) => input.value);

  const isMet = (row, form) => {
    const inputs = [...form.elements].filter((input) => input.name === row.dataset.onlyIf);
    const isAsked = inputs.some((input) => !input.closest("[data-only-if][hidden]"));
    return isAsked && answersTo(form, row.dataset.onlyIf).includes(row.dataset.is);
  };

  const arrange = (form) => {
    form.querySelectorAll("[data-only-if]").forEach((row) => {
      row.hidden = !isMet(row, form);
    });
  };

  const arrangeAll = (root) => {
    const rows = root.querySelectorAll("[data-only-if]");
    new Set([...rows].map((row) => row.closest("form")).filter(Boolean)).forEach(arrange);
  };

  document.addEventListener("change", (event) => {
    const form = event.target.closest("form");
    if (form) arrange(form);
  });
  document.addEventListener("htmx:load", (event) => arrangeAll(event.target));
  document.addEventListener("DOMContentLoaded", () => arrangeAll(document));
  if (document.readyState !== "loading") arrangeAll(document);
})();
