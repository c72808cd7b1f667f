// Keeps what is typed in a form with data-autosave, a moment after each change, so that a crash loses nothing. One thing is
// kept at a time: on a slow line what was sent first could come last, and take the place of what is newer.
"use strict";

(() => {
  const WAIT = 700;
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = document.querySelector("[data-autosave-status]");
  let timer = 0;
  let isChanged = false;
  let isOver = false;
  let isUnderWay = false;

  const say = (text, isBad) => {
    status.textContent = text;
    status.classList.toggle("error", Boolean(isBad));
  };

  const clock = () => new Date().toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit" });

  const typed = () => {
    const texts = new URLSearchParams();
    new FormData(form).forEach((value, name) => {
      if (typeof value === "string") texts.append(name, value);
    });
    return texts;
  };

  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  };

  const answered = (response) => {
    isUnderWay = false;
    if (response.status === 204) {
      if (isChanged) schedule();
      return say(`${status.dataset.kept} ${clock()}`);
    }
    if (response.status === 409) {
      isOver = true;
      return say(status.dataset.behind, true);
    }
    isChanged = true;
    return say(status.dataset.notKept, true);
  };

  const send = () => {
    clearTimeout(timer);
    if (!isChanged || isOver) return;
    isChanged = false;
    isUnderWay = true;
    fetch(form.dataset.autosave, { method: "POST", body: typed(), redirect: "manual", keepalive: true }).then(
      answered,
      () => answered({ status: 0 })
    );
  };

  const save = () => {
    if (!isUnderWay) send();
  };

  const change = () => {
    isChanged = true;
    schedule();
  };

  const changed = (event) => {
    if (event.target.form === form) change();
  };

  // A choice keeps itself; but what was typed before may be on its way still, and come after it without that choice.
  const chosen = (event) => {
    if (event.detail.requestConfig?.elt.matches("button")) change();
  };

  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("htmx:afterSwap", chosen);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && send());
  window.addEventListener("pagehide", send);
  form.addEventListener("submit", () => {
    isChanged = false;
    clearTimeout(timer);
  });
})();
