/* <form data-unsaved>: asks before leaving with unsaved text, and sends only once per press.
   While it is sent it has data-is-sent; whoever stops that, or types on, is still here. */

const form = document.querySelector("form[data-unsaved]");

if (form) {
  let isUnsaved = "isUnsaved" in form.dataset;
  const note = () => (isUnsaved = true);
  const isHere = () => delete form.dataset.isSent;
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("input", isHere);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") return; // a look at it, in another window
    if ("isSent" in form.dataset) event.preventDefault();
    form.dataset.isSent = "";
  });
  addEventListener("pageshow", isHere);
  globalThis.navigation?.addEventListener("navigateerror", isHere);
  addEventListener("beforeunload", (event) => {
    if (isUnsaved && !("isSent" in form.dataset)) event.preventDefault();
  });
}
