/* The pages in the frames, in light or in dark, and rolled to [data-roll-to]. */

const frames = [...document.querySelectorAll(".page-preview__frame")];
const choice = document.querySelector("[data-preview-scheme]");
let scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";

function paint() {
  for (const button of choice.children) {
    button.setAttribute("aria-pressed", String(button.dataset.scheme === scheme));
  }
  for (const { contentDocument } of frames) {
    // A frame between two pages has a document without an element.
    contentDocument?.documentElement?.style.setProperty("color-scheme", scheme);
  }
}

function ready(frame) {
  paint();
  const place = frame.dataset.rollTo;
  if (place) frame.contentDocument.querySelector(place)?.scrollIntoView({ block: "center" });
}

choice?.addEventListener("click", ({ target }) => {
  if (!target.dataset.scheme) return;
  scheme = target.dataset.scheme;
  paint();
});

for (const frame of frames) {
  frame.addEventListener("load", () => ready(frame));
  if (frame.contentDocument?.readyState === "complete") ready(frame);
}
if (choice && frames.length) choice.hidden = false;
