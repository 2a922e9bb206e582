// SPDX-License-Identifier: AGPL-3.0-or-later
// Elements of the editor's tools.

type Attributes = Record<string, string | boolean | ((event: Event) => void)>;

/** An element; attributes that are functions listen ("onclick"), true stands without a value, false not at all. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** An icon of the page's own sprite, whose address stands in those that the server wrote. */
export function icon(name: string): SVGSVGElement {
  const sprite = document.querySelector("use")?.getAttribute("href")?.split("#")[0] ?? "";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

let lastId = 0;
export const freshId = (): string => `ed-${++lastId}`;

/** Arrows, Home and End move the focus along the items; one of them takes part in Tab. */
export function rove(box: HTMLElement, items: () => HTMLElement[], isUpright = false): void {
  const [back, on] = isUpright ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  const settle = (at: HTMLElement | undefined): void => items().forEach((item) => (item.tabIndex = item === at ? 0 : -1));
  box.addEventListener("keydown", (event) => {
    const all = items().filter((item) => item.getClientRects().length > 0);
    const at = all.indexOf(event.target as HTMLElement);
    const isOwn = event.target instanceof HTMLSelectElement && isUpright === false && /^Arrow(Up|Down)$/.test(event.key);
    const to = { [back]: at - 1, [on]: at + 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined || isOwn) return;
    event.preventDefault();
    event.stopPropagation();
    const next = all[(to + all.length) % all.length];
    settle(next);
    next.focus();
  });
  box.addEventListener("focusin", (event) => {
    if (items().includes(event.target as HTMLElement)) settle(event.target as HTMLElement);
  });
  settle(items()[0]);
}
