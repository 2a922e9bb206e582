// SPDX-License-Identifier: AGPL-3.0-or-later
// The boxes of each kind of part: keys, bounds and usual values as server/paper/README.md has them.

export type Box = {
  key: string; label: string; usual?: string; hint?: string;
  kind: "choice" | "number" | "yes" | "name" | "line" | "lines" | "list" | "inner" | "sides" | "columns" | "signers" | "json";
  options?: [string, string][]; range?: [number, number, string]; boxes?: Box[];
  isNumber?: boolean; // of a choice: the tree has a number
  isNeeded?: boolean; // of a line: stays when it is empty
};

const mm = (key: string, label: string, least: number, most: number, usual = "", unit = "mm"): Box => ({ key, label, kind: "number", range: [least, most, unit], usual });
const choice = (key: string, label: string, usual: string, options: [string, string][]): Box => ({ key, label, kind: "choice", usual, options });

export const ALIGN: [string, string][] = [["left", "Kiri"], ["center", "Tengah"], ["right", "Kanan"], ["justify", "Kiri dan kanan"]];
export const PICTURES: [string, string][] = [["crest", "Lambang desa"], ["garuda", "Lambang Garuda"], ["photo", "Foto pemohon"], ["picture_1", "Gambar 1"], ["picture_2", "Gambar 2"],
  ["picture_3", "Gambar 3"]];
const LINES: [string, string][] = [["double", "Ganda"], ["single", "Tunggal"], ["none", "Tanpa garis"]];
const ON: [string, string][] = [["all", "Semua halaman"], ["first", "Halaman pertama"], ["none", "Tidak dipasang"]];

const AROUND = (after: string): Box[] => [mm("before", "Jarak sebelum", 0, 200, "0"), mm("after", "Jarak sesudah", 0, 200, after), { key: "keep_with_next", label: "Tetap sehalaman dengan bagian berikutnya", kind: "yes" }];
const TEXT: Box[] = [mm("indent", "Menjorok baris pertama", 0, 80), mm("left", "Tepi kiri", 0, 120, "0"), mm("right", "Tepi kanan", 0, 120, "0"),
  mm("size", "Ukuran huruf", 5, 48, "", "pt"), mm("spacing", "Jarak baris", 0.8, 3, "", "kali")];
const BOXES: Box[] = [{ key: "content", label: "Isi", kind: "line", isNeeded: true }, mm("count", "Banyak kotak", 1, 300, "", ""), mm("size", "Sisi kotak", 2, 20, "5"),
  { key: "digits", label: "Hanya angka", kind: "yes" }, { key: "spread", label: "Selebar baris", kind: "yes" }];

export const SIGNER: Box[] = [
  { key: "place_date", label: "Tempat dan tanggal", kind: "line" }, { key: "lines", label: "Baris jabatan", kind: "lines" }, { key: "seal", label: "Tulisan segel elektronik", kind: "line" },
  { key: "name", label: "Nama", kind: "line", isNeeded: true }, { key: "below", label: "Di bawah nama", kind: "lines" }, mm("space", "Ruang tanda tangan", 0, 80), mm("width", "Lebar paling besar", 30, 160, "85"),
  choice("align", "Rata", "center", [["center", "Tengah"], ["left", "Kiri"]]), { key: "qr_here", label: "Kode QR di tempat tanda tangan ini", kind: "yes" },
];

