//! The body of an upload: shared between the reader of its parts and the handler, which reads on
//! what is left so that the browser stops sending and shows the answer.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::error::PayloadError;
use actix_web::web::{Bytes, Payload};
use futures_util::{Stream, StreamExt};
use tokio::time::{Instant, timeout, timeout_at};

/// Most bytes that are read only to be thrown away.
const MAX_DRAINED: usize = 100 * 1024 * 1024;
/// Longest time for that.
const DRAINED_WITHIN: Duration = Duration::from_mins(1);

/// One end of the body; the other end reads from where this one stopped.
#[derive(Clone)]
pub(super) struct Body(Rc<RefCell<Payload>>);

impl Body {
    pub(super) fn new(payload: Payload) -> Self {
        Self(Rc::new(RefCell::new(payload)))
    }

    /// Reads on to the end, within bounds, and forgets it.
    pub(super) async fn drain(mut self, silence: Duration) {
        let until = Instant::now() + DRAINED_WITHIN;
        let mut left = MAX_DRAINED;
        while let Ok(Ok(Some(Ok(bytes)))) = timeout_at(until, timeout(silence, self.next())).await {
            match left.checked_sub(bytes.len()) {
                Some(less) => left = less,
                None => return,
            }
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut *self.0.borrow_mut()).poll_next(cx)
    }
}
