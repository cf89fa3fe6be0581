// The page's JSON calls and its stream of events.
/** The message is the server's code; the page has words for it (error-<code>). */
export class Refused extends Error {}

async function ask(path, options) {
  const response = await fetch(path, options).catch(() => {
    throw new Refused("unreachable");
  });
  const data = await response.json().catch(() => null);
  if (!response.ok || data === null) throw new Refused(data?.error ?? "bad-request");
  return data;
}

export const get = (path, query = {}) => ask(`${path}?${new URLSearchParams(query)}`, { cache: "no-store" });

export const post = (path, body) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export function upload(query, file) {
  const form = new FormData();
  form.append("file", file, file.name);
  return ask(`/page/upload?${new URLSearchParams(query)}`, { method: "POST", body: form });
}

/** One stream a person; the browser reconnects by itself. `heard` gets events, `connected` true or false. */
export function listen(as, heard, connected) {
  const source = new EventSource(`/page/events?as=${as}`);
  source.onmessage = (event) => heard(JSON.parse(event.data));
  source.onopen = () => connected(true);
  source.onerror = () => connected(false);
  return source;
}
