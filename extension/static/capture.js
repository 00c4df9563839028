// Reads the document in front of the user as HTML and answers with it. Runs in the page's isolated world, on demand,
// once. The browser's own serializers only; the live document is never changed; no decisions, no wasm (a page's
// content security policy would forbid it).

(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  // A form or an image named like a property hides it (`<img name="title">`): ask the prototype.
  const own = (name) => Reflect.get(Document.prototype, name, document);
  const all = (selector) => own('querySelectorAll').call(document, selector);
  const warnings = [];

  // Elements that may carry a shadow root. The others are left out for speed, and because Chromium throws on SVG and
  // MathML, and Firefox shows the private root of `<use>`.
  const hosts = new Set('article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(' '));
  const shadow = (element) => {
    if ('openOrClosedShadowRoot' in element) return element.openOrClosedShadowRoot;
    return api?.dom ? api.dom.openOrClosedShadowRoot(element) : element.shadowRoot;
  };
  const roots = [];
  const collect = (elements) => {
    for (const element of elements) {
      const name = element.localName;
      if (typeof name !== 'string' || !(hosts.has(name) || name.includes('-'))) continue;
      let root = null;
      try {
        root = shadow(element);
      } catch {
        if (!warnings.includes('components')) warnings.push('components');
      }
      if (root) {
        roots.push(root);
        collect(root.querySelectorAll('*'));
      }
    }
  };

  const escaped = (text) =>
    text.replace(/[&"<>\u00a0]/g, (c) => ({ '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;', '\u00a0': '&nbsp;' })[c]);

  const element = own('documentElement');
  let html = '';
  if (element) {
    collect(all('*'));
    const doctype = own('doctype');
    const head = doctype ? new XMLSerializer().serializeToString(doctype) : '';
    const attributes = Array.from(element.attributes, ({ name, value }) => ` ${name}="${escaped(value)}"`).join('');
    const inner = element.getHTML({ serializableShadowRoots: true, shadowRoots: roots });
    html = `${head}<${element.localName}${attributes}>${inner}</${element.localName}>`;
  }

  // Frames of a size that one reads; the small ones are counters and buttons.
  const frames = Array.from(all('iframe, frame')).filter((frame) => {
    const box = frame.getBoundingClientRect();
    return box.width >= 300 && box.height >= 200;
  });
  if (frames.length > 0) warnings.push('frames');

  return {
    about: {
      url: location.href,
      title: String(own('title') ?? '').toWellFormed(),
      captured_at: new Date().toISOString(),
      content_type: own('contentType'),
      status: performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0,
      warnings,
    },
    html: html.toWellFormed(),
  };
})();
