/* [data-letter]: the letter in a frame, shown in one of several ways, and drawn anew after each
   change; the old one stays until the new one is there, at the same place of the page. */

const place = document.querySelector("[data-letter]");
const desk = place.querySelector("[data-view]");
const PAUSE = 200; // milliseconds: several changes in a row are drawn once
let frame = desk.querySelector("iframe");
let coming = null;
let pause;

function show(src, view) {
  const fresh = frame.cloneNode();
  coming?.remove();
  coming = fresh;
  fresh.dataset.coming = "";
  fresh.addEventListener("load", () => {
    if (fresh !== coming) return;
    const y = frame.contentWindow.scrollY;
    desk.dataset.view = view;
    fresh.removeAttribute("data-coming");
    frame.remove();
    fresh.contentWindow.scrollTo(0, y);
    frame = fresh;
    coming = null;
  });
  fresh.src = src;
  desk.append(fresh);
}

const chosen = () => place.querySelector("[data-show][aria-current]").dataset;

function redraw() {
  const { src, show: view } = chosen();
  show(src, view);
}

place.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-show]");
  if (!tab || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  place.querySelector("[aria-current]").removeAttribute("aria-current");
  tab.setAttribute("aria-current", "true");
  redraw();
});

document.addEventListener("builder:sent", () => {
  clearTimeout(pause);
  pause = setTimeout(redraw, PAUSE);
});

if (innerWidth < 960 && !location.search) place.querySelector("[data-show=phone]").click();
