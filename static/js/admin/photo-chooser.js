/* The library in a dialog: search, pick or upload a photo without leaving the page.
   The server draws what is in it; `choosePhoto(url)` gives {id, thumbnail, alt, credit} or null. */

import "./credit-line.js"; // what its form for uploads needs
import "./photo-file.js";

const dialog = document.createElement("dialog");
dialog.className = "chooser";
dialog.setAttribute("aria-label", "Choose a photo");
document.body.append(dialog);

async function load(url, options) {
  const response = await fetch(url, options);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.querySelector("[data-chooser]");
  if (!fresh) throw new Error(`no chooser in the answer ${response.status}`);
  dialog.replaceChildren(fresh);
}

const chosen = () => {
  const { value, dataset } = dialog.querySelector("input[name=photo]:checked") ?? {};
  return value ? { id: value, ...dataset } : null;
};

async function act(event, done) {
  const form = event.target;
  event.preventDefault();
  if (form.matches("[data-pick]")) return done(chosen());
  const data = new FormData(form);
  try {
    if (form.method === "get") await load(`${form.action}?${new URLSearchParams(data)}`);
    else await load(form.action, { method: "POST", body: data });
    const places = ["[aria-invalid]", "input:checked", "input[type=search]"];
    places.map((place) => dialog.querySelector(place)).find(Boolean)?.focus();
  } catch {
    const note = dialog.querySelector("[data-chooser-note]");
    note.textContent = "That did not work; please try again.";
  }
}

export async function choosePhoto(url) {
  try {
    await load(url);
  } catch {
    location.assign(url); // no dialog: the library itself, where the number can be read
    return null;
  }
  dialog.showModal();
  return new Promise((resolve) => {
    const done = (photo) => {
      dialog.close();
      resolve(photo);
    };
    dialog.onsubmit = (event) => act(event, done);
    dialog.onclick = (event) => {
      if (event.target.closest("[data-chooser-close]")) done(null);
      const link = event.target.closest("a[data-chooser-page]");
      if (link) event.preventDefault(), load(link.href);
    };
    dialog.ondblclick = (event) => event.target.closest("[data-photo]") && done(chosen());
    dialog.oncancel = () => resolve(null);
  });
}
