//! How many files may arrive at the same time: in all, and from one address.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::config::{Files, Limits, Switch};
use crate::web::client::ClientAddress;

/// Places for files that arrive.
#[derive(Debug)]
pub struct UploadSlots {
    all: Semaphore,
    /// None: switched off.
    per_address: Option<usize>,
    /// Only addresses that hold a place are remembered, so that memory stays bounded.
    taken: Mutex<HashMap<ClientAddress, usize>>,
}

/// A place, until it is dropped.
#[derive(Debug)]
pub(crate) struct UploadSlot<'a> {
    _place: SemaphorePermit<'a>,
    of: Option<(&'a UploadSlots, ClientAddress)>,
}

impl UploadSlots {
    /// As the settings say.
    pub fn new(files: &Files, limits: &Limits) -> Self {
        let is_limited = limits.rate_limits == Switch::On;
        Self {
            all: Semaphore::new(files.uploads_at_once),
            per_address: is_limited.then_some(files.uploads_at_once_per_address),
            taken: Mutex::default(),
        }
    }

    /// A place for a file from `from`; none when all are taken, or all that one address may have.
    pub(crate) fn take(&self, from: Option<ClientAddress>) -> Option<UploadSlot<'_>> {
        let place = self.all.try_acquire().ok()?;
        let Some((from, most)) = from.zip(self.per_address) else {
            return Some(UploadSlot {
                _place: place,
                of: None,
            });
        };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let held = taken.get(&from).copied().unwrap_or_default();
        if held >= most {
            return None;
        }
        taken.insert(from, held + 1);
        Some(UploadSlot {
            _place: place,
            of: Some((self, from)),
        })
    }
}

impl Drop for UploadSlot<'_> {
    fn drop(&mut self) {
        let Some((slots, from)) = self.of else { return };
        let mut taken = slots.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get(&from).copied() {
            Some(held @ 2..) => drop(taken.insert(from, held - 1)),
            Some(_) | None => drop(taken.remove(&from)),
        }
    }
}
