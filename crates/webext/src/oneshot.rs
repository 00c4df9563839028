//! Passes one value from one task to another. It is single-threaded, and not a queue.

use std::{
    cell::RefCell,
    pin::Pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

struct Slot<T> {
    value: Option<T>,
    waker: Option<Waker>,
}

/// The sending half.
pub struct Sender<T>(Rc<RefCell<Slot<T>>>);

/// The receiving half: a future of the value.
pub struct Receiver<T>(Rc<RefCell<Slot<T>>>);

/// Creates both halves of a channel.
pub fn pair<T>() -> (Sender<T>, Receiver<T>) {
    let slot = Rc::new(RefCell::new(Slot { value: None, waker: None }));
    (Sender(Rc::clone(&slot)), Receiver(slot))
}

impl<T> Sender<T> {
    /// Passes the value on and wakes the receiver.
    pub fn send(self, value: T) {
        let waker = {
            let mut slot = self.0.borrow_mut();
            slot.value = Some(value);
            slot.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<T> {
        let mut slot = self.0.borrow_mut();
        match slot.value.take() {
            Some(value) => Poll::Ready(value),
            None => {
                slot.waker = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Arc,
            atomic::{AtomicU32, Ordering},
        },
        task::Wake,
    };

    use super::*;

    fn poll<T>(receiver: &mut Receiver<T>) -> Poll<T> {
        Pin::new(receiver).poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn what_is_given_first_is_taken_later() {
        let (sender, mut receiver) = pair();
        sender.send(7);
        assert_eq!(poll(&mut receiver), Poll::Ready(7));
    }

    #[test]
    fn who_asks_too_early_waits() {
        let (sender, mut receiver) = pair();
        assert_eq!(poll(&mut receiver), Poll::Pending);
        sender.send("x");
        assert_eq!(poll(&mut receiver), Poll::Ready("x"));
    }

    /// Counts how often it is woken.
    #[derive(Default)]
    struct Bell(AtomicU32);

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }

    #[test]
    fn who_waits_is_woken_once_and_only_by_the_value() {
        let bell = Arc::new(Bell::default());
        let waker = Waker::from(Arc::clone(&bell));
        let (sender, mut receiver) = pair();
        for _ in 0..3 {
            assert!(Pin::new(&mut receiver).poll(&mut Context::from_waker(&waker)).is_pending());
        }
        assert_eq!(bell.0.load(Ordering::Relaxed), 0);
        sender.send(7);
        assert_eq!(bell.0.load(Ordering::Relaxed), 1);
        assert_eq!(poll(&mut receiver), Poll::Ready(7));
    }

    #[test]
    fn the_task_that_asked_last_is_the_one_that_is_woken() {
        let bells = [Arc::new(Bell::default()), Arc::new(Bell::default())];
        let (sender, mut receiver) = pair();
        for bell in &bells {
            let waker = Waker::from(Arc::clone(bell));
            assert!(Pin::new(&mut receiver).poll(&mut Context::from_waker(&waker)).is_pending());
        }
        sender.send(());
        assert_eq!(bells.map(|bell| bell.0.load(Ordering::Relaxed)), [0, 1]);
    }

    #[test]
    fn a_value_that_nobody_waits_for_any_more_is_dropped() {
        let value = Rc::new(());
        let (sender, receiver) = pair();
        drop(receiver);
        sender.send(Rc::clone(&value));
        assert_eq!(Rc::strong_count(&value), 1);
    }
}
