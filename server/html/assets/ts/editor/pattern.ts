// SPDX-License-Identifier: AGPL-3.0-or-later
// Strings of the paper's tree are patterns: "Kepala Desa {nama_desa:upper}" (server/paper/README.md, "Content").

/** One placeholder. `name` of a sum begins with "=", of {#}, {#page}, {#pages} with "#". null: the pattern does not say it. */
export type Field = { name: string; as: string | null; case: string | null; empty: string | null };
export type Piece = string | Field;

export const CONVERSIONS: Record<string, string> = {
  terbilang: "Terbilang", terbilang_rupiah: "Terbilang rupiah", angka: "Angka 1.500.000", rupiah: "Rp 1.500.000", romawi: "Angka Romawi",
  hijri: "Tanggal Hijriah", hari: "Nama hari",
};
export const CASES: Record<string, string> = {
  stored: "Apa adanya", upper: "HURUF BESAR", title: "Huruf Judul", lower: "huruf kecil", sentence: "Huruf awal kalimat",
};

/** Takes what stands between the braces; null when it is no placeholder. */
export function readField(inside: string): Field | null {
  const bar = inside.indexOf("|");
  const [name, ...turns] = (bar < 0 ? inside : inside.slice(0, bar)).split(":");
  const field: Field = { name, as: null, case: null, empty: bar < 0 ? null : inside.slice(bar + 1) };
  const isName = /^[A-Za-z0-9_.-]{1,64}$/.test(name) || /^=.{1,200}$/.test(name);
  if (/^#(page|pages)?$/.test(name)) return inside === name ? field : null;
  if (!isName || turns.length > 2) return null;
  for (const turn of turns) {
    if (turn in CONVERSIONS && field.as === null && field.case === null) field.as = turn;
    else if (turn in CASES && field.case === null) field.case = turn;
    else return null;
  }
  return field;
}

/** Text and placeholders of a pattern; null when a brace stands alone or a placeholder is not one. */
export function readPattern(text: string): Piece[] | null {
  const pieces: Piece[] = [];
  let plain = "";
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign !== "{" && sign !== "}") plain += sign;
    else if (text[at + 1] === sign) plain += text[++at];
    else {
      const end = text.indexOf("}", at);
      const field = sign === "{" && end > 0 ? readField(text.slice(at + 1, end)) : null;
      if (!field) return null;
      if (plain) pieces.push(plain);
      plain = "";
      pieces.push(field);
      at = end;
    }
  }
  if (plain) pieces.push(plain);
  return pieces;
}

export const writeText = (text: string): string => text.replace(/[{}]/g, "$&$&");
export const writeField = (field: Field): string =>
  `{${[field.name, field.as, field.case].filter((part) => part !== null).join(":")}${field.empty === null ? "" : `|${field.empty}`}}`;
/** A pattern's placeholder ends at the first brace; a sum and {#} have no other form. */
export const fitsPattern = (field: Field): boolean => !/[{}]/.test(field.empty ?? "") || /^[=#]/.test(field.name);
