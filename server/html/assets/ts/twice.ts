// SPDX-License-Identifier: AGPL-3.0-or-later
// Many fingers tap twice, as a mouse is clicked. The second tap may fall on the next page: there it is not meant.

const TWICE_MS = 400;
const NEAR_PX = 48;
const KEY = "sentuhan";

type Tap = [x: number, y: number, at: number];

/** Swallows a page's first tap when it is the second one of the tap that led here. */
export function onceOnly(): void {
  const before = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Tap | null;
  let isFirst = true;
  let last: Tap | undefined;
  sessionStorage.removeItem(KEY);
  window.addEventListener("click", (event) => {
    if (event.detail === 0) return; // a key's
    const tap: Tap = [event.clientX, event.clientY, Date.now()];
    const isSecond = isFirst && before !== null && tap[2] - before[2] < TWICE_MS &&
      Math.abs(tap[0] - before[0]) < NEAR_PX && Math.abs(tap[1] - before[1]) < NEAR_PX;
    isFirst = false;
    last = tap;
    if (!isSecond) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  window.addEventListener("pagehide", () => {
    if (last && Date.now() - last[2] < TWICE_MS) sessionStorage.setItem(KEY, JSON.stringify(last));
  });
}
