// SPDX-License-Identifier: AGPL-3.0-or-later
// Builds the assets and writes them as one C table.
//   node build.mjs --modules DIR (with node_modules) --out DIR --c FILE --python PROGRAM
// Everything is named by its content, so it can be served for ever.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = path.dirname(fileURLToPath(import.meta.url));
const args = {};
for (let i = 2; i < process.argv.length; i += 2) args[process.argv[i].replace(/^--/, "")] = process.argv[i + 1];
const modules = path.join(args.modules, "node_modules");
const require = createRequire(path.join(args.modules, "package.json"));
const sass = require("sass");
const esbuild = require("esbuild");

const types = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};
const built = [];

function add(name, bytes) {
  const { name: stem, ext } = path.parse(name);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
  const gzip = ext === ".woff2" ? null : gzipSync(bytes, { level: 9 });
  const asset = { name, file: `${stem}-${hash}${ext}`, type: types[ext], bytes, gzip };
  if (gzip && gzip.length > bytes.length * 0.95) asset.gzip = null;
  built.push(asset);
  return asset;
}

const squeeze = (svg) => svg.replace(/<!--[\s\S]*?-->/g, "").replace(/\s+/g, " ").replace(/> </g, "><").trim();
const art = (name) => squeeze(fs.readFileSync(path.join(here, "art", name), "utf8"));

// The first words of a list's lines.
const list = (name) => fs.readFileSync(path.join(here, name), "utf8").split("\n")
  .filter((line) => line.trim() && !line.startsWith("#")).map((line) => line.split(/\s/)[0]);

// One sprite: lucide's icons by the list, and our neutral crest.
function sprite() {
  const names = list("icons.txt");
  const symbol = (name, svg, attributes) => {
    const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/ \/>/g, "/>");
    return `<symbol id="${name}" viewBox="${svg.match(/viewBox="([^"]+)"/)[1]}" ${attributes}>${inner.trim()}</symbol>`;
  };
  const stroke = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"';
  const icons = names.map((name) => {
    const svg = squeeze(fs.readFileSync(path.join(modules, "lucide-static/icons", `${name}.svg`), "utf8"));
    return symbol(name, svg, `${stroke} stroke-width="2"`);
  });
  icons.push(symbol("crest", art("crest.svg"), `${stroke} stroke-width="2.4"`));
  return `<svg xmlns="http://www.w3.org/2000/svg">${icons.join("")}</svg>`;
}

// Latin signs the house uses, weights 500–800: about 12 kB.
function font() {
  const from = path.join(modules, "@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2");
  const to = path.join(args.out, "font.woff2");
  execFileSync(args.python, [path.join(here, "subset.py"), from, to], { stdio: ["ignore", "ignore", "inherit"] });
  return fs.readFileSync(to);
}

function styles(name, urls) {
  const { css } = sass.compile(path.join(here, "sass", name), {
    style: "compressed", charset: false, loadPaths: [modules], quietDeps: true,
  });
  return css.replace(/url\("?asset:([a-z0-9.-]+)"?\)/g, (_, asset) => `url(${urls[asset].file})`);
}

function script(name) {
  const result = esbuild.buildSync({
    entryPoints: [path.join(here, "ts", name)], bundle: true, minify: true, write: false, target: "es2019",
    format: "iife", legalComments: "none", nodePaths: [modules], logLevel: "error", charset: "utf8",
  });
  return Buffer.from(result.outputFiles[0].contents);
}

function cBytes(id, bytes) {
  const rows = [];
  for (let i = 0; i < bytes.length; i += 40) rows.push([...bytes.subarray(i, i + 40)].join(","));
  return `static const unsigned char ${id}[] = {\n${rows.join(",\n")}};\n`;
}

function cTable(assets) {
  let out = '/* Built from server/html/assets. */\n#include "server/html/asset_table.h"\n\n';
  const rows = assets.map((a, i) => {
    out += cBytes(`bytes_${i}`, a.bytes);
    if (a.gzip) out += cBytes(`gzip_${i}`, a.gzip);
    const text = (id) => `{(const char *)${id}, sizeof(${id})}`;
    return `    {STR_INIT("${a.name}"), STR_INIT("/aset/${a.file}"), STR_INIT("${a.type}"), ${text(`bytes_${i}`)}, ` +
      `${a.gzip ? text(`gzip_${i}`) : "{NULL, 0}"}},`;
  });
  return `${out}\nconst struct asset asset_table[] = {\n${rows.join("\n")}\n};\nconst size_t asset_count = ${assets.length};\n`;
}

fs.mkdirSync(args.out, { recursive: true });
const urls = { "tile.svg": add("tile.svg", Buffer.from(art("tile.svg"))), "font.woff2": add("font.woff2", font()) };
add("icons.svg", Buffer.from(sprite()));
add("favicon.svg", Buffer.from(art("favicon.svg")));
add("share.png", fs.readFileSync(path.join(here, "art", "share.png")));
add("site.css", Buffer.from(styles("site.scss", urls)));
add("office.css", Buffer.from(styles("office.scss", urls)));
add("office.js", script("office.ts"));
add("editor.css", Buffer.from(styles("editor.scss", urls)));
add("editor.js", script("editor.ts"));
add("kiosk.css", Buffer.from(styles("kiosk.scss", urls)));
add("kiosk.js", script("kiosk.ts"));
add("peek.js", script("peek.ts"));

const promised = list("assets.txt").sort().join();
const made = built.map((a) => a.name).sort().join();
if (promised !== made) throw new Error(`assets.txt promises ${promised}, built ${made}`);

for (const old of fs.readdirSync(args.out)) fs.rmSync(path.join(args.out, old), { recursive: true });
for (const a of built) fs.writeFileSync(path.join(args.out, a.file), a.bytes);
fs.writeFileSync(args.c, cTable(built));
