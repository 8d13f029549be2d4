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
  const type = (space) =>
    space && view.dispatch(view.state.tr.insertText(" ").setMeta("paste", true));
  type(isPart && /^[ \u00a0]/.test(text));
  view.pasteHTML(markup);
  type(isPart && /[ \u00a0]$/.test(text));
}

/* What is typed where the cleaner still works goes behind it, and what was pasted earlier ahead. */
function mapped({ transaction }) {
  const { mapping } = transaction;
  const side = transaction.getMeta("paste") ? 1 : -1;
  return { map: (at) => mapping.map(at, side), mapResult: (at) => mapping.mapResult(at, side) };
}

/* What is selected now, as a function that gives it back wherever edits have moved it by then. */
function follow(editor) {
  let place = editor.state.selection.getBookmark();
  const move = (change) => (place = place.map(mapped(change)));
  editor.on("transaction", move);
  return () => {
    editor.off("transaction", move);
    return place.resolve(editor.state.doc);
  };
}

/* Writes at the place that `find` gives, and leaves the cursor alone where it has gone on. */
function writeAt(find, editor, write) {
  const { view } = editor;
  const select = (selection) => view.dispatch(view.state.tr.setSelection(selection));
  const place = find();
  if (place.eq(view.state.selection)) return write(view);
  const findCursor = follow(editor);
  select(place);
  write(view);
  select(findCursor());
}

/* A handler of the event itself: later ones see the markup parsed, styles and all. */
export function pasteInto(getEditor, textarea) {
  let earlier = Promise.resolve(); // what is pasted first is put in first
  return (_view, event) => {
    const markup = event.clipboardData?.getData("text/html");
    if (!markup || markup.includes("data-pm-slice")) return false; // plain, or our own
    const text = event.clipboardData.getData("text/plain");
    event.preventDefault();
    const editor = getEditor();
    const find = follow(editor);
    const write = ({ value }) => (view) =>
      value === undefined ? view.pasteText(text) : insert(view, value, text);
    earlier = Promise.allSettled([clean(markup, textarea), earlier]).then(([cleaned]) =>
      writeAt(find, editor, write(cleaned)),
    );
    return true;
  };
}
