// Cells that are pasted into the rows of a page go through its field for pasted cells, which fills the rows.
"use strict";

{
  const rows = document.querySelector(".many-rows");
  const field = document.querySelector("#pasted");
  document.addEventListener("paste", event => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (event.target === field || !/\t|\n\s*\S/.test(text)) return; // one cell is pasted as ever
    const isChoosing = event.target.matches(".select2-search__field");
    const open = isChoosing ? rows.querySelector(".select2-container--open") : event.target;
    const cell = rows.contains(open) ? open.closest("td")?.querySelector("[name]") : null;
    if (!cell) return;
    event.preventDefault();
    field.value = text;
    field.form.pasted_at.value = cell.name;
    field.form.requestSubmit(field.form.querySelector("[name=fill]"));
  });
}
