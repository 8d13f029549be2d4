/* Closes <details data-menu> on Escape and on a click elsewhere. */

const menu = document.querySelector("[data-menu]");

document.addEventListener("click", (event) => {
  if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
