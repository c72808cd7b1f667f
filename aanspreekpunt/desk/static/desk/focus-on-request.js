// Puts the cursor where the work goes on after a part of the screen was drawn again; the server says where. Not when somebody
// went on himself in a field since he pressed: what he types would be keys that do things.
"use strict";

(() => {
  let wentOn = false;

  const goOn = (event) => {
    if (event.isTrusted && event.target.matches?.("input, textarea, select")) wentOn = true;
  };

  document.addEventListener("pointerdown", goOn, true);
  document.addEventListener("keydown", goOn, true);

  // On the window, so also when the press has to wait for the answer to another; when that came it is not a new one.
  window.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest?.("button[name=do]");
      if (button && !("waited" in button.dataset)) wentOn = false;
    },
    true
  );

  document.addEventListener("focus-on", (event) => {
    const target = [...document.querySelectorAll(event.detail.selector)].find(
      (element) => element.getClientRects().length > 0
    );
    if (!target || wentOn) return;
    const inner = target.matches("fieldset") ? target.querySelector("input, select, textarea") : target;
    (inner || target).focus();
  });

  const problems = document.getElementById("problems");
  if (problems && document.activeElement === document.body) problems.focus();
})();
