/* <form data-autosave="URL">: what is typed is kept there, for the same person's eyes, at most
   PAUSE after each key, but while it is sent (unsaved.js). Without a connection or a login it says
   so and goes on trying. */

import { post } from "./autosave/post.js";
import { describe, trouble } from "./autosave/said.js";

const PAUSE = 2500; // milliseconds
const AGAIN = 5000; // after a failure

const form = document.querySelector("form[data-autosave]");
let typed = 0;
let kept = 0;
let sent = Infinity;
let timer;
let isSending = false;

const later = (pause) => (timer ??= setTimeout(keep, pause));

async function keep() {
  clearTimeout(timer);
  timer = undefined;
  if (isSending || "isSent" in form.dataset || typed === kept) return;
  isSending = true;
  const upTo = typed;
  try {
    const response = await post(form, form.dataset.autosave);
    if (response.ok) kept = upTo;
    if (response.ok) describe(await response.text());
    else if (response.type === "basic") trouble("refused");
  } catch {
    trouble("offline");
  }
  isSending = false;
  if (typed > kept) later(kept === upTo ? PAUSE : AGAIN);
}

function note() {
  typed += 1;
  later(PAUSE);
}

if (form) {
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", () => (sent = typed));
  // What was kept while a save was on its way has gone with that.
  addEventListener("pagehide", () => (kept = Math.min(kept, sent)));
  addEventListener("online", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  if ("isUnsaved" in form.dataset) note();
}
