//! Scores a row for an expression. The score is bm25 over weighted columns, with a bonus for words
//! in the title and for words close together. Pure: the positions come from `positions.rs`, the
//! weight of a word from `frequency.rs`.

use crate::db::positions::PositionList;
use crate::search::nearness::{Group, Position};

/// The weight of a word in each column. The columns are article, title, site, url, tags, author,
/// headings, other text, labels. That of the other text is so small that its hits come after every
/// hit in the article, but not zero, so that they have an order of their own.
const WEIGHTS: [f64; 9] = [1.0, 5.0, 4.0, 4.0, 6.0, 4.0, 3.0, 1e-6, 0.0];

/// The title's column.
const TITLE: u8 = 1;

/// The columns in which the distance of words counts: article, title, headings. The other text is
/// not among them, because its hits must come last.
const READ: [u8; 3] = [0, TITLE, 6];

/// The parameters of bm25. They determine how soon more occurrences stop counting, and how much a
/// row's length lowers its score.
const K1: f64 = 1.2;
const B: f64 = 0.75;

/// The average number of words of a row. It is fixed, because a page's rank must not depend on what
/// else is saved. A corpus of 20,000 pages has an average of 829; between 500 and 1300 the scores
/// of its known items change by less than 0.01.
const AVERAGE: f64 = 800.0;

/// The bonus of a word in the title, as a share of the word's weight. Alone, bm25 soon stops
/// counting more of a word.
const NAMED: f64 = 0.5;

/// The bonus of all words next to each other, as a share of their weights' sum. Half of it remains
/// if `REACH` other words are between them.
const NEAR: f64 = 1.0;
const REACH: f64 = 8.0;

/// A word or phrase of the query, counted once even if the expression repeats it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Word {
    /// The number of its clause.
    pub(crate) clause: u16,
    /// Its weight, which is larger for rarer words.
    pub(crate) weight: f64,
    /// Whether its distance to other words counts. In writing without spaces it does not, because a
    /// run there is already a phrase.
    pub(crate) near: bool,
}

/// The words and weights of an expression.
#[derive(Debug, Clone)]
pub(crate) struct Ranking {
    /// The number of each phrase's word; `None` for a filter.
    phrases: Vec<Option<usize>>,
    words: Vec<Word>,
    /// The weight of each clause: that of its heaviest word.
    clauses: Vec<f64>,
    /// The clauses that are parts of one name ([`crate::query::expression::Expression::name`]).
    pub(crate) name: Option<(usize, usize)>,
}

/// The score of a row before its length is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PartialScore {
    /// Where its counts begin: one weighted number of occurrences for each word.
    first: usize,
    /// The part that does not depend on the row's length.
    bonus: f64,
    /// The fewest words that the row can have.
    pub(crate) min_tokens: u32,
    /// Whether the row has the name that is searched for, if it is one.
    pub(crate) has_name: bool,
}

impl Ranking {
    /// Creates a ranking from the words, and for each phrase the number of its word or `None`.
    pub(crate) fn new(phrases: Vec<Option<usize>>, words: Vec<Word>) -> Ranking {
        let count = words.iter().map(|word| usize::from(word.clause) + 1).max().unwrap_or(0);
        let mut clauses = vec![0.0; count];
        for word in &words {
            if let Some(clause) = clauses.get_mut(usize::from(word.clause)) {
                *clause = f64::max(*clause, word.weight);
            }
        }
        Ranking { phrases, words, clauses, name: None }
    }

    /// Returns a scorer of rows.
    pub(crate) fn scorer(&self) -> Scorer<'_> {
        let group = Group::new(self.clauses.len());
        Scorer { ranking: self, counts: Vec::new(), positions: Vec::new(), group }
    }

    fn word(&self, phrase: u16) -> Option<(usize, Word)> {
        let number = (*self.phrases.get(usize::from(phrase))?)?;
        Some((number, *self.words.get(number)?))
    }
}

/// Scores thousands of rows in succession, in memory that it reuses.
#[derive(Debug)]
pub(crate) struct Scorer<'a> {
    ranking: &'a Ranking,
    /// The counts of all rows.
    counts: Vec<f64>,
    /// The positions in the current row.
    positions: Vec<Position>,
    group: Group,
}

