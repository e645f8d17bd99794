//! Somebody who vouches for servers of this machine: a certificate authority of a test's own.

use std::path::PathBuf;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tempfile::TempDir;

/// An authority, and the certificate of a server on the loopback, in files.
pub(crate) struct Authority {
    folder: TempDir,
}

impl Authority {
    /// A new one, which nobody trusts yet; the server is this machine.
    pub(crate) fn new() -> Self {
        Self::naming(&["127.0.0.1", "localhost"])
    }

    /// The same, for a server of these names.
    pub(crate) fn naming(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut root = CertificateParams::new(Vec::new()).unwrap();
        root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root_key = KeyPair::generate().unwrap();
        let root_pem = root.self_signed(&root_key).unwrap().pem();
        let issuer = Issuer::new(root, root_key);
        let key = KeyPair::generate().unwrap();
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let server = CertificateParams::new(names).unwrap();
        let server = server.signed_by(&key, &issuer).unwrap();
        let authority = Self { folder };
        for (path, pem) in [
            (authority.root(), root_pem),
            (authority.certificate(), server.pem()),
            (authority.key(), key.serialize_pem()),
        ] {
            std::fs::write(path, pem).unwrap();
        }
        authority
    }

    /// What to trust, for `SSL_CERT_FILE`.
    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("root.pem")
    }

    /// The server's certificate.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.path().join("server.pem")
    }

    /// The key of the server's certificate.
    pub(crate) fn key(&self) -> PathBuf {
        self.folder.path().join("server.key")
    }
}
