// A list answers while it is asked (htmx does that); without this file its form submits as any form does. What is left
// to do here: the box of the filters stays as it was, nothing typed is lost, and whoever loses the focus finds the answer.
const list = document.getElementById("list");

if (list) {
  let typed = null;
  let toAnswer = false;

  list.addEventListener("htmx:beforeRequest", ({ detail }) => {
    toAnswer = detail.elt.matches("form, .pagination a");
  });
  list.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const { activeElement: field } = document;
    typed = field.matches("#list input[type=search], #list input[type=text]") ? [field.id, field.value] : null;
    const isOpen = list.querySelector(".questions").open && !toAnswer;
    if (isOpen) detail.serverResponse = detail.serverResponse.replace("<details", "<details open");
  });
  list.addEventListener("htmx:afterSwap", () => {
    const field = typed && document.getElementById(typed[0]);
    if (field && field.value !== typed[1]) field.value = typed[1];
  });
  list.addEventListener("htmx:afterSettle", () => {
    if (!toAnswer && document.activeElement !== document.body) return;
    document.getElementById("answer").focus({ preventScroll: !toAnswer });
  });
}
