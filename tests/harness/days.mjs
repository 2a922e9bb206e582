// SPDX-License-Identifier: AGPL-3.0-or-later
// Days as the villages of the stack have them (WITA: eight hours before UTC, the year round). No other file of the tests asks
// for today: UTC's day is another one from midnight to eight, and a day that is written down is too old some day.

const two = (n) => String(n).padStart(2, '0');

/** [day, month, year] of the day `n` days before today; -1 is tomorrow. */
export function dayAgo(n) {
    const at = new Date(Date.now() + 8 * 3600e3 - n * 86400e3);
    return [at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCFullYear()];
}
export const today = () => dayAgo(0);
export const thisYear = () => today()[2];

/** "29 November 2026". */
export const longDay = ([day, month, year]) => `${day} ${['Januari', 'Februari', 'Maret', 'April', 'Mei', 'Juni', 'Juli', 'Agustus', 'September', 'Oktober', 'November', 'Desember'][month - 1]} ${year}`;
/** "2026-11-29", "2026-11". */
export const iso = ([day, month, year]) => `${year}-${two(month)}-${two(day)}`;
export const monthOf = (day) => iso(day).slice(0, 7);
/** "2026-09": the month `n` months before this one. */
export function monthAgo(n) {
    const [, month, year] = today();
    return new Date(Date.UTC(year, month - 1 - n)).toISOString().slice(0, 7);
}
export const thisMonth = () => monthAgo(0);

/** The three boxes of a day in a form. */
export const dated = (name, [day, month, year]) => ({ [`${name}_hari`]: String(day), [`${name}_bulan`]: String(month), [`${name}_tahun`]: String(year) });
