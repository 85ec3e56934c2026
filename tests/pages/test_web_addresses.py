"""Which addresses are asked: only http and https, only public hosts, each in one plain spelling."""

from __future__ import annotations

import ipaddress
import socket
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.pages.addresses import RefusedAddressError, is_address, is_public, network_addresses, parse
from sayso.settings import Web

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("stated", "url"),
    [
        ("https://Review.Example", "https://review.example/"),
        ("  http://review.example:80/a?b=c&d=%20#top ", "http://review.example/a?b=c&d=%20"),
        ("https://review.example:8443/a b/[1]", "https://review.example:8443/a%20b/%5B1%5D"),
        ("https://review.example/харків?q=é", "https://review.example/%D1%85%D0%B0%D1%80%D0%BA%D1%96%D0%B2?q=%C3%A9"),
        ("https://bücher.example./x", "https://xn--bcher-kva.example/x"),
        ("http://93.184.215.14/", "http://93.184.215.14/"),
        ("http://[2606:2800:21F:CB07:6820:80DA:AF6B:8B2C]/", "http://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/"),
        ("https://review.example?x=1", "https://review.example/?x=1"),
    ],
)
def test_an_address_has_one_spelling(stated: str, url: str) -> None:
    assert parse(stated).url == url
    assert parse(url).url == url


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://review.example/a",
            "file:///etc/passwd",
            "gopher://review.example",
            "javascript:alert(1)",
            "//x.example",
        ),
        *("http://user@review.example/", "http://user:word@review.example/", "http://review.example@10.0.0.1/"),
        *("http://2130706433/", "http://017700000001/", "http://0x7f000001/", "http://0x7f.1/", "http://127.1/"),
        *("http://127.0.0.01/", "http://0177.0.0.1/", "http://1.2.3.4.5/", "http://127.0.0.1.5/", "http://256.1.1.1/"),
        *("http://[::1%25eth0]/", "http://[::1", "http://[1.2.3.4]/", "http://review.example:99999/", "http://:80/"),
        *("http://", "https:///a", "http://rev iew.example/", "http://review.example\\@10.0.0.1/", "http://a..b/"),
        *("http://review.example/\r\nHost: 10.0.0.1", "http://rev\tiew.example/", "http://%31%30.0.0.1/", ""),
        *("http://x.example:80:80/", "http://review.example:8o/", "http://" + "a" * 5000, "http://-.-/?" + "\0"),
    ],
)
def test_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(RefusedAddressError) as refused:
        parse(url)
    assert refused.value.code == "bad-address"
    assert refused.value.remedy


@pytest.mark.parametrize("url", ["http://１２７.０.０.１/", "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/"])
def test_digits_of_other_shapes_are_seen_for_what_they_are(url: str) -> None:
    assert parse(url).host == "127.0.0.1"
    with pytest.raises(RefusedAddressError, match=r"127\.0\.0\.1"):
        network_addresses(parse(url), Web())


@given(st.text(max_size=60) | st.from_regex(r"https?://[^/]{0,30}(/.{0,30})?", fullmatch=True))
def test_whatever_is_parsed_parses_the_same_again_and_steers_no_request(text: str) -> None:
    try:
        address = parse(text)
    except RefusedAddressError:
        return
    assert parse(address.url) == address
    assert address.url.isascii()
    assert not any(char.isspace() or ord(char) < 32 for char in address.url)
    assert "@" not in address.authority


def test_inputs_that_are_addresses() -> None:
    assert all(map(is_address, ["https://a.example", "HTTP://a.example/b c".replace(" ", "%20"), "ftp://a.example"]))
    assert not any(
        map(is_address, ["a.txt", "reports/**/*.pdf", "C:\\a.txt", "-", "", "two http://a.example", "http://"])
    )


@pytest.mark.parametrize(
    "ip",
    [
        *("0.0.0.1", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.1.1", "169.254.169.254"),
        *("172.16.0.1", "172.31.255.255", "192.168.1.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "168.63.129.16", "192.0.2.1", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1"),
        *("::ffff:169.254.169.254", "64:ff9b::10.0.0.1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2001::1"),
        *("fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "2001:db8::1", "x"),
    ],
)
def test_addresses_inside_networks_are_not_public(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize(
    "ip", ["93.184.215.14", "1.1.1.1", "172.32.0.1", "2606:2800::1", "64:ff9b::5db8:d70e", "::ffff:1.1.1.1"]
)
def test_addresses_of_the_public_internet_are_public(ip: str) -> None:
    assert is_public(ip)


@given(st.ip_addresses())
def test_what_is_public_is_nothing_special_to_the_library_either(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    special = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_unspecified
    carries = isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped
    assert not (is_public(str(ip)) and special and not carries)


def names(answers: dict[str, list[str]], asked: list[str]) -> Callable[..., Any]:
    """Return what stands in for the system's look-up of names; each look-up takes the next answer."""
    look_up = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - as the system's own
        asked.append(host)
        if host in answers:
            host = answers[host].pop(0) if len(answers[host]) > 1 else answers[host][0]
        return look_up(host, port, *rest, **more)

    return getaddrinfo


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fd00:ec2::254"])
def test_a_name_that_leads_inside_is_refused(inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", names({"metadata.test": [inside]}, []))
    with pytest.raises(RefusedAddressError, match="not an address of the public web") as refused:
        network_addresses(parse("http://metadata.test/"), Web())
    assert '"metadata.test" to web.allow' in refused.value.remedy


def test_a_setting_allows_a_host_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", names({"desk.test": ["10.0.0.8"], "other.test": ["10.0.0.8"]}, []))
    settings = Web(allow=("Desk.test", "127.0.0.1:9000", "[::1]:9000"))
    assert network_addresses(parse("https://desk.test/"), settings) == ("10.0.0.8",)
    assert network_addresses(parse("http://127.0.0.1:9000/"), settings) == ("127.0.0.1",)
    assert network_addresses(parse("http://[::1]:9000/"), settings) == ("::1",)
    for url in (
        "https://other.test/",
        "http://10.0.0.8/",
        "http://127.0.0.1/",
        "http://desk.test:22/",
        "http://[::1]/",
    ):
        with pytest.raises(RefusedAddressError):
            network_addresses(parse(url), settings)


def test_ports_of_other_services_are_refused() -> None:
    for port in (22, 25, 6379, 3306):
        with pytest.raises(RefusedAddressError, match=f"Port {port}"):
            network_addresses(parse(f"http://93.184.215.14:{port}/"), Web())
    assert network_addresses(parse("http://93.184.215.14:6379/"), Web(ports=(6379,))) == ("93.184.215.14",)
