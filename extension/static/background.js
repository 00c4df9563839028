// Registers the background's listeners synchronously; every decision is made in Rust. The
// background is a service worker in Chromium and an event page in Firefox. Each listener waits
// until the module is ready.

import init, * as background from './wasm/background.js';

const api = globalThis.browser ?? globalThis.chrome;
const ready = init({ module_or_path: api.runtime.getURL('wasm/background_bg.wasm') }).then(() => background.start());
// If the module does not start, the button must not seem to do nothing.
ready.catch((error) => {
  console.error('Cachette cannot start', error);
  api.action.setBadgeText({ text: '!' });
});

api.runtime.onInstalled.addListener(async () => {
  await ready;
  await background.installed();
});

api.runtime.onStartup.addListener(async () => {
  await ready;
  await background.installed();
});

api.runtime.onConnect.addListener(async (port) => {
  port.onMessage.addListener(async (text) => {
    await ready;
    background.on_page_message(port, String(text));
  });
  port.onDisconnect.addListener(async () => {
    void api.runtime.lastError;
    await ready;
    background.on_page_disconnect(port);
  });
  if (port.name === 'opening') {
    await ready;
    await background.on_popup_opening(port);
  }
});

// The browsers grant a permission only in the same turn as the click, when neither storage nor wasm
// can be asked. So the menu item's own id decides what to ask for: Rust swaps the item once the
// user has refused all sites. If the permission is granted already, the browser answers at once,
// without a question.
api.contextMenus.onClicked.addListener(async (info, tab) => {
  const link = new URL(info.linkUrl);
  const origin = info.menuItemId === 'cache-link' ? '<all_urls>' : `${link.protocol}//${link.hostname}/*`;
  const asked = api.permissions.request({ origins: [origin] });
  // A browser that sees no click in this turn refuses to ask; the permission may be granted anyway.
  const granted = await asked.catch(() => api.permissions.contains({ origins: [origin] }));
  await ready;
  background.link_clicked(info.linkUrl, info.linkText ?? '', tab, origin, granted);
});

api.commands.onCommand.addListener(async (command, tab) => {
  if (command === 'open-search') {
    // Firefox opens the popup only in the turn of the key press. The popup reads the note and saves
    // nothing.
    api.storage.session.set({ search_only: Date.now() });
    try {
      await api.action.openPopup();
    } catch {
      await api.tabs.create({ url: api.runtime.getURL('popup.html') });
    }
    return;
  }
  await ready;
  background.save_shortcut(tab);
});
