// Readability.js on jsdom over a list of pages: one JSON line a page, as `vigie extract --format json --list FILE` prints
// them. usage: readability.js extract --format json --list FILE
import fs from "node:fs";
import { Readability } from "@mozilla/readability";
import { JSDOM, VirtualConsole } from "jsdom";

const quiet = new VirtualConsole();
const utf8 = new TextDecoder("utf-8", { fatal: true });

function page(path) {
  const bytes = fs.readFileSync(path);
  try {
    return utf8.decode(bytes);
  } catch {
    return bytes; // jsdom finds the charset
  }
}

function answer(path, url) {
  const dom = new JSDOM(page(path), { url: url || "https://example.org/", virtualConsole: quiet });
  try {
    const found = new Readability(dom.window.document).parse();
    if (!found) return { text: "" };
    return {
      text: found.textContent,
      title: found.title,
      authors: found.byline ? [found.byline.replace(/^\s*(by|par|von)\s+/i, "").trim()] : [],
      published: (found.publishedTime || "").slice(0, 10),
    };
  } finally {
    dom.window.close();
  }
}

const list = process.argv[process.argv.indexOf("--list") + 1];
for (const line of fs.readFileSync(list, "utf8").split("\n").filter(Boolean)) {
  const [path, url] = line.split("\t");
  let found = { text: "" };
  try {
    found = answer(path, url);
  } catch {
    // an answer without text
  }
  fs.writeSync(1, JSON.stringify(found) + "\n");
}
