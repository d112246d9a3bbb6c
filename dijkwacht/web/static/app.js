// Shortens trips, never makes them possible: every page works without this file. No eval, no inline style, own origin.
"use strict";

const TYPING = "input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]";

// Keys of a question card: an element with data-key="y" inside [data-keys] is pressed by that key.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  const card = document.querySelector("[data-keys]");
  if (!card) return;
  const moves = { ArrowRight: "next", ArrowLeft: "previous" };
  const wanted = moves[event.key] || event.key.toLowerCase();
  const target = card.querySelector(`[data-key="${CSS.escape(wanted)}"]`);
  if (!target || target.disabled) return;
  event.preventDefault();
  target.click();
});

// One drop-down open at a time; Escape or a click elsewhere closes it and gives the focus back.
document.addEventListener("click", (event) => {
  for (const drop of document.querySelectorAll("details.drop[open]")) {
    if (!drop.contains(event.target)) drop.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const drop of document.querySelectorAll("details.drop[open]")) {
    drop.open = false;
    drop.querySelector("summary").focus();
  }
});

// What needs attention first gets the focus: the list of errors, or what a fragment marks with data-focus.
function attend(root) {
  const target = root.querySelector("[data-focus]");
  if (target) target.focus();
}
document.addEventListener("DOMContentLoaded", () => attend(document));
document.addEventListener("htmx:afterSettle", (event) => attend(event.target));

// On a narrow screen the page that is shown may stand out of sight among those beside it.
document.addEventListener("DOMContentLoaded", () => {
  const list = document.querySelector(".tabs__list");
  const here = list && list.querySelector("[aria-current]");
  if (here && here.offsetLeft + here.offsetWidth > list.clientWidth) list.scrollLeft = here.offsetLeft - 48;
});

// A select or date with data-submit sends its form by itself; the button stays for who has no script.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// Text that is taken along: a button with data-copy="id" copies it; it only appears where that can be done.
document.addEventListener("DOMContentLoaded", () => {
  if (navigator.clipboard) for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) return;
  navigator.clipboard.writeText("value" in source ? source.value : source.innerText).then(() => {
    button.dataset.copied = "yes";
    setTimeout(() => { delete button.dataset.copied; }, 2000);
  });
});

// Nothing typed is lost without a word.
let dirty = false;
document.addEventListener("input", (event) => {
  if (event.target.form && event.target.form.method === "post") dirty = true;
});
document.addEventListener("submit", () => { dirty = false; });
window.addEventListener("beforeunload", (event) => {
  if (dirty) event.preventDefault();
});
