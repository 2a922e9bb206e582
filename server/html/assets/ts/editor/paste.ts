// SPDX-License-Identifier: AGPL-3.0-or-later
// What is pasted becomes parts of the tree: of Word's HTML only what the schema knows, of WhatsApp's plain text its marks and lists.
// Nothing of a foreign page is kept.
import { Fragment, Mark, Node, Slice } from "prosemirror-model";
import { patternNodes } from "./tree";
import { schema } from "./schema";

const { nodes } = schema;
const LINE_MARK: [RegExp, string][] = [
  [/^[·•§▪○o–-]\s+/, "dash"], [/^\(?\d{1,2}[.)]\s+/, "number"], [/^\(?[a-z][.)]\s+/, "letter"],
];

/** Word writes items of lists as paragraphs with their marker as text. */
function wordLists(page: Document): void {
  for (const line of [...page.querySelectorAll<HTMLElement>("p")].filter((p) => /MsoListParagraph/i.test(p.className) || /mso-list/i.test(p.dataset.style ?? ""))) {
    const words = (line.textContent ?? "").replace(/\u00a0/g, " ").trimStart();
    const style = LINE_MARK.find(([mark]) => mark.test(words))?.[1] ?? "dash";
    line.querySelectorAll("[data-style*='mso-list']").forEach((marker) => marker.remove());
    const before = line.previousElementSibling as HTMLElement | null;
    const isSame = before?.dataset.pasted === style;
    const list = isSame ? before! : page.createElement(style === "dash" ? "ul" : "ol");
    if (!isSame) line.before(list);
    list.dataset.pasted = style;
    const item = page.createElement("li");
    item.append(...line.childNodes);
    list.append(item);
    line.remove();
  }
}

const OWN = /^(data-(node|keys|field|as|case|empty|head|size|colour|pm-slice)|align|colspan|rowspan)$/;
const STYLES: [RegExp, string][] = [[/font-weight:\s*(bold|[6-9]\d\d)/i, "strong"], [/font-style:\s*italic/i, "em"], [/text-decoration[^;]*underline/i, "u"], [/text-decoration[^;]*line-through/i, "s"]];

/** HTML from outside without comments, scripts, pictures, classes and styles, but for bold, italic, underline, strike and align. The page's
 *  policy refuses styles and handlers in markup, so they are renamed before it is read. */
export function cleanHtml(html: string): string {
  const renamed = html.replace(/<!--[\s\S]*?-->/g, "").replace(/<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/[\s"'/]style\s*=/gi, " data-style=").replace(/[\s"'/]on\w+\s*=/gi, " data-on="));
  const page = new DOMParser().parseFromString(renamed, "text/html");
  wordLists(page);
  page.querySelectorAll("script, style, meta, link, title, img, svg, iframe, object, form, input, button").forEach((part) => part.remove());
  for (const part of [...page.body.querySelectorAll<HTMLElement>("*")]) {
    if (part.tagName.includes(":")) {
      part.replaceWith(...part.childNodes);
      continue;
    }
    const style = part.dataset.style ?? "";
    const align = /text-align:\s*(left|center|right|justify)/i.exec(style)?.[1] ?? (/^(left|center|right|justify)$/i.test(part.getAttribute("align") ?? "") ? part.getAttribute("align")! : "");
    for (const { name } of [...part.attributes]) if (!OWN.test(name)) part.removeAttribute(name);
    if (align) part.setAttribute("align", align.toLowerCase());
    const isText = !/^(table|tbody|thead|tr|colgroup|col|ul|ol|li|div|p|td|th|h[1-6])$/i.test(part.tagName);
    for (const [, tag] of isText ? STYLES.filter(([pattern]) => pattern.test(style)) : []) {
      const mark = page.createElement(tag);
      mark.append(...part.childNodes);
      part.append(mark);
    }
  }
  return page.body.innerHTML.replace(/\u00a0|&nbsp;/g, " ");
}

/** Keys that come with our own attributes are told apart from a stranger's by their shape only; the server reads every tree strictly. */
export function cleanSlice(slice: Slice): Slice {
  const clean = (fragment: Fragment): Fragment => {
    const out: Node[] = [];
    fragment.forEach((node) => {
      if (!node.isText) return void out.push(node.copy(clean(node.content)));
      const words = (node.text ?? "").replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, "").replace(/[\t\r\n\u00a0]+/g, " ");
      if (words) out.push(...(patternNodes(words, [...node.marks]) ?? [schema.text(words, node.marks)]));
    });
    return Fragment.from(out);
  };
  const content = clean(slice.content);
  const isShaped = content.childCount > 1 && Object.keys((content.firstChild?.attrs.keys ?? {}) as object).length > 0; // it keeps its align
  return new Slice(content, isShaped ? 0 : slice.openStart, slice.openEnd);
}

const WHATSAPP: [RegExp, string][] = [
  [/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\p{L}\p{N}*])/u, "bold"], [/(?<![\p{L}\p{N}_{])_(?=\S)([^_\n]+?)(?<=\S)_(?![\p{L}\p{N}_}])/u, "italic"],
  [/(?<![\p{L}\p{N}~])~(?=\S)([^~\n]+?)(?<=\S)~(?![\p{L}\p{N}~])/u, "strike"],
];

function markedText(text: string, marks: Mark[]): Node[] {
  for (const [pattern, name] of WHATSAPP) {
    const found = pattern.exec(text);
    if (!found) continue;
    const end = found.index + found[0].length;
    return [...markedText(text.slice(0, found.index), marks), ...markedText(found[1], [...marks, schema.mark(name)]), ...markedText(text.slice(end), marks)];
  }
  return text ? [schema.text(text, Mark.setFrom(marks))] : [];
}

/** Plain text: a line a paragraph, markers lists, stars and underscores as WhatsApp has them. */
export function plainSlice(text: string): Slice {
  const blocks: Node[] = [];
  for (const raw of text.replace(/\[\d{1,2}[/.]\d{1,2}([/.]\d{2,4})?,? \d{1,2}[.:]\d{2}([.:]\d{2})?\] [^:\n]{1,40}: /g, "").split(/\r?\n/)) {
    const line = raw.trim();
    if (!line) continue;
    const style = LINE_MARK.find(([mark]) => mark.test(line));
    const words = markedText(style ? line.replace(style[0], "") : line, []);
    const last = blocks[blocks.length - 1];
    if (!style) blocks.push(nodes.paragraph.create({ keys: {} }, words));
    else {
      const item = nodes.list_item.create({ keys: {} }, nodes.list_line.create({ keys: {} }, words));
      const isSame = last?.type === nodes.list && (last.attrs.keys.style ?? "number") === style[1];
      if (isSame) blocks[blocks.length - 1] = last.copy(last.content.addToEnd(item));
      else blocks.push(nodes.list.create({ keys: style[1] === "number" ? {} : { style: style[1] } }, item));
    }
  }
  const open = blocks.length > 0 && blocks[0].type === nodes.paragraph ? 1 : 0;
  const openEnd = blocks.length > 0 && blocks[blocks.length - 1].type === nodes.paragraph ? 1 : 0;
  return new Slice(Fragment.from(blocks), open, openEnd);
}
