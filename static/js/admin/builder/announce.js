/* Says to those who cannot see it what has moved or changed. */

export function announce(text) {
  document.querySelector("[data-announce]").textContent = text;
}
