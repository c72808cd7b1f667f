/* In a note with data-mentions="address": after @ and a letter the colleagues who may be meant show below it. Arrows go
   through them, Enter or Tab takes one, Escape goes on without. Without this script a typed @name does the same. */
(function () {
  "use strict";

  const field = document.querySelector("textarea[data-mentions]");
  const list = document.getElementById("mention-list");
  const told = document.querySelector("[data-mention-told]");
  if (!field || !list || !told || !window.fetch) return;

  const WAIT = 120;
  const BEGUN = /(?:^|[^\p{L}\p{N}_.])@(\p{L}[^@\n]{0,60})$/u;
  let timer = 0;
  let asked = 0;
  let taken = "";
  let wentTo = "";

  const options = () => Array.from(list.querySelectorAll("[role=option]"));
  const chosen = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");
  field.setAttribute("aria-controls", list.id);

  function begun() {
    const match = BEGUN.exec(field.value.slice(0, field.selectionStart));
    const name = match ? match[1] : "";
    return taken && name.startsWith(taken) ? "" : name;
  }

  function mark(option) {
    options().forEach((each) => each.setAttribute("aria-selected", String(each === option)));
    if (!option) return field.removeAttribute("aria-activedescendant");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(timer);
    asked += 1;
    list.hidden = true;
    list.replaceChildren();
    told.textContent = "";
    field.removeAttribute("aria-activedescendant");
  }

  function show(html) {
    list.innerHTML = html;
    const found = options();
    if (!found.length) return close();
    list.hidden = false;
    told.textContent = list.firstElementChild.dataset.told;
    mark(found.find((option) => option.id === wentTo) || found[0]);
  }

  async function ask(name) {
    const mine = (asked += 1);
    const token = field.form.querySelector("[name=csrfmiddlewaretoken]").value;
    try {
      const answer = await fetch(field.dataset.mentions, {
        method: "POST",
        body: new URLSearchParams({ name }),
        headers: { "X-Poll": "1", "X-CSRFToken": token },
      });
      const html = answer.ok ? await answer.text() : "";
      if (mine === asked) show(html);
    } catch {
      if (mine === asked) close();
    }
  }

  function take(option) {
    const end = field.selectionStart;
    const start = end - begun().length;
    taken = option.dataset.name;
    close();
    field.setRangeText(`${taken} `, start, end, "end");
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function move(step) {
    const all = options();
    mark(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
    wentTo = chosen().id; // stays chosen when a newer list comes for what was typed before
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    wentTo = "";
    const name = begun();
    if (!name) return close();
    timer = setTimeout(() => ask(name), WAIT);
  });

  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const acts = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => take(chosen()),
      Tab: () => take(chosen()),
      Escape: close,
    };
    if (!(event.key in acts)) return;
    event.preventDefault();
    acts[event.key]();
  });

  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
})();
