"""Which addresses are of the public internet. Pure Python."""

from ipaddress import IPv4Address, IPv6Address, ip_network

Address = IPv4Address | IPv6Address

# Of the IANA registries of special-purpose addresses, all that is not simply one machine of the public internet.
# IPv6 that carries an IPv4 address (mapped, NAT64, 6to4, Teredo) is among them: it would lead past the IPv4 rows.
_UNICAST_IPV6 = ip_network("2000::/3")
_SPECIAL = [
    ip_network(network)
    for network in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
]


def is_public(address: Address) -> bool:
    """Whether it is the unicast address of a machine on the public internet."""
    if isinstance(address, IPv6Address) and address not in _UNICAST_IPV6:
        return False
    return not any(address in network for network in _SPECIAL)
