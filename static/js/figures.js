// A figure says in words what the reader points at or has reached by keyboard: the mark's own name, with value and source.
const readout = (figure) => figure?.querySelector(".readout");

const say = ({ target }) => {
  const mark = target.closest?.("[data-mark]");
  const line = mark && readout(mark.closest("figure"));
  if (!line) return;
  line.dataset.hint ??= line.textContent;
  line.textContent = mark.querySelector("title").textContent;
};
const hush = ({ target }) => {
  const line = readout(target.closest?.("[data-mark]")?.closest("figure"));
  if (line?.dataset.hint) line.textContent = line.dataset.hint;
};

for (const event of ["pointerover", "focusin"]) document.addEventListener(event, say);
for (const event of ["pointerout", "focusout"]) document.addEventListener(event, hush);
