// Who types while a page is still loading is heard as well: what already stands in a field by then counts as typed.
"use strict";

// On the window, so after whatever begins to listen when the document is there.
window.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("input, textarea").forEach((field) => {
    if (field.value !== field.defaultValue) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
});
