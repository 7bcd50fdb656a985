"""Requirements that are mistaken for each other: each policy names the one that its finding is evidence against."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

POLICIES = Path(__file__).parents[2] / "rules" / "policies"
NAMED = {
    file.stem: set(yaml.safe_load(file.read_text("utf-8"))["controls"].get("pci-dss-4.0.1", ()))
    for file in POLICIES.glob("*.yaml")
}
STORED = {"3.5.1", "3.5.1.1", "3.5.1.2"}


@pytest.mark.parametrize(
    ("policy", "right", "wrong"),
    [
        pytest.param("tls_verification_disabled", {"4.2.1"}, {"4.2.1.1"}, id="4.2.1.1 is a list of keys"),
        pytest.param("weak_tls_version", {"4.2.1"}, {"4.2.1.1", "12.3.3"}, id="12.3.3 is a review of what is in use"),
        pytest.param("weak_tls_cipher", {"4.2.1"}, {"4.2.1.1", "12.3.3"}, id="so is it for ciphers"),
        pytest.param("storage_unencrypted", {"3.5.1.2"}, {"3.5.1"}, id="a disk that is encrypted protects no number"),
        pytest.param("hard_coded_credential", {"8.6.2", "6.2.4"}, {"3.6.1"}, id="8.6.2 is about accounts"),
        pytest.param("hard_coded_key", {"3.6.1", "6.2.4"}, {"8.6.2"}, id="a key signs nobody in"),
        pytest.param("pan_overdisplayed", {"3.4.1"}, STORED, id="display is no storage"),
        pytest.param("pan_stored_in_clear", {"3.5.1"}, {"3.4.1"}, id="storage is no display"),
        pytest.param("pan_unkeyed_hash", {"3.5.1.1"}, {"3.4.1"}, id="keyed hashes have their own"),
        pytest.param("verification_code_stored", {"3.3.1.2"}, STORED, id="a code may not be kept, unreadable or not"),
        pytest.param("track_data_stored", {"3.3.1.1"}, STORED, id="nor may a track"),
        pytest.param("pin_stored", {"3.3.1.3"}, STORED, id="nor may a PIN"),
        pytest.param("sad_logged", {"3.3.1"}, STORED, id="a log keeps it"),
        pytest.param("pan_in_message", {"4.2.2"}, {"4.2.1"}, id="messages to people have their own"),
    ],
)
def test_it_names_the_right_one_of_two(policy: str, right: set[str], wrong: set[str]) -> None:
    assert right <= NAMED[policy]
    assert not wrong & NAMED[policy]


def test_what_takes_a_list_a_review_or_a_scan_of_the_running_site_is_no_policys() -> None:
    others = {"4.2.1.1", "6.3.2", "11.3.1", "11.3.2", "11.6.1", "12.3.1", "12.3.3", "12.5.1", "12.5.2"}
    inventories = {policy: named & others for policy, named in NAMED.items() if named & others}
    assert inventories == {"ci_action_not_pinned": {"6.3.2"}}, "an action that may change is no entry of an inventory"
