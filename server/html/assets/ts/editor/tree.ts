// SPDX-License-Identifier: AGPL-3.0-or-later
// The paper's tree ↔ the document of the editor, without loss. Content comes back in its shortest form: neighbours of one look are one pattern.
import { Fragment, Mark, Node, NodeType } from "prosemirror-model";
import { Field, fitsPattern, readPattern, writeField, writeText } from "./pattern";
import { Json, Keys, MARKS, schema, Within } from "./schema";

const { nodes } = schema;
const isObject = (json: Json | undefined): json is Keys => typeof json === "object" && json !== null && !Array.isArray(json);

class Odd extends Error {}
function odd(): never {
  throw new Odd();
}
const object = (json: Json | undefined): Keys => (isObject(json) ? json : odd());
const array = (json: Json | undefined): Json[] => (Array.isArray(json) ? json : odd());
const string = (json: Json | undefined): string => (typeof json === "string" ? json : odd());

/** The object without those keys; whatever it says besides stays. */
function without(json: Keys, ...names: string[]): Keys {
  return Object.fromEntries(Object.entries(json).filter(([key]) => !names.includes(key)));
}

const make = (type: NodeType, keys: Keys, content?: Node[] | Fragment, attrs: Keys = {}): Node => type.createChecked({ keys, ...attrs }, content);

// ---- content: text in a line ----

function marksOf(json: Keys): Mark[] {
  const names = json.marks === undefined ? [] : array(json.marks).map(string);
  const marks = names.map((name) => (MARKS.includes(name) ? schema.mark(name) : odd()));
  if (json.size !== undefined) marks.push(schema.mark("size", { value: json.size }));
  if (json.colour !== undefined) marks.push(schema.mark("colour", { value: json.colour }));
  if (new Set(marks.map((mark) => mark.type)).size !== marks.length || (names.includes("super") && names.includes("sub"))) odd();
  return marks;
}

/** Text with its line breaks. */
function textNodes(text: string, marks: Mark[]): Node[] {
  return text.split("\n").flatMap((line, i) => [...(i > 0 ? [nodes.line_break.create(null, null, marks)] : []), ...(line ? [schema.text(line, marks)] : [])]);
}

const fieldNode = (field: Field, marks: Mark[]): Node => nodes.field.create(field, null, marks);

export function patternNodes(text: string, marks: Mark[] = []): Node[] | null {
  return readPattern(text)?.flatMap((piece) => (typeof piece === "string" ? textNodes(piece, marks) : [fieldNode(piece, marks)])) ?? null;
}

const CHIPS: Record<string, string> = { if: "if_chip", each: "each_chip", boxes: "boxes_chip" };

function pieceNodes(json: Json): Node[] {
  if (typeof json === "string") return patternNodes(json) ?? odd();
  const { type } = object(json);
  if (!isObject(json)) return odd();
  if (type === "break" && Object.keys(json).length === 1) return [nodes.line_break.create()];
  if ((type === "page" || type === "pages") && Object.keys(json).length === 1) return [fieldNode({ name: `#${type}`, as: null, case: null, empty: null }, [])];
  if (type === "text" && (json.text === undefined) !== (json.pattern === undefined)) {
    if (Object.keys(without(json, "type", "text", "pattern", "marks", "size", "colour")).length > 0) odd();
    return json.text === undefined ? patternNodes(string(json.pattern), marksOf(json)) ?? odd() : textNodes(string(json.text), marksOf(json));
  }
  if (type === "field") {
    if (Object.keys(without(json, "type", "name", "as", "case", "if_empty", "marks", "size", "colour")).length > 0) odd();
    const word = (key: string): string | null => (json[key] === undefined ? null : string(json[key]));
    return [fieldNode({ name: string(json.name), as: word("as"), case: word("case"), empty: word("if_empty") }, marksOf(json))];
  }
  return [make(nodes[CHIPS[String(type)] ?? ""] ?? odd(), without(json, "type"))];
}

/** The nodes of content; a piece that is none stays as it is, shown by name. */
export function contentNodes(json: Json | undefined): Node[] {
  const pieces = json === undefined ? [] : Array.isArray(json) ? json : [json];
  return pieces.flatMap((piece) => kept(() => pieceNodes(piece), () => [make(nodes.odd_chip, { json: piece })]));
}

function kept<T>(read: () => T, instead: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Odd || error instanceof RangeError) return instead(); // RangeError: the schema has no place for it
    throw error;
  }
}

function lookOf(marks: readonly Mark[]): Keys {
  const names = MARKS.filter((name) => marks.some((mark) => mark.type.name === name));
  const value = (name: string): Keys => Object.fromEntries(marks.filter((mark) => mark.type.name === name).map((mark) => [name, mark.attrs.value as Json]));
  return { ...(names.length > 0 ? { marks: names } : {}), ...value("size"), ...value("colour") };
}

