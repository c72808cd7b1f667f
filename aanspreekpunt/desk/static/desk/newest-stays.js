// What was asked for last stays on the screen: on a slow line the answer to what was asked before can come after it, and took
// its place. An article counts as open from the moment it is chosen, so that what is typed until it comes leaves it open. And a
// button that is drawn anew while the mouse is down on it is pressed all the same: to the browser those are two buttons.
"use strict";

(() => {
  const numbers = new WeakMap();
  const shown = new Map();
  let asked = 0;
  let coming = 0;
  let chosen = null;
  let down = null;

  const isOlder = (part) => {
    if (!part || !part.id) return false;
    if ((shown.get(part.id) || 0) > coming) return true;
    shown.set(part.id, coming);
    return false;
  };

  const choose = (button, xhr) => {
    const [verb, key] = button.name === "do" ? button.value.split(":") : [];
    if (verb === "open_article") chosen = { xhr, key };
    if (verb === "close_article") chosen = { xhr, key: "" };
  };

  const buttonAt = (event) => event.target.closest("button[name=do]");

  document.addEventListener("pointerdown", (event) => {
    down = event.button === 0 && event.pointerType === "mouse" ? buttonAt(event) : null; // a finger presses where it lifts
  });

  document.addEventListener("pointerup", (event) => {
    const again = buttonAt(event);
    if (down && !down.isConnected && again && again.value === down.value) again.click();
    down = null;
  });

  document.addEventListener("htmx:beforeSend", (event) => {
    asked += 1;
    numbers.set(event.detail.xhr, asked);
    choose(event.detail.elt, event.detail.xhr);
  });

  document.addEventListener("htmx:configRequest", (event) => {
    if (chosen) event.detail.parameters.article = chosen.key;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    if (chosen && chosen.xhr === event.detail.xhr) chosen = null;
  });

  // The other parts of an answer that came too late for its own place are shown all the same, where nothing newer stands.
  document.addEventListener("htmx:beforeSwap", (event) => {
    coming = numbers.get(event.detail.xhr) || 0;
    if (event.detail.shouldSwap && isOlder(event.detail.target)) event.detail.swapOverride = "none";
  });

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (isOlder(event.detail.target)) event.detail.shouldSwap = false;
  });
})();
