// Suggestions while a reader types; without this file the form searches as any form does.
// htmx fetches them; here they become a list box that the arrow keys walk, Enter follows and Escape closes.
const combobox = (frame) => {
  const input = frame.querySelector("input");
  const list = frame.querySelector(".suggestions");
  const status = frame.querySelector("[role=status]");
  let active = -1;
  let dismissed = false;
  const options = () => [...list.children];

  const mark = (at) => {
    active = at;
    options().forEach((option, nth) => option.setAttribute("aria-selected", String(nth === at)));
    const chosen = options()[at];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    mark(-1);
  };
  const close = () => {
    dismissed = true;
    status.textContent = "";
    show(false);
  };
  const offer = () => {
    options().forEach((option, nth) => { option.id = `${list.id}_${nth}`; });
    if (dismissed || document.activeElement !== input) return;
    const { none, one, many } = list.dataset;
    const number = list.children.length;
    status.textContent = number ? (number === 1 ? one : many.replace("%n", number)) : none;
    show(number > 0);
  };

  const keys = {
    ArrowDown: () => mark(active + 1 < list.children.length ? active + 1 : -1),
    ArrowUp: () => mark(active < 0 ? list.children.length - 1 : active - 1),
    Enter: () => active >= 0 && options()[active].click(),
    Escape: close,
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.hidden && list.children.length) {
      dismissed = false;
      offer();
    }
    if (list.hidden || !keys[event.key] || event.isComposing) return;
    if (event.key !== "Enter" || active >= 0) event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("input", () => {
    dismissed = false;
    if (input.value.trim().length < 2) show(false);
  });
  input.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus till the click
  list.addEventListener("htmx:afterSwap", offer);

  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off",
  })) input.setAttribute(name, value);
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", list.dataset.name);
};

document.querySelectorAll(".suggest").forEach(combobox);