const fieldOf = (node: Node): Field => node.attrs as Field;
const isWords = (node: Node): boolean => node.isText || node.type === nodes.line_break || node.type === nodes.field;
const fieldJson = ({ name, as, case: turn, empty }: Field): Keys => ({
  type: "field", name, ...(as === null ? {} : { as }), ...(turn === null ? {} : { case: turn }), ...(empty === null ? {} : { if_empty: empty }),
});

/** One stretch of one look: a pattern, or an object when it has marks. */
function stretch(run: Node[]): Json {
  const look = lookOf(run[0].marks);
  const isPlain = Object.keys(look).length === 0;
  const [first] = run;
  if (run.length === 1 && first.type === nodes.field && !/^[=#]/.test(fieldOf(first).name) && (!isPlain || !fitsPattern(fieldOf(first)))) {
    return { ...fieldJson(fieldOf(first)), ...look };
  }
  const hasField = run.some((node) => node.type === nodes.field);
  const words = (node: Node): string => (node.isText ? node.text ?? "" : "\n");
  if (!isPlain && !hasField) return { type: "text", text: run.map(words).join(""), ...look };
  const pattern = run.map((node) => (node.type === nodes.field ? writeField(fieldOf(node)) : writeText(words(node)))).join("");
  return isPlain ? pattern : { type: "text", pattern, ...look };
}

/** A node of a line that is no text: its object. */
export function chipJson(node: Node): Json {
  if (node.type === nodes.odd_chip) return node.attrs.keys.json as Json;
  const type = Object.keys(CHIPS).find((key) => CHIPS[key] === node.type.name) ?? "";
  return { type, ...(node.attrs.keys as Keys) };
}

const isAlone = (node: Node): boolean => node.type === nodes.field && !fitsPattern(fieldOf(node));

export function contentPieces(line: Node | Fragment): Json[] {
  const out: Json[] = [];
  let run: Node[] = [];
  const end = (): void => {
    if (run.length > 0) out.push(stretch(run));
    run = [];
  };
  line.forEach((node) => {
    if (!isWords(node)) {
      end();
      out.push(chipJson(node));
      return;
    }
    if (run.length > 0 && (!Mark.sameSet(run[0].marks, node.marks) || isAlone(node) || isAlone(run[0]))) end();
    run.push(node);
  });
  end();
  return out;
}

export function contentJson(line: Node | Fragment): Json {
  const pieces = contentPieces(line);
  return pieces.length === 0 ? "" : pieces.length === 1 ? pieces[0] : pieces;
}

// ---- rows of lists, identities and tables ----

type RowKind = { item: (json: Json) => Node; cond: string; then: string; else: string };

function rowNode(kind: RowKind, json: Json): Node {
  if (!isObject(json) || json.type !== "if") return kind.item(json);
  const branch = (name: string, rows: Json): Node => make(nodes[name], {}, array(rows).map((row) => rowNode(kind, row)));
  return make(nodes[kind.cond], without(json, "type", "then", "else"),
    [branch(kind.then, json.then), ...(json.else === undefined ? [] : [branch(kind.else, json.else)])]);
}

const LIST: RowKind = {
  cond: "list_cond", then: "list_then", else: "list_else",
  item: (json) => {
    if (!isObject(json) || json.type !== undefined) return make(nodes.list_item, {}, [make(nodes.list_line, {}, contentNodes(json))]);
    const blocks = json.body === undefined ? [] : array(json.body).map(blockNode);
    return make(nodes.list_item, without(json, "content", "body"), [make(nodes.list_line, {}, contentNodes(json.content)), ...blocks]);
  },
};
const IDENTITY: RowKind = {
  cond: "id_cond", then: "id_then", else: "id_else",
  item: (json) => make(nodes.id_row, without(object(json), "label", "content"),
    [make(nodes.id_label, {}, contentNodes(object(json).label)), make(nodes.id_value, {}, contentNodes(object(json).content))]),
};

function rowJson(node: Node): Json {
  const { keys } = node.attrs as { keys: Keys };
  if (/_cond$/.test(node.type.name)) {
    const branch = (at: number): Json[] => node.child(at).children.map(rowJson);
    return { type: "if", ...keys, then: branch(0), ...(node.childCount > 1 ? { else: branch(1) } : {}) };
  }
  if (node.type === nodes.id_row) return { ...keys, label: contentJson(node.child(0)), content: contentJson(node.child(1)) };
  const pieces = contentPieces(node.child(0));
  const isCond = pieces.length === 1 && isObject(pieces[0]) && pieces[0].type === "if"; // alone it would be a condition on items
  const content = isCond ? pieces : contentJson(node.child(0));
  const body = node.children.slice(1).map(blockJson);
  if (Object.keys(keys).length === 0 && body.length === 0) return content;
  return { ...keys, content, ...(body.length > 0 ? { body } : {}) };
}

let lastWithin = 0;

function tableRows(json: Json, head: boolean, within: Within[]): Node[] {
  return array(json).flatMap((row) => {
    const id = ++lastWithin;
    const inner = (kind: Within["kind"], branch: Within["branch"], keys: Keys, rows: Json): Node[] =>
      tableRows(rows, head, [...within, { kind, branch, keys, id }]);
    if (isObject(row) && row.type === "if") {
      const keys = without(row, "type", "then", "else");
      const all = [...inner("if", "then", keys, row.then), ...(row.else === undefined ? [] : inner("if", "else", keys, row.else))];
      return all.length > 0 ? all : odd();
    }
    if (isObject(row) && row.rows !== undefined) {
      const all = inner("each", "then", without(row, "rows"), row.rows);
      return all.length > 0 ? all : odd();
    }
    const cells = Array.isArray(row) ? row : array(object(row).cells);
    const keys = Array.isArray(row) ? {} : without(object(row), "cells");
    return [nodes.table_row.createChecked({ keys, head, within }, cells.map(cellNode))];
  });
}

function cellNode(json: Json): Node {
  if (!isObject(json) || json.type !== undefined) return make(nodes.table_cell, {}, contentNodes(json));
  const whole = (key: string): number => (json[key] === undefined ? 1 : Number.isInteger(json[key]) ? (json[key] as number) : odd());
  return nodes.table_cell.createChecked({ keys: without(json, "content", "span", "rows"), colspan: whole("span"), rowspan: whole("rows") }, contentNodes(json.content));
}

function cellJson(cell: Node): Json {
  const content = contentJson(cell);
  const span = { ...(cell.attrs.colspan > 1 ? { span: cell.attrs.colspan as number } : {}), ...(cell.attrs.rowspan > 1 ? { rows: cell.attrs.rowspan as number } : {}) };
  const keys = { ...(cell.attrs.keys as Keys), ...span };
  return Object.keys(keys).length === 0 ? content : content === "" ? keys : { content, ...keys };
}

function tableRow(row: Node): Json {
  const cells = row.children.map(cellJson);
  const { keys } = row.attrs as { keys: Keys };
  return Object.keys(keys).length === 0 ? cells : { ...keys, cells };
}

/** Rows back into what they stand within, `depth` levels of which are done. */
function rowsJson(rows: Node[], depth: number): Json[] {
  const out: Json[] = [];
  for (let at = 0; at < rows.length;) {
    const [around] = (rows[at].attrs.within as Within[]).slice(depth);
    let end = at + 1;
    if (!around) out.push(tableRow(rows[at]));
    else {
      while (end < rows.length && (rows[end].attrs.within as Within[])[depth]?.id === around.id) end++;
      const part = (branch: string): Node[] => rows.slice(at, end).filter((row) => (row.attrs.within as Within[])[depth].branch === branch);
      if (around.kind === "each") out.push({ ...around.keys, rows: rowsJson(part("then"), depth + 1) });
      else out.push({ type: "if", ...around.keys, then: rowsJson(part("then"), depth + 1), ...(part("else").length > 0 ? { else: rowsJson(part("else"), depth + 1) } : {}) });
    }
    at = end;
  }
  return out;
}

// ---- blocks ----

const ATOMS = ["image", "signature", "qr", "letterhead", "boxes", "rule", "spacer", "page_break"];
const blockNodes = (json: Json | undefined): Node[] => array(json).map(blockNode);

function readBlock(json: Json): Node {
  const { type } = object(json);
  if (!isObject(json) || typeof type !== "string") return odd();
  const keys = (...names: string[]): Keys => without(json, "type", ...names);
  const branches = (names: [string, string]): Node[] => {
    const [then, other] = type === "if" ? ["then", "else"] : ["body", "else"];
    return [make(nodes[names[0]], {}, blockNodes(json[then])), ...(json[other] === undefined ? [] : [make(nodes[names[1]], {}, blockNodes(json[other]))])];
  };
  switch (type) {
    case "paragraph":
    case "heading": return make(nodes[type], keys("content"), contentNodes(json.content));
    case "list": return make(nodes.list, keys("items"), array(json.items).map((item) => rowNode(LIST, item)));
    case "identity": return make(nodes.identity, keys("rows"), array(json.rows).map((row) => rowNode(IDENTITY, row)));
    case "table": return make(nodes.table, keys("rows", "header"), [...(json.header === undefined ? [] : tableRows(json.header, true, [])), ...tableRows(json.rows, false, [])]);
    case "group": return make(nodes.group, keys("content"), blockNodes(json.content));
    case "columns": return make(nodes.columns, keys("columns"), array(json.columns).map((column) => make(nodes.column, without(object(column), "body"), blockNodes(object(column).body ?? []))));
    case "if": return make(nodes.cond, keys("then", "else"), branches(["cond_then", "cond_else"]));
    case "each": return make(nodes.each, keys("body", "else"), branches(["each_body", "each_else"]));
    default: return ATOMS.includes(type) ? make(nodes[type], keys()) : odd();
  }
}

export function blockNode(json: Json): Node {
  return kept(() => readBlock(json), () => make(nodes.odd, { json }));
}

export function blockJson(node: Node): Json {
  const { keys } = node.attrs as { keys: Keys };
  const blocks = (of: Node): Json[] => of.children.map(blockJson);
  const other = (): Keys => (node.childCount > 1 ? { else: blocks(node.child(1)) } : {});
  const heads = node.children.filter((row) => row.attrs.head);
  switch (node.type) {
    case nodes.odd: return keys.json;
    case nodes.paragraph:
    case nodes.heading: return { type: node.type.name, ...keys, content: contentJson(node) };
    case nodes.list: return { type: "list", ...keys, items: node.children.map(rowJson) };
    case nodes.identity: return { type: "identity", ...keys, rows: node.children.map(rowJson) };
    case nodes.table: return { type: "table", ...keys, ...(heads.length > 0 ? { header: rowsJson(heads, 0) } : {}), rows: rowsJson(node.children.filter((row) => !row.attrs.head), 0) };
    case nodes.group: return { type: "group", ...keys, content: blocks(node) };
    case nodes.columns: return { type: "columns", ...keys, columns: node.children.map((column) => ({ ...(column.attrs.keys as Keys), body: blocks(column) })) };
    case nodes.cond: return { type: "if", ...keys, then: blocks(node.child(0)), ...other() };
    case nodes.each: return { type: "each", ...keys, body: blocks(node.child(0)), ...other() };
    default: return { type: node.type.name, ...keys };
  }
}

// ---- the whole ----

const FOOT = ["left", "center", "right", "note"];

function sections(tree: Keys, keys: Keys): Node[] {
  const isHead = Array.isArray(tree.header);
  const isFoot = isObject(tree.footer);
  const foot = isFoot ? object(tree.footer) : {};
  const cells = FOOT.filter((name) => foot[name] !== undefined).map((name) => make(nodes.foot_cell, { name }, contentNodes(foot[name])));
  if (!isHead && tree.header !== undefined) keys.header = tree.header;
  if (!isFoot && tree.footer !== undefined) keys.footer = tree.footer;
  return [
    ...(isHead ? [make(nodes.head, {}, blockNodes(tree.header))] : []),
    make(nodes.body, {}, blockNodes(tree.body ?? [])),
    ...(isFoot ? [make(nodes.foot, without(foot, ...FOOT), cells)] : []),
  ];
}

/** The document of a tree. */
export function docOf(json: Json): Node {
  const tree = object(json);
  const keys = without(tree, "header", "body", "footer", "attachments");
  const attachments = Array.isArray(tree.attachments) ? tree.attachments.map(object) : [];
  if (!Array.isArray(tree.attachments) && tree.attachments !== undefined) keys.attachments = tree.attachments;
  const further = attachments.map((one) => {
    const its = without(one, "header", "body", "footer");
    return make(nodes.attachment, its, sections(one, its));
  });
  return make(nodes.doc, keys, [...sections(tree, keys), ...further]);
}

function sectionsJson(node: Node): Keys {
  const out: Keys = { ...(node.attrs.keys as Keys) };
  node.forEach((part) => {
    if (part.type === nodes.head) out.header = part.children.map(blockJson);
    if (part.type === nodes.body) out.body = part.children.map(blockJson);
    if (part.type === nodes.foot) {
      const cells = part.children.map((cell): [string, Json] => [String(cell.attrs.keys.name), contentJson(cell)]);
      out.footer = { ...(part.attrs.keys as Keys), ...Object.fromEntries(cells) };
    }
  });
  return out;
}

/** The tree of a document: what is stored and printed. */
export function treeOf(doc: Node): Keys {
  const attachments = doc.children.filter((part) => part.type === nodes.attachment).map(sectionsJson);
  return { ...sectionsJson(doc), ...(attachments.length > 0 ? { attachments } : {}) };
}
