// Texts in Markdown: tools, a preview as readers will see it, and a choice of sources to cite. Without it they are text.
"use strict";

{
  const PAUSE = 400; // milliseconds after the last key
  const parts = document.querySelector("#markdown-tools");
  const picker = document.querySelector("#source-picker");
  const words = picker?.querySelector("input");
  const list = picker?.querySelector("ul");
  let citing = null; // the text in which a source is to be cited
  let place = 0; // in the text: a browser forgets it when the dialog closes

  // Typed by the browser, so that it can be undone.
  const type = (text, start, end, content) => {
    text.focus();
    text.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, content)) {
      text.setRangeText(content, start, end, "end");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const around = (text, mark) => {
    const { selectionStart: start, selectionEnd: end } = text;
    const chosen = text.value.slice(start, end);
    type(text, start, end, `${mark}${chosen}${mark}`);
    text.setSelectionRange(start + mark.length, start + mark.length + chosen.length);
  };

  const before = (text, mark) => {
    const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    const chosen = text.value.slice(start, text.selectionEnd);
    type(text, start, text.selectionEnd, chosen.split("\n").map(line => mark + line).join("\n"));
  };

  const link = text => {
    const { selectionStart: start, selectionEnd: end } = text;
    const chosen = text.value.slice(start, end);
    type(text, start, end, `[${chosen}](https://)`);
    const next = chosen ? start + chosen.length + 11 : start + 1;
    text.setSelectionRange(next, next);
  };

  const cite = (text, code) => {
    const space = /\S/.test(text.value.charAt(place - 1)) ? " " : "";
    const citation = `${space}[@${code}, p. ]`;
    type(text, place, place, citation);
    text.setSelectionRange(place + citation.length - 1, place + citation.length - 1);
  };

  const show = async (text, preview) => {
    const data = new URLSearchParams({ text: text.value });
    data.set("csrfmiddlewaretoken", text.form.csrfmiddlewaretoken.value);
    const response = await fetch(parts.dataset.previewAddress, { method: "POST", body: data }).catch(() => null);
    if (response?.ok) preview.innerHTML = await response.text(); // the server has made it safe
  };

  const later = action => {
    let timer;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(action, PAUSE);
    };
  };

  const equip = text => {
    if (text.closest(".markdown-field") || text.id.includes("__prefix__")) return;
    const field = document.createElement("div");
    field.className = "markdown-field";
    text.replaceWith(field);
    const copy = parts.content.cloneNode(true);
    const tools = copy.querySelector(".markdown-tools");
    const preview = copy.querySelector(".markdown-preview");
    field.append(tools, text, preview);
    const open = tools.querySelector("[data-preview]");
    const refresh = later(() => show(text, preview));
    tools.addEventListener("click", event => {
      const { dataset } = event.target.closest("button") ?? {};
      if (!dataset) return;
      if (dataset.around) around(text, dataset.around);
      else if (dataset.before) before(text, dataset.before);
      else if ("link" in dataset) link(text);
      else if ("cite" in dataset) openPicker(text);
      else if ("preview" in dataset) {
        preview.hidden = !preview.hidden;
        open.setAttribute("aria-expanded", String(!preview.hidden));
        if (!preview.hidden) show(text, preview);
      }
    });
    text.addEventListener("input", () => {
      if (!preview.hidden) refresh();
    });
  };

  // --- the choice of a source ---
  const openPicker = text => {
    citing = text;
    place = text.selectionEnd;
    words.value = text.value.slice(text.selectionStart, text.selectionEnd).slice(0, 100);
    picker.showModal();
    words.focus();
    find();
  };

  const find = async () => {
    const asked = words.value;
    const response = await fetch(`${picker.dataset.address}?${new URLSearchParams({ q: asked })}`).catch(() => null);
    if (!response?.ok || asked !== words.value) return;
    const { sources } = await response.json();
    list.replaceChildren(...sources.map(({ code, title, details }) => {
      const row = document.createElement("li");
      const button = document.createElement("button");
      button.value = code;
      const more = document.createElement("span");
      more.textContent = details;
      button.append(title, more);
      row.append(button);
      return row;
    }));
    const status = picker.querySelector("[role=status]");
    status.textContent = sources.length ? "" : status.dataset.none;
  };

  if (parts) {
    document.querySelectorAll("textarea.markdown").forEach(equip);
    document.addEventListener("formset:added", () => document.querySelectorAll("textarea.markdown").forEach(equip));
    words.addEventListener("input", later(find));
    words.addEventListener("keydown", event => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // the first source is meant, not the first button
      list.querySelector("button")?.click();
    });
    picker.addEventListener("close", () => {
      if (picker.returnValue) cite(citing, picker.returnValue);
      else citing.focus();
      picker.returnValue = "";
    });
  }
}
