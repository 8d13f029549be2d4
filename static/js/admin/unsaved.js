/* <form data-unsaved>: asks before leaving with unsaved text, and sends only once per press. */

const form = document.querySelector("form[data-unsaved]");

if (form) {
  let isUnsaved = "isUnsaved" in form.dataset;
  let isSent = false;
  const note = () => (isUnsaved = true);
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.formTarget === "_blank") return; // a look at it, in another window
    if (isSent) event.preventDefault();
    isSent = true;
  });
  addEventListener("pageshow", () => (isSent = false));
  addEventListener("beforeunload", (event) => {
    if (isUnsaved && !isSent) event.preventDefault();
  });
}
