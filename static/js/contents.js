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
