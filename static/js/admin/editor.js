/* <textarea data-editor>: rich text by django-prose-editor, with what the server's cleaner lets
   through and nothing else. Without this module the textarea holds the HTML itself. */

import { Editor } from "../../django_prose_editor/editor.js";
import { extensionsFor } from "./editor/extensions.js";
import { pasteInto } from "./editor/paste.js";
import { makeToolbar } from "./editor/toolbar.js";

const isBlank = ({ firstChild, childCount }) =>
  childCount === 1 && firstChild.type.name === "paragraph" && firstChild.content.size === 0;

function start(textarea) {
  if (textarea.hidden) return; // it has one already
  const place = document.createElement("div");
  place.className = "editor";
  const page = document.createElement("div");
  textarea.after(place);
  textarea.hidden = true;
  const label = document.querySelector(`label[for="${textarea.id}"]`);
  const editor = new Editor({
    element: page,
    injectCSS: false, // our sheet has it: the Content-Security-Policy forbids inline styles
    extensions: extensionsFor(textarea.dataset),
    content: textarea.value,
    editorProps: {
      handleDOMEvents: { paste: pasteInto(() => editor, textarea) },
      attributes: {
        class: "prose editor__page",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label?.textContent ?? "Text",
      },
    },
    onUpdate({ editor }) {
      textarea.value = isBlank(editor.state.doc) ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  place.append(makeToolbar(editor, place, textarea.dataset), page);
  label?.addEventListener("click", () => editor.commands.focus());
}

const startIn = (place) => place.querySelectorAll("textarea[data-editor]").forEach(start);

document.addEventListener("parts:new", ({ target }) => startIn(target));
startIn(document);
