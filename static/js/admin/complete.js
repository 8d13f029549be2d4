/* <input data-complete="URL">, followed by a hidden input: offers what the URL finds for the text,
   and keeps the id of what is chosen, so that namesakes are told apart. */

import { ListBox } from "./list-box.js";
import { offersFor } from "./offers.js";

const PAUSE = 150; // milliseconds after the last key

function start(input) {
  if (input.completes) return;
  input.completes = true;
  const hidden = input.nextElementSibling;
  const picture = input.closest("[data-named]").querySelector("[data-named-picture]");
  const box = new ListBox(input, (chosen) => {
    input.value = chosen.text;
    hidden.value = chosen.id;
    if (picture) picture.src = chosen.picture;
    if (picture) picture.hidden = !chosen.picture;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  const offer = async () => {
    const term = input.value.trim();
    const results = await offersFor(input, input.dataset.complete, term).catch(() => []);
    if (results && document.activeElement === input) box.show(results);
  };
  let pause;
  input.addEventListener("input", () => {
    hidden.value = "";
    clearTimeout(pause);
    pause = setTimeout(offer, PAUSE);
  });
  input.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowDown" && !box.isOpen) offer();
  });
}

// Rows may be added later.
document.addEventListener("focusin", ({ target }) => {
  if (target.dataset?.complete) start(target);
});
document.querySelectorAll("[data-complete]").forEach(start);
