// In a field with data-chooses="id", the arrows go through the options of that list and Enter takes one. With a single
// option, or after going to one, Enter takes it; otherwise Enter does nothing, so that nobody is chosen by accident.
"use strict";

(() => {
  const optionsOf = (field) => [...document.querySelectorAll(`#${field.dataset.chooses} [role=option]`)];
  const isField = (target) => target instanceof Element && target.matches("[data-chooses]");

  const mark = (field, options, chosen) => {
    options.forEach((option) => option.setAttribute("aria-selected", String(option === chosen)));
    if (chosen) {
      field.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  };

  const move = (field, step) => {
    const options = optionsOf(field);
    if (!options.length) return;
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const next = at < 0 ? (step > 0 ? 0 : options.length - 1) : (at + step + options.length) % options.length;
    mark(field, options, options[next]);
  };

  const take = (field) => {
    const options = optionsOf(field);
    const chosen = options.find((option) => option.getAttribute("aria-selected") === "true");
    const option = chosen || (options.length === 1 ? options[0] : null);
    if (option) option.click();
  };

  document.addEventListener("keydown", (event) => {
    if (!isField(event.target) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      move(event.target, steps[event.key]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      take(event.target);
    }
  });

  document.addEventListener("htmx:afterSwap", () => {
    document.querySelectorAll("[data-chooses]").forEach((field) => {
      const options = optionsOf(field);
      // Who had gone to an option stays there when the list comes anew for the last letter typed.
      const went = field.getAttribute("aria-activedescendant");
      mark(field, options, options.find((option) => option.id === went));
      field.setAttribute("aria-expanded", String(options.length > 0));
    });
  });

  const hideWhatIsForOthers = () => {
    document.querySelectorAll("[data-without-script]").forEach((button) => {
      button.hidden = true;
    });
  };
  document.addEventListener("htmx:load", hideWhatIsForOthers);
  hideWhatIsForOthers();
})();
