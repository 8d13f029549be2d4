/* Pasted markup goes through the server's cleaner, which knows Word and Google Docs; where that
   fails, the plain text is put in. */

async function clean(markup, { dataset, form }) {
  const { value } = form.elements.csrfmiddlewaretoken;
  const body = new URLSearchParams({ html: markup, csrfmiddlewaretoken: value });
  const response = await fetch(dataset.clean, { method: "POST", body });
  if (!response.ok) throw new Error(`cleaning gave ${response.status}`);
  return response.text();
}

/* One paragraph goes into the sentence that it is pasted into, with the spaces at its edges, which
   no paragraph keeps. */
function insert(view, markup, text) {
  const isPart = /^<p>(?:(?!<\/p>).)*<\/p>$/s.test(markup);
  const type = (space) => space && view.dispatch(view.state.tr.insertText(" "));
  type(isPart && /^[ \u00a0]/.test(text));
  view.pasteHTML(markup);
  type(isPart && /[ \u00a0]$/.test(text));
}

/* A handler of the event itself: later ones see the markup parsed, styles and all. */
export function pasteInto(getEditor, textarea) {
  return (view, event) => {
    const markup = event.clipboardData?.getData("text/html");
    if (!markup || markup.includes("data-pm-slice")) return false; // plain, or our own
    const text = event.clipboardData.getData("text/plain");
    event.preventDefault();
    clean(markup, textarea)
      .then((cleaned) => insert(view, cleaned, text))
      .catch(() => view.pasteText(text))
      .then(() => getEditor().commands.focus());
    return true;
  };
}
