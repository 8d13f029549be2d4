/* Copies the address of <p data-share="ADDRESS" data-title="…">, or passes it on the device's own
   way. Without this module its buttons stay hidden, and the links lead on. */

const WAYS = {
  copy: async ({ share }, button) => {
    await navigator.clipboard.writeText(share);
    button.textContent = "link copied";
    button.closest("[data-share]").querySelector("[role=status]").textContent = "Link copied";
  },
  device: ({ share, title }) => navigator.share({ title, url: share }),
};
const CAN = { copy: "clipboard" in navigator, device: "share" in navigator };

document.querySelectorAll("[data-way]").forEach((button) => {
  button.hidden = !CAN[button.dataset.way];
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-way]");
  if (!button) return;
  try {
    await WAYS[button.dataset.way](button.closest("[data-share]").dataset, button);
  } catch {
    // The reader changed their mind, or the browser does not allow it: the links are still there.
  }
});
