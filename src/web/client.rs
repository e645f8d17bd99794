//! Where a request comes from, as far as it can be believed.

use std::net::{IpAddr, SocketAddr};

use actix_web::HttpRequest;

/// The visitor's network address: an IPv4 address, or the first 64 bits of an IPv6 one, which one
/// household shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ClientAddress(IpAddr);

impl ClientAddress {
    /// The address of the connection; behind a proxy that the settings name, the last one of
    /// `X-Forwarded-For` that is no such proxy. Nobody else's header is believed.
    pub(crate) fn of(request: &HttpRequest, trusted_proxies: &[IpAddr]) -> Option<Self> {
        let peer = request.peer_addr()?.ip();
        let forwarded = request
            .headers()
            .get_all("x-forwarded-for")
            .flat_map(|value| entries(value.as_bytes()))
            .collect::<Vec<_>>();
        Some(Self(network(believed(peer, &forwarded, trusted_proxies))))
    }
}

impl std::fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// The entries of one header line, in its order; none for what is no address.
fn entries(line: &[u8]) -> impl Iterator<Item = Option<IpAddr>> {
    line.split(|byte| *byte == b',')
        .map(<[u8]>::trim_ascii)
        .filter(|entry| !entry.is_empty())
        .map(|entry| address_in(std::str::from_utf8(entry).ok()?))
}

/// `203.0.113.9`, `2001:db8::1`, `[2001:db8::1]`, each of the last two forms with `:port` too.
fn address_in(entry: &str) -> Option<IpAddr> {
    let bare = entry
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(entry);
    let address = bare.parse().or_else(|_| {
        let with_port: Result<SocketAddr, _> = entry.parse();
        with_port.map(|found| found.ip())
    });
    address.ok()
}

/// The nearest address that is no proxy of ours. An entry that cannot be read ends the search: what
/// stands before it could have been written by anyone, so the proxy itself is what we know.
fn believed(peer: IpAddr, forwarded: &[Option<IpAddr>], trusted: &[IpAddr]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|it| it.to_canonical() == address);
    let mut known = peer.to_canonical();
    for entry in forwarded.iter().rev() {
        if !is_trusted(known) {
            break;
        }
        match entry {
            Some(address) => known = address.to_canonical(),
            None => break,
        }
    }
    known
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn from(peer: &str, header: &str) -> IpAddr {
        let trusted = [ip("10.0.0.1"), ip("::ffff:10.0.0.2"), ip("2001:db8::1")];
        let forwarded: Vec<_> = entries(header.as_bytes()).collect();
        believed(ip(peer), &forwarded, &trusted)
    }

    #[test]
    fn a_header_is_believed_from_a_named_proxy_only() {
        let chain = "203.0.113.9, 198.51.100.7, 10.0.0.2";
        assert_eq!(from("192.0.2.1", chain), ip("192.0.2.1"));
        assert_eq!(from("10.0.0.1", chain), ip("198.51.100.7"));
        assert_eq!(from("10.0.0.1", ""), ip("10.0.0.1"));
        assert_eq!(from("10.0.0.1", "10.0.0.2"), ip("10.0.0.2"));
    }

    #[test]
    fn ports_brackets_and_mapped_addresses_are_read() {
        for (entry, address) in [
            ("198.51.100.7:4711", "198.51.100.7"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
            ("::ffff:198.51.100.7", "198.51.100.7"),
            ("[::ffff:198.51.100.7]:1", "198.51.100.7"),
        ] {
            assert_eq!(from("::ffff:10.0.0.1", entry), ip(address), "{entry}");
            let behind = format!("{entry}, [2001:db8::1]:80,, 10.0.0.2:80");
            assert_eq!(from("10.0.0.1", &behind), ip(address), "{behind}");
        }
    }

    #[test]
    fn an_entry_that_is_no_address_hides_what_stands_before_it() {
        for entry in [
            "unknown",
            "_hidden",
            "198.51.100.7:",
            "[2001:db8::7",
            "198.51.100",
            "é",
        ] {
            let chain = format!("203.0.113.9, {entry}");
            assert_eq!(from("10.0.0.1", &chain), ip("10.0.0.1"), "{entry}");
            let behind = format!("203.0.113.9, {entry}, 10.0.0.2");
            assert_eq!(from("10.0.0.1", &behind), ip("10.0.0.2"), "{entry}");
        }
        let garbled = entries(b"203.0.113.9, \xff").collect::<Vec<_>>();
        assert_eq!(garbled, [Some(ip("203.0.113.9")), None]);
    }

    #[test]
    fn a_household_of_ipv6_is_one_address() {
        assert_eq!(
            network(ip("2001:db8:1:2:3::4")),
            network(ip("2001:db8:1:2:ffff::1"))
        );
        assert_ne!(
            network(ip("2001:db8:1:2::1")),
            network(ip("2001:db8:1:3::1"))
        );
    }
}
