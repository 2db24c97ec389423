// Progressive enhancement of every page, in sections: contents, charts, tables, notes, print, lists, references, search.
// Each page works without it.

// --- contents ---
// The contents of a long page mark the section on screen; the strip of a narrow screen scrolls to it.
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
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) visible[isIntersecting ? "add" : "delete"](target);
    mark();
  }, { rootMargin: "-10% 0px -60% 0px" });
  for (const part of links.keys()) observer.observe(part);
}

// --- charts ---
// Words beside the mark that the pointer or the focus is on: its title, with value and source. On a touch screen a first
// tap reads and a second one follows the link.
const MARGIN = 8; // pixels between the words and the mark, or the edge of the window
let isTouch = false;
let readMark = null;

const markAt = (target) => target.closest?.("figure [data-mark]");
const readout = (mark) => mark.closest("figure").querySelector(".readout");

const read = (mark, { left, right, top, bottom }) => {
  const words = readout(mark);
  const title = mark.querySelector("title");
  if (title) { // the browser would show it a second time
    mark.setAttribute("aria-label", title.textContent);
    title.remove();
  }
  words.textContent = mark.getAttribute("aria-label");
  if (isTouch) words.append(` ${words.dataset.again}`);
  words.hidden = false;
  const frame = mark.closest("figure").getBoundingClientRect();
  const rightmost = document.documentElement.clientWidth - words.offsetWidth - MARGIN;
  const middle = (Math.max(left, 0) + Math.min(right, document.documentElement.clientWidth)) / 2;
  const x = Math.max(MARGIN, Math.min(middle - words.offsetWidth / 2, rightmost));
  const above = top - words.offsetHeight - MARGIN;
  const below = Math.min(bottom + MARGIN, innerHeight - words.offsetHeight - MARGIN);
  words.style.left = `${x - frame.left}px`;
  words.style.top = `${(above >= MARGIN ? above : below) - frame.top}px`;
};
const leave = (mark) => {
  if (mark) readout(mark).hidden = true;
};

document.addEventListener("focusin", ({ target }) => {
  const mark = markAt(target);
  if (mark) read(mark, mark.getBoundingClientRect());
});
document.addEventListener("focusout", ({ target }) => leave(markAt(target)));
document.addEventListener("pointermove", ({ target, pointerType, clientX, clientY }) => {
  const mark = pointerType === "mouse" && markAt(target);
  if (mark) read(mark, { left: clientX, right: clientX, top: clientY, bottom: clientY + 2 * MARGIN });
});
document.addEventListener("pointerout", ({ target, pointerType }) => {
  if (pointerType === "mouse") leave(markAt(target));
});
document.addEventListener("pointerdown", ({ pointerType }) => { isTouch = pointerType !== "mouse"; }, true);
document.addEventListener("keydown", ({ key, target }) => {
  isTouch = false;
  if (key === "Escape") leave(markAt(target));
}, true);
document.addEventListener("click", (event) => {
  const mark = markAt(event.target);
  if (isTouch && mark && mark !== readMark) {
    event.preventDefault();
    event.stopPropagation();
    read(mark, mark.getBoundingClientRect());
  } else if (isTouch && !mark) leave(readMark);
  readMark = isTouch ? mark : null;
}, true);

// --- tables ---
// On a narrow screen rows become cards, and some browsers forget that they are rows. In the HTML these roles would be an
// error, because they are what the elements are anyway.
const ROLES = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TD: "cell" };

const nameParts = () => {
  for (const part of document.querySelectorAll(".table :is(table, thead, tbody, tr, th, td)")) {
    part.setAttribute("role", ROLES[part.tagName] ?? (part.closest("thead") ? "columnheader" : "rowheader"));
  }
};
nameParts();
document.addEventListener("htmx:afterSwap", nameParts);

// --- notes ---
// The number of a note tells the title of its source; in the HTML each title would stand there once for each number.
for (const note of document.querySelectorAll("sup.note a")) {
  note.title = document.getElementById(note.hash.slice(1))?.querySelector("cite")?.textContent ?? "";
}

// --- print ---
// A printed page says what it is and when it was printed, beside its address: of a list as it is filtered now.
addEventListener("beforeprint", () => {
  const [title, address, place] = document.querySelectorAll("footer .print-only > span");
  title.textContent = `${document.title}, `;
  address.textContent = location.href.replace(location.hash, "");
  const day = new Date().toLocaleDateString("en-GB", { dateStyle: "long" }); // as all days of the site are written
  place.textContent = `${place.dataset.printed} ${day}`;
});

