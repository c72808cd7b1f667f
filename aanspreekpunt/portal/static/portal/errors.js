// Puts the keyboard and the screen reader at the summary of errors, when there is one and
// nobody began to type yet.
"use strict";

if (document.activeElement === document.body) document.querySelector(".portal-errors")?.focus();
