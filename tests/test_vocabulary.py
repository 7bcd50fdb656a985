"""Names that mean account data, names that do not, and the same verdict in every regex engine."""

from __future__ import annotations

import json
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.errors import RuleError
from scanner.vocabulary import NEVER, Vocabulary, load

VOCABULARY = load((Path(__file__).parents[1] / "rules/vocabulary/account_data.yaml").read_text("utf-8"))

HOLDS = {
    "pan": """
        pan PAN raw_pan rawPan RawPan RAW_PAN userPAN customer_pan pans pan1 pan_1 fpan dpan fundingPan pan_number
        card_number cardNumber CardNumber CARD_NUMBER card-number cardnumber CARDNUMBER Cardnumber cardNumbers
        card.number card["number"] card['number'] card->number $card->number card::number card?.number
        card.get("number")
        card.getNumber() card().number() cards[0].number cards[index].number card[:number] params[:card][:number]
        $_POST['card']['number'] getCardNumber() get_card_number() setCardNumber request.body.cardNumber
        X-Card-Number cardno card_no cardNo card.no cardNum card_num cardnum card_nbr ccnum cc_num ccNum cc_number
        ccNumber
        cc_no ccno CC_NUMBER creditcardnumber creditCardNumber credit_card_number credit-card-number debitCardNumber
        paymentCardNumber bank_card_number primary_account_number primaryAccountNumber cardPan card_pan
        CREDIT_CARD_NUMBER REFUND_CARD_NUMBER refund_card_number input_card_number cardNumberField cardNumberInput
        numero_carte numeroCarte numero_tarjeta numeroTarjeta numero_cartao kreditkartennummer Kreditkartennummer
        kartennummer tokenRequest.cardNumber hashMap.get("cardNumber") errors.card_number logger.error(card.number)
        f(masked_pan,pan) unencrypted_pan decrypted_card_number detokenized_pan unmaskedPan invalid_card_number
        card_number_plain pan_value accountPan payment_id.pan formatted.pan
    """,
    "verification_code": """
        cvv CVV cvv2 CVV2 cvc cvc2 CVC2 cav2 cvn ccv card_cvv cardCvv userCvv cvvCode cvv_code cvvNumber getCvv()
        card.cvc
        card["cvv"] params[:cvv] request.form.get("cvv") req.body.cvv card_security_code cardSecurityCode
        card.securityCode cardVerificationCode card_verification_value verification_value verificationValue
        encrypted_cvv cvv_hash hashed_cvv cvvEncrypted encryptedSecurityCode CARD_CVV cc_cid card_cid cardCid
        creditCardSecurityCode raw_cvv cvvs icvv dcvv responseDto.cvv response.cvv cvvInput cvvField hash(cvv)
        encrypt(cvv)
    """,
    "track": """
        full_track full_track_data track1 track2 track_1 track_2 TRACK_2 track1Data track2Data track2_data trackData
        track_data trackOne track_two_data magstripe mag_stripe magStripeData magnetic_stripe_data swipe_data
        card.track2 encrypted_track2 track2Equivalent cardTrack
    """,
    "pin": """
        pin_block pinBlock PINBlock PIN_BLOCK pinblock encrypted_pin_block card_pin cardPin card.pin atm_pin ATM_PIN
        customerPin cardholder_pin debitPin clear_pin online_pin offlinePin pvv
    """,
    "pin_weak": "pin PIN userPin user_pin pin_number pinNumber new_pin customer.pin pin_code pincode",
    "expiry": """
        card_expiry cardExpiry card_exp card.exp_month exp_month expMonth expYear EXP_YEAR expiryMonth expiration_year
        cc_exp ccExp cc_exp_month cardExpirationDate card.expirationDate card_exp_date valid_thru cardExpMonth
    """,
    "cardholder_name": """
        cardholder_name cardholderName CardholderName cardholder cardHolder card_holder card_holder_name nameOnCard
        name_on_card cc_name cc_owner card.holderName card.holder card_owner embossed_name
    """,
    "service_code": "card_service_code cardServiceCode card.serviceCode track_service_code",
    "card_object": """
        card creditCard credit_card CreditCard card_data cardData cardDetails card_details cardInfo card_info
        payment_card
        paymentCard newCard request.card body["card"] getCard() this.creditCard $card cards debitCard paymentMethod
        payment_method payment_details req.body.payment.card card1 rawCard save(card)
    """,
    "protect": """
        mask maskPan mask_pan redact redactCard truncate last4 lastFour last_four tokenize tokenise createToken encrypt
        encryptCard hmac hmac_sha256 seal vault vault.store Masker masked tokenizer sanitize_card scrub obfuscate
    """,
}

