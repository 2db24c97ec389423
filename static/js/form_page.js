// The page of a form of the admin: where the focus goes, names for the fields of Select2, and keyboard shortcuts.
"use strict";

{
  const form = document.querySelector("#content-main form[id$=_form]");
  const isTyped = field => field.matches("input:not([type=submit], [type=hidden], [type=button]), select, textarea");

  // A field that Select2 has replaced cannot be focused itself.
  const focus = field => {
    const shown = field?.classList.contains("select2-hidden-accessible")
      ? field.nextElementSibling.querySelector(".select2-selection")
      : field;
    for (let part = shown?.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    shown?.focus();
  };

  // A text of one line is sent with Enter, as any other.
  form?.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("textarea.wrapped")) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[type=submit]"));
  });

  for (const link of document.querySelectorAll(".error-summary a")) {
    link.addEventListener("click", event => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field || !isTyped(field)) return;
      event.preventDefault();
      focus(field);
    });
  }

  // Select2 names its fields by the chosen value, which may be none, and those for several records by nothing.
  const name = select => {
    const label = document.querySelector(`label[for="${select.id}"]`)?.textContent.replace(/:\s*$/, "").trim()
      ?? select.getAttribute("aria-label");
    const shown = select.nextElementSibling;
    if (!label || !shown?.classList.contains("select2")) return;
    for (const part of shown.querySelectorAll(".select2-selection, .select2-search__field, [role=textbox]")) {
      part.setAttribute("aria-label", label);
      if (part.matches("[role=combobox]")) part.removeAttribute("aria-labelledby");
    }
    shown.querySelector("ul.select2-selection__rendered")?.setAttribute("role", "presentation");
  };
  const nameAll = () => {
    for (const select of document.querySelectorAll("select.select2-hidden-accessible")) name(select);
  };
  django.jQuery(() => { // after Select2, which waits in the same line
    nameAll();
    document.addEventListener("formset:added", () => setTimeout(nameAll));
    django.jQuery(document).on("select2:open", () => {
      const search = document.querySelector(".select2-container--open .select2-search__field");
      search?.setAttribute("aria-label", search.getAttribute("aria-label") ?? "Search");
      search?.focus();
    });
    django.jQuery(document).on("change", "select", () => setTimeout(nameAll));
    const summary = document.querySelector(".error-summary");
    if (summary) summary.focus();
    else if (form && location.pathname.endsWith("/add/")) focus([...form.elements].find(isTyped));
  });

  const shortcuts = JSON.parse(document.querySelector("#shortcuts")?.textContent ?? "[]");
  addEventListener("keydown", event => {
    if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
    const shortcut = shortcuts.find(({ key }) => event.code === `Key${key}`);
    if (!shortcut) return;
    const near = document.activeElement.closest(".markdown-field");
    const element = near?.querySelector(shortcut.selector) ?? document.querySelector(shortcut.selector);
    if (!element) return;
    event.preventDefault();
    if (isTyped(element)) element.focus();
    else element.click();
  });
}
