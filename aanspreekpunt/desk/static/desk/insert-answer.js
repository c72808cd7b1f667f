/* In a letter: Ctrl+I goes from the text to the search for answers, typing there finds them, arrows go through them, and
   Enter puts one in the text where the cursor was. Without this script the same buttons do it with the page drawn anew. */
(function () {
  "use strict";

  const tools = document.querySelector("[data-inserting]");
  const form = tools && tools.closest("form");
  const text = form && form.querySelector("textarea[name=text]");
  const search = tools && tools.querySelector("[data-look-for]");
  const list = tools && tools.querySelector("[data-answers-to-insert]");
  const told = tools && tools.querySelector("[data-insert-told]");
  if (!text || !search || !list || !window.fetch) return;

  const PAUSE = 150;
  let timer = 0;
  let asked = 0;

  const options = () => Array.from(list.querySelectorAll("button[name=insert]"));

  /* Who went to an answer stays there when a newer list comes; if it is gone, he is at the search again. */
  function show(html) {
    const went = list.contains(document.activeElement) ? document.activeElement.value : "";
    if (went) search.focus();
    list.innerHTML = html;
    const again = options().find((button) => button.value === went);
    if (again) again.focus();
  }

  function open() {
    tools.open = true;
    search.focus();
    search.select();
  }

  function close() {
    tools.open = false;
    text.focus();
  }

  async function find() {
    const mine = (asked += 1);
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(search.dataset.lookFor, {
        method: "POST",
        body: new URLSearchParams({ look_for: search.value }),
        headers: { "X-Poll": "1", "X-CSRFToken": token },
      });
      if (mine === asked && answer.ok) show(await answer.text());
    } catch {
      /* Without a connection the button still says what is wrong. */
    }
  }

  async function insert(button) {
    const address = list.dataset.answersToInsert.replace(/-$/, encodeURIComponent(button.value));
    let found;
    try {
      const answer = await fetch(address, { headers: { "X-Poll": "1" } });
      if (!answer.ok || answer.redirected) return;
      found = await answer.json();
    } catch {
      return;
    }
    const before = text.value.slice(0, text.selectionStart);
    const after = text.value.slice(text.selectionEnd);
    const gap = before.trim() && !before.endsWith("\n\n") ? (before.endsWith("\n") ? "\n" : "\n\n") : "";
    const rest = after.trim() && !after.startsWith("\n") ? "\n\n" : "";
    text.setRangeText(gap + found.text + rest, text.selectionStart, text.selectionEnd, "end");
    const keys = form.querySelector("[name=article]");
    if (!keys.value.split(" ").includes(button.value)) keys.value = `${keys.value} ${button.value}`.trim();
    close();
    text.dispatchEvent(new Event("input", { bubbles: true }));
    told.textContent = told.dataset.words;
  }

  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [search, ...options()];
    const next = stops[stops.indexOf(document.activeElement) + step];
    event.preventDefault();
    if (next) next.focus();
  }

  text.addEventListener("keydown", (event) => {
    if (event.ctrlKey && !event.altKey && !event.metaKey && event.key.toLowerCase() === "i") {
      event.preventDefault();
      open();
    }
  });

  tools.addEventListener("toggle", () => {
    if (tools.open && document.activeElement === tools.querySelector("summary")) open();
  });

  tools.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && event.target === search) {
      event.preventDefault();
      if (options().length) insert(options()[0]);
    } else {
      move(event);
    }
  });

  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, PAUSE);
  });

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=insert]");
    if (!button || !list.contains(button)) return;
    event.preventDefault();
    insert(button);
  });
})();
