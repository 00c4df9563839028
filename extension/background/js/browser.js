// Makes the browser calls of the background alone, one function each, for Rust to bind. This file
// keeps no state and decides nothing. The same promises work in Chromium (`chrome`) and Firefox
// (`browser`).

const api = globalThis.browser ?? globalThis.chrome;

// Names, addresses, the idle clock, ports. Names sort by the time of their creation.
export const newName = () => `${Date.now().toString(16).padStart(12, '0')}-${crypto.randomUUID()}`;
export const joinUrl = (address, base) => new URL(address, base).href;
// A call to the browser restarts the background's idle clock in both browsers.
export const stayAwake = () => api.runtime.getPlatformInfo();
export const portSender = (port) => port.sender ?? {};

// Tabs.
export const getTab = (tab) => api.tabs.get(tab);
// For the background, which has no window of its own.
export const frontTab = async () => (await api.tabs.query({ active: true, lastFocusedWindow: true }))[0];
export const openQuietTab = async (url) => {
  const tab = await api.tabs.create({ url, active: false });
  api.tabs.update(tab.id, { muted: true }).catch(() => {});
  return tab.id;
};
export const closeTab = (tab) => api.tabs.remove(tab);
export const runInTab = async (tab, file) => {
  const [frame] = await api.scripting.executeScript({ target: { tabId: tab }, files: [file] });
  if (frame?.error) throw frame.error;
  return frame?.result;
};

// Toolbar button and context menu. A closed tab has no badge; that is not an error.
export const setBadge = async (tab, text, colour, title) => {
  try {
    await api.action.setBadgeBackgroundColor({ tabId: tab, color: colour });
    await api.action.setBadgeTextColor?.({ tabId: tab, color: '#ffffff' });
    await api.action.setBadgeText({ tabId: tab, text });
    await api.action.setTitle({ tabId: tab, title });
  } catch {}
};
export const setLinkMenu = async (id, title) => {
  await api.contextMenus.removeAll();
  api.contextMenus.create(
    { id, title, contexts: ['link'], targetUrlPatterns: ['http://*/*', 'https://*/*'] },
    () => void api.runtime.lastError,
  );
};

// Fetches a page's pictures and style sheets in parallel; returns one line per received file. The
// browser also injects this function into pages, so it uses no name from outside its body.
const fetchAll = async (addresses, ms, most, credentials) => {
  const signal = AbortSignal.timeout(ms);
  const lines = [];
  const missing = [];
  const queue = [...addresses];
  let room = most;
  const fetchNext = async (address) => {
    const referrerPolicy = 'strict-origin-when-cross-origin';
    const response = await fetch(address, { cache: 'force-cache', credentials, signal, referrerPolicy });
    const length = Number(response.headers.get('content-length') ?? 0);
    if (!response.ok || length > room) throw new Error('not to be kept');
    const blob = await response.blob();
    if (blob.size === 0 || blob.size > room) throw new Error('not to be kept');
    room -= blob.size;
    const reader = new FileReader();
    const read = new Promise((done) => { reader.onloadend = done; });
    reader.readAsDataURL(blob);
    await read;
    lines.push(`${address} ${reader.result.split(',')[1]}\n`);
  };
  const work = async () => {
    for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
      try {
        await fetchNext(address);
      } catch {
        missing.push(address);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return { lines: lines.join(''), missing };
};
// With a tab, fetches in its page with the page's rights; without one, fetches here with the
// extension's rights.
export const fetchResources = async (tab, addresses, ms, most) => {
  if (tab === undefined) return fetchAll(addresses, ms, most, 'include');
  const args = [addresses, ms, most, 'same-origin'];
  const [frame] = await api.scripting.executeScript({ target: { tabId: tab }, func: fetchAll, args });
  if (frame?.error) throw frame.error;
  return frame?.result;
};

// Fetching a link with the user's session.
export const fetchLink = (url, ms) =>
  fetch(url, {
    credentials: 'include',
    headers: { Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5' },
    signal: AbortSignal.timeout(ms),
  });
export const responseMeta = (response) => ({
  url: response.url,
  status: response.status,
  content_type: response.headers.get('content-type') ?? '',
  disposition: response.headers.get('content-disposition') ?? '',
});
export const responseBytes = async (response, most) => {
  const parts = [];
  let length = 0;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > most) {
      await reader.cancel();
      throw new Error('too large');
    }
    parts.push(read.value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
};
export const dropResponse = (response) => void response.body?.cancel().catch(() => {});
// Reads bytes of an unknown charset as UTF-8. Returns `null` if `strict` is set and they are not
// valid.
export const decodeBytes = (bytes, label, strict) => {
  try {
    return new TextDecoder(label, { fatal: strict }).decode(bytes);
  } catch (error) {
    return error instanceof RangeError ? new TextDecoder().decode(bytes) : null;
  }
};
