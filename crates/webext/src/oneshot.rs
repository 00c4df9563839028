//! A one-shot channel: one task passes one value to another. Single-threaded; it is no queue.

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
}
