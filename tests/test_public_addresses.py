from ipaddress import ip_address

import pytest

from claims.public_addresses import is_public


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "192.0.3.1", "2606:4700::1111", "2a00:1450:4001::1"])
def test_addresses_of_the_public_internet_are_allowed(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.9.9.9", "169.254.169.254", "172.16.0.1"),  # noqa: S104
        *("172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1"),
        *("203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "100::1", "5f00::1"),
        *("2001:db8::1", "3fff::1", "2001:10::1", "4000::1"),
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1"),  # IPv4 in IPv6: mapped, compatible,
        *("64:ff9b::7f00:1", "64:ff9b:1::a00:1"),  # through NAT64,
        *("2002:7f00:1::", "2002:a9fe:a9fe::1", "2001::1", "2001:0:4136:e378:8000:63bf:80ff:fffe"),  # 6to4 and Teredo
    ],
)
def test_all_other_addresses_are_not(address):
    assert not is_public(ip_address(address))
