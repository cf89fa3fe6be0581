// Building blocks of the page: elements without innerHTML, icons, toasts, the small menu, safe rich text.
const SVG = "http://www.w3.org/2000/svg";
export const byId = (id) => document.getElementById(id);

/** el("button", {class: "x", onclick: f, "aria-label": "y"}, child, "text") - children are never parsed as HTML. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** A person's avatar: a tinted disc with the given name's last character; the bot's is a seal. */
export function avatar(name, role) {
  const letters = [...name.replace(/\p{Extended_Pictographic}|[\p{Cf}\s]/gu, "")];
  const shown = role === "bot" || role === "group" ? letters[0] : /\p{Script=Han}/u.test(name) ? letters.at(-1) : letters[0];
  return el("span", { class: role === "bot" ? "seal" : `face role-${role}`, "aria-hidden": "true" }, (shown ?? "?").toUpperCase());
}

export function toast(text, kind = "") {
  const note = el("div", { class: `toast ${kind}` }, text);
  byId("toasts").append(note);
  if (byId("toasts").children.length > 2) byId("toasts").firstElementChild.remove();
  setTimeout(() => note.remove(), Math.min(9000, 3200 + text.length * 45));
}

export function alertBox(text) {
  byId("alert-text").textContent = text;
  if (!byId("alert").open) byId("alert").showModal();
}

/** The small menu beside a button or under the pointer: items = [{icon, label, act}]. */
export function openMenu(anchor, items, point = null) {
  const menu = byId("menu");
  const choose = (act) => () => {
    menu.hidePopover();
    act();
  };
  menu.replaceChildren(
    ...items.map((item) => el("button", { type: "button", role: "menuitem", onclick: choose(item.act) }, icon(item.icon), item.label)),
  );
  menu.showPopover();
  const box = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = point ? point.x : box.left;
  const below = point ? point.y : box.bottom + 6;
  const top = below + height > innerHeight - 8 ? (point ? point.y : box.top - 6) - height : below;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, top)}px`;
  menu.firstElementChild?.focus();
}

byId("menu").addEventListener("keydown", (event) => {
  const items = [...byId("menu").children];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
});

const PLAIN = new Set(["B", "STRONG", "I", "EM", "U", "INS", "S", "DEL", "STRIKE", "CODE", "PRE", "BLOCKQUOTE"]);
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);

/** The server already escapes; this second gate copies only known elements and attributes, so a slip there stays text. */
export function richText(html) {
  const source = new DOMParser().parseFromString(html, "text/html").body;
  const target = document.createDocumentFragment();
  copy(source, target);
  return target;
}

const isBlock = (node) => node?.nodeName === "PRE" || node?.nodeName === "BLOCKQUOTE";

/** A block already stands on lines of its own: the line break next to it would show as an empty line. */
function withoutEdges(text) {
  const start = isBlock(text.previousSibling) && text.data.startsWith("\n") ? 1 : 0;
  const end = isBlock(text.nextSibling) && text.data.endsWith("\n") && text.data.length > start ? -1 : undefined;
  return text.data.slice(start, end);
}

function copy(from, to) {
  for (const child of from.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) to.append(withoutEdges(child));
    else if (child.nodeType === Node.ELEMENT_NODE) to.append(twin(child));
  }
}

function twin(source) {
  let node = document.createDocumentFragment();
  if (PLAIN.has(source.tagName)) node = quoteOr(source);
  else if (source.tagName === "BR") node.append("\n");
  else if (source.tagName === "A") node = link(source);
  else if (source.classList.contains("spoiler")) node = spoiler();
  else if (source.classList.contains("bot_command")) node = el("a", { href: "#", dataset: { say: source.textContent } });
  copy(source, node);
  return node;
}

function quoteOr(source) {
  const node = el(source.tagName.toLowerCase());
  if (source.classList.contains("expandable")) {
    node.classList.add("expandable");
    node.addEventListener("click", () => node.classList.toggle("open"));
  }
  return node;
}

function link(source) {
  const href = source.getAttribute("href") ?? "";
  if (!URL.canParse(href) || !SCHEMES.has(new URL(href).protocol)) return document.createDocumentFragment();
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" });
}

function spoiler() {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0" });
  const show = (event) => (event.type === "click" || event.key === "Enter") && node.classList.add("open");
  node.addEventListener("click", show);
  node.addEventListener("keydown", show);
  return node;
}
