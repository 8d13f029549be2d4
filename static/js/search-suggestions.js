/* <input data-suggestions="URL">: offers pages whose names begin as what is typed, and goes to the
   one that is chosen. Without this module, or when anything fails, the field searches as ever. */

import { ListBox } from "./admin/list-box.js";
import { offersFor } from "./admin/offers.js";

const PAUSE = 200; // milliseconds after the last key
const SHORTEST = 2; // characters

function start(input) {
  const box = new ListBox(input, ({ url }) => location.assign(url));
  let pause;
  const offer = async () => {
    const term = input.value.trim();
    const found =
      term.length < SHORTEST
        ? []
        : await offersFor(input, input.dataset.suggestions, term).catch(() => []);
    if (found && document.activeElement === input) box.show(found);
  };
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(offer, PAUSE);
  });
}

document.querySelectorAll("[data-suggestions]").forEach(start);
