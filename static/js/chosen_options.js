// Names for the icons that Django's two lists of options put beside their filters.
"use strict";

addEventListener("load", () => {
  for (const icon of document.querySelectorAll(".search-label-icon")) icon.setAttribute("role", "img");
});
