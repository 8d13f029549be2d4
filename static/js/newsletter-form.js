/* Signs up in place: [data-newsletter="TICKETS"] gives way to its counterpart in the answer.
   Its form gets a ticket when somebody begins to type. Without this module, or when anything
   fails, the form posts the ordinary way, and the answer asks once more. */

const BOX = "[data-newsletter]";
const A_HUMAN_TYPES = 2000; // milliseconds; no ticket is taken before
const tickets = new WeakMap();

const fetchTicket = async (form, url) => {
  const response = await fetch(url);
  if (!response.ok) return;
  form.elements.ticket.value = await response.text();
  await new Promise((done) => setTimeout(done, A_HUMAN_TYPES));
};

document.addEventListener("focusin", ({ target }) => {
  const form = target.closest(`${BOX} form`);
  if (!form || form.elements.ticket.value || tickets.has(form)) return;
  const url = form.closest(BOX).dataset.newsletter;
  tickets.set(form, fetchTicket(form, url).catch(() => {}));
});

const post = async (form) => {
  const response = await fetch(form.action, { method: "POST", body: new FormData(form) });
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = answer.querySelector(BOX);
  if (!fresh) throw new Error(`no ${BOX} in the answer`);
  form.closest(BOX).replaceWith(fresh);
  (fresh.querySelector("[autofocus]") ?? fresh).focus();
};

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches(`${BOX} form`)) return;
  event.preventDefault();
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  try {
    await tickets.get(form);
    await post(form);
  } catch {
    form.submit();
  }
});
