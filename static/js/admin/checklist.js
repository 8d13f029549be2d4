/* <div data-checklist="URL"> in a form: what the form still needs, asked for while it is filled in.
   Without this module the list is that of the last save. */

const list = document.querySelector("[data-checklist]");
const form = list?.closest("form");
const PAUSE = 1500; // milliseconds without a change
let timer = 0;
let asked = 0;

async function ask() {
  const mine = ++asked;
  try {
    const body = new FormData(form);
    const response = await fetch(list.dataset.checklist, { method: "POST", body });
    if (!response.ok || response.redirected || mine !== asked) return;
    const fresh = await response.text();
    if (fresh !== list.dataset.shown) list.innerHTML = fresh;
    list.dataset.shown = fresh;
  } catch {
    // The next change asks again.
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

form?.addEventListener("input", later);
form?.addEventListener("change", later);
