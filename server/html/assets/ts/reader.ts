// SPDX-License-Identifier: AGPL-3.0-or-later
// A card reader types like a keyboard, only faster: 8 to 20 decimal or hex digits, ended by Enter or Tab.

export const FAST_MS = 50; // between two signs of a reader; fingers are slower

export class Reader {
  keys = ""; // since the last pause
  private lastKey = 0;

  /** Is shown every key; gives the card's UID with the key that ends it, else "". */
  take(event: KeyboardEvent): string {
    if (event.ctrlKey || event.altKey || event.metaKey || event.key === "Shift") return "";
    const isFast = event.timeStamp - this.lastKey < FAST_MS;
    this.lastKey = event.timeStamp;
    if (event.key !== "Enter" && event.key !== "Tab") {
      this.keys = isFast ? this.keys + event.key : event.key;
      return "";
    }
    const uid = isFast ? this.keys : "";
    this.keys = "";
    return /^[0-9A-Fa-f]{8,20}$/.test(uid) ? uid : "";
  }
}
