use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where an address leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Into the open network.
    Open,
    /// To this machine or a network of one's own: only for hosts that an admin allows.
    Inner,
    /// To what every machine of a network can reach, secrets of clouds among it: only where an admin allows the address
    /// itself, never by a name that leads there.
    Link,
    /// Nowhere that a request may go: to many, to nobody, or by a detour that hides where it ends.
    Nowhere,
}

/// Services that hand out a cloud's secrets outside of the addresses of the link.
const METADATA_V4: Ipv4Addr = Ipv4Addr::new(100, 100, 100, 200);
const METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

/// Where an address leads.
pub fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => reach_v4(address),
        IpAddr::V6(address) => reach_v6(address),
    }
}

fn reach_v4(address: Ipv4Addr) -> Reach {
    if address == METADATA_V4 {
        return Reach::Link;
    }
    let [a, b, c, _] = address.octets();
    match (a, b, c) {
        (169, 254, _) => Reach::Link,
        // RFC 1918, loopback, shared by providers (RFC 6598).
        (10 | 127, ..) | (172, 16..=31, _) | (192, 168, _) | (100, 64..=127, _) => Reach::Inner,
        // This network, multicast, reserved and broadcast.
        (0 | 224..=255, ..)
        // Protocol assignments, documentation, relays to IPv6, measurements.
        | (192, 0, 0 | 2) | (198, 51, 100) | (203, 0, 113) | (192, 88, 99) | (198, 18 | 19, _) => Reach::Nowhere,
        _ => Reach::Open,
    }
}

fn reach_v6(address: Ipv6Addr) -> Reach {
    let parts = address.segments();
    match parts {
        _ if address == Ipv6Addr::LOCALHOST => Reach::Inner,
        // fe80::/10
        [0xfe80..=0xfebf, ..] => Reach::Link,
        _ if address == METADATA_V6 => Reach::Link,
        // fc00::/7
        [0xfc00..=0xfdff, ..] => Reach::Inner,
        // Teredo, identifiers and measurements (2001::/23); documentation; IPv4 by way of 6to4. What IPv4 is mapped to,
        // translated to (64:ff9b::/96) or embedded in lies outside of 2000::/3 as well.
        [0x2001, 0..=0x01ff | 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] | [0x2002, ..] => Reach::Nowhere,
        [0x2000..=0x3fff, ..] => Reach::Open,
        _ => Reach::Nowhere,
    }
}
