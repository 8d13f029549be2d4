/* Sends what a form holds, one after the other, and takes over what the answer brings.
   `data-typed` marks a form whose text is not stored, `data-conflict` one that lost a race. */

import { takeOver } from "./parts.js";

const LOGGED_OUT = "You are logged out. Log in in another tab, then save again here.";
const FAILED = "That did not reach the server. What you typed is still here; try again in a moment.";
const KNOWN = [200, 409, 422]; // done; somebody was faster; something is wrong with it
const TOKEN = "[name=csrfmiddlewaretoken]";
let last = Promise.resolve();
let waiting = 0;

export const isSending = () => waiting > 0;

function warn({ message }) {
  const place = document.getElementById("said");
  place.textContent = message === LOGGED_OUT ? LOGGED_OUT : FAILED;
  place.setAttribute("data-warning", "");
}

function tell() {
  document.dispatchEvent(new Event("builder:sent"));
}

/* A new login has a new token. */
async function renewToken() {
  const answer = await fetch(document.querySelector("[data-builder]").dataset.builder);
  if (answer.redirected) throw new Error(LOGGED_OUT);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const { value } = fresh.querySelector(TOKEN);
  for (const field of document.querySelectorAll(TOKEN)) field.value = value;
}

async function post(form, data, url, isSecond = false) {
  const typed = form?.dataset.typed;
  const options = { method: "POST", body: data(), headers: { "X-Parts": "1" } };
  const response = await fetch(url, options);
  const { status, redirected } = response;
  if (redirected) throw new Error(LOGGED_OUT);
  if (status === 403 && !isSecond) return renewToken().then(() => post(form, data, url, true));
  if (!KNOWN.includes(status)) throw new Error(`${url} gave ${status}`);
  if (status === 200 && form?.dataset.typed === typed) form?.removeAttribute("data-typed");
  form?.toggleAttribute("data-conflict", status === 409);
  takeOver(await response.text());
}

/* data: makes what is sent, when its turn has come; url: unless it is the form's own. */
export async function send(form, data, url = form.action) {
  waiting += 1;
  last = last.then(() => post(form, data, url)).then(tell, warn);
  await last;
  waiting -= 1;
}
