// The page's own words in the chosen language, and dates as that language writes them.
import { byId } from "./dom.js";
import { get } from "./api.js";

const LANGUAGES = ["zh", "en"];
let words = {};
export let language = LANGUAGES.includes(localStorage.getItem("lang"))
  ? localStorage.getItem("lang")
  : navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";

export async function load(lang = language) {
  words = await get("/page/texts", { lang });
  language = lang;
  localStorage.setItem("lang", lang);
  document.documentElement.lang = lang === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-placeholder]")) node.placeholder = t(node.dataset.tPlaceholder);
  for (const node of document.querySelectorAll("[data-t-label]")) label(node, node.dataset.tLabel);
  byId("lang").textContent = t("language-other");
}

export const other = () => LANGUAGES.find((lang) => lang !== language);
export const has = (key) => key in words;
export const t = (key, args = {}) => (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => args[name] ?? whole);

export function label(node, key) {
  node.setAttribute("aria-label", t(key));
  if (node.tagName === "BUTTON") node.title = t(key);
}

/** What went wrong, in words: a refusal's code, or the error's own message. */
export const problem = (error) => (has(`error-${error?.message}`) ? t(`error-${error.message}`) : String(error?.message ?? error));

/** A line about a message: its text, or what it is. */
export function gist({ text, kind }) {
  const what = kind && kind !== "text" ? t(`kind-${kind}`) : "";
  return what && text ? `${what} ${text}` : what || text;
}

/** A role arrives as a key (staff) or as ready text; both can be shown. */
export const roleName = (role) => (has(`role-${role}`) ? t(`role-${role}`) : role);

/** What the next scheduled message is: its kind, in words. */
export const eventName = (kind) => (has(`event-${kind}`) ? t(`event-${kind}`) : t("event-other"));

// Times come as ISO with the unit's own offset. The unit's wall clock is shown, never the viewer's zone: so it is kept in a UTC Date.
export function wall(iso) {
  const [, y, mo, d, h, mi, s] = /^(\d+)-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?/.exec(iso).map(Number);
  return new Date(Date.UTC(y, mo - 1, d, h, mi, s || 0));
}

const format = (date, options) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "UTC", ...options }).format(date);
const dayNumber = (date) => Math.floor(date.getTime() / 86_400_000);
export const sameDay = (a, b) => dayNumber(a) === dayNumber(b);
export const time = (date) => format(date, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

export function day(date, now) {
  const ago = dayNumber(now) - dayNumber(date);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  if (ago === -1) return t("tomorrow");
  const year = date.getUTCFullYear() === now.getUTCFullYear() ? undefined : "numeric";
  return format(date, { year, month: "long", day: "numeric", weekday: "short" });
}

export const stamp = (date) => `${format(date, { month: "short", day: "numeric", weekday: "short" })} ${time(date)}`;
export const dayOrTime = (date, now) => (sameDay(date, now) ? time(date) : dayNumber(now) - dayNumber(date) === 1 ? t("yesterday") : format(date, { month: "numeric", day: "numeric" }));

export function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}
