// SPDX-License-Identifier: AGPL-3.0-or-later
// A number pad of our own beside a field of digits: the field itself stays the form's and works without this file.
//   <div data-pad data-digits="6" data-send hidden> buttons with data-key="0"…"9" or "hapus" </div>
// data-for names the field; data-send sends the form with the last digit.

function show(field: HTMLInputElement, pad: HTMLElement): void {
  const boxes = pad.ownerDocument.querySelectorAll<HTMLElement>(`[data-dots="${field.id}"] > *`);
  boxes.forEach((box, i) => {
    box.classList.toggle("is-full", i < field.value.length);
    box.classList.toggle("is-next", i === field.value.length);
  });
  const typed = pad.ownerDocument.querySelector<HTMLElement>(`[data-typed="${field.id}"]`);
  if (typed) typed.textContent = field.value.replace(/(\d{4})(?=\d)/g, "$1 ");
}

export function press(pad: HTMLElement, key: string): void {
  const most = Number(pad.dataset.digits);
  const byId = (id: string | undefined): HTMLInputElement | null => document.getElementById(id ?? "") as HTMLInputElement | null;
  let field = byId(pad.dataset.for);
  const then = byId(pad.dataset.then); // the same number once more
  if (field && then && (key === "hapus" ? then.value !== "" : field.value.length === most)) field = then;
  if (!field || (field.form?.dataset.sent ?? "") !== "") return;
  if (key === "hapus") field.value = field.value.slice(0, -1);
  else if (field.value.length < most) field.value += key;
  else return;
  show(field, pad);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (key !== "hapus" && field.value.length === most && pad.dataset.send !== undefined) field.form?.requestSubmit();
}

/** A reader ends with Enter, or two of them: on to the field named by data-next, once, instead of sending a form half filled in. */
export function nextFields(): void {
  document.addEventListener("keydown", (event) => {
    const next = event.key === "Enter" && event.target instanceof HTMLInputElement && event.target.dataset.next;
    if (!next) return;
    event.preventDefault();
    if ((event.target as HTMLInputElement).value !== "") document.getElementById(next)?.focus();
  });
}

/** The pads of the page appear; their fields take digits from the pad alone. */
export function pads(): void {
  for (const pad of document.querySelectorAll<HTMLElement>("[data-pad]")) {
    const field = document.getElementById(pad.dataset.for ?? "") as HTMLInputElement | null;
    if (!field) continue;
    pad.hidden = false;
    field.readOnly = pad.dataset.only !== undefined;
    field.classList.toggle("is-behind", pad.dataset.only !== undefined);
    for (const dots of document.querySelectorAll<HTMLElement>(`[data-dots="${field.id}"],[data-typed="${field.id}"]`)) dots.hidden = false;
    for (const button of document.querySelectorAll<HTMLElement>("[data-without-pad]")) button.hidden = true;
    field.value = field.value.replace(/\D/g, "");
    pad.addEventListener("click", (event) => {
      const key = (event.target as HTMLElement).closest<HTMLElement>("[data-key]")?.dataset.key;
      if (key) press(pad, key);
    });
    show(field, pad);
  }
}
