/* input[data-read]: a photo's file is sent as soon as it is chosen and kept for its form, and what it
   says of itself fills the fields that are empty. Without this module, or when anything fails, that
   happens when the form is sent. */

import { fill, isFree } from "./fill.js";

const part = (form, name) => form.querySelector(`[data-${name}]`);

function sent(form) {
  const body = new FormData(form);
  for (const control of form.querySelectorAll("[data-filled]"))
    if (isFree(control)) body.set(control.name, ""); // another file may say something else
  body.set("_read", "");
  return body;
}

function takeOver(form, fresh) {
  for (const control of fresh.querySelectorAll("[data-filled]"))
    fill(form.elements[control.name], control.dataset.filled, "file");
  const file = part(form, "read");
  const [place, answer] = [file, part(fresh, "read")].map((input) => input.closest(".field"));
  for (const note of place.querySelectorAll(".errorlist, .help")) note.remove();
  place.append(...answer.querySelectorAll(".errorlist, .help"));
  part(form, "filled-in").textContent = part(fresh, "filled-in").textContent;
  form.elements.kept.value = fresh.elements.kept.value;
  if (fresh.elements.kept.value) file.value = ""; // it need not be sent again
}

document.addEventListener("change", async ({ target }) => {
  if (!target.matches("[data-read]") || !target.files.length) return;
  try {
    const response = await fetch(target.form.action, { method: "POST", body: sent(target.form) });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    takeOver(target.form, part(page, "read").form);
  } catch {} // the form sends it
});
