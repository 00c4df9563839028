//! Finds pages by runs of writing without spaces that were typed together but are not together on
//! the page: glued words, and Korean nouns with another particle.

use crate::query::Query;
use crate::query::expression::{Expression, joined};
use crate::query::terms::{TERMS, Term};
use crate::text::script::is_unspaced;
use crate::text::tokenizer::words;

/// The fewest pairs of a run that is taken apart.
const PAIRS: usize = 3;

/// Particles that follow Korean nouns, the longer ones first.
const PARTICLES: [&str; 30] = [
    "에서는",
    "으로는",
    "에서도",
    "이라는",
    "까지는",
    "에서",
    "으로",
    "까지",
    "부터",
    "에게",
    "처럼",
    "보다",
    "이나",
    "라는",
    "와의",
    "을",
    "를",
    "이",
    "가",
    "은",
    "는",
    "에",
    "의",
    "도",
    "로",
    "와",
    "과",
    "만",
    "나",
    "랑",
];

/// Returns the query with each such run cut into its pairs. It is `None` if there is no run.
pub(crate) fn in_pairs(query: &Query) -> Option<Query> {
    let mut cut = Query { clauses: Vec::new(), ..query.clone() };
    let mut is_cut = false;
    for clause in &query.clauses {
        match clause.first() {
            Some(term) if is_run(term) && term.words.len() >= PAIRS => {
                is_cut = true;
                let pair = |word: &String| Term {
                    text: word.clone(),
                    words: vec![word.clone()],
                    prefix: false,
                    ..term.clone()
                };
                cut.clauses.extend(term.words.iter().map(|word| vec![pair(word)]));
            }
            _ => cut.clauses.push(clause.clone()),
        }
    }
    cut.clauses.truncate(TERMS);
    is_cut.then_some(cut)
}

/// The most characters of a run that is cut in two.
const CUT: usize = 16;

/// Returns the expression for pages with both parts of the first such run, wherever it is cut, and
/// with all other words.
pub(crate) fn in_two(query: &Query) -> Option<Expression> {
    let place = query.clauses.iter().position(|clause| clause.first().is_some_and(is_run))?;
    let term = query.clauses.get(place)?.first()?;
    let letters: Vec<char> = term.text.chars().take(CUT + 1).collect();
    if letters.len() > CUT {
        return None;
    }
    let part = |letters: &[char]| {
        let text: String = letters.iter().collect();
        vec![Term { words: words(&text), text, prefix: false, ..term.clone() }]
    };
    let cut = |at: usize| {
        let (one, other) = letters.split_at(at);
        let mut cut = query.clone();
        cut.clauses.splice(place..=place, [part(one), part(other)]);
        joined((0..cut.clauses.len()).filter_map(|at| cut.clause(at)), " AND ").wrapped()
    };
    let cuts: Vec<Expression> = (2..letters.len().saturating_sub(1)).map(cut).collect();
    (!cuts.is_empty()).then(|| query.narrowed(joined(cuts, " OR ").wrapped()))
}

/// Whether a term is a run of unspaced writing alone.
pub(crate) fn is_run(term: &Term) -> bool {
    !term.quoted && !term.text.is_empty() && term.text.chars().all(is_unspaced)
}

/// Returns a Korean word without the particle at its end.
pub(crate) fn without_particle(text: &str) -> Option<&str> {
    let noun = PARTICLES.iter().find_map(|particle| text.strip_suffix(particle))?;
    (noun.chars().count() >= 2).then_some(noun)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::tests::{index, page};

    #[test]
    fn words_that_were_typed_together_are_found_apart() {
        let index = index(&[
            page("One", "机器学习的方法很多，例如线性模型。", 1),
            page("Two", "学习中文", 2),
            page("Three", "서버가 응답하지 않습니다", 3),
            page("Four", "서고", 4),
        ]);
        let first = |query: &str| index.find(query, 10, 0).hits.first().map(|hit| hit.title.clone());
        assert_eq!(first("机器学习线性模型").as_deref(), Some("One"));
        assert_eq!(first("機器學習").as_deref(), Some("One"));
        assert_eq!(first("서버를 응답").as_deref(), Some("Three"));
        assert_eq!(first("\"机器学习线性模型\""), None, "a quotation is one run");
    }

    #[test]
    fn a_particle_is_left_out_where_a_noun_remains() {
        for (word, noun) in
            [("서버를", Some("서버")), ("서버에서는", Some("서버")), ("나는", None), ("서버", None), ("", None)]
        {
            assert_eq!(without_particle(word), noun, "{word}");
        }
    }
}
