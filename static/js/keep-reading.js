/* Opens the rest of a piece in place: <a data-keep-reading="FRAGMENT"> in <article data-teaser>,
   and folds it back. Without this module, or when the fetch fails, the link leads to the piece. */

const upgrade = (link) => {
  link.setAttribute("role", "button");
  link.setAttribute("aria-expanded", "false");
};

const fetchRest = async (link) => {
  const response = await fetch(link.dataset.keepReading);
  if (!response.ok) throw new Error(`${response.status} for the rest of a piece`);
  const rest = document.createElement("div");
  rest.dataset.rest = "";
  rest.tabIndex = -1; // so that reading goes on here, for eyes and for screen readers
  rest.innerHTML = await response.text();
  link.before(rest);
  return rest;
};

const show = (link, isOpen) => {
  const teaser = link.closest("[data-teaser]");
  teaser.toggleAttribute("data-open", isOpen);
  teaser.querySelector("[data-rest]").hidden = !isOpen;
  link.setAttribute("aria-expanded", String(isOpen));
  link.querySelector("[data-label]").textContent = isOpen ? "show less" : "keep reading";
};

const open = async (link) => {
  const teaser = link.closest("[data-teaser]");
  const top = link.getBoundingClientRect().top;
  link.setAttribute("aria-busy", "true");
  try {
    const rest = teaser.querySelector("[data-rest]") ?? (await fetchRest(link));
    link.dataset.top = top;
    show(link, true);
    rest.focus({ preventScroll: true });
  } catch {
    location.assign(link.href);
  } finally {
    link.removeAttribute("aria-busy");
  }
};

const fold = (link) => {
  show(link, false);
  const moved = link.getBoundingClientRect().top - link.dataset.top;
  scrollBy({ top: moved, behavior: "instant" }); // back to where the reader was
  link.focus({ preventScroll: true });
};

const toggle = (event) => {
  const link = event.target.closest("[data-keep-reading]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.hasAttribute("aria-busy")) return;
  if (link.getAttribute("aria-expanded") === "true") fold(link);
  else open(link);
};

document.querySelectorAll("[data-keep-reading]").forEach(upgrade);
document.addEventListener("click", toggle);
document.addEventListener("keydown", (event) => {
  if (event.key === " ") toggle(event);
});
