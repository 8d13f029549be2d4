/* Says what this browser remembers of appeals, and does what its reader wishes about it.
   static/js/appeals.js writes the same note; without this module the page is a text. */

const A_DAY = 864e5; // milliseconds
const box = document.querySelector("[data-appeal-choices]");

const wishes = {
  gave: (note) => ({ ...note, why: "gave", until: Date.now() + 365 * A_DAY }),
  never: (note) => ({ ...note, why: "never", until: Number.MAX_SAFE_INTEGER }),
  again: (note) => ({ ...note, why: "", until: 0 }),
  forget: () => null,
};

function read() {
  try {
    return JSON.parse(localStorage.appeals ?? "null");
  } catch (error) {
    if (error instanceof SyntaxError) return null; // not written by us
    throw error;
  }
}

function wish(name) {
  const note = wishes[name](read() ?? {});
  if (note) localStorage.appeals = JSON.stringify(note);
  else localStorage.removeItem("appeals");
}

function state(note) {
  if (!note) return "none";
  const isWish = ["closed", "gave", "never"].includes(note.why);
  return isWish && note.until > Date.now() ? note.why : "open";
}

function show(name, note) {
  for (const text of box.querySelectorAll("[data-when]")) text.hidden = text.dataset.when !== name;
  box.querySelector("[data-acts]").hidden = name === "blocked";
  box.querySelector("[data-kept]").hidden = !note;
  box.querySelector("pre").textContent = JSON.stringify(note, null, 2);
  if (name !== "closed" && name !== "gave") return;
  const day = new Date(note.until);
  const { lang } = document.documentElement;
  for (const until of box.querySelectorAll("[data-until]")) {
    until.textContent = day.toLocaleDateString(lang, { dateStyle: "long" });
  }
}

function act(name) {
  try {
    if (name) wish(name);
    const note = read();
    show(state(note), note);
  } catch {
    show("blocked", null); // nothing can be kept here
  }
  box.hidden = false;
}

function arrive(name) {
  try {
    act(read()?.why === "never" ? "" : name); // a gift takes back no wish that goes further
  } catch {
    act("");
  }
}

box.addEventListener("click", ({ target }) => target.dataset.wish && act(target.dataset.wish));
arrive(box.dataset.appealChoices);
