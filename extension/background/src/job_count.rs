//! Counts the jobs under way, and knows whether the background has rested since the last. It starts
//! and ends none.

/// The count of jobs.
#[derive(Debug, Default)]
pub struct Jobs {
    now: u32,
    ever: u64,
}

/// A rest: the time after the last job that was under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest(u64);

impl Jobs {
    /// Counts a job that begins; returns whether no other is under way.
    pub fn begin(&mut self) -> bool {
        self.now += 1;
        self.ever += 1;
        self.now == 1
    }

    /// Counts a job that ends; returns the rest that begins if it was the last.
    pub fn end(&mut self) -> Option<Rest> {
        self.now = self.now.saturating_sub(1);
        (self.now == 0).then_some(Rest(self.ever))
    }

    /// Whether no job is under way.
    pub fn are_done(&self) -> bool {
        self.now == 0
    }

    /// Whether no job has begun since this rest began.
    pub fn still_rest(&self, rest: Rest) -> bool {
        self.now == 0 && self.ever == rest.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_first_job_wakes_the_background_and_only_the_last_lets_it_rest() {
        let mut jobs = Jobs::default();
        assert!(jobs.are_done());
        assert!(jobs.begin() && !jobs.begin(), "the second finds it awake");
        assert_eq!(jobs.end(), None);
        assert!(!jobs.are_done());
        assert!(jobs.end().is_some_and(|rest| jobs.still_rest(rest)));
    }

    #[test]
    fn a_job_in_between_ends_a_rest_for_good() {
        let mut jobs = Jobs::default();
        jobs.begin();
        let rest = jobs.end().unwrap();
        jobs.begin();
        assert!(!jobs.still_rest(rest), "a job is under way");
        let later = jobs.end().unwrap();
        assert!(!jobs.still_rest(rest), "the port is the later rest's to close");
        assert!(jobs.still_rest(later));
    }

    proptest! {
        #[test]
        fn of_all_rests_that_began_at_most_the_last_still_is(begins in prop::collection::vec(any::<bool>(), 0..60)) {
            let (mut jobs, mut under_way, mut rests) = (Jobs::default(), 0, Vec::new());
            for begin in begins {
                if begin {
                    prop_assert_eq!(jobs.begin(), under_way == 0);
                    under_way += 1;
                } else if under_way > 0 {
                    under_way -= 1;
                    let rest = jobs.end();
                    prop_assert_eq!(rest.is_some(), under_way == 0);
                    rests.extend(rest);
                }
                prop_assert_eq!(jobs.are_done(), under_way == 0);
                let still = rests.iter().filter(|rest| jobs.still_rest(**rest)).count();
                prop_assert_eq!(still, usize::from(under_way == 0 && !rests.is_empty()));
            }
        }
    }
}
