/* The editor's tools: one tab stop, arrows between them (ARIA toolbar). */

import { link, tools } from "./tools.js";

export function makeToolbar(editor, place, dataset) {
  const bar = document.createElement("div");
  bar.className = "editor__tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Formatting");
  const buttons = tools(place, dataset).map(([text, label, state, act], index) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.title = button.ariaLabel = label;
    button.tabIndex = index ? -1 : 0;
    button.addEventListener("click", () => act(editor));
    const show = () => (button.ariaPressed = String(editor.isActive(...[state].flat())));
    if (state) editor.on("transaction", show);
    return button;
  });
  bar.append(...buttons);
  bar.addEventListener("mousedown", (event) => event.preventDefault()); // the text keeps the focus
  bar.addEventListener("keydown", ({ key }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return;
    const next = (buttons.indexOf(document.activeElement) + step + buttons.length) % buttons.length;
    buttons.forEach((button, i) => (button.tabIndex = i === next ? 0 : -1));
    buttons[next].focus();
  });
  place.addEventListener("keydown", (event) => {
    if (event.key === "Escape") place.removeAttribute("data-full-screen");
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    link(editor);
  });
  return bar;
}
