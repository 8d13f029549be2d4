/* Shows what others have changed, a few seconds later, unless somebody types or drags here. */

import { announce } from "./announce.js";
import { takeOver } from "./parts.js";
import { isSending } from "./send.js";

const EVERY = 4000; // milliseconds
const BUSY = "form[data-typed], [data-lifted], .menu[open] input";
const { builder: parts, versionAt } = document.querySelector("[data-builder]").dataset;

const isBusy = () => document.hidden || isSending() || document.querySelector(BUSY);

const stateOf = (version) => version.split("-")[0];

async function look() {
  if (isBusy()) return;
  const { version } = await (await fetch(versionAt)).json();
  const known = document.getElementById("facts").dataset.version;
  if (version === known || isBusy()) return;
  if (stateOf(version) !== stateOf(known)) return location.reload();
  const markup = await (await fetch(parts)).text();
  if (isBusy()) return;
  takeOver(markup);
  announce("Somebody else has changed the round-up");
  document.dispatchEvent(new Event("builder:sent"));
}

setInterval(() => look().catch(() => null), EVERY); // offline: the next time
