/* textarea[data-credit-line=URL]: a line that is pasted or typed is taken apart at once, into fields
   where nobody has typed anything; [data-credit-shown] says what readers will see. */

import { fill } from "./fill.js";

const PARTS = ["subjects", "caption", "photographer", "agency"];
const PAUSE = 250; // milliseconds without a key
let timer = 0;

async function ask(form, fields) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [name, value] of fields) body.set(name, value);
  const url = form.elements.credit_line.dataset.creditLine;
  const response = await fetch(url, { method: "POST", body });
  if (!response.ok) throw new Error(`${response.status} from ${url}`);
  return response.json();
}

async function takeApart(form) {
  const line = form.elements.credit_line.value;
  const parts = await ask(form, [["line", line]]);
  if (line !== form.elements.credit_line.value) return; // typed on meanwhile
  form.elements.credit_read.value = line.split(/\s+/).filter(Boolean).join(" ");
  for (const name of PARTS) fill(form.elements[name], parts[name], "line");
  const found = PARTS.filter((name) => parts[name]);
  const isTaken = (name) => form.elements[name].value === parts[name];
  const taken = found.filter(isTaken).join(", ");
  const left = found.filter((name) => !isTaken(name)).map((name) => `${name} (${parts[name]})`);
  form.querySelector("[data-filled-in]").textContent = [
    taken && `Taken apart: ${taken}.`,
    left.length && `Not taken, as these fields are full: ${left.join(", ")}.`,
  ].filter(Boolean).join(" ");
}

async function show(form) {
  const { credit } = await ask(form, PARTS.map((name) => [name, form.elements[name].value]));
  for (const place of form.querySelectorAll("[data-credit-shown]")) place.textContent = credit;
}

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.elements.credit_line) return;
  const job = { credit_line: takeApart }[target.name] ?? (PARTS.includes(target.name) && show);
  if (!job) return;
  clearTimeout(timer);
  timer = setTimeout(() => job(form).catch(() => {}), PAUSE); // without it, when the form is sent
});
