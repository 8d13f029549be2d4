/* Keeps [data-masthead] in view while the reader goes up, out of the way while reading down. */

const masthead = document.querySelector("[data-masthead]");
const STEP = 8; // pixels; less than this is a trembling hand
let last = window.scrollY;

function follow() {
  const at = Math.max(window.scrollY, 0);
  masthead.toggleAttribute("data-stuck", at > 0 && masthead.getBoundingClientRect().top <= 0);
  if (Math.abs(at - last) < STEP) return;
  const isOpen = masthead.querySelector("details[open]");
  masthead.toggleAttribute("data-hidden", at > last && at > masthead.offsetHeight && !isOpen);
  last = at;
}

masthead.dataset.masthead = "sticky";
document.addEventListener("scroll", follow, { passive: true });
