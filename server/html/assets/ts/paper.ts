// SPDX-License-Identifier: AGPL-3.0-or-later
// A paper beside what is being written: the renderer's own pages, drawn anew after each pause, with what just changed marked.
import { h } from "./editor/dom";

const PAUSE_MS = 400;
const SVG = "http://www.w3.org/2000/svg";

export type Answer = { pages?: string[]; count?: number; fault?: string };
export type Sent = { ok: boolean; status: number; json: Answer & Record<string, unknown> } | "no line" | "signed out";

/** What a page says that came instead of JSON: no right any more, sent meanwhile, too large. */
async function wordsOfPage(answer: Response): Promise<string> {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return (page.querySelector("[data-fault] .lead, main .notice p") ?? page.querySelector("h1"))?.textContent?.trim() ?? "";
}

/** Posts and reads JSON. A page instead of it: the sign-in when the session is over, else a refusal in words. */
export async function post(address: string, fields: URLSearchParams, signal?: AbortSignal): Promise<Sent> {
  try {
    const answer = await fetch(address, { method: "POST", body: fields, signal, headers: { accept: "application/json" } });
    if (!(answer.headers.get("content-type") ?? "").startsWith("application/json")) {
      if (answer.status >= 500) return "no line";
      if (answer.status === 401 || answer.redirected) return "signed out";
      return { ok: false, status: 422, json: { fault: await wordsOfPage(answer) } };
    }
    return { ok: answer.ok, status: answer.status, json: (await answer.json()) as Answer & Record<string, unknown> };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    return "no line";
  }
}

type Sign = { shape: string; x: number; y: number };

/** The signs of a page in reading order, each by its outline: names of glyphs differ from page to page. */
function signsOf(svg: SVGSVGElement): Sign[][] {
  const lines = new Map<number, Sign[]>();
  for (const use of svg.querySelectorAll("use")) {
    const id = (use.getAttribute("href") ?? use.getAttribute("xlink:href") ?? "").slice(1);
    const shape = svg.querySelector(`[id="${id}"] path`)?.getAttribute("d") ?? id;
    const y = Math.round(Number(use.getAttribute("y")));
    if (!use.hasAttribute("y")) continue;
    lines.set(y, [...(lines.get(y) ?? []), { shape, x: Number(use.getAttribute("x")), y }]);
  }
  return [...lines].sort(([a], [b]) => a - b).map(([, line]) => line.sort((a, b) => a.x - b.x));
}

const wordsOf = (line: Sign[]): string => line.map((sign) => sign.shape).join("|");

/** Marks the stretches of the page that no line of the old page has. */
function markChanges(svg: SVGSVGElement, old: Sign[][], now: Sign[][]): void {
  const had = new Set(old.map(wordsOf));
  const has = new Set(now.map(wordsOf));
  const gone = old.filter((line) => !has.has(wordsOf(line)));
  const fresh = now.filter((line) => !had.has(wordsOf(line)));
  fresh.forEach((line, i) => {
    const before = gone[i] ?? [];
    let from = 0;
    while (from < line.length && line[from].shape === before[from]?.shape) from++;
    let to = line.length;
    for (let back = before.length; to > from && back > from && line[to - 1].shape === before[back - 1]?.shape; back--) to--;
    const [first, last] = [line[Math.min(from, line.length - 1)], line[Math.max(to - 1, from)] ?? line[line.length - 1]];
    const mark = document.createElementNS(SVG, "rect");
    const size = { x: first.x - 2, y: first.y - 11, width: last.x - first.x + 10, height: 15, rx: 2, class: "fresh" };
    for (const [name, value] of Object.entries(size)) mark.setAttribute(name, String(value));
    const ground = svg.querySelector(":scope > rect, :scope > g > rect");
    if (ground) ground.after(mark);
    else svg.prepend(mark);
  });
}

/** Where it stands, and what it tells: the session is over; it was drawn, and the words under it; what is said when it cannot be. */
export type Place = { element: HTMLElement; sheets: HTMLElement; said: HTMLElement };
export type Tells = { over: () => void; drawn: (answer: Answer, shown: number, count: number) => string; failed: string };

export class LivePaper {
  private timer = 0;
  private running: AbortController | null = null;
  private old: Sign[][][] = [];

  /** `fields` are what is drawn. The newest answer wins; one that fails leaves the last paper, with a word. */
  constructor(private readonly at: Place, private readonly address: string, private readonly fields: () => URLSearchParams, private readonly tells: Tells) {}

  /** After a pause; at once when nothing is shown yet. */
  soon(pause = PAUSE_MS): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.draw(), pause);
  }

  private async draw(): Promise<void> {
    this.running?.abort();
    const run = (this.running = new AbortController());
    this.at.element.setAttribute("aria-busy", "true");
    let answer: Sent;
    try {
      answer = await post(this.address, this.fields(), run.signal);
    } catch { // a newer one is under way
      return;
    }
    this.at.element.removeAttribute("aria-busy");
    if (answer === "signed out") return this.tells.over();
    if (answer === "no line") this.say("Sambungan terputus. Kertas ini belum yang terbaru.");
    else if (!answer.ok) this.say(answer.json.fault || this.tells.failed);
    else this.show(answer.json.pages ?? [], answer.json);
  }

  private say(words: string): void {
    this.at.said.textContent = words;
    this.at.element.dataset.state = "stale";
  }

  private show(pages: string[], answer: Answer): void {
    const isFirst = this.old.length === 0;
    const count = answer.count ?? pages.length;
    const signs: Sign[][][] = [];
    const made = pages.map((source, i) => {
      const svg = new DOMParser().parseFromString(source, "image/svg+xml").documentElement as unknown as SVGSVGElement;
      signs.push(signsOf(svg));
      if (!isFirst) markChanges(svg, this.old[i] ?? [], signs[i]);
      return this.sheet(svg, i, count);
    });
    this.old = signs;
    this.at.sheets.replaceChildren(...made);
    this.at.element.dataset.state = "fresh";
    this.at.said.textContent = this.tells.drawn(answer, pages.length, count);
  }

  /** In a tree of its own: glyphs of two pages have the same ids. */
  private sheet(svg: SVGSVGElement, i: number, count: number): HTMLElement {
    const box = h("div", { class: "sheet", role: "img", "aria-label": `Halaman ${i + 1} dari ${count}` });
    if (!svg.hasAttribute("viewBox")) svg.setAttribute("viewBox", `0 0 ${parseFloat(svg.getAttribute("width") ?? "595")} ${parseFloat(svg.getAttribute("height") ?? "935")}`);
    svg.setAttribute("width", "100%");
    svg.removeAttribute("height");
    for (const mark of svg.querySelectorAll(".fresh")) mark.setAttribute("fill", getComputedStyle(document.documentElement).getPropertyValue("--muted") || "#e2eff1");
    box.attachShadow({ mode: "open" }).append(document.importNode(svg, true));
    return box;
  }
}
