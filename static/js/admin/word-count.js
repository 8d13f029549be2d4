/* <span data-word-count>: words and minutes of the body, counted as the database counts them. */

const place = document.querySelector("[data-word-count]");
const body = document.getElementById("id_body");

const count = () => {
  const parts = body.value.replace(/<[^>]*>|&nbsp;/g, " ").split(/[ \n\t\u00a0]/);
  const words = parts.filter((part) => !["", "-", "–", "—"].includes(part)).length;
  const minutes = Math.max(1, Math.round(words / Number(place.dataset.wordsAMinute)));
  place.textContent = `${words.toLocaleString("en")} words, ${minutes} min`;
};

if (place && body) {
  body.addEventListener("input", count);
  count();
}
