/* Sends what a form holds, one after the other, and takes over what the answer brings.
   `data-typed` marks a form whose text is not stored, `data-conflict` one that lost a race. */

import { takeOver } from "./parts.js";

const FAILED = "That did not reach the server. What you typed is still here; try again in a moment.";
const KNOWN = [200, 409, 422]; // done; somebody was faster; something is wrong with it
let last = Promise.resolve();
let waiting = 0;

export const isSending = () => waiting > 0;

function fail() {
  const place = document.getElementById("said");
  place.textContent = FAILED;
  place.setAttribute("data-warning", "");
}

async function post(form, data, url) {
  const typed = form?.dataset.typed;
  const options = { method: "POST", body: data(), headers: { "X-Parts": "1" } };
  const response = await fetch(url, options);
  const { status, redirected } = response;
  if (redirected || !KNOWN.includes(status)) throw new Error(`${url} gave ${status}`);
  if (status === 200 && form?.dataset.typed === typed) form?.removeAttribute("data-typed");
  form?.toggleAttribute("data-conflict", status === 409);
  takeOver(await response.text());
}

/* data: makes what is sent, when its turn has come; url: unless it is the form's own. */
export async function send(form, data, url = form.action) {
  waiting += 1;
  last = last.then(() => post(form, data, url)).catch(fail);
  await last;
  waiting -= 1;
  document.dispatchEvent(new Event("builder:sent"));
}
