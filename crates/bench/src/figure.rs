//! Holds many samples of one time, and prints them. It measures nothing.

use std::time::Duration;

use cachette_shell::print;

/// Samples of one time.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    samples: Vec<Duration>,
}

impl Figure {
    /// Adds a sample.
    pub fn add(&mut self, sample: Duration) {
        self.samples.push(sample);
        self.samples.sort_unstable();
    }

    /// Returns the median sample; zero without any.
    pub fn median(&self) -> Duration {
        self.samples.get(self.samples.len() / 2).copied().unwrap_or_default()
    }

    /// Returns the sum of two figures' medians as a figure of one sample, for baselines of two
    /// steps.
    pub fn and(&self, other: &Figure) -> Figure {
        Figure { samples: vec![self.median() + other.median()] }
    }

    /// Returns this figure's median less another's, as a figure of one sample.
    pub fn less(&self, part: &Figure) -> Figure {
        Figure { samples: vec![self.median().saturating_sub(part.median())] }
    }

    /// Returns the ratio of this figure's median to another's.
    pub fn over(&self, baseline: &Figure) -> f64 {
        self.median().as_secs_f64() / baseline.median().as_secs_f64().max(f64::MIN_POSITIVE)
    }

    /// Prints one line: name, median, smallest and largest in milliseconds.
    pub fn show(&self, name: &str) {
        print(&self.line(name));
    }

    /// Prints one line with the ratio to a baseline, and the goal.
    pub fn show_over(&self, name: &str, baseline: &Figure, goal: &str) {
        print(&format!("{}   {:>6.2}×   {goal}", self.line(name), self.over(baseline)));
    }

    fn line(&self, name: &str) -> String {
        let edge = |sample: Option<&Duration>| milliseconds(sample.copied().unwrap_or_default());
        format!(
            "  {name:<58}{:>9} ms  [{} – {}]",
            milliseconds(self.median()),
            edge(self.samples.first()),
            edge(self.samples.last())
        )
    }
}

fn milliseconds(time: Duration) -> String {
    let milliseconds = time.as_secs_f64() * 1000.0;
    if milliseconds < 10.0 { format!("{milliseconds:.3}") } else { format!("{milliseconds:.1}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_sample_whatever_the_order() {
        let mut figure = Figure::default();
        for sample in [9, 1, 5] {
            figure.add(Duration::from_millis(sample));
        }
        assert_eq!(figure.median(), Duration::from_millis(5));
        assert!((figure.over(&figure) - 1.0).abs() < 1e-9);
    }
}