HOLDS_NOT = {
    "pan": """
        company Company COMPANY panel PANEL Panel panels expand japan Japan JAPAN spanId span_id pandas panic PANIC
        companyPanel discard_number discardNumber cardinal wildcard_number postcard_number account_number accountNumber
        number phone_number order_number card_type cardType card_id cardId card_brand card note cardNotFound card.notes
        pan_x panX pan_y panY pan.x pan_zoom panZoom pan_tilt panTilt panTo panBy panStart onPan panGesture PanResponder
        panSpeed stereoPan camera_pan panOffset pan_offset pan_mode pan_id panId pan_card gift_card_number
        id_card_number idCardNumber identityCardNumber sim_card_number library_card_number
        last4 last_four card_last4 cardLast4 card.last4 card_number_last4 cardNumberLast4 last4_card_number
        masked_pan maskedPan MASKED_PAN pan_masked panMasked masked.pan card.maskedNumber masked_card_number
        maskedCardNumber cardNumberMasked card_number_masked mask(pan) mask(user.card.number) maskCardNumber
        maskCard(card.number) redacted_pan truncatedPan pan_token panToken pan.token card_number_token tokenized_pan
        tokenizedPan tokenize(pan) pan_hash panHash hashed_pan hashedPan sha256(pan) sha256_pan pan_sha256 pan_hmac
        hmacPan pan_fingerprint panFingerprint encrypted_pan encryptedPan encrypted_card_number card_number_encrypted
        panCiphertext pan_ciphertext encrypt(card.number) card_number_length cardNumberLength card_number.length
        cardNumber.length() len(pan) len(card_number) card_number_regex cardNumberRegex cardNumberPattern
        card_number_format is_card_number isPan isCardNumber hasCardNumber has_pan card_number_valid cardNumberValid
        isValidCardNumber validateCardNumber validate(cardNumber) cardNumberError card_number_error cardNumberLabel
        cardNumberPlaceholder card_number_type pan_bin panCount maxCardNumberLength card_number_ref cardNumberIsValid
        pan[-4:] pan[:6] cardNumber.slice(-4) cardNumber.substring(12) card.number.last(4) card_number[12:]
        card.number[-4..] "panorama" "pan-zoom" last_four_digits bin bin_number
    """,
    "verification_code": """
        cvv_length cvvLength cvv.length cvv_required cvvRequired requireCvv is_cvv_valid cvvValid cvv_valid isCvv hasCvv
        cvv_result cvvResult cvv_response cvvResponse cvvMatch cvv_match cvc_check cvcCheck cvv_status cvv_present
        cvvProvided cvv_indicator cvv_error cvvLabel cvv_placeholder masked_cvv maskedCvv mask(cvv) cvv_token cvcToken
        len(cvv) avs_cvv csc csc_matrix cid correlation_cid security_code securityCode otp code receive cvs cvsRoot
        postal_code verification_code cvv_regex cvvPattern service_code
    """,
    "track": """
        track tracks track_id trackId tracking trackingNumber tracking_number soundtrack soundtrackData backtrack
        audio_track1 audioTrack1 track1_title track1Artist musicTrack2 track_name trackName track_event trackEvent
        trackClick track10 midi_track_1 gpsTrackData raceTrack1 trackDataSource stripe stripe_data currentTrack
        masked_track2 mask(track2) magstripe_reader
    """,
    "pin": """
        pin PIN pins pinned spin pinMode pin_mode gpio_pin pin_number pincode pin_code map_pin ping pinterest
        pinBlockFormat
        card_pin_length pinBlockLength pin_retry atm_pin_attempts masked_pin_block has_card_pin opinion spinBlock
    """,
    "pin_weak": """
        gpio_pin gpioPin pinMode pin_mode map_pin mapPin pinHigh led_pin output_pin pinned unpin spin ping pinterest
        opinion
        pin_length pin_retries resetPin pin_config
    """,
    "expiry": """
        expiry expires expiration expires_at token_expiry tokenExpiration session_expiry expiry_date experience
        card_experience expMonthError gift_card_expiry exp card_export cardExpression discard_expired
    """,
    "cardholder_name": """
        name holder account_holder_name card_name cardholder_id cardholderId cardholder_data cardholderEmail
        masked_cardholder_name placeholder cardholder_name_length folder shareholder_name
    """,
    "service_code": "service_code serviceCode aws_service_code card_service service",
    "card_object": """
        card_id cardId card.brand card.last4 card["brand"] card_layout cardTitle cardBody card-body card_token cardToken
        maskedCard masked_card infoCard uiCard flashCard scoreCard discard wildcard postcard cardinality cardboard
        card.number.length gift_card sim_card userCard card_type encrypted_card_data tokenizedCard vcard
        payment_method_id paymentMethodId isCard hasCard
    """,
    "protect": "unmask unMask detokenize decrypt hash sha256 base64 token taskMaster damask getCard bitmask last",
}

