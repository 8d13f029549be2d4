/* The editor's schema, made from the tags that the server's cleaner lets through. */

import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  Link,
  ListItem,
  OrderedList,
  Paragraph,
  Placeholder,
  Text,
} from "../../../django_prose_editor/editor.js";
import { Embed, Photo } from "./figures.js";
import { PullQuote } from "./pull-quote.js";

const OnlyHref = Link.extend({
  addAttributes: () => ({ href: { default: null } }),
  addKeyboardShortcuts: () => ({}), // the toolbar's dialog takes Ctrl-K
  addPasteRules: () => [], // what was no link becomes none
}).configure({ autolink: false, protocols: ["http", "https", "mailto"] });

const PlainNumbers = OrderedList.extend({ addAttributes: () => ({}) });

/* In the order in which the cleaner nests them. */
const BY_TAG = {
  strong: Bold,
  em: Italic,
  a: OnlyHref,
  br: HardBreak,
  ul: BulletList,
  ol: PlainNumbers,
  li: ListItem,
  blockquote: Blockquote,
  aside: PullQuote,
};

export function extensionsFor({ tags, photoThumbnail, photoChoose }) {
  const allowed = tags.split(" ");
  const levels = [2, 3].filter((level) => allowed.includes(`h${level}`));
  const known = Object.keys(BY_TAG).filter((tag) => allowed.includes(tag));
  const parts = known.map((tag) => BY_TAG[tag]);
  if (levels.length) parts.push(Heading.configure({ levels }));
  const figures = [Photo.configure({ photoThumbnail, photoChoose }), Embed];
  if (allowed.includes("figure")) parts.push(...figures);
  const hint = Placeholder.configure({ placeholder: "Write" });
  return [Document, Paragraph, Text, ...parts, History, Dropcursor, Gapcursor, hint];
}
