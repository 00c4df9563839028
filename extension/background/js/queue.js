// Keeps the saves that the host has not acknowledged in a queue, in IndexedDB. The queue outlives
// the background and the browser. It has two stores, so that a listing does not load the pages: `about` (JSON text)
// and `html`, both keyed by save id. A page's pictures and style sheets are also in `html`, under
// other keys.

let opened = null;

const database = () =>
  (opened ??= new Promise((done, failed) => {
    const request = indexedDB.open('cachette', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('about');
      request.result.createObjectStore('html');
    };
    request.onsuccess = () => {
      // A later version of the extension may want to change the stores and must not wait for this
      // one.
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      done(request.result);
    };
    request.onerror = () => {
      opened = null;
      failed(request.error);
    };
  }));

// Runs `work` in one transaction; returns its request's result once the transaction is committed.
const transact = async (mode, work) => {
  const transaction = (await database()).transaction(['about', 'html'], mode);
  return new Promise((done, failed) => {
    const request = work(transaction.objectStore('about'), transaction.objectStore('html'));
    transaction.oncomplete = () => done(request?.result);
    transaction.onerror = () => failed(transaction.error);
    transaction.onabort = () => failed(transaction.error);
  });
};

const besides = (save) => `${save} resources`;

export const keepSave = (save, about, html, more) =>
  transact('readwrite', (abouts, htmls) => {
    abouts.put(about, save);
    htmls.put(html, save);
    if (more !== '') htmls.put(more, besides(save));
  });
// Replaces the note of a kept save. A save that was dropped in the meantime stays dropped.
export const noteSave = (save, about) =>
  transact('readwrite', (abouts) => {
    const there = abouts.count(save);
    there.onsuccess = () => there.result > 0 && abouts.put(about, save);
  });
export const keptSaves = () => transact('readonly', (abouts) => abouts.getAll());
export const keptHtml = (save) => transact('readonly', (_, htmls) => htmls.get(save));
export const keptMore = (save) => transact('readonly', (_, htmls) => htmls.get(besides(save)));
export const dropSave = (save) =>
  transact('readwrite', (abouts, htmls) => {
    abouts.delete(save);
    htmls.delete(save);
    htmls.delete(besides(save));
  });
