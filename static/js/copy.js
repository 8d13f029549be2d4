/* <button data-copy="ID">: copies what stands in that field. Without this module the buttons stay
   hidden; the fields are there to be selected and copied. */

const canCopy = "clipboard" in navigator;

document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = !canCopy;
});

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  const said = button.parentElement.querySelector("[role=status]");
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Copied.";
  } catch {
    field.select(); // the browser does not allow it: one key is left to press
    said.textContent = "Selected: now copy it with your keyboard.";
  }
});
