// Keeps what is typed in a form with data-autosave, a moment after each change, so that a crash loses nothing.
"use strict";

(() => {
  const WAIT = 700;
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = document.querySelector("[data-autosave-status]");
  let timer = 0;
  let isChanged = false;
  let isOver = false;

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

  const answered = (response) => {
    if (response.status === 204) return say(`${status.dataset.kept} ${clock()}`);
    if (response.status === 409) {
      isOver = true;
      return say(status.dataset.behind, true);
    }
    isChanged = true;
    return say(status.dataset.notKept, true);
  };

  const save = () => {
    clearTimeout(timer);
    if (!isChanged || isOver) return;
    isChanged = false;
    fetch(form.dataset.autosave, { method: "POST", body: typed(), redirect: "manual", keepalive: true }).then(
      answered,
      () => answered({ status: 0 })
    );
  };

  const changed = (event) => {
    if (event.target.form !== form) return;
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  };

  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  window.addEventListener("pagehide", save);
  form.addEventListener("submit", () => {
    isChanged = false;
    clearTimeout(timer);
  });
})();
