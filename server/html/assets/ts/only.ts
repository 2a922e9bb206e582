// SPDX-License-Identifier: AGPL-3.0-or-later
// Fields that are asked only while another says something: [data-if="NAME"][data-in="A|B"]. The server decides the same
// by itself; without this file all of them stand there. A fault stays in sight, and details[data-opens] are opened when they come to be asked.

function isSaid(form: HTMLFormElement, part: HTMLElement): boolean {
  const box = form.elements.namedItem(part.dataset.if ?? "");
  const value = box instanceof RadioNodeList || box instanceof HTMLInputElement || box instanceof HTMLSelectElement ? box.value : "";
  const isShown = !(box instanceof HTMLElement && box.closest("[data-if][hidden]"));
  return isShown && (part.dataset.in ?? "").split("|").includes(value);
}

/** Shows and hides them, now and with each change. */
export function showOnly(): void {
  for (const form of document.querySelectorAll("form")) {
    const parts = [...form.querySelectorAll<HTMLElement>("[data-if]")];
    const show = (): void =>
      parts.forEach((part) => {
        const wasHidden = part.hidden;
        part.hidden = !isSaid(form, part) && !part.querySelector(".is-faulty");
        if (part instanceof HTMLDetailsElement && "opens" in part.dataset && wasHidden && !part.hidden) part.open = true;
      });
    if (parts.length === 0) continue;
    form.addEventListener("input", show);
    form.addEventListener("change", show);
    show();
  }
}
