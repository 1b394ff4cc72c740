//! Addresses and blocks of addresses.

use std::net::IpAddr;

use super::{ADDRESS, BLOCK, Malformed, malformed};

/// Reads an address of IPv4 or IPv6; an IPv4 address inside IPv6 is that IPv4 address.
pub fn address(text: &str) -> Result<IpAddr, Malformed> {
    match text.trim().parse::<IpAddr>() {
        Ok(address) => Ok(address.to_canonical()),
        Err(_) => malformed(text, ADDRESS),
    }
}

/// A block of addresses, or one alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Block {
    base: IpAddr,
    /// How many leading bits count.
    bits: u32,
}

impl Block {
    /// Does the address lie in the block? Blocks of one family hold none of the other.
    pub fn holds(self, address: IpAddr) -> bool {
        // Shifts by the whole width are taken as "no bit counts".
        match (self.base, address) {
            (IpAddr::V4(base), IpAddr::V4(address)) => {
                let differ = base.to_bits() ^ address.to_bits();
                differ.checked_shr(32 - self.bits).unwrap_or(0) == 0
            }
            (IpAddr::V6(base), IpAddr::V6(address)) => {
                let differ = base.to_bits() ^ address.to_bits();
                differ.checked_shr(128 - self.bits).unwrap_or(0) == 0
            }
            _ => false,
        }
    }

    /// How many leading bits count.
    pub const fn bits(self) -> u32 {
        self.bits
    }

    /// Is it one of IPv4?
    pub const fn is_ipv4(self) -> bool {
        self.base.is_ipv4()
    }

    /// The same block, written with its first address: two that hold the same addresses are equal then.
    #[must_use]
    pub fn network(self) -> Self {
        let base = match self.base {
            IpAddr::V4(base) => {
                let mask = u32::MAX.checked_shl(32 - self.bits).unwrap_or(0);
                IpAddr::V4((base.to_bits() & mask).into())
            }
            IpAddr::V6(base) => {
                let mask = u128::MAX.checked_shl(128 - self.bits).unwrap_or(0);
                IpAddr::V6((base.to_bits() & mask).into())
            }
        };
        Self { base, ..self }
    }
}

/// Reads an address or a block such as `10.0.0.0/8`; bits beyond the prefix do not count.
pub fn block(text: &str) -> Result<Block, Malformed> {
    let bad = || malformed(text, BLOCK);
    let (base, prefix) = match text.trim().split_once('/') {
        Some((base, prefix)) => (base, Some(prefix)),
        None => (text.trim(), None),
    };
    let Ok(written) = base.parse::<IpAddr>() else {
        return bad();
    };
    let width = if written.is_ipv4() { 32 } else { 128 };
    let bits = match prefix {
        None => width,
        Some(prefix) => {
            let plain =
                (1..=3).contains(&prefix.len()) && prefix.bytes().all(|b| b.is_ascii_digit());
            match prefix.parse::<u32>() {
                Ok(bits) if plain && bits <= width => bits,
                _ => return bad(),
            }
        }
    };
    let base = written.to_canonical();
    if written.is_ipv6() && base.is_ipv4() {
        // ::ffff:10.0.0.0/104 is 10.0.0.0/8; a wider one is no block of IPv4.
        return Ok(match bits.checked_sub(96) {
            Some(bits) => Block { base, bits },
            None => Block { base: written, bits },
        });
    }
    Ok(Block { base, bits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_addresses() {
        // S2, S4, S20: an address or a block, of IPv4 or IPv6.
        for (expected, actual, yes) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.1.2.3/8", "10.0.0.1", true),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "::1", false),
            ("192.168.0.1", "192.168.0.1", true),
            ("192.168.0.1/32", "192.168.0.2", false),
            ("2001:db8::/32", "2001:db8:1::5", true),
            ("2001:db8::/32", "2001:db9::5", false),
            ("::/0", "2001:db9::5", true),
            ("10.0.0.0/8", "::ffff:10.1.1.1", true),
            ("::ffff:10.0.0.0/104", "10.1.1.1", true),
        ] {
            let holds = block(expected).unwrap().holds(address(actual).unwrap());
            assert_eq!(holds, yes, "{actual} in {expected}");
        }
        for (one, other) in [
            ("10.1.2.3/8", "10.0.0.0/8"),
            ("192.168.0.1", "192.168.0.1/32"),
            ("1.2.3.4/0", "0.0.0.0/0"),
            ("2001:db8::1/32", "2001:DB8::/32"),
            ("::1/0", "::/0"),
            ("::ffff:10.0.0.0/104", "10.9.9.9/8"),
        ] {
            let network = |text: &str| block(text).unwrap().network();
            assert_eq!(network(one), network(other), "{one} and {other}");
        }
        for bad in
            ["10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "10.0.0.0/+8", "::/129", "host", "010.0.0.1"]
        {
            assert!(block(bad).is_err(), "{bad}");
        }
    }
}
