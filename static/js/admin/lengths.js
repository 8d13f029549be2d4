/* [data-length="ID"] counts that field while somebody types, [data-mirror="ID"] shows its text. */

const FITS = ["short", "good", "long"];

function count(place, n) {
  const { low, high, words } = place.dataset;
  const fit = n < Number(low) ? 0 : n <= Number(high) ? 1 : 2;
  place.dataset.fit = FITS[fit];
  place.querySelector("meter").value = n;
  place.querySelector("span").textContent = `${n} characters, ${words.split("|")[fit]}`;
}

document.addEventListener("input", ({ target: { id, value } }) => {
  if (!id) return;
  const text = value?.trim();
  for (const place of document.querySelectorAll(`[data-length="${id}"]`)) {
    count(place, [...text].length);
  }
  for (const place of document.querySelectorAll(`[data-mirror="${id}"]`)) {
    place.textContent = text || place.dataset.else;
  }
});
