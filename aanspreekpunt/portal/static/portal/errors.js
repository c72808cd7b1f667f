// Puts the keyboard and the screen reader at the summary of errors, when there is one.
"use strict";

document.querySelector(".portal-errors")?.focus();
