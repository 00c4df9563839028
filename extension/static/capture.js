// Reads the document in front of the user as HTML and returns it. Runs once, on demand, in the
// page's isolated world. It uses only the browser's own serializers, never changes the live
// document, and makes no decisions. It contains no wasm, which a page's content security policy
// would forbid.

(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  // A form or image that is named like a property hides it (`<img name="title">`), so the prototype
  // is asked.
  const own = (name) => Reflect.get(Document.prototype, name, document);
  const all = (selector) => own('querySelectorAll').call(document, selector);
  const warnings = [];

  // Elements that may carry a shadow root. The others are left out for speed, and because Chromium
  // throws on SVG and MathML, and Firefox shows the private root of `<use>`.
  const hosts = new Set(
    'article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(' '),
  );
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
    text.replace(
      /[&"<>\u00a0]/g,
      (c) => ({ '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;', '\u00a0': '&nbsp;' })[c],
    );

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

  // The resources of the document. Style sheets that scripts have filled have no text, and canvases
  // have no address: both are named by their number. All others are fetched later, by their
  // address.
  const lines = [];
  const coded = (text) => {
    const bytes = new TextEncoder().encode(text);
    let binary = '';
    for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(binary);
  };
  const rules = (sheet) => Array.from(sheet.cssRules, (rule) => rule.cssText).join('\n');
  const note = (what, make) => {
    try {
      const data = make();
      if (data) lines.push(`${what} ${data}\n`);
    } catch {
      // A sheet or canvas with content from another site may not be read.
    }
  };
  const wanted = new Set();
  const want = (address) => /^https?:/.test(address) && wanted.add(address.split('#')[0]);
  // Background images in style sheets, and the sheets that they import. A rule that matches no
  // element shows nothing.
  const behind = new Set();
  const base = own('baseURI');
  const keep = (address) => /^https?:/.test(address) && behind.add(address.split('#')[0]);
  const show = (text, from) => {
    for (const [, one, other, plain] of text.matchAll(/url\(\s*(?:"([^"\\]*)"|'([^'\\]*)'|([^"'()\s\\]+))\s*\)/g)) {
      const address = one ?? other ?? plain;
      if (address && !address.startsWith('#') && URL.canParse(address, from)) keep(new URL(address, from).href);
    }
  };
  let looked = 0;
  const applies = (rule, root) => {
    const first = root === document ? own('querySelector') : root.querySelector;
    try {
      // The selector is tried in any state: hovered, focused and so on.
      return first.call(root, rule.selectorText.replace(/::?[a-z-]+(\([^()]*\))?/g, '') || '*') !== null;
    } catch {
      return true;
    }
  };
  const look = (sheet, from, root) => {
    for (const rule of sheet.cssRules) {
      if ((looked += 1) > 30_000) return;
      if (rule.media && !matchMedia(rule.media.mediaText).matches) continue;
      try {
        if (rule.styleSheet) {
          want(rule.styleSheet.href);
          look(rule.styleSheet, rule.styleSheet.href, root);
        } else if (rule.selectorText !== undefined) {
          const text = rule.cssText;
          if (text.includes('url(') && applies(rule, root)) show(text, from);
        } else if (rule.cssRules) {
          look(rule, from, root);
        }
      } catch {
        // The sheet is another site's; the browser's own list below may contain its images.
      }
    }
  };
  // Firefox 140 hides the page's list of such sheets from extensions, but not from the page itself.
  const adopted = (root) => {
    try {
      const list = [root, root.wrappedJSObject].map((own) => own?.adoptedStyleSheets).find((own) => own?.length >= 0);
      return Array.from(list ?? []);
    } catch {
      return [];
    }
  };
  [document, ...roots].forEach((root, number) => {
    const sheets = adopted(root);
    if (sheets.length > 0) note(`adopted:${number}`, () => coded(Array.from(sheets, rules).join('\n')));
    const inside = root === document ? all : (selector) => root.querySelectorAll(selector);
    for (const sheet of [...((root === document ? own('styleSheets') : root.styleSheets) ?? []), ...sheets]) {
      try {
        if (!sheet.disabled && matchMedia(sheet.media.mediaText).matches) look(sheet, sheet.href ?? base, root);
      } catch {
        // As above.
      }
    }
    for (const styled of inside('[style*="url("]')) show(styled.getAttribute('style'), base);
    for (const link of inside('link[rel~="stylesheet" i]')) if (link.sheet && !link.disabled) want(link.href);
    for (const image of inside('img')) {
      const loading = !image.complete || image.naturalWidth === 0;
      if (loading || image.naturalWidth * image.naturalHeight > 1) want(image.currentSrc || image.src);
    }
    for (const film of inside('video[poster]')) want(film.poster);
  });
  all('style').forEach((style, number) => {
    if (style.sheet?.cssRules.length > 0 && style.textContent.trim() === '') {
      note(`style:${number}`, () => coded(rules(style.sheet)));
    }
  });
  for (const { name, initiatorType } of performance.getEntriesByType('resource')) {
    if (initiatorType === 'css' && !/\.(woff2?|ttf|otf|eot)([?#]|$)/i.test(name)) keep(name);
  }
  if (looked > 30_000 || behind.size > 60) warnings.push('behind');
  Array.from(behind).slice(0, 60).forEach(want);
  let pixels = 8_000_000;
  all('canvas').forEach((canvas, number) => {
    pixels -= canvas.width * canvas.height;
    if (pixels > 0) note(`canvas:${number}`, () => canvas.toDataURL('image/png').split(',')[1]);
  });

  // Frames that are large enough to read; small ones are counters and buttons.
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
    resources: lines.join(''),
    wanted: Array.from(wanted, (address) => address.toWellFormed()),
  };
})();
