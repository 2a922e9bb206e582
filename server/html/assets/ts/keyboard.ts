// SPDX-License-Identifier: AGPL-3.0-or-later
// Letters for the kiosk: large keys under the one field of a question. The field stays the form's own.

const ROWS = ["1234567890", "qwertyuiop", "asdfghjkl'", "zxcvbnm,.-"];

function put(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const most = field.maxLength > 0 ? field.maxLength : 2000;
  const at = field.selectionStart ?? field.value.length;
  const end = field.selectionEnd ?? at;
  if (text === "hapus") {
    const from = at === end ? Math.max(0, at - 1) : at;
    field.setRangeText("", from, end, "end");
  } else if (field.value.length - (end - at) < most) {
    field.setRangeText(text, at, end, "end");
  }
  field.focus();
}

function key(label: string, value: string, kind: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `key ${kind}`;
  button.textContent = label;
  button.dataset.put = value;
  return button;
}

/** Fills each [data-board] of the page; data-for names its field. */
export function boards(): void {
  for (const board of document.querySelectorAll<HTMLElement>("[data-board]")) {
    const field = document.getElementById(board.dataset.for ?? "") as HTMLInputElement | HTMLTextAreaElement | null;
    if (!field) continue;
    let isUpper = field.value === "";
    field.setAttribute("inputmode", "none");
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    for (const row of ROWS) {
      const line = document.createElement("div");
      line.className = `keys ${row === ROWS[0] ? "is-digits" : row === ROWS[1] ? "is-top" : ""}`;
      for (const sign of row) line.append(key(sign, sign, ""));
      board.append(line);
    }
    const last = document.createElement("div");
    last.className = "keys";
    last.append(key("Besar", "besar", "is-shift"), key("123", "angka", "is-turn"), key("Spasi", " ", "is-space"), key("Hapus", "hapus", "is-wide"));
    board.append(last);
    const label = (): void => {
      for (const button of board.querySelectorAll<HTMLElement>("[data-put]")) {
        const sign = button.dataset.put ?? "";
        if (/^[a-z]$/.test(sign)) button.textContent = isUpper ? sign.toUpperCase() : sign;
      }
    };
    board.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    board.addEventListener("click", (event) => {
      const sign = (event.target as HTMLElement).closest<HTMLElement>("[data-put]")?.dataset.put;
      if (sign === undefined) return;
      if (sign === "besar") isUpper = !isUpper;
      else if (sign === "angka") {
        const isNumber = board.classList.toggle("is-number");
        board.querySelector<HTMLElement>(".is-turn")!.textContent = isNumber ? "abc" : "123";
      }
      else {
        put(field, isUpper && sign.length === 1 ? sign.toUpperCase() : sign);
        if (sign !== "hapus") isUpper = false;
      }
      label();
    });
    label();
    board.hidden = false;
  }
}
