// The page of a change set on a phone: with several records, each is folded under its name; a link to one opens it.
const records = document.querySelectorAll(".change-set .difference");

if (matchMedia("(width < 768px)").matches && records.length > 1) {
  for (const record of records) record.open = false;
}

function openLinked() {
  const section = location.hash && document.getElementById(location.hash.slice(1));
  const record = section && section.querySelector(":scope > .difference");
  if (record) record.open = true;
}

addEventListener("hashchange", openLinked);
openLinked();
