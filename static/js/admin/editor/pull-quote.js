/* <aside class="pull-quote"><p>…</p></aside> */

import { Node } from "../../../django_prose_editor/editor.js";

export const PullQuote = Node.create({
  name: "pullQuote",
  group: "block",
  content: "paragraph+",
  defining: true,
  parseHTML: () => [{ tag: "aside.pull-quote" }],
  renderHTML: () => ["aside", { class: "pull-quote" }, 0],
});
