/* [data-grip] by keyboard: Space or Enter lifts, arrows move, Space or Enter drops, Escape cancels. */

import { drop, lift, lifted, shift, takeHome } from "./moving.js";

const isLead = (entry) => entry?.dataset.group === "";

function beside(unit, isUp) {
  return isUp ? unit.previousElementSibling : unit.nextElementSibling;
}

/* The list above or below; a new place at its near end. */
function listBeside(unit, isUp) {
  const lists = [...document.querySelectorAll("[data-list]")];
  return lists[lists.indexOf(unit.parentElement) + (isUp ? -1 : 1)];
}

function step(unit, isUp) {
  const isBlock = unit.matches("[data-block]");
  const other = beside(unit, isUp);
  if (isBlock && (!other?.matches("[data-entry]") || isLead(other))) return;
  if (other) return isUp ? other.before(unit) : other.after(unit);
  const list = listBeside(unit, isUp);
  if (isUp) list?.append(unit);
  else list?.prepend(unit);
}

function move(isUp) {
  shift((unit) => step(unit, isUp));
  lifted().scrollIntoView({ block: "center" });
}

document.addEventListener("keydown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (!grip) return;
  const { key } = event;
  const isToggle = key === " " || key === "Enter";
  if (isToggle && lifted()) drop();
  else if (isToggle) lift(grip.closest("[data-item]"));
  else if (!lifted()) return;
  else if (key === "ArrowUp" || key === "ArrowDown") move(key === "ArrowUp");
  else if (key === "Escape" || key === "Tab") takeHome();
  else return;
  if (key !== "Tab") event.preventDefault();
});
