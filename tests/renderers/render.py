"""Shows Markdown through Python's renderers and Debian's, with raw HTML allowed.

`render.py NAME` reads one JSON string per line and answers with one.

Python-Markdown gets the extension `extra`, as MkDocs uses it. That contains `fenced_code`, without
which it does not recognise fenced code.
"""

import json
import os
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))


def python_markdown():
    import markdown

    return lambda text: markdown.markdown(text, extensions=["extra", "toc"])


def mkdocs():
    """With what sites made by MkDocs usually turn on."""
    import markdown

    extensions = ["extra", "toc", "admonition", "sane_lists", "smarty", "wikilinks", "nl2br"]
    return lambda text: markdown.markdown(text, extensions=extensions)


def markdown2():
    import markdown2 as renderer

    extras = ["fenced-code-blocks", "footnotes", "tables", "strike", "task_list", "header-ids"]
    return lambda text: renderer.markdown(text, extras=extras)


def cmark(*options):
    def render(text):
        command = ["cmark-gfm", "--unsafe", *options]
        return subprocess.run(command, input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()

    return render


def pandoc(format):
    """One process for all; its script reads and writes lines of hexadecimal digits, which need no escapes."""
    command = ["pandoc", "-f", "markdown", "-t", "html", "--lua-filter", os.path.join(FOLDER, "render.lua"), os.devnull]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "RENDER_FORMAT": format}
    )

    def render(text):
        process.stdin.write(text.encode().hex().encode() + b"\n")
        process.stdin.flush()
        return bytes.fromhex(process.stdout.readline().decode()).decode()

    return render


GITHUB = ["-e", "table", "-e", "strikethrough", "-e", "tasklist", "-e", "autolink", "-e", "footnotes"]
NAMED = {
    "python-markdown": python_markdown,
    "python-markdown-mkdocs": mkdocs,
    "markdown2": markdown2,
    "cmark-gfm": lambda: cmark(*GITHUB),
    "cmark-gfm-plain": cmark,
    "pandoc": lambda: pandoc("markdown"),
    "pandoc-gfm": lambda: pandoc("gfm"),
    "pandoc-commonmark": lambda: pandoc("commonmark_x"),
}

render = NAMED[sys.argv[1]]()
for line in sys.stdin:
    sys.stdout.write(json.dumps(render(json.loads(line))) + "\n")
    sys.stdout.flush()
