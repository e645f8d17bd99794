//! The Merkle root of a day's leaves, computed as they come, in the space of a logarithm.

use sha2::{Digest, Sha256};

use crate::journal::Hash;

/// A tree that grows leaf by leaf, in the shape of RFC 6962.
#[derive(Debug, Default)]
pub(super) struct Merkle {
    /// Roots of complete sub-trees with their height, tallest first.
    complete: Vec<(u32, Hash)>,
    n_leaves: i64,
}

impl Merkle {
    /// Adds the last line of a chain.
    pub(super) fn add(&mut self, chain: i64, seq: i32, hash: &Hash) {
        let mut hasher = Sha256::new();
        hasher.update([0]);
        hasher.update(chain.to_be_bytes());
        hasher.update(seq.to_be_bytes());
        hasher.update(hash);
        let mut tree = (0, hasher.finalize().into());
        while let Some((height, left)) = self.complete.pop_if(|(height, _)| *height == tree.0) {
            tree = (height.saturating_add(1), node(&left, &tree.1));
        }
        self.complete.push(tree);
        self.n_leaves = self.n_leaves.saturating_add(1);
    }

    /// How many leaves there are.
    pub(super) const fn n_leaves(&self) -> i64 {
        self.n_leaves
    }

    /// The root; of no leaf at all, the digest of nothing.
    pub(super) fn root(&self) -> Hash {
        self.complete
            .iter()
            .rev()
            .map(|(_, hash)| *hash)
            .reduce(|right, left| node(&left, &right))
            .unwrap_or_else(|| Sha256::digest([]).into())
    }
}

fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root_of(leaves: &[(i64, i32)]) -> Hash {
        let mut tree = Merkle::default();
        for (chain, seq) in leaves {
            tree.add(*chain, *seq, &[9; 32]);
        }
        tree.root()
    }

    #[test]
    fn every_leaf_and_its_place_count() {
        let five = root_of(&[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]);
        assert_ne!(five, root_of(&[(1, 1), (2, 1), (3, 1), (4, 1)]));
        assert_ne!(five, root_of(&[(2, 1), (1, 1), (3, 1), (4, 1), (5, 1)]));
        assert_ne!(five, root_of(&[(1, 1), (2, 1), (3, 2), (4, 1), (5, 1)]));
        assert_eq!(five, root_of(&[(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]));
    }

    #[test]
    fn three_leaves_make_the_tree_of_rfc_6962() {
        let leaf = |chain| root_of(&[(chain, 1)]);
        let expected = node(&node(&leaf(1), &leaf(2)), &leaf(3));
        assert_eq!(root_of(&[(1, 1), (2, 1), (3, 1)]), expected);
    }
}
