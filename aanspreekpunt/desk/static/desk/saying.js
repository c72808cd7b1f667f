/* Shows the sentence to say aloud for what is chosen now. */
(function () {
  "use strict";

  document.querySelectorAll("[data-says]").forEach((choice) => {
    const place = document.getElementById(choice.dataset.says);
    if (!place) return;
    const sentence = place.querySelector("q");
    const show = () => {
      const option = choice.selectedOptions[0];
      sentence.textContent = (option && option.dataset.say) || "";
      place.hidden = !sentence.textContent;
    };
    choice.addEventListener("change", show);
    show();
  });
})();
