// A report's page: brings the quoted words into view.
// Without this script the link still lands on its section and the words are still lit up.

const outline = document.querySelector(".outline details");
if (outline instanceof HTMLDetailsElement && matchMedia("(max-width: 900px)").matches) outline.open = false;

const quoted = document.querySelector(".text mark");
// The whole part is lit up only where no words of it are: two lights at once would say less.
if (quoted) requestAnimationFrame(() => quoted.scrollIntoView({ block: "center" }));
