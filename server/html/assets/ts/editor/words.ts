// SPDX-License-Identifier: AGPL-3.0-or-later
// What people read in place of the tree's words: names of fields, blocks and conditions.
import type { Node } from "prosemirror-model";
import type { Json, Keys } from "./schema";
import { PICTURES } from "./settings";

export type FieldInfo = { name: string; label: string; group: string; sample: string; options?: string[]; list?: string; is_list?: boolean };

const known = new Map<string, FieldInfo>();
export function setFields(fields: FieldInfo[]): void {
  known.clear();
  for (const field of fields) known.set(field.name, field);
}
export const allFields = (): FieldInfo[] => [...known.values()];
export const fieldInfo = (name: string): FieldInfo | undefined => known.get(name);

const NUMBERS: Record<string, string> = { "#": "Nomor urut", "#page": "Halaman", "#pages": "Jumlah halaman" };
/** A member's field may be asked under the member's name or by its last part. */
export const isKnown = (name: string): boolean => known.size === 0 || known.has(name) || /^[=#]/.test(name);
export const fieldLabel = (name: string): string => NUMBERS[name] ?? (name.startsWith("=") ? `= ${name.slice(1)}` : known.get(name)?.label ?? name);
export const fieldTone = (node: Node): string => (isKnown(node.attrs.name as string) ? "" : "is-unknown");

/** Content in a line of plain words: fields by their names. */
export function plainWords(json: Json | undefined): string {
  if (json === undefined || json === null) return "";
  if (typeof json === "string") return json.replace(/\{\{|\}\}|\{([^{}|:]*)[^{}]*\}/g, (all, name: string | undefined) => (name === undefined ? all[0] : `‹${fieldLabel(name)}›`));
  if (Array.isArray(json)) return json.map(plainWords).join("");
  if (typeof json !== "object") return String(json);
  if (json.type === "field") return `‹${fieldLabel(String(json.name))}›`;
  if (json.type === "if") return plainWords(json.then);
  if (json.type === "break") return " ";
  return plainWords(json.text ?? json.pattern ?? json.content ?? "");
}

const quoted = (value: Json | undefined): string => `“${String(value)}”`;

/** "Bila Keperluan diisi", "Bila Alasan = “Lainnya”". */
export function condWords(keys: Keys): string {
  const name = `Bila ${fieldLabel(String(keys.field ?? "…"))}`;
  if (keys.equals !== undefined) return `${name} = ${quoted(keys.equals)}`;
  if (keys.not !== undefined) return `${name} bukan ${quoted(keys.not)}`;
  if (Array.isArray(keys.in)) return `${name} salah satu dari ${keys.in.map(quoted).join(", ")}`;
  return keys.is === "empty" ? `${name} kosong` : `${name} diisi`;
}
export const eachWords = (list: Json | undefined): string => `Untuk tiap ${fieldLabel(String(list ?? "…")).toLowerCase()}`;

const NAMES: Record<string, string> = {
  paragraph: "Paragraf", heading: "Judul", list: "Daftar", identity: "Data", table: "Tabel", image: "Gambar", signature: "Tanda tangan", qr: "Kode QR",
  letterhead: "Kop surat", boxes: "Kotak angka", rule: "Garis", spacer: "Jarak", page_break: "Halaman baru", group: "Satu halaman", columns: "Berdampingan",
  column: "Kolom", odd: "Bagian lain", attachment: "Lampiran", head: "Kepala halaman", foot: "Kaki halaman", body: "Isi", table_row: "Baris", table_cell: "Sel",
  id_row: "Baris data", list_item: "Butir",
};

function hasField(node: Node, test: (name: string) => boolean): boolean {
  let found = false;
  node.descendants((inner) => {
    if (inner.type.name === "field" && test(inner.attrs.name as string)) found = true;
    return !found;
  });
  return found;
}

/** What a part is called at the left of the canvas. */
export function partName(node: Node): string {
  const { keys } = node.attrs as { keys: Keys };
  switch (node.type.name) {
    case "heading": return Number(keys.level ?? 1) === 1 ? "Judul" : "Subjudul";
    case "paragraph": return hasField(node, (name) => name === "nomor_surat") ? "Nomor" : "Paragraf";
    case "identity": return hasField(node, (name) => name === "nama" || name === "nik") ? "Data pemohon" : "Data";
    case "cond": case "list_cond": case "id_cond": return condWords(keys);
    case "each": return eachWords(keys.list);
    default: return NAMES[node.type.name] ?? "Bagian";
  }
}

/** A condition or field of it that does not exist. */
export const isPartBad = (node: Node): boolean => /cond$/.test(node.type.name) && !isKnown(String(node.attrs.keys.field ?? ""));

/** The words in the box of a block, or a chip, that has no text of its own. */
export function atomWords(node: Node): string {
  const keys = node.attrs.keys as Keys;
  const list = (json: Json | undefined): Json[] => (Array.isArray(json) ? json : []);
  switch (node.type.name) {
    case "letterhead": return `${plainWords(list(keys.lines).slice(-1)[0]) || "Kop tanpa nama"}${keys.crest ? ", dengan lambang" : ""}`;
    case "signature": {
      const signers = keys.signers ? list(keys.signers) : [keys];
      const names = signers.map((one) => plainWords(list((one as Keys).lines).slice(-1)[0] ?? (one as Keys).name));
      return `${names.filter(Boolean).join(" · ") || "Penanda tangan"}${keys.qr ? ", kode QR di kiri" : ""}`;
    }
    case "qr": return "Kode QR untuk memeriksa keaslian";
    case "image": return PICTURES.find(([name]) => name === keys.name)?.[1] ?? `Gambar ${String(keys.name ?? "")}`;
    case "rule": return keys.style === "double" ? "Garis ganda" : "Garis";
    case "spacer": return `Jarak ${String(keys.height ?? 0)} mm`;
    case "page_break": return "Halaman baru mulai di sini";
    case "boxes": case "boxes_chip": return `▢▢▢ ${plainWords(keys.content)}`;
    case "if_chip": return `${condWords(keys)}: ${plainWords(keys.then).trim() || "…"}${keys.else === undefined ? "" : ` / ${plainWords(keys.else).trim()}`}`;
    case "each_chip": return `${eachWords(keys.list)}: ${plainWords(keys.content)}`;
    default: return `Bagian ini tidak dikenal penyunting dan disimpan apa adanya`;
  }
}
