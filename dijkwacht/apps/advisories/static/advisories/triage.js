// Keys of the queue and of an advisory. Every page works without this file; the keys can be turned off (WCAG 2.1.4).
"use strict";

(() => {
  const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
  const OFF = "dijkwacht-keys-off";
  const store = {
    get off() { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } },
    set off(value) { try { localStorage.setItem(OFF, value ? "1" : "0"); } catch { /* not kept then */ } },
  };

  const rows = () => [...document.querySelectorAll("[data-row]")];

  function current() {
    const row = document.activeElement && document.activeElement.closest(".queue-row, [data-one]");
    return row && (row.matches("[data-one]") ? row : row.querySelector("[data-row]"));
  }

  function move(step) {
    const all = rows();
    const place = all.indexOf(current());
    const next = all[place === -1 ? (step > 0 ? 0 : all.length - 1) : place + step];
    if (!next) return;
    next.focus();
    next.closest("li").scrollIntoView({ block: "nearest" });
  }

  function go(address) {
    if (address) window.location.assign(address);
  }

  const chosen = () => current() || document.querySelector("[data-one]");
  const decide = (row, decision) => row && row.dataset.decide && go(`${row.dataset.decide}?decision=${decision}`);
  const KEYS = {
    j: () => move(1),
    k: () => move(-1),
    o: () => { const row = current(); if (row) go(row.href); },
    w: () => { const row = chosen(); if (row) go(row.dataset.warn); },
    n: () => decide(chosen(), "not"),
    x: () => decide(chosen(), "wait"),
    "?": () => { const help = document.getElementById("shortcuts"); if (help) help.togglePopover(); },
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
    const act = KEYS[event.key];
    if (!act || (store.off && event.key !== "?")) return;
    if (event.key !== "?" && document.querySelector("#shortcuts:popover-open")) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-shortcuts-on]");
    if (!box) return;
    box.checked = !store.off;
    box.addEventListener("change", () => { store.off = !box.checked; });
  });
})();
