/* <output data-count-from="URL">: says how many subscribers the form around it chooses, after each
   change. Without this module it says how many the saved form chooses. */

const output = document.querySelector("[data-count-from]");
const form = output?.closest("form");
let waiting;
let asked = 0;

async function count() {
  const mine = ++asked;
  const body = new FormData(form);
  try {
    const response = await fetch(output.dataset.countFrom, { method: "POST", body });
    const { n } = await response.json();
    if (mine === asked) output.value = n.toLocaleString("en-US");
  } catch {
    output.value = "not known just now";
  }
}

form?.addEventListener("input", (event) => {
  if (event.target.name === "name") return;
  clearTimeout(waiting);
  waiting = setTimeout(count, 250);
});
