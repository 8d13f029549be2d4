/* fill(control, text, from): puts `text` where nobody has typed anything, and over what was put there
   before; takes back only what came `from` the same place. */

export const isFree = ({ value, dataset }) => value === "" || value === dataset.filled;

export function fill(control, text, from) {
  if (!control || !isFree(control)) return;
  if (!text && control.dataset.filledFrom !== from) return;
  control.value = control.dataset.filled = text;
  control.dataset.filledFrom = from;
  control.dispatchEvent(new Event("input", { bubbles: true }));
}
