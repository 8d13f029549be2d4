/* A dialog that asks for one address; null when it is closed without. */

export function ask({ title, hint, value = "", check = () => "" }) {
  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const dialog = make("dialog", { className: "ask", ariaLabel: title });
  const form = make("form", { method: "dialog" });
  const label = make("label", { textContent: title });
  const input = make("input", { type: "text", inputMode: "url", value });
  const note = make("p", { className: "help", textContent: hint, role: "status" });
  const done = make("button", { className: "primary-button", textContent: "Insert" });
  const cancel = make("button", { className: "quiet-button", textContent: "Cancel" });
  cancel.type = "button";
  label.append(input);
  form.append(label, note, done, cancel);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    let answer = null;
    cancel.addEventListener("click", () => dialog.close());
    form.addEventListener("submit", (event) => {
      const wrong = check(input.value.trim());
      if (wrong) event.preventDefault();
      note.textContent = wrong || hint;
      answer = wrong ? null : input.value.trim();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(answer);
    });
  });
}

const LINK = /^(https?:\/\/\S+|mailto:\S+@\S+|\/(?!\/)\S*)$/i;
const VIDEO = /^https:\/\/(www\.|m\.)?(youtube\.com\/|youtu\.be\/|vimeo\.com\/)\S+$/i;

const NO_LINK = "This is no address: it starts with https://, mailto: or /";
const NO_VIDEO = "This is not the https:// address of a YouTube or Vimeo page.";

export const askForLink = (value) =>
  ask({
    title: "Address of the link",
    hint: "Starts with https://, or with / on this site; empty takes the link away.",
    value,
    check: (text) => (!text || LINK.test(text) ? "" : NO_LINK),
  });

export const askForVideo = (value) =>
  ask({
    title: "Address of the video’s page",
    hint: "On YouTube or Vimeo. Readers load it with a click.",
    value,
    check: (text) => (VIDEO.test(text) ? "" : NO_VIDEO),
  });
