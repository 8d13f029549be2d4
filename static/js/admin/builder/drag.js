/* [data-grip] by mouse, pen or finger. */

import { drop, lift, lifted, shift, takeHome } from "./moving.js";

const EDGE = 90; // pixels from the top and the bottom where the page begins to scroll
let pointer = null;

function place(unit, { x, y }) {
  const under = document.elementFromPoint(x, y);
  const over = unit.matches("[data-block]")
    ? under?.closest("[data-entry]")
    : (under?.closest("[data-item]:not([data-block] *)") ?? under?.closest("[data-group]"));
  if (!over || over.contains(unit)) return;
  const box = over.getBoundingClientRect();
  const isAbove = y < box.top + box.height / 2;
  if (over.matches("[data-group]") && !unit.matches("[data-block]")) {
    const list = over.querySelector("[data-list]");
    if (isAbove) list.prepend(unit);
    else list.append(unit);
  } else if (isAbove && over.dataset.group !== "") over.before(unit);
  else over.after(unit);
}

function follow() {
  if (!pointer) return;
  const below = pointer.y - (innerHeight - EDGE);
  const above = EDGE - pointer.y;
  if (below > 0) scrollBy(0, below / 6);
  if (above > 0) scrollBy(0, -above / 6);
  requestAnimationFrame(follow);
}

function end(act) {
  if (!pointer) return;
  pointer = null;
  document.body.removeAttribute("data-dragging");
  if (lifted()) act();
}

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button || lifted()) return;
  event.preventDefault();
  pointer = { id: event.pointerId, x: event.clientX, y: event.clientY };
  document.body.setAttribute("data-dragging", "");
  lift(grip.closest("[data-item]"));
  follow();
});
document.addEventListener("pointermove", (event) => {
  if (event.pointerId !== pointer?.id || !lifted()) return;
  Object.assign(pointer, { x: event.clientX, y: event.clientY });
  shift((unit) => place(unit, pointer));
});
document.addEventListener("pointerup", ({ pointerId }) => pointerId === pointer?.id && end(drop));
document.addEventListener("pointercancel", () => end(takeHome));
document.addEventListener("keydown", ({ key }) => key === "Escape" && end(takeHome));
