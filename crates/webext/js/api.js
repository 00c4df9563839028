// The browser's calls that more than one part of the extension makes, one function each, for Rust to bind. Keeps no
// state and decides nothing. The same promises work in Chromium (`chrome`) and Firefox (`browser`).

const api = globalThis.browser ?? globalThis.chrome;

// Clock, addresses, texts.
export const now = () => Date.now();
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export const extensionUrl = (path) => api.runtime.getURL(path);
export const extensionVersion = () => api.runtime.getManifest().version;
export const extensionId = () => api.runtime.id;
export const messageText = (key, values) => api.i18n.getMessage(key, values);
export const dateText = (iso) => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
};
export const parseUrl = (href) => new URL(href).href;
export const copyText = (text) => navigator.clipboard.writeText(text);
export const errorText = (error) => String(error?.message ?? error ?? '');

// Storage. `session` is gone with the browser, `local` stays.
export const readStorage = async (area, key) => (await api.storage[area].get(key))[key] ?? null;
export const writeStorage = (area, key, value) => api.storage[area].set({ [key]: value });

// Tabs.
export const activeTab = async () => (await api.tabs.query({ active: true, currentWindow: true }))[0];
export const isOrdinaryTab = async () => Boolean(await api.tabs.getCurrent());
export const openTab = (url) => api.tabs.create({ url });

// Permissions. `request` must be the first thing that a click does.
export const mayReadAllSites = () => api.permissions.contains({ origins: ['<all_urls>'] });
export const askForAllSites = () => api.permissions.request({ origins: ['<all_urls>'] });
export const dropAllSites = () => api.permissions.remove({ origins: ['<all_urls>'] });

// The native host's port.
export const connectHost = (name, onMessage, onDisconnect) => {
  const port = api.runtime.connectNative(name);
  port.onMessage.addListener((message) => onMessage(message));
  // Chromium reports the cause in `lastError`, Firefox on the port.
  port.onDisconnect.addListener((ended) =>
    onDisconnect(api.runtime.lastError?.message ?? ended?.error?.message ?? port.error?.message ?? ''));
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
export const connectBackground = (onMessage, onDisconnect) => {
  const port = api.runtime.connect({ name: 'popup' });
  port.onMessage.addListener((text) => onMessage(String(text)));
  port.onDisconnect.addListener(() => {
    void api.runtime.lastError;
    onDisconnect();
  });
  return port;
};
export const postText = (port, text) => port.postMessage(text);
