//! Where a request comes from, as far as it can be believed.

use std::net::IpAddr;

use actix_web::HttpRequest;

/// The visitor's network address: an IPv4 address, or the first 64 bits of an IPv6 one, which one
/// household shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ClientAddress(IpAddr);

impl ClientAddress {
    /// The address of the connection; behind a proxy that the settings name, the last one of
    /// `X-Forwarded-For` that is no such proxy. Nobody else's header is believed.
    pub(crate) fn of(request: &HttpRequest, trusted_proxies: &[IpAddr]) -> Option<Self> {
        let peer = request.peer_addr()?.ip().to_canonical();
        let forwarded = request
            .headers()
            .get_all("x-forwarded-for")
            .filter_map(|value| value.to_str().ok())
            .flat_map(|list| list.split(','))
            .filter_map(|address| address.trim().parse::<IpAddr>().ok())
            .map(|address| address.to_canonical())
            .collect::<Vec<_>>();
        Some(Self(network(believed(peer, &forwarded, trusted_proxies))))
    }
}

fn believed(peer: IpAddr, forwarded: &[IpAddr], trusted: &[IpAddr]) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let outside = forwarded
        .iter()
        .rev()
        .find(|address| !trusted.contains(address));
    outside.copied().unwrap_or(peer)
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

    #[test]
    fn a_header_is_believed_from_a_named_proxy_only() {
        let proxy = ip("10.0.0.1");
        let chain = [ip("203.0.113.9"), ip("198.51.100.7"), ip("10.0.0.2")];
        assert_eq!(believed(ip("192.0.2.1"), &chain, &[proxy]), ip("192.0.2.1"));
        let trusted = [proxy, ip("10.0.0.2")];
        assert_eq!(believed(proxy, &chain, &trusted), ip("198.51.100.7"));
        assert_eq!(believed(proxy, &[], &trusted), proxy);
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
