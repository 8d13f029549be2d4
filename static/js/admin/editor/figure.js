/* A node <figure ATTRIBUTE="value"><figcaption>text</figcaption></figure>: it shows what `draw`
   makes of the value, with buttons to change or remove it; its text is the caption. */

import { Node } from "../../../django_prose_editor/editor.js";

const button = (text, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet-button";
  made.textContent = text;
  made.addEventListener("click", act);
  return made;
};

export function figure(name, attribute, { placeholder, options, draw, change }) {
  return Node.create({
    name,
    group: "block",
    content: "inline*",
    isolating: true,
    draggable: true,
    addOptions: () => options,
    addAttributes: () => ({
      value: {
        parseHTML: (element) => element.getAttribute(attribute),
        renderHTML: ({ value }) => ({ [attribute]: value }),
      },
    }),
    parseHTML: () => [
      {
        tag: `figure[${attribute}]`,
        contentElement: (element) => element.querySelector("figcaption") ?? element,
      },
    ],
    renderHTML: ({ HTMLAttributes }) => ["figure", HTMLAttributes, ["figcaption", 0]],
    addNodeView() {
      return ({ node, editor, getPos }) => {
        const dom = document.createElement("figure");
        const shown = document.createElement("div");
        const caption = document.createElement("figcaption");
        shown.contentEditable = "false";
        shown.className = "editor__figure";
        caption.dataset.placeholder = placeholder;
        const set = (value) =>
          editor.chain().setNodeSelection(getPos()).updateAttributes(name, { value }).run();
        const tools = document.createElement("p");
        tools.append(
          button("Change", async () => {
            const value = await change(this.options, node.attrs.value);
            if (value) set(value);
          }),
          button("Remove", () => editor.chain().setNodeSelection(getPos()).deleteSelection().run()),
        );
        const update = (fresh) => {
          if (fresh.type.name !== name) return false;
          node = fresh;
          shown.replaceChildren(draw(this.options, node.attrs.value), tools);
          caption.toggleAttribute("data-empty", node.content.size === 0);
          return true;
        };
        update(node);
        dom.append(shown, caption);
        const stopEvent = ({ target }) => tools.contains(target);
        return { dom, contentDOM: caption, update, stopEvent };
      };
    },
  });
}