const KINDS: Record<string, Box[]> = {
  paragraph: [...TEXT, ...AROUND("2")],
  heading: [{ ...choice("level", "Tingkat", "1", [["1", "Judul"], ["2", "Subjudul tengah"], ["3", "Subjudul kiri"]]), isNumber: true }, ...TEXT, mm("before", "Jarak sebelum", 0, 200, "0"), mm("after", "Jarak sesudah", 0, 200, "2")],
  list: [choice("style", "Tanda", "number", [["number", "1. 2. 3."], ["letter", "a. b. c."], ["roman", "i. ii. iii."], ["bullet", "• titik"], ["dash", "– garis"]]),
    mm("start", "Mulai dari", 1, 1000, "1", ""), mm("left", "Tepi kiri", 0, 100, "0"), mm("gap", "Ruang tanda", 3, 30, "8"), ...AROUND("2")],
  identity: [mm("left", "Tepi kiri", 0, 100), mm("label_width", "Lebar label", 10, 100), mm("spacing", "Jarak baris", 0.8, 3, "", "kali"), { key: "numbered", label: "Bernomor", kind: "yes" }, ...AROUND("2")],
  table: [choice("border", "Garis", "all", [["all", "Semua"], ["rows", "Antar baris"], ["outer", "Tepi luar"], ["none", "Tanpa garis"]]), { key: "columns", label: "Kolom", kind: "columns" },
    mm("padding", "Jarak dalam sel", 0, 10, "1"), mm("size", "Ukuran huruf", 5, 24, "", "pt"), mm("left", "Tepi kiri", 0, 100, "0"), ...AROUND("3")],
  table_cell: [choice("align", "Rata", "", [["", "Seperti kolom"], ...ALIGN]), choice("valign", "Tegak", "top", [["top", "Atas"], ["middle", "Tengah"], ["bottom", "Bawah"]]),
    { key: "borders", label: "Garis sel sendiri", kind: "sides", options: [["top", "Atas"], ["right", "Kanan"], ["bottom", "Bawah"], ["left", "Kiri"]] }],
  table_row: [mm("height", "Tinggi paling kecil", 1, 200), { key: "each", label: "Ulang untuk tiap", kind: "list" }],
  image: [choice("name", "Gambar", "", PICTURES), mm("width", "Lebar", 2, 300), mm("height", "Tinggi", 2, 300), choice("align", "Letak", "left", ALIGN.slice(0, 3)),
    { key: "frame", label: "Kotak bila gambarnya belum ada", kind: "yes" }, ...AROUND("2")],
  signature: [{ key: "signers", label: "", kind: "signers" }, { key: "qr", label: "Kode QR di kiri", kind: "yes" }, mm("qr_size", "Sisi kode QR", 15, 80, "25"), { key: "qr_note", label: "Tulisan di bawah kode QR", kind: "line" },
    { ...choice("a_row", "Penanda tangan sebaris", "2", [["1", "1"], ["2", "2"], ["3", "3"], ["4", "4"]]), isNumber: true }, ...AROUND("3")],
  qr: [mm("size", "Sisi", 15, 80, "25"), choice("align", "Letak", "left", ALIGN.slice(0, 3)), { key: "note", label: "Tulisan di bawahnya", kind: "line" }, ...AROUND("2")],
  letterhead: [{ key: "lines", label: "Baris kop", kind: "lines" }, { key: "address", label: "Alamat", kind: "line" }, choice("crest", "Lambang", "", [["", "Tanpa lambang"], ["crest", "Lambang desa"], ["garuda", "Lambang Garuda"]]),
    mm("crest_width", "Lebar lambang", 5, 50, "18"), choice("rule", "Garis", "double", LINES), mm("size", "Ukuran huruf", 6, 30, "13", "pt"), ...AROUND("3")],
  boxes: [...BOXES, choice("align", "Letak", "left", ALIGN.slice(0, 3)), mm("left", "Tepi kiri", 0, 120, "0"), ...AROUND("2")],
  rule: [choice("style", "Garis", "single", LINES.slice(0, 2).reverse()), mm("thickness", "Tebal", 0.1, 10, "0,75", "pt"), ...AROUND("2")],
  spacer: [mm("height", "Tinggi", 0, 300)],
  page_break: [],
  group: AROUND("0"),
  columns: [mm("gap", "Jarak antar kolom", 0, 50, "5"), ...AROUND("2")],
  cond: AROUND("0"),
  each: [{ key: "list", label: "Ulang untuk tiap", kind: "list" }, ...AROUND("0")],
  foot: [{ key: "rule", label: "Garis di atasnya", kind: "yes" }, mm("size", "Ukuran huruf", 5, 24, "8", "pt")],
  odd: [{ key: "json", label: "", kind: "json" }],
  if_chip: [{ key: "then", label: "Tertulis", kind: "line", isNeeded: true }, { key: "else", label: "Bila tidak", kind: "line" }],
  each_chip: [{ key: "list", label: "Ulang untuk tiap", kind: "list" }, { key: "content", label: "Tertulis", kind: "line", isNeeded: true }, { key: "between", label: "Pemisah", kind: "name" }, { key: "last", label: "Pemisah terakhir", kind: "name" },
    { key: "else", label: "Bila tidak ada", kind: "line" }],
  boxes_chip: BOXES,
  odd_chip: [{ key: "json", label: "", kind: "json" }],
};
export const boxesOf = (name: string): Box[] => KINDS[name] ?? [];

export const SHEETS: [string, string][] = [["F4", "F4 (215 × 330)"], ["A4", "A4 (210 × 297)"], ["legal", "Legal (216 × 356)"], ["half-F4", "Setengah F4"]];
const PAGE_BOXES: Box[] = [choice("size", "Kertas", "F4", SHEETS), choice("orientation", "Arah", "portrait", [["portrait", "Tegak"], ["landscape", "Mendatar"]]),
  { key: "margin", label: "Tepi kertas", kind: "inner", boxes: [mm("top", "Atas", 0, 80, "15"), mm("right", "Kanan", 0, 80, "20"), mm("bottom", "Bawah", 0, 80, "15"), mm("left", "Kiri", 0, 80, "25")] }];
export const PAGE: Box[] = [{ key: "page", label: "Kertas", kind: "inner", boxes: PAGE_BOXES }];
export const DOCUMENT: Box[] = [
  { key: "font", label: "Huruf", kind: "inner", boxes: [choice("family", "Jenis", "serif", [["serif", "Serif (Times)"], ["sans", "Sans (Arial)"], ["mono", "Mesin tik"]]), mm("size", "Ukuran", 5, 24, "12", "pt"),
    mm("spacing", "Jarak baris", 0.8, 3, "1,3", "kali"), mm("indent", "Menjorok paragraf", 0, 80, "12,5"),
    { ...mm("tighten", "Boleh dirapatkan sampai", 0.2, 1, "1", "kali"), hint: "0,4: jarak baris menyempit bila dengan itu surat hemat satu halaman. 1: tidak pernah." }] },
  { key: "if_empty", label: "Isian kosong ditulis", kind: "name", hint: "Dibiarkan kosong: -" },
  choice("header_on", "Kepala halaman di", "all", ON), choice("footer_on", "Kaki halaman di", "all", ON),
];
