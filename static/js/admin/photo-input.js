/* [data-photo-input]: a photo shown as a picture, chosen in the library's dialog. */

import { choosePhoto } from "./photo-chooser.js";

for (const place of document.querySelectorAll("[data-photo-input]")) {
  const part = (name) => place.querySelector(`[data-photo-${name}]`);
  const number = part("number").querySelector("input");
  const show = (photo) => {
    number.value = photo?.id ?? "";
    part("picture").hidden = part("clear").hidden = !photo;
    part("picture").src = photo?.thumbnail ?? "";
    part("picture").alt = photo?.alt ?? "";
    part("credit").textContent = photo?.credit ?? "";
    part("choose").textContent = photo ? "Change" : "Choose a photo";
    number.dispatchEvent(new Event("input", { bubbles: true }));
  };
  part("number").hidden = true;
  part("tools").hidden = false;
  part("clear").addEventListener("click", () => show(null));
  part("choose").addEventListener("click", async (event) => {
    const photo = await choosePhoto(event.target.dataset.photoChoose);
    if (photo) show(photo);
    part("choose").focus();
  });
}
