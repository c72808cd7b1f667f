// What was asked for last stays on the screen, and each press counts, on a slow line too. A press waits for the answer to the one
// before, and so does what is typed: it sends along what that one changed. A part that something newer shows, or was asked to show,
// is not drawn by an answer to what was asked before. And a button that is drawn anew while the mouse is down on it is pressed all
// the same: to the browser those are two buttons.
"use strict";

(() => {
  const shown = new Map();
  const awaited = new Map();
  const presses = [];
  const typing = new Map();
  let asked = 0;
  let coming = 0;
  let underWay = null;
  let down = null;

  const buttonAt = (event) => event.target.closest("button[name=do]");

  const press = (value) => {
    const button = [...document.querySelectorAll("button[name=do]")].find((each) => each.value === value);
    if (!button) return;
    button.dataset.waited = "";
    button.click();
    delete button.dataset.waited;
  };

  // A place that is drawn anew, and a button in it, hear nothing any more of the answer to what was asked there.
  const isAwaited = (part) =>
    [...awaited].some(([number, { elt, target }]) => number > coming && (target.id === part.id || part.contains(elt)));

  const isOlder = (part) => {
    if (!part.id) return false;
    if ((shown.get(part.id) || 0) > coming || isAwaited(part)) return true;
    shown.set(part.id, coming);
    return false;
  };

  // A press that led to nothing, because what it was on is gone, does not hold up the next.
  const end = (xhr) => {
    if (underWay !== xhr) return;
    underWay = null;
    while (presses.length && !underWay) press(presses.shift());
    if (underWay) return;
    typing.forEach((ask) => ask());
    typing.clear();
  };

  document.addEventListener("pointerdown", (event) => {
    down = event.button === 0 && event.pointerType === "mouse" ? buttonAt(event) : null; // a finger presses where it lifts
  });

  document.addEventListener("pointerup", (event) => {
    const again = buttonAt(event);
    if (down && !down.isConnected && again && again.value === down.value) again.click();
    down = null;
  });

  // Before anybody else hears of it.
  window.addEventListener(
    "click",
    (event) => {
      const button = buttonAt(event);
      if (!button || !underWay) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      presses.push(button.value);
    },
    true
  );

  document.addEventListener("htmx:confirm", (event) => {
    const { elt, issueRequest } = event.detail;
    if (!underWay) return;
    event.preventDefault();
    typing.set(elt, issueRequest);
  });

  // All else is heard of at the request itself: the events of a place that is drawn anew by then reach nobody.
  document.addEventListener("htmx:beforeSend", (event) => {
    const { elt, target, xhr } = event.detail;
    asked += 1;
    const number = asked;
    awaited.set(number, { elt, target });
    if (elt.matches("button[name=do]")) underWay = xhr;
    xhr.addEventListener("readystatechange", () => {
      if (xhr.readyState === XMLHttpRequest.DONE) coming = number;
    });
    xhr.addEventListener("loadend", () => {
      awaited.delete(number);
      end(xhr);
    });
  });

  // The other parts of an answer that came too late for its own place are shown all the same, where nothing newer stands.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.shouldSwap && isOlder(event.detail.target)) event.detail.swapOverride = "none";
  });

  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (isOlder(event.detail.target)) event.detail.shouldSwap = false;
  });
})();