impl Scorer<'_> {
    /// Returns the score of a row that this scorer has scored, given its length. Higher is better;
    /// a longer row scores lower.
    pub(crate) fn with_length(&self, row: &PartialScore, tokens: u32) -> f64 {
        let against = K1 * (1.0 - B + B * f64::from(tokens) / AVERAGE);
        let words = self.ranking.words.iter().zip(self.counts.get(row.first..).unwrap_or_default());
        row.bonus + words.map(|(word, count)| word.weight * count * (K1 + 1.0) / (count + against)).sum::<f64>()
    }

    /// Scores a row from its positions, without its length.
    pub(crate) fn score(&mut self, runs: PositionList<'_>) -> PartialScore {
        let first = self.counts.len();
        self.counts.resize(first + self.ranking.words.len(), 0.0);
        let counts = self.counts.get_mut(first..).unwrap_or_default();
        let mut ends = [0u32; WEIGHTS.len()];
        let mut bonus = 0.0;
        self.positions.clear();
        let mut counted: Option<u16> = None;
        for run in runs {
            if let Some(end) = ends.get_mut(usize::from(run.column)) {
                *end = (*end).max(run.last.saturating_add(1));
            }
            let Some((number, word)) = self.ranking.word(run.phrase) else { continue };
            let Some(count) = counts.get_mut(number) else { continue };
            // If the expression repeats a phrase, its positions are repeated too.
            if *count > 0.0 && counted != Some(run.phrase) {
                continue;
            }
            counted = Some(run.phrase);
            *count += WEIGHTS.get(usize::from(run.column)).unwrap_or(&0.0) * f64::from(run.times);
            if run.column == TITLE {
                bonus += NAMED * word.weight;
            }
            if word.near && READ.contains(&run.column) {
                self.positions.extend(run.offsets().map(|offset| Position::new(run.column, offset, word.clause)));
            }
        }
        let bonus = bonus + self.nearness();
        PartialScore { first, bonus, min_tokens: ends.iter().sum(), has_name: self.has_name() }
    }

    /// Whether all parts of the name are at one position, after the positions were sorted.
    fn has_name(&self) -> bool {
        let Some((from, to)) = self.ranking.name else { return true };
        let same_place = |a: &Position, b: &Position| a.is_beside(*b);
        self.positions
            .chunk_by(same_place)
            .any(|group| (from..to).all(|clause| group.iter().any(|position| position.clause() == clause)))
    }

    /// Returns the bonus for the closest group of words. It is the group of most clauses, and of
    /// those the one with the fewest other words in between. (Two neighbours in a row that has all
    /// words apart say little: counting them made known items worse.)
    fn nearness(&mut self) -> f64 {
        let clauses = &self.ranking.clauses;
        if clauses.len() < 2 || self.positions.len() < 2 {
            return 0.0;
        }
        // The runs are sorted already, and a stable sort merges them quickly.
        self.positions.sort();
        self.group.clear();
        let (mut most, mut least) = (1, u32::MAX);
        for at in 0..self.positions.len() {
            let Some(span) = self.group.take(&self.positions, at) else { continue };
            if self.group.clauses > most || (self.group.clauses == most && span < least) {
                (most, least) = (self.group.clauses, span);
            }
        }
        if most < 2 {
            return 0.0;
        }
        // It is negative for the parts of a name, which share a position.
        let between = (f64::from(least) - (most as f64 - 1.0)).max(-REACH / 2.0);
        NEAR * clauses.iter().sum::<f64>() * (most as f64 / clauses.len() as f64) * REACH / (REACH + between)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::db::positions::Writer;

    /// A ranking of single words with these weights, each a clause of its own.
    fn ranking(weights: &[f64]) -> Ranking {
        let word = |(at, weight): (usize, &f64)| Word { clause: at as u16, weight: *weight, near: true };
        let words: Vec<Word> = weights.iter().enumerate().map(word).collect();
        Ranking::new((0..words.len()).map(Some).collect(), words)
    }

    /// The positions of words: phrase, column, offset.
    fn listed(positions: &[(u16, u8, u32)]) -> Vec<u8> {
        let mut writer = Writer::default();
        positions.iter().for_each(|(phrase, column, offset)| writer.push(*phrase, *column, *offset));
        writer.finish()
    }

    fn score(ranking: &Ranking, positions: &[(u16, u8, u32)], tokens: u32) -> f64 {
        let mut scorer = ranking.scorer();
        let row = scorer.score(PositionList(&listed(positions)));
        scorer.with_length(&row, tokens)
    }

    #[test]
    fn a_title_goes_before_an_article_and_an_article_before_the_rest() {
        let one = ranking(&[1.0]);
        let title = score(&one, &[(0, 1, 0)], 500);
        let article = score(&one, &[(0, 0, 0)], 500);
        let rest: Vec<(u16, u8, u32)> = (0..100).map(|at| (0, 7, at)).collect();
        assert!(title > article && article > 1000.0 * score(&one, &rest, 500));
        assert!(score(&one, &rest, 500) > score(&one, &rest[..1], 500));
        assert_eq!(score(&one, &[(0, 8, 0)], 500), 0.0, "labels only narrow");
    }

    #[test]
    fn words_close_together_count_more() {
        let two = ranking(&[1.0, 2.0]);
        let apart = |between: u32| score(&two, &[(0, 0, 10), (1, 0, 11 + between)], 500);
        assert!(apart(0) > apart(1) && apart(1) > apart(100));
        // At the distance `REACH`, half of the bonus is left.
        let (all, half, none) = (apart(0), apart(8), score(&two, &[(0, 0, 1), (1, 2, 1)], 500));
        let distant = score(&two, &[(0, 0, 1)], 500) + score(&two, &[(1, 0, 1)], 500);
        assert!(((all - distant) - 2.0 * (half - distant)).abs() < 1e-9);
        assert!(none > distant && none < all, "another column is no neighbour");
        let rest = score(&two, &[(0, 7, 1), (1, 7, 2)], 500);
        assert!(rest < 0.001, "nor is the rest");
    }

    #[test]
    fn the_closest_group_counts_wherever_it_is() {
        let three = ranking(&[1.0, 1.0, 1.0]);
        let group = score(&three, &[(0, 0, 5), (0, 0, 900), (1, 0, 300), (1, 0, 902), (2, 0, 600), (2, 0, 901)], 1000);
        let scattered =
            score(&three, &[(0, 0, 5), (0, 0, 100), (1, 0, 300), (1, 0, 400), (2, 0, 600), (2, 0, 700)], 1000);
        assert!(group > scattered + 2.0);
    }

    #[test]
    fn a_phrase_that_an_expression_repeats_counts_once() {
        let words = vec![Word { clause: 0, weight: 1.0, near: true }];
        let twice = Ranking::new(vec![Some(0), None, Some(0)], words);
        let positions = [(0, 0, 1), (0, 1, 1), (1, 0, 2), (2, 0, 1), (2, 1, 1)];
        assert_eq!(score(&twice, &positions, 500), score(&twice, &positions[..2], 500));
        assert_eq!(score(&twice, &positions[3..], 500), score(&twice, &positions[..2], 500));
    }

    proptest! {
        #[test]
        fn the_least_length_bounds_the_score(
            mut positions in prop::collection::vec((0u16..4, 0u8..9, 0u32..3000), 0..200),
            weights in prop::collection::vec(0.0f64..10.0, 1..4),
            more in 0u32..5000,
        ) {
            positions.sort_unstable();
            positions.dedup();
            let ranking = ranking(&weights);
            let mut scorer = ranking.scorer();
            // Earlier rows make no difference.
            scorer.score(PositionList(&listed(&[(0, 0, 1), (0, 1, 1), (1, 0, 2)])));
            let row = scorer.score(PositionList(&listed(&positions)));
            let in_column = |column: u8| positions.iter().filter(move |at| at.1 == column);
            let tokens = |column: u8| in_column(column).map(|at| at.2 + 1).max().unwrap_or(0);
            prop_assert_eq!(row.min_tokens, (0..9).map(tokens).sum::<u32>());
            let best = scorer.with_length(&row, row.min_tokens);
            let exact = scorer.with_length(&row, row.min_tokens + more);
            prop_assert_eq!(best, score(&ranking, &positions, row.min_tokens));
            prop_assert!(exact.is_finite() && exact >= 0.0 && best >= exact);
        }

        #[test]
        fn any_bytes_are_places(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let ranking = ranking(&[1.0, 2.0]);
            let mut scorer = ranking.scorer();
            let row = scorer.score(PositionList(&bytes));
            prop_assert!(scorer.with_length(&row, 1) >= 0.0);
        }
    }
}
