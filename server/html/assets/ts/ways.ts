// SPDX-License-Identifier: AGPL-3.0-or-later
// The way back from a row leads to the list as it was left: its filter, order, page and (sealed) words. Each tab remembers its
// own lists; without this file the way back is the whole list.

const key = (path: string): string => `list ${path}`;

/** Called when a page is left: a list with rows is what one comes back to. */
export function rememberList(): void {
  if (document.querySelector("[data-rows]")) sessionStorage.setItem(key(location.pathname), location.pathname + location.search);
}

/** Called when a page is shown: nothing that the tab keeps is left to the next person. */
export function forgetOthers(): void {
  const who = document.querySelector<HTMLElement>(".who[data-key]")?.dataset.key ?? "";
  if (who && sessionStorage.getItem("who") !== who) {
    sessionStorage.clear();
    sessionStorage.setItem("who", who);
  }
}

/** Called when a page is shown. */
export function leadBack(): void {
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.back[href]")) {
    const kept = link.pathname === location.pathname ? null : sessionStorage.getItem(key(link.pathname));
    if (kept) link.href = kept;
  }
}
