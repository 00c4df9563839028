// Shows Markdown through a renderer from npm, with raw HTML allowed. `node render.mjs NAME` reads
// one JSON string per line and answers with one. It only renders; the output is judged elsewhere.
import { createInterface } from "node:readline";

const NAMED = {
  "markdown-it": async () => {
    const { default: MarkdownIt } = await import("markdown-it");
    const renderer = MarkdownIt({ html: true, linkify: true });
    return (text) => renderer.render(text);
  },
  "markdown-it-typographer": async () => {
    const { default: MarkdownIt } = await import("markdown-it");
    const renderer = MarkdownIt({ html: true, linkify: true, typographer: true, breaks: true });
    return (text) => renderer.render(text);
  },
  marked: async () => {
    const { marked } = await import("marked");
    return (text) => marked.parse(text);
  },
  showdown: async () => {
    const { default: showdown } = await import("showdown");
    const renderer = new showdown.Converter();
    return (text) => renderer.makeHtml(text);
  },
  "showdown-github": async () => {
    const { default: showdown } = await import("showdown");
    const renderer = new showdown.Converter();
    renderer.setFlavor("github");
    return (text) => renderer.makeHtml(text);
  },
  remark: async () => {
    const load = async (name) => (await import(name)).default;
    const { unified } = await import("unified");
    const renderer = unified()
      .use(await load("remark-parse"))
      .use(await load("remark-gfm"))
      .use(await load("remark-rehype"), { allowDangerousHtml: true })
      .use(await load("rehype-raw"))
      .use(await load("rehype-stringify"));
    return (text) => String(renderer.processSync(text));
  },
};

const render = await NAMED[process.argv[2]]();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(JSON.stringify(render(JSON.parse(line))) + "\n");
}
