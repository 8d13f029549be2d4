/* <input data-tags="URL">: names between commas become tokens that complete; new ones are welcome,
   unless it is data-tags-known; another name of a tag gives that tag. The field itself, hidden,
   stays what is sent. */

import { ListBox } from "./list-box.js";
import { has, split } from "./names.js";
import { offersFor } from "./offers.js";
import { Aliases } from "./tag-aliases.js";
import { makeTokens } from "./tokens.js";

const PAUSE = 150; // milliseconds after the last key
const aliases = new Aliases();

function start(field) {
  const { entry, show } = makeTokens(field, (name) => {
    write(split(field.value).filter((other) => other !== name));
    entry.focus();
  });
  const write = (names) => {
    field.value = names.join(", ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    show(names);
  };
  const add = (text) => {
    const names = split(field.value);
    for (const name of split(text).map((typed) => aliases.meant(typed))) {
      if (!has(names, name)) names.push(name);
    }
    entry.value = "";
    write(names);
  };
  const box = new ListBox(entry, ({ text }) => add(text));
  const offer = async () => {
    const term = entry.value.trim();
    if (!term) return box.hide();
    const found = await offersFor(entry, field.dataset.tags, term).catch(() => []);
    if (!found || entry.value.trim() !== term) return;
    aliases.learn(found);
    const isKnown = aliases.has(term) || has(found.map(({ text }) => text), term);
    const isNew = !("tagsKnown" in field.dataset) && !isKnown;
    box.show(isNew ? [...found, { id: "", text: term, note: "new tag" }] : found);
  };
  let pause;
  entry.addEventListener("input", () => {
    clearTimeout(pause);
    if (entry.value.includes(",")) add(entry.value);
    else pause = setTimeout(offer, PAUSE);
  });
  entry.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && !entry.value) write(split(field.value).slice(0, -1));
    if (event.key !== "Enter") return;
    event.preventDefault(); // Enter ends a tag, not the form
    add(entry.value);
    box.hide();
  });
  entry.addEventListener("blur", () => entry.value.trim() && add(entry.value));
  show(split(field.value));
}

document.querySelectorAll("input[data-tags]").forEach(start);