YES = [(element, name) for element, names in HOLDS.items() for name in names.split()]
NO = [(element, name) for element, names in HOLDS_NOT.items() for name in names.split()]
VERDICTS = [(*case, True) for case in YES] + [(*case, False) for case in NO]

EXPRESSIONS = [
    ("pan", '"Invalid PAN"', False),
    ("pan", "'card_number is required'", False),
    ("pan", '"card_number"', True),
    ("pan", '"card number: " + card.number', True),
    ("pan", '"card number: " + card.last4', False),
    ("pan", '"pan " + mask(pan)', False),
    ("pan", 'f"PAN {pan}"', True),
    ("pan", 'f"PAN {mask(pan)}"', False),
    ("pan", 'f"PAN {len(rows)}"', False),
    ("pan", "`pan ${card.number}`", True),
    ("pan", '"pan $pan"', True),
    ("pan", '"the pan is #{card.number}"', True),
    ("pan", 'log("bad pan")', False),
    ("pan", "await card.number", True),
    ("pan", '{"pan": x}', True),
    ("pan", "{pan: mask(pan)}", True),  # a key is a name, too
    ("pan", "f({cardNumber: card.number, type: card.type})", True),
    ("pan", "maskedPan, pan", True),
    ("pan", "{\n  a: 1,\n  b: card.number,\n}", True),
    ("pan", "{\n  a: 1,\n  b: maskedPan,\n}", False),
    ("pan", "a +\n  'two\\'s pan'\n  + b", False),
    ("pan", "Card Number", True),
    ("pan", "", False),
    ("verification_code", '"cvv missing for " + user.id', False),
    ("verification_code", '"cvv=" + cvv', True),
    ("verification_code", "hash(cvv)", True),
    ("card_object", "JSON.stringify(card)", True),
    ("card_object", "card.brand", False),
    ("card_object", "{card, user}", True),
    ("card_object", 'body["card"]["brand"]', False),
]


@pytest.mark.parametrize(("element", "name", "expected"), [*VERDICTS, *EXPRESSIONS])
def test_verdict(element: str, name: str, expected: bool) -> None:
    assert VOCABULARY.matches(element, name) is expected, VOCABULARY.explain(element, name)
    assert (f": {element}" in (VOCABULARY.explain(element, name) or "")) is expected


NAME = re.compile(r"""[\w$-]+|card\.\w+|card\[["']\w+["']\]""")
"""What the plain patterns are for: one name, at most a member."""
NAMES = [case for case in VERDICTS if NAME.fullmatch(case[1])]


@pytest.mark.parametrize("engine", ["re", "re2"])
def test_plain_patterns_agree_in_python_and_re2(engine: str) -> None:
    compiler = pytest.importorskip(engine)
    for element, patterns in VOCABULARY.as_data().items():
        include, exclude = compiler.compile(patterns["include"]), compiler.compile(patterns["exclude"])
        for _, name, expected in (case for case in NAMES if case[0] == element):
            verdict = include.search(name) is not None and exclude.search(name) is None
            assert verdict is expected, (element, name)


