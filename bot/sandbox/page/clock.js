// The demo's movable clock: shown in the header and in a sheet, moved by three buttons.
import { byId, el, icon, toast } from "./dom.js";
import { get, post } from "./api.js";
import { day, eventName, problem, sameDay, stamp, t, time, wall } from "./words.js";

let reading = null; // {now, next, speed}, and when it was read
let readAt = 0;
let busy = false;
let today = null; // the day last drawn
let onDay = () => {};

export function now() {
  if (!reading) return new Date();
  return new Date(wall(reading.now).getTime() + (performance.now() - readAt) * (reading.speed ?? 1));
}

/** A message from later than the shown time: the clock was moved, and the notice of it is still on its way. */
export function noLaterThan(iso) {
  if (reading && wall(iso) > now()) take({ ...reading, now: iso });
}

export async function refresh() {
  take(await get("/page/clock"));
}

function take(answer) {
  reading = answer;
  readAt = performance.now();
  draw();
}

async function move(request) {
  if (busy) return;
  busy = true;
  draw();
  try {
    take(await post("/page/clock", request));
    byId("clock-sheet").close(); // what has come now stands below it
  } catch (error) {
    toast(problem(error), "bad");
  } finally {
    busy = false;
    draw();
  }
}

function control(name, label, request, look, disabled = false) {
  const props = { type: "button", class: look, disabled: busy || disabled, onclick: () => move(request) };
  return el("button", props, name && icon(name), label);
}

export function draw() {
  if (!reading) return;
  const next = reading.next;
  const when = next && `${day(wall(next.at), now())} ${time(wall(next.at))}`;
  for (const root of document.querySelectorAll("[data-clock]")) {
    const focused = [...root.querySelectorAll("button")].indexOf(document.activeElement);
    const parts = [
      el("div", { class: "clock-now" }, el("small", {}, t("clock-title")), el("strong", { "data-clock-full": true }, stamp(now()))),
      el("p", { class: "clock-next" }, ...(next ? [el("span", {}, t("clock-next")), el("span", {}, `${when} ${eventName(next.title)}`)] : [t("clock-none")])),
      reading.movable !== false && el("div", { class: "clock-buttons" },
        control("skip", t("clock-to-next"), { to: "next" }, "primary", !next),
        control(null, t("clock-hour"), { minutes: 60 }, "plain"),
        control(null, t("clock-day"), { minutes: 1440 }, "plain")),
    ];
    root.replaceChildren(...parts.filter(Boolean));
    root.classList.toggle("busy", busy);
    if (focused >= 0) root.querySelectorAll("button")[focused]?.focus();
  }
  tick();
}

function tick() {
  if (!reading) return;
  for (const node of document.querySelectorAll("[data-clock-full]")) node.textContent = stamp(now());
  for (const node of document.querySelectorAll("[data-clock-short]")) node.textContent = time(now());
  if (today && !sameDay(today, now())) onDay();
  today = now();
}

/** `newDay` is called when the date has changed: what says "today" is to be drawn again. */
export function start(newDay) {
  onDay = newDay;
  setInterval(() => {
    tick();
    const due = reading?.next && now() > wall(reading.next.at);
    if (due && performance.now() - readAt > 3000) refresh().catch(() => {}); // the stream's own notice tells of a lost server
  }, 1000);
  byId("clock-chip").addEventListener("click", () => byId("clock-sheet").showModal());
}
