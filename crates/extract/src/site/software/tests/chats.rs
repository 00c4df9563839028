//! Tests pages of conversations with machines.

use super::{Page, check};

pub(super) const PAGES: &[Page] = &[
    (
        "<article data-turn=user><div data-message-author-role=user><div class=whitespace-pre-wrap>\
         How?\nBriefly.</div></div></article><article data-turn=assistant><div data-message-author-role=assistant>\
         <div class=markdown><p>So.<pre><div class=text-token-text-secondary>python</div><div class=sticky>Copy</div>\
         <code>x = 1</code></pre></div></div></article><div data-message-author-role=tool><div class=markdown>a \
         log</div></div>",
        &["chatgpt", "You / How? / Briefly.", "ChatGPT / So. / x = 1", "a log"],
    ),
    (
        "<div data-testid=conversation-turn-1><div data-message-author-role=user><p class=whitespace-pre-wrap>\
         Why?</div></div><div data-testid=conversation-turn-2><div data-message-author-role=assistant><p \
         class=markdown>Thus.</div></div>",
        &["chatgpt", "You / Why?", "ChatGPT / Thus."],
    ),
    (
        "<div data-testid=user-message><p class=whitespace-pre-wrap>How?\nBriefly.</p></div><div \
         class=font-claude-response><div class=standard-markdown><p>So.</p><div><div class='text-text-500 \
         font-small'>python</div><pre><code>x = 1</code></pre></div></div><button>Made a file</button><div \
         role=status>Made a file</div></div>",
        &["claude", "You / How? / Briefly.", "Claude / So. / x = 1 / Made a file"],
    ),
    (
        "<user-query><div class=query-text><span class=cdk-visually-hidden>You said</span><p>How?</p><p>Briefly.\
         </div></user-query><model-response><message-content><p>So.<code-block><div class=code-block-decoration>\
         <span>Python</span><button>Copy</button></div><pre><code>x = 1</code></pre></code-block></message-content>\
         <button>Good</button></model-response><deep-research-immersive-panel><p>Export</p><message-content><h1>Moss\
         </h1></message-content></deep-research-immersive-panel>",
        &["gemini", "You / How? / Briefly.", "Gemini / So. / x = 1", "Gemini / Moss"],
    ),
    (
        "<h1 class='group/query mb'>How?</h1><button>Share</button><div id=markdown-content-0><p>So.</div><div \
         class=group/query>Why?</div><div id=markdown-content-1><p>Thus.</div>",
        &["perplexity", "You / How?", "Perplexity / So.", "You / Why?", "Perplexity / Thus."],
    ),
    (
        "<div class=group/user-message><h5>You said</h5><div data-content=user-message>How?</div></div><div \
         class=group/ai-message><h6>Copilot said</h6><div class=group/ai-message-item><p>So.</p><span \
         class=capitalize>python</span><pre><code>x = 1</code></pre></div><button>Like</button></div>",
        &["copilot", "You / How?", "Copilot / So. / x = 1"],
    ),
];

#[test]
fn who_said_what_is_kept() {
    check(PAGES);
}