@pytest.mark.parametrize("element", VOCABULARY.elements)
def test_plain_patterns_agree_in_regorus(element: str) -> None:
    regorus = pytest.importorskip("regorus")
    engine = regorus.Engine()
    engine.add_policy(
        "names.rego",
        """package names
        import rego.v1
        held contains name if {
            some name in input
            regex.match(data.include, name)
            not regex.match(data.exclude, name)
        }
        # The engine refuses patterns over a size: there shall be room for some more words.
        room if regex.match(concat("|", [data.exclude, data.more]), "x")
        """,
    )
    more = "qwertyuiop" * 10 + "|x"
    engine.add_data_json(json.dumps({**VOCABULARY.as_data()[element], "more": more}))
    engine.set_input_json(json.dumps([name for case, name, _ in NAMES if case == element]))
    held = set(json.loads(engine.eval_rule_as_json("data.names.held")))
    assert held == {name for case, name, expected in NAMES if case == element and expected}
    assert engine.eval_rule_as_json("data.names.room") == "true"


def semgrep_verdicts(folder: Path, regex: str, names: list[str]) -> set[str]:
    """Which of the JavaScript expressions semgrep-core finds in `sink(...)`."""
    spec = find_spec("semgrep")
    if spec is None or spec.origin is None:
        pytest.skip("semgrep is not installed")
    core = Path(spec.origin).parent / "bin" / "semgrep-core"
    rule = {
        "id": "named",
        "message": "m",
        "severity": "ERROR",
        "languages": ["javascript"],
        "patterns": [{"pattern": "sink($X)"}, {"metavariable-regex": {"metavariable": "$X", "regex": regex}}],
    }
    code = folder / "code.js"
    code.write_text("\n".join(f"sink({name.replace(chr(10), ' ')});" for name in names), "utf-8")
    rules, targets = folder / "rules.json", folder / "targets.json"
    rules.write_text(json.dumps({"rules": [rule]}), "utf-8")
    path = {"fpath": str(code), "ppath": "/code.js"}
    target = ["CodeTarget", {"path": path, "analyzer": "javascript", "products": ["sast"]}]
    targets.write_text(json.dumps(["Targets", [target]]), "utf-8")
    command = [str(core), "-json_nodots", "-rules", str(rules), "-targets", str(targets), "-j", "1", "-fast"]
    output = json.loads(subprocess.run(command, capture_output=True, check=True, timeout=120).stdout)
    assert output["errors"] == []
    return {names[result["start"]["line"] - 1] for result in output["results"]}


JAVASCRIPT = re.compile(
    r"""[\w$.?]+|[\w.$]+\[["']\w+["']\]|[\w$.]+\([\w$."'-]*\)|["'`].*["'`]|["'`][^"]*["'] \+ [\w.()]+"""
)


@pytest.mark.parametrize("element", VOCABULARY.elements)
def test_semgrep_agrees(element: str, tmp_path: Path) -> None:
    cases = [case for case in (*VERDICTS, *EXPRESSIONS) if case[0] == element and JAVASCRIPT.fullmatch(case[1])]
    names = [name for _, name, _ in cases if not name.endswith("?")]
    found = semgrep_verdicts(tmp_path, VOCABULARY.expand(f"{{{{name:{element}}}}}"), names)
    assert found == {name for _, name, expected in cases if expected}


def test_union_keeps_each_exclusion(tmp_path: Path) -> None:
    regex = VOCABULARY.expand("{{name:pan|verification_code}}")
    names = ["card.number", "cvv", "encryptedCvv", "encryptedPan", "cvvLength", "user.name", "mask(pan) + cvv"]
    assert semgrep_verdicts(tmp_path, regex, names) == {"card.number", "cvv", "encryptedCvv", "mask(pan) + cvv"}


