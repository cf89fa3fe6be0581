// Emoji where the system has no font for them (a bare Linux): our own line icons stand in for those the bot uses.
import { icon } from "./dom.js";

const LOOKS = {
  "✅": "check good", "☑": "check", "✔": "check", "▫": "box", "⚠": "warn bad", "↩": "undo", "📅": "calendar", "🗓": "calendar", "❓": "question", "⛔": "stop bad", "🚫": "stop bad",
  "🗳": "list", "📋": "list", "🖼": "photo", "👤": "person", "👥": "person", "👍": "smile good", "🎉": "smile good", "🙂": "smile", "🕓": "clock", "⏱": "clock", "⏰": "clock", "🕒": "clock", "⏳": "clock", "🔒": "lock", "📝": "edit",
  "✏": "edit", "📊": "chart", "📈": "chart", "👉": "hand", "👀": "search", "🔍": "search", "🏢": "house", "🏠": "house", "⬆": "up", "✖": "close", "❌": "close bad", "📢": "horn", "📣": "horn",
  "🔔": "bell", "🔕": "bell", "📌": "pin", "⚙": "gear", "📎": "clip", "📄": "file", "📁": "file", "💾": "save", "ℹ": "info", "❗": "warn bad", "👋": "smile",
  "⏸": "pause", "⏹": "halt", "▶": "play", "🌙": "moon", "🏮": "lantern", "👁": "search", "📨": "letter", "📬": "letter", "📮": "letter", "🔄": "again", "🕘": "clock", "🖊": "edit", "🗑": "bin", "🗣": "horn", "🤝": "person",
};
const KNOWN = new RegExp(`(${Object.keys(LOOKS).join("|")})\uFE0F?`, "gu");

/** Whether a coloured emoji really comes out coloured. */
const coloured = (() => {
  const pen = Object.assign(document.createElement("canvas"), { width: 20, height: 20 }).getContext("2d", { willReadFrequently: true });
  if (!pen) return true;
  pen.font = "16px sans-serif";
  pen.fillText("✅", 0, 16);
  const pixels = pen.getImageData(0, 0, 20, 20).data;
  return pixels.some((_, at) => at % 4 === 0 && (pixels[at] !== pixels[at + 1] || pixels[at + 1] !== pixels[at + 2]));
})();

function picture(sign) {
  const [name, tone = ""] = LOOKS[sign].split(" ");
  const svg = icon(name);
  svg.setAttribute("class", `icon emoji ${tone}`);
  svg.setAttribute("aria-hidden", "false");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", sign);
  return svg;
}

/** Replace the emoji in everything that is written inside a node. */
export function dress(node) {
  if (coloured) return node;
  const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) if (texts.currentNode.data.search(KNOWN) >= 0) found.push(texts.currentNode);
  for (const text of found) text.replaceWith(...text.data.split(KNOWN).map((piece) => (piece in LOOKS ? picture(piece) : piece)));
  return node;
}
