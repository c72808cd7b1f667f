// What is typed in a part while that part is being drawn anew is there afterwards: the answer knows only what was sent.
"use strict";

(() => {
  const TEXTS = "textarea[id], input[id]:not([type=hidden], [type=checkbox], [type=radio], [type=file])";
  const sent = new WeakMap();
  const typed = new Map();
  let coming = null;

  const textsIn = (part) => [...part.querySelectorAll(TEXTS)];

  const keep = (part) => {
    textsIn(part).forEach((field) => {
      const was = coming?.get(field.id);
      if (was !== undefined && field.value !== was) typed.set(field.id, { field, was });
    });
  };

  // What the answer itself changed goes before what was typed behind it.
  const putBack = ({ field, was }, again) => {
    const { selectionStart, selectionEnd, value } = field;
    if (again.value === was) {
      again.value = value;
      if (selectionStart !== null) again.setSelectionRange(selectionStart, selectionEnd); // a date has none
    } else if (value.startsWith(was)) {
      again.value += value.slice(was.length);
    }
    again.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("htmx:beforeSend", (event) => {
    const { xhr } = event.detail;
    sent.set(xhr, new Map(textsIn(document).map((field) => [field.id, field.value])));
    xhr.addEventListener("readystatechange", () => {
      if (xhr.readyState !== XMLHttpRequest.DONE) return;
      coming = sent.get(xhr);
      typed.clear(); // of an answer that drew nothing
    });
  });

  document.addEventListener("htmx:beforeSwap", (event) => keep(event.detail.target));
  document.addEventListener("htmx:oobBeforeSwap", (event) => keep(event.detail.target));

  document.addEventListener("htmx:afterSwap", () => {
    const kept = [...typed];
    typed.clear();
    kept.forEach(([id, text]) => {
      const again = document.getElementById(id);
      if (again && again !== text.field) putBack(text, again);
    });
  });
})();
