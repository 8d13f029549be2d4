/* <div data-rows>: an ordered list whose rows can be added, removed and moved, by button or drag.
   Without this module the list has one empty row, and a row whose fields are emptied goes. */

const changed = (list) => list.dispatchEvent(new Event("input", { bubbles: true }));

const move = (row, step) => {
  const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (step < 0) other.before(row);
  else other.after(row);
  changed(row.parentElement);
};

const remove = (row) => {
  const list = row.parentElement;
  (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("input, select")?.focus();
  row.remove();
  changed(list);
};

const draggable = (row) => {
  row.querySelector("[data-row-tools]").hidden = false;
  const grip = row.querySelector("[data-row-grip]");
  grip.addEventListener("pointerdown", () => (row.draggable = true));
  row.addEventListener("dragstart", () => row.setAttribute("data-dragged", ""));
  row.addEventListener("dragend", () => {
    row.draggable = false;
    row.removeAttribute("data-dragged");
    changed(row.parentElement);
  });
};

const start = (rows) => {
  const list = rows.querySelector("[data-rows-list]");
  const add = rows.querySelector("[data-rows-add]");
  const blank = rows.querySelector("[data-rows-blank]");
  list.querySelectorAll("[data-row]").forEach(draggable);
  add.hidden = false;
  add.addEventListener("click", () => {
    list.append(blank.content.cloneNode(true));
    draggable(list.lastElementChild);
    list.lastElementChild.querySelector("input, select").focus();
  });
  list.addEventListener("click", ({ target }) => {
    const row = target.closest("[data-row]");
    if (target.closest("[data-row-up]")) move(row, -1);
    if (target.closest("[data-row-down]")) move(row, 1);
    if (target.closest("[data-row-up], [data-row-down]")) target.focus();
    if (target.closest("[data-row-remove]")) remove(row);
  });
  list.addEventListener("dragover", (event) => {
    const dragged = list.querySelector("[data-dragged]");
    const over = event.target.closest("[data-row]");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (event.clientY < box.top + box.height / 2) over.before(dragged);
    else over.after(dragged);
  });
};

document.querySelectorAll("[data-rows]").forEach(start);
