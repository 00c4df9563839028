// Makes the browser calls that several parts of the extension share, one function each, for Rust to
// bind. This file keeps no state and decides nothing. The same promises work in Chromium (`chrome`)
// and Firefox (`browser`).

const api = globalThis.browser ?? globalThis.chrome;

// Clock, addresses, texts.
export const now = () => Date.now();
export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export const extensionUrl = (path) => api.runtime.getURL(path);
export const extensionVersion = () => api.runtime.getManifest().version;
export const extensionId = () => api.runtime.id;
export const messageText = (key, values) => api.i18n.getMessage(key, values);
export const pluralForm = (language, count) => new Intl.PluralRules(language).select(count);
const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
export const dateText = (iso) => {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : dates.format(date);
};
export const numberText = (number) => new Intl.NumberFormat().format(number);
export const shareText = (share) => new Intl.NumberFormat(undefined, { style: 'percent' }).format(share);
export const sizeText = (bytes) => {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const form = { style: 'unit', unit: units[power], unitDisplay: 'short', maximumFractionDigits: 1 };
  return new Intl.NumberFormat(undefined, form).format(bytes / 1000 ** power);
};
export const parseUrl = (href) => new URL(href).href;
export const copyText = (text) => navigator.clipboard.writeText(text);
export const errorText = (error) => String(error?.message ?? error ?? '');

// Elements. Text only: nothing here can read markup.
export const newElement = (tag) => document.createElement(tag);
export const setAttribute = (element, name, value) => element.setAttribute(name, value);
export const append = (parent, child) => void parent.append(child);
export const replace = (old, fresh) => void old.replaceWith(fresh);
export const place = (parent, child, at) => {
  const there = parent.children[at] ?? null;
  if (there !== child) parent.insertBefore(child, there);
};
export const dispatch = (element, event) => void element.dispatchEvent(new Event(event, { bubbles: true }));
export const isChecked = (control) => control.checked;
export const setChecked = (control, checked) => { control.checked = checked; };
export const valueOf = (control) => control.value;
export const setValue = (control, value) => { control.value = value; };

// Colours. The copy is for `opening.js`, which the next page runs before its first paint.
export const showScheme = (scheme) => {
  document.documentElement.style.colorScheme = scheme;
  localStorage.setItem('scheme', scheme);
};

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
// The page's text never enters the module's memory: it is added to the message here.
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
