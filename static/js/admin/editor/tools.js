/* What the toolbar's buttons do: [text, label, what is active then, action] each, and the tag
   without which the text cannot hold it. */

import { choosePhoto } from "../photo-chooser.js";
import { askForLink, askForVideo } from "./ask.js";

const linked = (href) => ({
  type: "text",
  text: href,
  marks: [{ type: "link", attrs: { href } }],
});

export async function link(editor) {
  const href = await askForLink(editor.getAttributes("link").href);
  if (href === null) return;
  const chain = editor.chain().focus().extendMarkRange("link");
  if (!href) chain.unsetLink().run();
  else if (editor.state.selection.empty && !editor.isActive("link"))
    chain.insertContent(linked(href)).run();
  else chain.setMark("link", { href }).run();
}

function insert(editor, type, value) {
  if (!value) return;
  const { $to } = editor.state.selection;
  const end = $to.depth ? $to.after(1) : $to.pos;
  const isLast = end >= editor.state.doc.content.size; // leave room to write on below
  const figure = { type, attrs: { value: String(value) } };
  const content = isLast ? [figure, { type: "paragraph" }] : figure;
  editor.chain().focus().insertContent(content).run();
}

const wrap = (node) => (editor) => editor.chain().focus().toggleWrap(node).run();
const heading = (level) => (editor) => editor.chain().focus().toggleHeading({ level }).run();

export function tools(place, { photoChoose, tags }) {
  const allowed = tags.split(" ");
  const photo = async (editor) => insert(editor, "photo", (await choosePhoto(photoChoose))?.id);
  const all = [
    ["B", "Bold", "bold", (e) => e.chain().focus().toggleBold().run()],
    ["I", "Italic", "italic", (e) => e.chain().focus().toggleItalic().run()],
    ["Link", "Link (Ctrl+K)", "link", link],
    ["H2", "Sub-head", ["heading", { level: 2 }], heading(2), "h2"],
    ["H3", "Minor sub-head", ["heading", { level: 3 }], heading(3), "h3"],
    ["• List", "List", "bulletList", (e) => e.chain().focus().toggleBulletList().run(), "ul"],
    ["1. List", "Numbered list", "orderedList", (e) => e.chain().focus().toggleOrderedList().run(), "ol"],
    ["Quote", "Quote", "blockquote", (e) => e.chain().focus().toggleBlockquote().run(), "blockquote"],
    ["Pull quote", "Pull quote", "pullQuote", wrap("pullQuote"), "aside"],
    ["Photo", "Photo", "photo", photo, "figure"],
    ["Video", "Video", "embed", async (e) => insert(e, "embed", await askForVideo()), "figure"],
    ["Undo", "Undo", null, (e) => e.chain().focus().undo().run()],
    ["Redo", "Redo", null, (e) => e.chain().focus().redo().run()],
    ["Full screen", "Full screen", null, () => place.toggleAttribute("data-full-screen"), "h2"],
  ];
  return all.filter(([, , , , tag]) => !tag || allowed.includes(tag));
}
