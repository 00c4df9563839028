//! Describes the technical reports of the W3C, as its tools write them.

use super::super::extractor::Signature;
use super::PageShape;

pub(super) static SHAPE: PageShape = PageShape {
    name: "w3c",
    kind: "documentation",
    signature: Signature {
        any: &[&["#w3c-state", ".head", "#abstract"], &["#w3c-state", ".head", ".abstract"]],
        never: &[],
    },
    text: "body",
    // An editor's organisation is a name in the same entry.
    author: ".head .p-author .p-name:not(.p-org)",
    is_anonymous: false,
    date: "#w3c-state time",
    // The head has title, editors, date and addresses of other versions.
    drop: ".head, #toc, #toc-nav, #back-to-top",
    revise: |texts| texts.iter().for_each(|body| body.rename("div")),
};
