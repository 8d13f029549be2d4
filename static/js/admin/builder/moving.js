/* A row of the list on the move: lifted, shifted, then dropped or taken home. */

import { announce } from "./announce.js";
import { send } from "./send.js";

let moved = null;

export const lifted = () => moved?.row;

const unitOf = (row) => row.closest("[data-block]") ?? row; // a block with all that frames it

function whereabouts(row) {
  const group = row.closest("[data-group]");
  const all = group ? group.querySelectorAll("[data-item]") : document.querySelectorAll("[data-entry]");
  const place = [...all].indexOf(group ? row : unitOf(row)) + 1;
  return `${place} of ${all.length}${group ? ` in ${group.dataset.name}` : ""}`;
}

export function lift(row) {
  const unit = unitOf(row);
  moved = { row, unit, parent: unit.parentElement, next: unit.nextElementSibling };
  row.setAttribute("data-lifted", "");
  row.querySelector("[data-grip]").ariaPressed = "true";
  announce(`Lifted from ${whereabouts(row)}. Arrow keys move, Space drops, Escape cancels.`);
}

/* `put` changes the place in the page. */
export function shift(put) {
  const grip = moved.row.querySelector("[data-grip]");
  put(moved.unit);
  grip.focus({ preventScroll: true });
  announce(`Moved to ${whereabouts(moved.row)}`);
}

function release() {
  const { row } = moved;
  moved = null;
  row.removeAttribute("data-lifted");
  row.querySelector("[data-grip]").ariaPressed = "false";
}

export function takeHome() {
  moved.parent.insertBefore(moved.unit, moved.next);
  moved.row.querySelector("[data-grip]").focus({ preventScroll: true });
  release();
  announce("Put back");
}

export function drop() {
  const { row, unit, parent, next } = moved;
  release();
  if (unit.parentElement === parent && unit.nextElementSibling === next) return announce("Put back");
  announce(`Dropped at ${whereabouts(row)}`);
  const after = unit.nextElementSibling;
  const other = after?.matches("[data-item]") ? after : after?.querySelector("[data-item]");
  const data = new FormData(row.querySelector("[data-steps]"));
  data.set("group", row.closest("[data-group]")?.dataset.group ?? "");
  data.set("before", other?.dataset.item ?? "");
  send(null, () => data, row.dataset.place);
}
