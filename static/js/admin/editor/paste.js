/* Pasted markup goes through the server's cleaner, which knows Word and Google Docs; where that
   fails, the plain text is put in. */

async function clean(markup, { dataset, form }) {
  const { value } = form.elements.csrfmiddlewaretoken;
  const body = new URLSearchParams({ html: markup, csrfmiddlewaretoken: value });
  const response = await fetch(dataset.clean, { method: "POST", body });
  if (!response.ok) throw new Error(`cleaning gave ${response.status}`);
  return response.text();
}

const paragraphs = (text) =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => ({ type: "paragraph", content: [{ type: "text", text: part }] }));

/* A handler of the event itself: later ones see the markup parsed, styles and all. */
export function pasteInto(getEditor, textarea) {
  return (view, event) => {
    const markup = event.clipboardData?.getData("text/html");
    if (!markup || markup.includes("data-pm-slice")) return false; // plain, or our own
    const text = event.clipboardData.getData("text/plain");
    event.preventDefault();
    clean(markup, textarea)
      .catch(() => paragraphs(text))
      .then((content) => getEditor().chain().focus().insertContent(content).run());
    return true;
  };
}
