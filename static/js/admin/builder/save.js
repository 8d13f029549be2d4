/* <form data-save>: stored a moment after the last key, and at once when a field is left.
   After a conflict only its button stores, so that nobody's text goes by itself. */

import { send } from "./send.js";

const PAUSE = 800; // milliseconds after the last key
const TO_SAVE = "[data-save][data-typed]:not([data-conflict])";
const timers = new WeakMap();
const sent = new WeakMap();
let keys = 0;

function save(form) {
  clearTimeout(timers.get(form));
  const { typed } = form.dataset;
  if (!form.matches(TO_SAVE) || sent.get(form) === typed) return;
  sent.set(form, typed);
  send(form, () => new FormData(form));
}

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.closest("[data-builder]")) return;
  keys += 1;
  form.dataset.typed = keys;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), PAUSE));
});

document.addEventListener("change", ({ target }) => target.form && save(target.form));

addEventListener("beforeunload", (event) => {
  if (document.querySelector("[data-builder] form[data-save][data-typed]")) event.preventDefault();
});
