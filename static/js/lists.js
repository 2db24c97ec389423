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
    const isOpen = list.querySelector(".questions").open && !toAnswer;
    if (isOpen) detail.serverResponse = detail.serverResponse.replace("<details", "<details open");
  });
  list.addEventListener("htmx:afterSettle", () => {
    if (!toAnswer && document.activeElement !== document.body) return;
    document.getElementById("answer").focus({ preventScroll: !toAnswer });
  });
}
