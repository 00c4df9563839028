// Waits until the document in a quiet tab has not changed for a second. It waits two and a half
// seconds at most. Runs before `capture.js` for rendered links. It uses timers only, because hidden
// tabs of Chromium draw no frames.

new Promise((done) => {
  let quiet = 0;
  const end = () => {
    observer.disconnect();
    clearTimeout(quiet);
    clearTimeout(latest);
    done(true);
  };
  const wait = () => {
    clearTimeout(quiet);
    quiet = setTimeout(end, 1000);
  };
  const observer = new MutationObserver(wait);
  const latest = setTimeout(end, 2500);
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  wait();
});
