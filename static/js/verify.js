/* One key for each verdict on the page of a record beside its sources; in a field, keys write. */
"use strict";

document.addEventListener("keydown", event => {
  const writes = event.target.closest("input:not([type=radio]), textarea, select");
  if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = document.querySelector(`.verify [data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input")) target.focus();
  else target.click();
});