def test_expand_leaves_other_text_alone() -> None:
    assert VOCABULARY.expand(r"^a{2}\{{x}}$") == r"^a{2}\{{x}}$"
    assert VOCABULARY.expand("({{include:pin}})x") == f"({VOCABULARY.expand('{{include:pin}}')})x"
    assert VOCABULARY.expand("{{exclude:service_code}}") == f"(?:{VOCABULARY.as_data()['service_code']['exclude']})"


@pytest.mark.parametrize("text", ["{{name:nope}}", "{{include:nope}}", "{{name:pan|nope}}", "{{name:}}"])
def test_expand_refuses_unknown_elements(text: str) -> None:
    with pytest.raises(RuleError, match="no element"):
        VOCABULARY.expand(text)
    with pytest.raises(RuleError, match="no element"):
        VOCABULARY.matches("nope", "pan")


def test_patterns_stay_small() -> None:
    for element in VOCABULARY.elements:
        assert len(VOCABULARY.expand(f"{{{{name:{element}}}}}")) < 7_000, element


def test_explain_names_the_phrases() -> None:
    assert "'card number'" in (VOCABULARY.explain("pan", "userCardNumber") or "")
    assert "'mask*'" in (VOCABULARY.explain("pan", "maskedCardNumber") or "")
    assert "'length'" in (VOCABULARY.explain("pan", "cardNumberLength") or "")
    assert "'pan zoom'" in (VOCABULARY.explain("pan", "panZoom") or "")
    assert "slice" in (VOCABULARY.explain("pan", "pan[-4:]") or "")
    assert VOCABULARY.explain("pan", "company") is None


words = st.sampled_from(
    ["card", "number", "pan", "cvv", "mask", "ed", "is", "id", "length", "len", "x", "token", "get", "of", "4", "type"]
)
names = st.builds(
    lambda parts, style: style(parts),
    st.lists(words, min_size=1, max_size=5),
    st.sampled_from(
        [
            "_".join,
            "".join,
            "-".join,
            lambda parts: "".join(part.title() for part in parts),
            lambda parts: parts[0] + "".join(part.title() for part in parts[1:]),
            lambda parts: "_".join(parts).upper(),
        ]
    ),
)
PATTERNS = VOCABULARY.as_data()


@settings(deadline=None)
@given(names)
def test_both_forms_agree_on_one_name(name: str) -> None:
    for element in ("pan", "verification_code", "card_object", "protect"):
        include, exclude = PATTERNS[element]["include"], PATTERNS[element]["exclude"]
        plain = bool(re.search(include, name)) and not re.search(exclude, name)
        assert VOCABULARY.matches(element, name) is plain, (element, name)


def minimal(**element: object) -> str:
    return json.dumps({"version": 1, "lists": {}, "elements": {"thing": {"names": ["thing"], **element}}})


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "version: 2\nlists: {}\nelements: {a: {names: [a]}}",
        "version: 1\nlists: {}\nelements: {}",
        "version: 1\nlists: []\nelements: {a: {names: [a]}}",
        "version: 1\nlists: {}\nelements: {a: 1}",
        minimal(names=[]),
        minimal(names="thing"),
        minimal(names=["Thing"]),
        minimal(names=["a  b"]),
        minimal(names=[False]),
        minimal(names=["@nope"]),
        minimal(whole=1),
        minimal(nicknames=["x"]),
        json.dumps({"version": 1, "lists": {"a": ["@a"]}, "elements": {"thing": {"names": ["thing"]}}}),
    ],
)
def test_load_refuses(text: str) -> None:
    with pytest.raises(RuleError, match="vocabulary"):
        load(text)


def test_an_element_that_refuses_nothing() -> None:
    vocabulary: Vocabulary = load(minimal())
    assert vocabulary.as_data()["thing"]["exclude"] == NEVER
    assert vocabulary.matches("thing", "my_thing")
    assert not vocabulary.matches("thing", "nothing")


@pytest.mark.parametrize(("element", "names"), HOLDS.items())
def test_a_text_mentions_what_it_holds(element: str, names: str) -> None:
    pattern = re2.compile(VOCABULARY.expand(f"{{{{include:{element}}}}}"))
    texts = [f"one{before}{name}{after}two" for name in names.split() for before, after in (" ,", "\t\t", "\n\n")]
    assert [text for text in texts if not pattern.search(text)] == []