// --- lists ---
// htmx updates a list whenever a filter changes; without it the form is submitted by its button. This section drops a
// response that comes too late, keeps the box of the filters open or closed, and moves a lost focus to the summary.
const list = document.getElementById("list");

if (list) {
  const filters = () => new URLSearchParams(new FormData(document.getElementById("filters"))).toString();
  let sentFilters = "";
  let focusSummary = false;

  list.addEventListener("htmx:beforeRequest", ({ detail }) => {
    sentFilters = filters();
    focusSummary = detail.elt.matches("form, .pagination a");
  });
  list.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (filters() !== sentFilters) detail.shouldSwap = false; // they have changed since
    const isOpen = list.querySelector(".list-filters").open && !focusSummary;
    if (isOpen) detail.serverResponse = detail.serverResponse.replace("<details", "<details open");
  });
  list.addEventListener("htmx:afterSettle", () => {
    if (!focusSummary && document.activeElement !== document.body) return;
    document.getElementById("list-summary").focus({ preventScroll: !focusSummary });
  });
}

// --- references ---
// The row under the pointer or with the focus shows its permanent reference: a button that copies its address, and a link
// that reports an error in it. The page has one of each; they go to the end of the row, never into a header cell, where
// they would be read with each cell. The Tab key passes them, or each row would be two stops longer: the right arrow leads
// to them from what has the focus in the row, the left arrow back.
const REFERENCE = /^[A-Z]+(-[A-Z]+)*-\d{4,}$/;
const { copyLink, copied, report, reportAddress } = document.body.dataset;
const rowTools = document.createElement("span");
rowTools.className = "row-tools";
const reportLink = document.createElement("a");
reportLink.textContent = report;
const copyButton = document.createElement("button");
copyButton.type = "button";
copyButton.setAttribute("aria-live", "polite");
copyButton.addEventListener("click", async () => {
  const { reference } = copyButton.dataset;
  try {
    await navigator.clipboard.writeText(new URL(`/r/${reference}`, location.origin));
    copyButton.textContent = `${reference}, ${copied}`;
  } catch {
    location.hash = reference; // without the right to copy, the address of the window leads to the row
  }
});

rowTools.append(copyButton);
for (const tool of [copyButton, reportLink]) {
  tool.tabIndex = -1;
  tool.setAttribute("aria-keyshortcuts", "ArrowRight");
}

const rowAround = (target) => {
  let row = target.closest?.("main [id]");
  while (row && !REFERENCE.test(row.id)) row = row.parentElement.closest("main [id]");
  return row;
};
const showReference = (row) => {
  if (!row) {
    rowTools.remove();
  } else if (!rowTools.isConnected || copyButton.dataset.reference !== row.id) {
    copyButton.dataset.reference = row.id;
    copyButton.textContent = `${row.id}, ${copyLink}`;
    if (reportAddress) {
      reportLink.href = reportAddress.replace("%23", row.id);
      rowTools.append(reportLink);
    }
    const cells = [...row.querySelectorAll(":scope > td")].filter((cell) => cell.offsetWidth && cell.firstChild);
    (cells.pop() ?? row).append(rowTools);
  }
};
document.addEventListener("focusin", ({ target }) => showReference(rowAround(target)));
let rowStop; // what had the focus before the tools of its row
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const isArrow = key === "ArrowRight" || key === "ArrowLeft";
  if (!isArrow || event.altKey || event.ctrlKey || event.metaKey || !rowTools.isConnected) return;
  if (target.matches("input, select, textarea")) return;
  const tools = [...rowTools.children];
  const at = tools.indexOf(target);
  if (at < 0 && (key === "ArrowLeft" || !rowAround(target))) return;
  event.preventDefault();
  if (at < 0) rowStop = target;
  (key === "ArrowRight" ? tools[at + 1] : tools[at - 1] ?? rowStop)?.focus();
});
document.addEventListener("pointerover", ({ target }) => {
  const { activeElement } = document;
  if (!rowTools.contains(activeElement)) showReference(rowAround(target) ?? rowAround(activeElement));
});

// A row in a closed part of the page is opened when an address leads to it.
const openRow = () => document.getElementById(location.hash.slice(1))?.closest("details")?.setAttribute("open", "");
openRow();
addEventListener("hashchange", openRow);

// --- search ---
// Suggestions while a reader types. htmx fetches them; this section makes them a combobox: arrow keys choose, Enter
// follows and Escape closes. Without it the form is an ordinary search form.
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
