// SPDX-License-Identifier: AGPL-3.0-or-later
// What can be added to a letter: behind "/" and "Tambah bagian".
import { Command, EditorState, Transaction } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import * as commands from "./commands";
import type { Choice } from "./picker";
import { Json, schema } from "./schema";
import { docOf } from "./tree";
import { NEW_TABLE } from "./toolbar";
import { allFields } from "./words";

const { nodes } = schema;

const NEW_HEAD: Json = {
  type: "letterhead", crest: "crest", lines: ["PEMERINTAH KABUPATEN {nama_kabupaten:upper}", "KECAMATAN {nama_kecamatan:upper}", "DESA {nama_desa:upper}"], address: "{alamat_surat|}",
};
const NEW_SIGNATURE: Json = {
  type: "signature", place_date: "{nama_desa}, {tanggal_surat}", lines: ["{blok_penandatangan}"], seal: "Disahkan secara elektronik", name: "{nama_penandatangan}",
  below: [{ type: "if", field: "nip_penandatangan", then: "NIP {nip_penandatangan}" }], qr: true, before: 8,
};
const first = (isList: boolean): string => allFields().find((field) => Boolean(field.is_list) === isList)?.name ?? "nama";
const empty: Json = { type: "paragraph", content: "" };

/** A part of the letter besides its body: put where the document has its place, unless it is there. */
const section = (name: "head" | "foot" | "attachment"): Command => (state, dispatch) => {
  const tree = { body: [empty], header: [empty], footer: { rule: true, right: "Halaman {#page} dari {#pages}" }, attachments: [{ body: [{ type: "heading", content: "LAMPIRAN" }, empty] }] };
  const made = docOf(tree).children.find((part) => part.type === nodes[name]);
  const has = state.doc.children.some((part) => part.type === nodes[name]);
  if (!made || (has && name !== "attachment")) return false;
  let at = name === "head" ? 0 : state.doc.content.size;
  if (name === "foot") state.doc.forEach((part, pos) => void (part.type === nodes.body && (at = pos + part.nodeSize)));
  dispatch?.(focusAt(state.tr.insert(at, made), at));
  return true;
};
function focusAt(tr: Transaction, at: number): Transaction {
  return tr.setSelection(commands.near(tr.doc, at + 1)).scrollIntoView();
}

/** A page number in the foot; elsewhere there is none. */
const isInFoot = (state: EditorState): boolean => {
  const { $from } = state.selection;
  return [...Array($from.depth + 1).keys()].some((depth) => $from.node(depth).type === nodes.foot);
};
const chip = (name: string, keys: Json): Command => (state, dispatch) => {
  dispatch?.(commands.insertInline(state, nodes[name].create({ keys })));
  return true;
};

