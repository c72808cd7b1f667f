/* Everything by keyboard: each element with data-key is reached by that key, never while someone types.

   Stands in the head and is waited for, so that no part of a screen shows before its keys are heard. */
(function () {
  "use strict";

  let dialog = null;
  let isReady = false;
  /* Whoever left a field by himself is not put in it again. */
  let hasLeft = false;
  /* The first key that came before the screen could do what it says. */
  let early = null;
  /* While the next page is on its way, what someone types already belongs to that page and must not do things here. */
  let leavesUntil = 0;

  function isField(element) {
    return /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }

  function isTyping(target) {
    return target.isContentEditable || isField(target);
  }

  function isShown(element) {
    return element.getClientRects().length > 0;
  }

  function withKey(key) {
    const found = Array.from(document.querySelectorAll("[data-key]")).filter(
      (element) => element.dataset.key === key && isShown(element) && !element.disabled
    );
    /* What one works on goes before the bar above it. */
    return found.find((element) => !element.closest(".bar")) || found[0];
  }

  /* Before all scripts are there, fields, links and buttons that send a form do what they do; what else there is waits. */
  function waits(element) {
    return !isReady && (!element || (!isField(element) && element.matches("[hx-post], [type=button]")));
  }

  function keep(event) {
    const registers = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    if (isReady || early || !(event.key.length === 1 || registers)) return;
    early = event;
    if (registers) event.preventDefault();
  }

  function reach(element) {
    if (isField(element)) {
      element.focus();
      if (element.select) element.select();
    } else {
      const leaves = element.matches("a[href], button[type=submit]") && !element.hasAttribute("hx-post");
      leavesUntil = leaves ? Date.now() + 3000 : 0;
      element.click();
    }
  }

  function move(step) {
    const rows = Array.from(document.querySelectorAll("[data-row]")).filter(isShown);
    if (!rows.length) return;
    let at = rows.indexOf(document.activeElement);
    if (at < 0) at = rows.findIndex((row) => row.getAttribute("aria-current"));
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
    rows[next].focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }

  function labelOf(element) {
    if (element.dataset.keyLabel) return element.dataset.keyLabel;
    const copy = element.cloneNode(true);
    copy.querySelectorAll("kbd").forEach((key) => key.remove());
    return copy.textContent.trim().replace(/\s+/g, " ");
  }

  function listKeys() {
    const list = dialog.querySelector("[data-keys-list]");
    list.querySelectorAll("[data-found]").forEach((row) => row.remove());
    document.querySelectorAll("[data-key]").forEach((element) => {
      if (withKey(element.dataset.key) !== element) return;
      const row = document.createElement("div");
      row.dataset.found = "";
      const term = document.createElement("dt");
      const key = document.createElement("kbd");
      key.textContent = element.dataset.key;
      term.append(key);
      const meaning = document.createElement("dd");
      meaning.textContent = labelOf(element);
      row.append(term, meaning);
      list.append(row);
    });
  }

  function beReady() {
    isReady = true;
    if (!early) return;
    const { key, ctrlKey, metaKey } = early;
    const target = early.target.isConnected ? early.target : document.body;
    target.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, metaKey, bubbles: true, cancelable: true }));
  }

  document.addEventListener("DOMContentLoaded", () => {
    dialog = document.getElementById("keys");
    /* A browser does not do this by itself when the address points to a place on the page. */
    const first = document.querySelector("[autofocus]");
    if (first && !hasLeft && document.activeElement === document.body) first.focus();
    document.querySelectorAll("[data-opens]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => {
        if (button.dataset.opens === "keys") listKeys();
        document.getElementById(button.dataset.opens).showModal();
      });
    });
    /* On the window, so after whatever begins to work when the document is there, and after what was typed early. */
    window.addEventListener("DOMContentLoaded", beReady);
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      keep(event);
      return;
    }
    if (isTyping(event.target)) {
      if (event.key === "Escape") {
        hasLeft = true;
        event.target.blur();
      }
      return;
    }
    if ((dialog && dialog.open) || Date.now() < leavesUntil) return;
    if (event.key === "j" || event.key === "k") {
      event.preventDefault();
      move(event.key === "j" ? 1 : -1);
      return;
    }
    const element = withKey(event.key);
    if (element) event.preventDefault();
    if (waits(element)) {
      keep(event);
    } else if (element) {
      reach(element);
    }
  });

  window.addEventListener("pageshow", () => {
    leavesUntil = 0;
  });
})();
