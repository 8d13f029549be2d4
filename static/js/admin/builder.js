/* [data-builder]: the screen on which a round-up is put together. Every form of it is sent in
   place; without this module, or its own below, each of them posts the ordinary way. */

import "./builder/drag.js";
import "./builder/keys.js";
import "./lengths.js";
import "./builder/others.js";
import "./builder/save.js";
import { send } from "./builder/send.js";

document.querySelector("[data-builder]").dataset.live = "";

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-builder]")) return;
  event.preventDefault();
  const { submitter } = event;
  send(form, () => new FormData(form, submitter));
});
