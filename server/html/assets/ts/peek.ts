// SPDX-License-Identifier: AGPL-3.0-or-later
// A password can be looked at while it is typed: "Lihat" in its box. It is hidden again when it is sent, so that browsers offer to keep it.
for (const box of document.querySelectorAll<HTMLInputElement>('.field > input[type="password"][autocomplete$="password"]')) {
  if (box.nextElementSibling?.matches(".peek")) continue;
  const button = document.createElement("button");
  const show = (isSeen: boolean): void => {
    box.type = isSeen ? "text" : "password";
    button.textContent = isSeen ? "Tutup" : "Lihat";
    button.setAttribute("aria-label", isSeen ? "Tutup kata sandi" : "Lihat kata sandi");
  };
  button.type = "button";
  button.className = "peek";
  button.addEventListener("click", () => {
    show(box.type === "password");
    box.focus();
  });
  box.spellcheck = false;
  box.after(button);
  box.form?.addEventListener("submit", () => show(false));
  show(false);
}
