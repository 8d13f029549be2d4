/* What the bar of the writing screen says of the text that is kept. The time changes with every few
   words, so that it is not read out; what is wrong is, and once. */

const WORDS = {
  offline: "Not saved: no connection. What you type stays here, and this goes on trying.",
  refused: "Not saved. What you type stays here; copy it before you close this window.",
  lockedOut: "You may not change this piece any more. What you typed is among the ",
  loggedOut: "You have been logged out. What you typed is kept; go on after you ",
};
const time = document.querySelector("[data-autosaved]");
const place = document.querySelector("[data-autosave-trouble]");
let shown = "";

export function describe(moment) {
  const { zone } = time.dataset;
  const clock = new Date(moment).toLocaleTimeString("en-GB", { timeZone: zone });
  time.textContent = `Saved ${clock}`;
  trouble("");
}

export function trouble(kind) {
  if (kind === shown) return;
  shown = kind;
  place.textContent = WORDS[kind] ?? "";
  if (kind === "loggedOut") place.append(link(place.dataset.login, "log in in another window"));
  if (kind === "lockedOut") place.append(link(place.dataset.kept, "texts kept for you"));
}

function link(href, textContent) {
  return Object.assign(document.createElement("a"), { href, textContent, target: "_blank" });
}