type Part = [label: string, hint: string, icon: string, command: Command, isSet?: boolean];
const parts = (): Part[] => [
  ["Paragraf", "Tulisan biasa", "pilcrow", commands.insertJson(empty)],
  ["Judul", "SURAT KETERANGAN …", "heading", commands.insertJson({ type: "heading", content: "" })],
  ["Subjudul", "Judul bagian", "heading", commands.insertJson({ type: "heading", level: 3, content: "" })],
  ["Data", "Baris nama : isi", "id-card", commands.insertJson({ type: "identity", rows: [{ label: "", content: "" }] })],
  ["Daftar bernomor", "1. 2. 3.", "list-ordered", commands.insertJson({ type: "list", items: [""] })],
  ["Daftar bergaris", "–", "list", commands.insertJson({ type: "list", style: "dash", items: [""] })],
  ["Tabel", "Baris dan kolom", "table", commands.insertJson(NEW_TABLE)],
  ["Bila …", "Bagian yang ada hanya bila sebuah isian …", "split", commands.insertJson({ type: "if", field: first(false), then: [empty] }), true],
  ["Ulang tiap …", "Sekali untuk tiap orang dari sebuah daftar", "repeat", commands.insertJson({ type: "each", list: first(true), body: [empty] }), true],
  ["Bila … dalam baris", "Beberapa kata yang ada hanya bila sebuah isian …", "split", chip("if_chip", { field: first(false), then: "" }), true],
  ["Ulang dalam baris", "Nama-nama, dipisah koma", "repeat", chip("each_chip", { list: first(true), content: "{nama}", last: " dan " }), true],
  ["Tanda tangan", "Pejabat, segel, kode QR", "signature", commands.insertJson(NEW_SIGNATURE), true],
  ["Kop surat", "Nama dan lambang desa", "panel-top", commands.insertJson(NEW_HEAD), true],
  ["Kode QR", "Untuk memeriksa keaslian", "qr-code", commands.insertJson({ type: "qr" }), true],
  ["Gambar", "Lambang, atau gambar dari Gambar surat", "image", commands.insertJson({ type: "image", name: "crest", width: 25 }), true],
  ["Foto pemohon", "3 × 4, dari data warga; tanpa foto: kotak untuk ditempeli", "user", commands.insertJson({ type: "image", name: "photo", width: 30, height: 40, frame: true }), true],
  ["Kotak angka", "Satu kotak tiap angka", "rectangle-ellipsis", commands.insertJson({ type: "boxes", content: "{nik}", count: 16, digits: true }), true],
  ["Garis", "Garis mendatar", "minus", commands.insertJson({ type: "rule" })],
  ["Jarak", "Ruang kosong", "move-vertical", commands.insertJson({ type: "spacer", height: 10 }), true],
  ["Halaman baru", "Selanjutnya di lembar berikut", "square-split-vertical", commands.insertJson({ type: "page_break" })],
  ["Berdampingan", "Dua kolom", "columns-2", commands.insertJson({ type: "columns", columns: [{ share: 1, body: [empty] }, { share: 1, body: [empty] }] })],
  ["Jadikan bersyarat", "Bagian ini hanya ada bila sebuah isian …", "split", commands.wrapPart("cond", { field: first(false) }), true],
  ["Jadikan berulang", "Bagian ini sekali untuk tiap orang", "repeat", commands.wrapPart("each", { list: first(true) }), true],
  ["Tetap sehalaman", "Bagian ini tidak terbelah dua halaman", "group", commands.wrapPart("group", {})],
  ["Kepala halaman", "Di atas tiap halaman", "panel-top", section("head")],
  ["Kaki halaman", "Di bawah tiap halaman", "panel-bottom", section("foot")],
  ["Lampiran", "Lembar sesudah surat", "paperclip", section("attachment")],
];

/** What can be done here; `settings` opens those of what was just made. */
export function partChoices(view: EditorView, settings: () => void): Choice[] {
  const done = (command: Command, isSet = false): void => {
    command(view.state, view.dispatch, view);
    view.focus();
    if (isSet) settings();
  };
  const numbers: Part[] = isInFoot(view.state) ? [["Nomor halaman", "1, 2, 3", "panel-bottom", commands.insertField("#page")], ["Jumlah halaman", "dari berapa", "panel-bottom", commands.insertField("#pages")]] : [];
  return [...numbers, ...parts()].filter(([, , , command]) => command(view.state))
    .map(([label, hint, icon, command, isSet]) => ({ label, hint, icon, run: () => done(command, isSet) }));
}

/** The tools' "Bila …": the part in use stands from now on under a condition; an empty paragraph becomes one. */
export const makeConditional: Command = (state, dispatch) => {
  const part = commands.partAt(state);
  const isEmpty = part?.node.type === nodes.paragraph && part.node.childCount === 0;
  if (isEmpty || !part) return commands.insertJson({ type: "if", field: first(false), then: [empty] })(state, dispatch);
  return commands.wrapPart("cond", { field: first(false) })(state, dispatch);
};
