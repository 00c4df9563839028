//! Turns the text of a mail into paragraphs and quotations. Lines whose layout matters stay
//! verbatim.

use dom_query::NodeRef;

/// How deep quotations of quotations are nested.
const MAX_QUOTES: usize = 12;

/// Writes the text below `part` into `place`.
pub(super) fn write(place: &NodeRef<'_>, part: NodeRef<'_>) {
    let text = part.text();
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for line in text.lines() {
        if is_mark(line) {
            break;
        }
        lines.push(quotation(line));
    }
    let mut holders: Vec<NodeRef<'_>> = vec![*place];
    for block in lines.chunk_by(|(depth, line), (next, next_line)| {
        depth == next && line.trim().is_empty() == next_line.trim().is_empty()
    }) {
        let Some((depth, first)) = block.first() else { continue };
        if first.trim().is_empty() {
            continue;
        }
        holders.truncate(depth + 1);
        while holders.len() <= *depth {
            let quote = place.tree.new_element("blockquote");
            if let Some(holder) = holders.last() {
                holder.append_child(&quote);
            }
            holders.push(quote);
        }
        let lines: Vec<&str> = block.iter().map(|(_, line)| line.trim_end()).collect();
        if let Some(holder) = holders.last() {
            paragraph(holder, &lines);
        }
    }
}

/// Returns the part after the text of a mail: a signature, or a mailing list's footer.
pub(super) fn footer(text: &str) -> &str {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        at += line.len();
        if is_mark(line.trim_end_matches(['\n', '\r'])) {
            return text.get(at..).unwrap_or("");
        }
    }
    ""
}

/// Whether a line separates the text from the footer.
fn is_mark(line: &str) -> bool {
    line == "-- " || line == "--"
}

fn paragraph(holder: &NodeRef<'_>, lines: &[&str]) {
    let tree = holder.tree;
    let is_layout = |line: &&str| line.starts_with([' ', '\t', '+', '@', '|']) || line.contains("   ");
    let list = |line: &&str| line.starts_with(['-', '*', '#']);
    if lines.iter().any(is_layout) || lines.iter().all(list) && lines.len() > 1 {
        let block = tree.new_element("pre");
        block.append_child(&tree.new_text(lines.join("\n")));
        // Parts of one listing that empty lines separate are joined.
        holder.append_child(&block);
    } else {
        let block = tree.new_element("p");
        holder.append_child(&block);
        let mut text = String::new();
        for word in lines.iter().flat_map(|line| line.split(' ')) {
            let (before, address, after) = address(word);
            text.push_str(before);
            if !address.is_empty() {
                block.append_child(&tree.new_text(std::mem::take(&mut text)));
                let link = tree.new_element("a");
                link.set_attr("href", address);
                link.append_child(&tree.new_text(address));
                block.append_child(&link);
            }
            text.push_str(after);
            text.push(' ');
        }
        block.append_child(&tree.new_text(text));
    }
}

/// Splits an address from the text around it; angle brackets only enclose it.
fn address(word: &str) -> (&str, &str, &str) {
    let start = ["https://", "http://"].iter().filter_map(|scheme| word.find(scheme)).min();
    let Some((before, rest)) = start.and_then(|at| word.split_at_checked(at)) else { return (word, "", "") };
    let fenced = rest.find('>').unwrap_or(rest.len());
    let (inside, _) = rest.split_at_checked(fenced).unwrap_or((rest, ""));
    let address = inside.trim_end_matches(['.', ',', ';', ')', ':', '!', '?', '"', '\'']);
    let after = rest.get(address.len()..).unwrap_or("");
    match (before.strip_suffix('<'), after.strip_prefix('>')) {
        (Some(before), Some(after)) => (before, address, after),
        _ => (before, address, after),
    }
}

/// Returns a line's depth of quotation, and its text.
fn quotation(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    while depth < MAX_QUOTES
        && let Some(inner) = rest.strip_prefix('>').or_else(|| rest.strip_prefix(" >"))
    {
        depth += 1;
        rest = inner;
    }
    (depth, if depth > 0 { rest.strip_prefix(' ').unwrap_or(rest) } else { rest })
}

#[cfg(test)]
mod tests;
