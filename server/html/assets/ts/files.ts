// SPDX-License-Identifier: AGPL-3.0-or-later
// A file's box: the name of what was chosen, in our words. A photo is made smaller here before it is sent: a telephone's has 5 MB, which on
// a village's line takes minutes, and no page shows more of it than this. The server judges what comes as before.

const SIDE_MOST = 1600;
const SMALL_BYTES = 400 * 1024;
const busy = new Map<HTMLFormElement, Promise<void>>();

/** Only a box for pictures: a scanned paper stays as sharp as it came. */
const isForPictures = (box: HTMLInputElement): boolean => /^image\/jpeg(,image\/png)?$/.test(box.accept);

const size = (bytes: number): string => (bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1).replace(".", ",")} MB`);

function say(box: HTMLInputElement): void {
  const place = box.parentElement?.querySelector<HTMLElement>("[data-chosen]");
  const files = [...(box.files ?? [])];
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (place) place.textContent = files.length === 0 ? "Belum ada yang dipilih" : `${files.length > 1 ? `${files.length} berkas` : files[0].name}, ${size(bytes)}`;
}

/** A JPEG of at most SIDE_MOST a side, upright, on white; the file itself when that is no smaller, or this browser cannot. */
async function smaller(file: File): Promise<File> {
  try {
    const image = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, SIDE_MOST / Math.max(image.width, image.height));
    if (scale === 1 && file.size <= SMALL_BYTES) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    const pen = canvas.getContext("2d");
    if (!pen) return file;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    const made = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return made && made.size < file.size ? new File([made], file.name.replace(/\.[^.]*$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch { // no picture that the browser reads: the server says so
    return file;
  }
}

async function shrink(box: HTMLInputElement): Promise<void> {
  const chosen = [...(box.files ?? [])];
  const made = await Promise.all(chosen.map(smaller));
  if (made.every((file, i) => file === chosen[i]) || [...(box.files ?? [])].some((file, i) => file !== chosen[i])) return;
  const carrier = new DataTransfer();
  for (const file of made) carrier.items.add(file);
  box.files = carrier.files;
  say(box);
}

/** Called for each change of a box. */
export function chooseFile(event: Event): void {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "file") return;
  say(box);
  const of = box.form;
  if (!of || !isForPictures(box) || !box.files?.length) return;
  const work: Promise<void> = shrink(box).finally(() => busy.get(of) === work && busy.delete(of));
  busy.set(of, work);
}

/** Called at each press, before all others: a photo that is being made smaller is waited for. */
export function waitForPhotos(event: SubmitEvent): void {
  const of = event.target as HTMLFormElement;
  const work = busy.get(of);
  if (!work) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  void work.then(() => of.requestSubmit(event.submitter));
}

/** Called at each press that goes: on a slow line it takes a while, and the page says what it does. */
export function saySending(event: SubmitEvent): void {
  const of = event.target as HTMLFormElement;
  const boxes = [...of.querySelectorAll<HTMLInputElement>("input[type=file]")].filter((box) => box.files?.length);
  if (event.defaultPrevented || boxes.length === 0 || of.querySelector(".sending")) return;
  const bytes = boxes.flatMap((box) => [...(box.files ?? [])]).reduce((sum, file) => sum + file.size, 0);
  const said = document.createElement("p");
  said.className = "sending";
  said.setAttribute("role", "status");
  said.textContent = `${boxes.every(isForPictures) ? "Foto" : "Berkas"} sedang dikirim (${size(bytes)}) … Biarkan halaman ini terbuka.`;
  (of.querySelector(".actions") ?? of).append(said);
}
