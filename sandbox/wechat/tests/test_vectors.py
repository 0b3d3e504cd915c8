"""The simulator's cryptography against known answers that nobody here wrote."""

import base64
import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.serialization import load_der_private_key, load_pem_public_key
from cryptography.x509 import load_pem_x509_certificate

from .. import bills, envelope, money


def private_key(der_base64):
    return load_der_private_key(base64.b64decode(der_base64), password=None)


def certificate_key(pem):
    return load_pem_x509_certificate(pem.encode()).public_key()


@pytest.fixture
def documents(vector):
    return vector("tencent_doc_signatures.json")


@pytest.fixture
def demo_key(documents):
    return private_key(documents["merchant_demo_key_pkcs8_der_base64"])


def request_of(case, **changes):
    case = {**case, **changes}
    return envelope.request_message(
        case["method"], case["url"], case["timestamp"], case["nonce_str"], case["body"].encode()
    )


def test_request_signature(documents, demo_key):
    case = documents["request"]
    assert envelope.sign(demo_key, request_of(case)) == case["signature"]
    assert envelope.verify(demo_key.public_key(), request_of(case), case["signature"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("method", "GET"),
        ("url", "/v3/pay/transactions/native"),
        ("timestamp", "1554208461"),
        ("nonce_str", "593BEC0C930BF1AFEB40B4A08C8FB243"),
        ("body", "{}"),
    ],
)
def test_request_signature_covers_every_line(documents, demo_key, field, value):
    case = documents["request"]
    changed = request_of(case, **{field: value})
    assert not envelope.verify(demo_key.public_key(), changed, case["signature"])


def test_pay_sign(documents, demo_key):
    case = documents["paysign_miniprogram"]
    message = envelope.pay_message(case["appid"], case["timeStamp"], case["nonceStr"], case["package"])
    assert envelope.sign(demo_key, message) == case["paySign"]


def test_pay_sign_of_an_app_is_another(documents, demo_key):
    case = documents["paysign_app_must_differ"]
    fields = (case["appid"], case["timestamp"], case["noncestr"])
    assert envelope.sign(demo_key, envelope.pay_message(*fields, case["prepayid"])) == case["sign"]
    with_prefix = envelope.pay_message(*fields, "prepay_id=" + case["prepayid"])
    assert envelope.sign(demo_key, with_prefix) != case["sign"]


def test_response_signature(vector):
    case = vector("tencent_doc_response_verify.json")
    key = load_pem_public_key(case["public_key_pem"].encode())
    head = case["headers"]
    signature = head["Wechatpay-Signature"]
    facts = [head["Wechatpay-Timestamp"], head["Wechatpay-Nonce"], case["body"].encode()]
    assert envelope.verify(key, envelope.response_message(*facts), signature)
    for index, changed in enumerate(["1722850422", "e824f2e086d3c1df967785d13fcd22ef", b"{}"]):
        other = [*facts[:index], changed, *facts[index + 1 :]]
        assert not envelope.verify(key, envelope.response_message(*other), signature)


def test_plain_signature(vector):
    case = vector("wechatpay_go_sign.json")
    key = private_key(case["private_key_pem_der_base64"])
    assert envelope.sign(key, case["message"].encode()) == case["signature"]


def test_signature_of_another_certificate(vector):
    case = vector("wechatpay_java_rsa_verify.json")
    message, signature = case["message"].encode(), case["signature"]
    assert envelope.verify(certificate_key(case["certificate_pem"]), message, signature)
    stranger = certificate_key(vector("wechatpay_go_notify.json")["certificate_pem"])
    assert not envelope.verify(stranger, message, signature)
    assert not envelope.verify(stranger, message, "not base64!")


def test_notice(vector):
    case = vector("wechatpay_go_notify.json")
    key, head = certificate_key(case["certificate_pem"]), case["headers"]
    stamps = head["Wechatpay-Timestamp"], head["Wechatpay-Nonce"]
    body, signature = case["body"].encode(), head["Wechatpay-Signature"]
    assert envelope.verify(key, envelope.response_message(*stamps, body), signature)
    rewritten = json.dumps(json.loads(body), ensure_ascii=False).encode()
    assert not envelope.verify(key, envelope.response_message(*stamps, rewritten), signature)
    sealed = json.loads(body)["resource"]
    clear = envelope.decrypt(case["apiv3_key"], sealed["ciphertext"], sealed["associated_data"], sealed["nonce"])
    assert clear.decode() == case["plaintext"]


@pytest.mark.parametrize("index", [0, 1])
def test_aead(vector, index):
    case = vector("aead_aes_gcm.json")[index]
    plaintext = case["plaintext"].encode()
    facts = case["associated_data"], case["nonce"]
    assert envelope.decrypt(case["key"], case["ciphertext"], *facts) == plaintext
    assert envelope.encrypt(case["key"], plaintext, *facts) == case["ciphertext"]
    for wrong in (("other", case["nonce"]), (case["associated_data"], "0" * 12)):
        with pytest.raises(InvalidTag):
            envelope.decrypt(case["key"], case["ciphertext"], *wrong)


def test_platform_certificate(vector):
    case = vector("wechatpay_go_certificates.json")
    item = json.loads(case["body"])["data"][0]
    sealed = item["encrypt_certificate"]
    pem = envelope.decrypt(case["apiv3_key"], sealed["ciphertext"], sealed["associated_data"], sealed["nonce"])
    serial = load_pem_x509_certificate(pem).serial_number
    assert f"{serial:X}" == item["serial_no"]


def test_trade_bill_format(vector):
    sample = vector("wechat_bill_ALL_sample.csv").decode()
    empty = bills.trade_bill([], "A").decode()
    sample_lines, our_lines = sample.split("\r\n"), empty.split("\r\n")
    assert our_lines[0] == sample_lines[0]
    assert our_lines[1] == sample_lines[-3]
    assert our_lines[-1] == sample_lines[-1] == ""
    assert our_lines[2] == "`0.0,`0.0,`0.0,`0.0,`0.0,`0.0,`0.0"
    assert sample_lines[-2] == "`45.0,`0.47,`0.14,`0.0,`0.08,`0.47,`0.14"
    assert [money.short_yuan(fen) for fen in (47, 14, 0, 8, 50, 12300)] == [
        "0.47", "0.14", "0.0", "0.08", "0.5", "123.0",
    ]  # fmt: skip
