// What every page does by script, in four sections: contents, charts, lists, search. Without it each page still works.

// --- contents ---
// The contents of a long page follow the reader: the part on screen is marked in the list, and a strip moves to it.
const links = new Map(
  [...document.querySelectorAll(".contents a")].map((link) => [document.getElementById(link.hash.slice(1)), link]),
);
links.delete(null);

if (links.size) {
  const visible = new Set();
  const mark = () => {
    const here = [...links.keys()].find((part) => visible.has(part));
    for (const [part, link] of links) {
      if (part === here) {
        link.setAttribute("aria-current", "location");
        link.parentElement.scrollLeft = link.offsetLeft - link.parentElement.clientWidth / 3;
      } else if (here) link.removeAttribute("aria-current");
    }
  };
  const watch = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) visible[isIntersecting ? "add" : "delete"](target);
    mark();
  }, { rootMargin: "-10% 0px -60% 0px" });
  for (const part of links.keys()) watch.observe(part);
}

// --- charts ---
// A chart says in words what the reader points at or has reached by keyboard: the mark's own name, with value and source.
const readout = (chart) => chart?.querySelector(".readout");

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

// --- lists ---
// A list answers while it is asked (htmx does that); without this file its form submits as any form does. What is left
// to do here: an answer that comes too late changes nothing, the box of the filters stays as it was, and whoever loses
// the focus finds the answer.
const list = document.getElementById("list");

if (list) {
  const question = () => new URLSearchParams(new FormData(document.getElementById("questions"))).toString();
  let sent = "";
  let toAnswer = false;

  list.addEventListener("htmx:beforeRequest", ({ detail }) => {
    sent = question();
    toAnswer = detail.elt.matches("form, .pagination a");
  });
  list.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (question() !== sent) detail.shouldSwap = false; // another has been asked since
    const isOpen = list.querySelector(".list-filters").open && !toAnswer;
    if (isOpen) detail.serverResponse = detail.serverResponse.replace("<details", "<details open");
  });
  list.addEventListener("htmx:afterSettle", () => {
    if (!toAnswer && document.activeElement !== document.body) return;
    document.getElementById("list-summary").focus({ preventScroll: !toAnswer });
  });
}

// --- search ---
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

document.querySelectorAll(".search-field").forEach(combobox);
