// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody calls at the kiosk: a bar on every page of the office, the number in the title, one soft sound for each new call.

const EVERY_MS = 8000;
const title = document.title;

function sound(): void {
  try {
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const loud = audio.createGain();
    tone.frequency.value = 660;
    loud.gain.setValueAtTime(0.08, audio.currentTime);
    loud.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.6);
    tone.connect(loud).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.6);
  } catch { // a machine without sound
  }
}

/** The calls that are shown: in the title, and heard when one of them was not there before on any page of this tab. */
function tell(place: HTMLElement): void {
  const ids = [...place.querySelectorAll("[data-call] button")].map((button) => button.id);
  document.title = ids.length > 0 ? `(${ids.length}) ${title}` : title;
  const heard = (sessionStorage.getItem("panggilan") ?? "").split(" ");
  if (ids.some((id) => !heard.includes(id))) {
    document.documentElement.dataset.rang = String(Number(document.documentElement.dataset.rang ?? 0) + 1);
    sound();
  }
  sessionStorage.setItem("panggilan", ids.join(" "));
}

async function look(place: HTMLElement): Promise<void> {
  if (!navigator.onLine || place.contains(document.activeElement) || document.documentElement.dataset.locked !== undefined) return;
  try {
    const answer = await fetch(place.dataset.watch ?? "", { headers: { "HX-Request": "true" }, cache: "no-store", redirect: "manual" });
    if (answer.status === 401) document.dispatchEvent(new Event("session-over"));
    if (!answer.ok) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#panggilan");
    if (part && part.innerHTML !== place.innerHTML) place.replaceChildren(...part.childNodes);
    tell(place);
  } catch { // looked for again soon
  }
}

/** Answering leaves the page, and what is being typed on it, as it is. */
async function answer(event: SubmitEvent, place: HTMLElement): Promise<void> {
  const form = event.target as HTMLFormElement;
  if (!place.classList.contains("is-bar")) return;
  event.preventDefault();
  event.stopPropagation();
  await fetch(form.action, { method: "POST", redirect: "manual", body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) });
  (document.activeElement as HTMLElement | null)?.blur();
  await look(place);
}

export function watchCalls(): void {
  const place = document.querySelector<HTMLElement>("#panggilan[data-watch]");
  if (!place) return;
  place.addEventListener("submit", (event) => void answer(event as SubmitEvent, place), true);
  tell(place);
  void look(place);
  window.setInterval(() => void look(place), EVERY_MS);
}
