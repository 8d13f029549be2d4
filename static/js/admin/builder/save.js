/* <form data-save>: stored a moment after the last key, and at once when a field is left.
   After a conflict only its button stores, so that nobody's text goes by itself. */

import { send } from "./send.js";

const PAUSE = 800; // milliseconds after the last key
const TO_SAVE = "[data-save][data-typed]:not([data-conflict])";
const UNSTORED = "[data-builder] form[data-typed]:is([data-save], .plain)";
const timers = new WeakMap();
const sent = new WeakMap();
let keys = 0;

function save(form) {
  clearTimeout(timers.get(form));
  const { typed } = form.dataset;
  if (!form.matches(TO_SAVE) || sent.get(form)?.typed === typed) return sent.get(form)?.done;
  const done = send(form, () => new FormData(form));
  sent.set(form, { typed, done });
  return done;
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
  if (document.querySelector(UNSTORED)) event.preventDefault();
});

/* A link waits for what is being stored. */
document.addEventListener("click", async (event) => {
  const link = event.target.closest(".form-bar a[href]");
  const forms = document.querySelectorAll(TO_SAVE);
  if (!link || !forms.length || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  await Promise.all([...forms].map(save));
  location.assign(link.href);
});
