// Talks to the mock's own control interface, under /_mock/.

/** The control interface refused, or didn't answer; the message says why. */
export class ControlError extends Error {}

async function call(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", credentials: "omit", ...options });
  } catch {
    throw new ControlError("The mock doesn't answer. Is it still running?");
  }
  if (!answer.ok) throw new ControlError(await reason(answer));
  return answer;
}

async function reason(answer) {
  const text = await answer.text();
  try {
    const told = JSON.parse(text).error;
    return typeof told === "string" ? told : told?.message ?? text;
  } catch {
    return text || `The mock answered ${answer.status}.`;
  }
}

const get = async (path) => (await call(path)).json();

const send = (method, path, body) =>
  call(path, { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const specs = () => get("/_mock/specs");
/** The newest requests, or with `after` the oldest of those with a larger number; and which journal they are of. */
export async function requests(after, limit) {
  const answer = await call(`/_mock/requests?after=${after}&limit=${limit}`);
  return { entries: await answer.json(), epoch: answer.headers.get("X-Mock-Epoch") };
}
export const request = (id) => get(`/_mock/requests/${encodeURIComponent(id)}`);
export const forget = () => call("/_mock/requests", { method: "DELETE" });
export const curl = async (id) => (await call(`/_mock/requests/${encodeURIComponent(id)}?format=curl`)).text();
export const har = (id) => `/_mock/requests/${encodeURIComponent(id)}?format=har`;

export const blob = (digest) => `/_mock/blobs/${digest}`;

export const faults = async () => (await get("/_mock/faults")).faults;
export const addFault = (fault) => send("POST", "/_mock/faults", fault);
export const clearFaults = () => call("/_mock/faults", { method: "DELETE" });
export const removeFault = (seq) => call(`/_mock/faults/${seq}`, { method: "DELETE" });

export const clock = () => get("/_mock/clock");
export const setClock = (change) => send("PUT", "/_mock/clock", change);
export const balances = () => get("/_mock/balance");
export const setBalance = (change) => send("PUT", "/_mock/balance", change);
export const topUp = (change) => send("POST", "/_mock/balance", change);
export const reset = () => call("/_mock/reset", { method: "POST" });
