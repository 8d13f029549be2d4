/* Puts the player of <button data-embed="ADDRESS"> in the place of its figure's contents.
   Without this module the button does not show, and the link beside it leads to the video. */

document.documentElement.toggleAttribute("data-can-embed", true);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-embed]");
  if (!button) return;
  const player = document.createElement("iframe");
  player.src = button.dataset.embed;
  player.title = button.dataset.title;
  player.allow = "fullscreen; picture-in-picture";
  button.closest("figure").replaceChildren(player);
  player.focus();
});
