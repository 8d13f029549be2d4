/* [data-presence="URL"]: calls while the piece is open, and says who else has it open. */

const EVERY = 15_000; // milliseconds

const place = document.querySelector("[data-presence]");
const form = document.getElementById("article_form");

async function call(more = {}) {
  const [token, version] = ["csrfmiddlewaretoken", "version"].map((name) => form.elements[name].value);
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, version, ...more });
  const response = await fetch(place.dataset.presence, { method: "POST", body, keepalive: true });
  const isForUs = response.headers.get("Content-Type")?.startsWith("text/plain");
  const said = isForUs ? await response.text() : place.textContent;
  if (said !== place.textContent) place.textContent = said; // or it would be read out again
}

const callQuietly = (more) => call(more).catch(() => null); // offline: the next time

if (place?.dataset.presence) {
  addEventListener("pagehide", () => callQuietly({ gone: "" }));
  addEventListener("pageshow", () => callQuietly());
  setInterval(callQuietly, EVERY);
}
