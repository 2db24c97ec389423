/* Single keys of the admin: one clicks or focuses what has it as data-key, while nobody is writing in a field.
   Who dictates can turn them off on the page that lists them (WCAG 2.2, 2.1.4). */
"use strict";

const SINGLE_KEYS = "pkportal-single-keys"; // in the storage of the browser: "off", or nothing

document.addEventListener("keydown", event => {
  const writes = event.target.closest("input:not([type=radio], [type=checkbox], [type=submit]), textarea, select");
  if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target || localStorage.getItem(SINGLE_KEYS) === "off") return;
  event.preventDefault();
  if (target.matches("input, textarea")) target.focus();
  else target.click();
});

document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("single-keys");
  if (!box) return;
  box.closest("[hidden]").hidden = false;
  box.checked = localStorage.getItem(SINGLE_KEYS) !== "off";
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(SINGLE_KEYS);
    else localStorage.setItem(SINGLE_KEYS, "off");
  });
});
