// The browser's own calls, one function each, for Rust to bind. No decisions, no state, no data kept.
// The same promises work in Chromium (`chrome`) and Firefox (`browser`).

const api = globalThis.browser ?? globalThis.chrome;

// Clock, names, texts.
export const now = () => Date.now();
// Names sort by the time at which they were given.
export const newName = () => `${Date.now().toString(16).padStart(12, '0')}-${crypto.randomUUID()}`;
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export const extensionUrl = (path) => api.runtime.getURL(path);
export const extensionVersion = () => api.runtime.getManifest().version;
export const messageText = (key, values) => api.i18n.getMessage(key, values);
export const dateText = (iso) => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
};
export const parseUrl = (href) => new URL(href).href;
export const joinUrl = (address, base) => new URL(address, base).href;
export const copyText = (text) => navigator.clipboard.writeText(text);
export const errorText = (error) => String(error?.message ?? error ?? '');
// A call to the browser restarts the background's idle clock in both browsers.
export const stayAwake = () => api.runtime.getPlatformInfo();

// Storage. `session` is gone with the browser, `local` stays.
export const readStorage = async (area, key) => (await api.storage[area].get(key))[key] ?? null;
export const writeStorage = (area, key, value) => api.storage[area].set({ [key]: value });

// Tabs.
export const getTab = (tab) => api.tabs.get(tab);
export const activeTab = async () => (await api.tabs.query({ active: true, currentWindow: true }))[0];
// For the background, which stands in no window.
export const frontTab = async () => (await api.tabs.query({ active: true, lastFocusedWindow: true }))[0];
export const isOrdinaryTab = async () => Boolean(await api.tabs.getCurrent());
export const openTab = (url) => api.tabs.create({ url });
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

// Toolbar button and context menu. A tab that is gone has no badge: that is no error.
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

// Fetches what a page shows, several at once, and answers a line for each that came. Runs in pages, too: it refers to
// nothing outside of itself.
const fetchAll = async (addresses, ms, most, credentials) => {
  const signal = AbortSignal.timeout(ms);
  const lines = [];
  const missing = [];
  const queue = [...addresses];
  let room = most;
  const fetchNext = async (address) => {
    const response = await fetch(address, { cache: 'force-cache', credentials, signal, referrerPolicy: 'strict-origin-when-cross-origin' });
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
// In the page of a tab, with its rights; without one here, with the extension's.
export const fetchShown = async (tab, addresses, ms, most) => {
  if (tab === undefined) return fetchAll(addresses, ms, most, 'include');
  const args = [addresses, ms, most, 'same-origin'];
  const [frame] = await api.scripting.executeScript({ target: { tabId: tab }, func: fetchAll, args });
  if (frame?.error) throw frame.error;
  return frame?.result;
};

// Permissions. `request` must be the first thing that a click does.
export const mayReadAllSites = () => api.permissions.contains({ origins: ['<all_urls>'] });
export const askForAllSites = () => api.permissions.request({ origins: ['<all_urls>'] });
export const dropAllSites = () => api.permissions.remove({ origins: ['<all_urls>'] });

// The native host's port.
export const connectHost = (name, heard, gone) => {
  const port = api.runtime.connectNative(name);
  port.onMessage.addListener((message) => heard(message));
  // Chromium reports the cause in `lastError`, Firefox on the port.
  port.onDisconnect.addListener((ended) =>
    gone(api.runtime.lastError?.message ?? ended?.error?.message ?? port.error?.message ?? ''));
  return port;
};
export const postToHost = (port, text) => port.postMessage(JSON.parse(text));
// The page's text never enters the module's memory: it is put into the message here.
export const postChunkToHost = (port, text, data) => {
  const message = JSON.parse(text);
  message.with.data = data;
  port.postMessage(message);
};
export const disconnect = (port) => port.disconnect();

// The port between popup and background; text messages only.
export const connectBackground = (heard, gone) => {
  const port = api.runtime.connect({ name: 'popup' });
  port.onMessage.addListener((text) => heard(String(text)));
  port.onDisconnect.addListener(() => {
    void api.runtime.lastError;
    gone();
  });
  return port;
};
export const postText = (port, text) => port.postMessage(text);
export const portSender = (port) => port.sender ?? {};
export const extensionId = () => api.runtime.id;

// Fetching a link with the user's session.
export const fetchLink = (url, ms) =>
  fetch(url, {
    credentials: 'include',
    headers: { Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5' },
    signal: AbortSignal.timeout(ms),
  });
export const fetchedMeta = (response) => ({
  url: response.url,
  status: response.status,
  content_type: response.headers.get('content-type') ?? '',
  disposition: response.headers.get('content-disposition') ?? '',
});
export const fetchedBytes = async (response, most) => {
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
export const dropFetched = (response) => void response.body?.cancel().catch(() => {});
// An unknown charset is read as UTF-8. `null` where `strict` and the bytes are none of it.
export const decodeBytes = (bytes, label, strict) => {
  try {
    return new TextDecoder(label, { fatal: strict }).decode(bytes);
  } catch (error) {
    return error instanceof RangeError ? new TextDecoder().decode(bytes) : null;
  }
};
