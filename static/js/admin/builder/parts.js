/* Takes over the parts of the screen that an answer holds: each stands in for the one of the same
   id. The focus, what is open and what somebody has typed stay as they are. */

const find = (place, id) => place.querySelector(`#${CSS.escape(id)}`);

/* Forms beside the list: not touched while somebody is in them. */
const isInUse = (part) =>
  "keep" in part.dataset &&
  (part.contains(document.activeElement) || part.matches("[data-typed], :has([data-typed])"));

function keep(old, fresh) {
  if (old.matches("details[open]")) fresh.open = true;
  for (const { id } of old.querySelectorAll("details[open][id]")) {
    const same = find(fresh, id);
    if (same) same.open = true;
  }
  for (const form of old.querySelectorAll("form[data-typed][id]")) {
    const same = find(fresh, form.id);
    if (same) same.replaceWith(form);
    else if ("save" in form.dataset) fresh.prepend(form); // its piece has gone: the text has not
  }
}

function refocus(id, selection) {
  const same = id && document.getElementById(id);
  if (same === document.activeElement) return;
  if (!same) return id && document.getElementById("board").focus({ preventScroll: true });
  same.focus({ preventScroll: true });
  if (selection[0] !== undefined && selection[0] !== null) same.setSelectionRange(...selection);
}

export function takeOver(markup) {
  const { body } = new DOMParser().parseFromString(markup, "text/html");
  const { id, selectionStart, selectionEnd } = document.activeElement;
  for (const fresh of [...body.children]) {
    const old = document.getElementById(fresh.id);
    if (!old || isInUse(old)) continue;
    keep(old, fresh);
    old.replaceWith(fresh);
    fresh.dispatchEvent(new Event("parts:new", { bubbles: true }));
  }
  if (document.activeElement === document.body) refocus(id, [selectionStart, selectionEnd]);
}
