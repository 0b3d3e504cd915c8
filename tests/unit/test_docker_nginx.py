"""docker/nginx.conf, run by a real nginx before a stand-in for Odoo."""

import datetime
import gzip
import http.client
import ipaddress
import json
import re
import shutil
import signal
import socket
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tooling import nginx, paths
from tooling.shell import free_port

MENU = json.dumps({"dishes": ["过桥米线"] * 400}, ensure_ascii=False).encode()
ETAG = '"1-7-0123456789ab"'
MENU_PATH = "/diancan/v1/stores/1/menu"
WAIT_SECONDS = 10
# nginx counts whole seconds, so what is valid for one is kept for two at most.
KEPT_SECONDS = 2.1


class Odoo(BaseHTTPRequestHandler):
    """Answers as Odoo does where nginx must do something with the answer."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.seen.append((self.path, dict(self.headers)))
        if self.path.startswith(MENU_PATH):
            self.answer_menu()
        elif self.path.startswith("/diancan/v1/images/"):
            self.answer(200, b"picture", {"Cache-Control": "public, max-age=31536000, immutable"})
        elif self.path == "/websocket":
            self.answer(101, b"", {"Upgrade": "websocket", "Connection": "Upgrade"})
        else:
            self.answer(200, self.server.name.encode(), {"Cache-Control": "no-store"})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def answer_menu(self):
        headers = {"ETag": ETAG, "Cache-Control": "public, max-age=0, must-revalidate"}
        if self.headers.get("If-None-Match") == ETAG:
            self.answer(304, b"", headers)
        else:
            self.answer(200, MENU, {**headers, "Content-Type": "application/json; charset=utf-8"})

    def answer(self, status, body, headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 101:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve(name):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Odoo)
    server.name, server.seen = name, []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def write_certificate(folder):
    """A certificate for a day, made here."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.IPv4Address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir()
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def rendered(folder, mime_types, odoo, websocket, ports):
    """docker/nginx.conf with this machine's paths and ports instead of the container's."""
    text = (paths.ROOT / "docker/nginx.conf").read_text()
    replaced = {
        "/etc/nginx/mime.types": mime_types,
        "/etc/nginx/tls": f"{folder}/tls",
        "/var/cache/nginx/diancan": f"{folder}/cache",
        "/var/www/acme": f"{folder}/acme",
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "/dev/stderr": f"{folder}/error.log",
        "/dev/stdout": f"{folder}/access.log",
        "odoo:8069": f"127.0.0.1:{odoo.server_port}",
        "odoo:8072": f"127.0.0.1:{websocket.server_port}",
        "listen 80 ": f"listen 127.0.0.1:{ports['http']} ",
        "listen 443 ": f"listen 127.0.0.1:{ports['https']} ",
        "worker_processes auto": "worker_processes 1",
    }
    for ours, here in replaced.items():
        assert ours in text, ours
        text = text.replace(ours, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    return re.sub(r"^http \{\n", f"http {{\n{temporary}", text, flags=re.M)


class Proxy:
    """A running nginx and what stands behind it."""

    def __init__(self, folder):
        self.folder = folder
        self.odoo, self.websocket = serve("odoo"), serve("websocket")
        self.ports = {"http": free_port(), "https": free_port()}
        self.program, mime_types = nginx.ensure()
        write_certificate(folder / "tls")
        (folder / "acme/.well-known/acme-challenge").mkdir(parents=True)
        self.conf = folder / "nginx.conf"
        self.conf.write_text(rendered(folder, mime_types, self.odoo, self.websocket, self.ports))
        self.command = [self.program, "-p", folder, "-c", self.conf, "-e", folder / "error.log"]

    def start(self):
        # One process and no daemon: what is started here is stopped here.
        self.process = subprocess.Popen([*self.command, "-g", "daemon off; master_process off;"])
        limit = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < limit:
            try:
                socket.create_connection(("127.0.0.1", self.ports["https"]), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "error.log").read_text())

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(WAIT_SECONDS)
        self.odoo.shutdown()
        self.websocket.shutdown()

    def get(self, path, scheme="https", method="GET", body=None, **headers):
        """One call; returns (status, headers, body)."""
        if scheme == "https":
            context = ssl.create_default_context(cafile=self.folder / "tls/fullchain.pem")
            connection = http.client.HTTPSConnection("127.0.0.1", self.ports["https"], timeout=10, context=context)
        else:
            connection = http.client.HTTPConnection("127.0.0.1", self.ports["http"], timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {"Host": "diancan.example", **named})
        response = connection.getresponse()
        answer = response.status, dict(response.headers), response.read()
        connection.close()
        return answer

    def questions(self, path):
        """The headers of what has reached Odoo under this path."""
        return [headers for seen, headers in self.odoo.seen if seen.startswith(path)]


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    running = Proxy(tmp_path_factory.mktemp("nginx"))
    running.start()
    yield running
    running.stop()
    shutil.rmtree(running.folder)


def test_configuration_is_accepted(proxy):
    done = subprocess.run([*proxy.command, "-t"], capture_output=True, text=True, check=False)
    assert (done.returncode, "test is successful" in done.stderr) == (0, True), done.stderr
    assert "[warn]" not in done.stderr


def test_http_leads_to_https(proxy):
    status, headers, _ = proxy.get("/web/login?redirect=x", scheme="http")
    assert (status, headers["Location"]) == (301, "https://diancan.example/web/login?redirect=x")
    assert proxy.questions("/web/login") == []


def test_http_answers_the_health_check_and_the_certificate_authority(proxy):
    (proxy.folder / "acme/.well-known/acme-challenge/token").write_text("answer")
    assert proxy.get("/nginx-health", scheme="http")[::2] == (200, b"ok\n")
    assert proxy.get("/.well-known/acme-challenge/token", scheme="http")[::2] == (200, b"answer")


def test_odoo_is_told_who_calls_and_how(proxy):
    status, headers, body = proxy.get("/odoo", X_Forwarded_For="203.0.113.9", X_Forwarded_Host="evil.example")
    assert (status, body) == (200, b"odoo")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    [told] = proxy.questions("/odoo")
    assert told["X-Forwarded-For"] == "127.0.0.1"
    assert told["X-Forwarded-Host"] == "diancan.example"
    assert told["X-Forwarded-Proto"] == "https"
    assert told["Host"] == "diancan.example"


def test_websocket_goes_to_its_own_port(proxy):
    status, headers, _ = proxy.get("/websocket", Upgrade="websocket", Connection="Upgrade")
    assert (status, headers["Upgrade"]) == (101, "websocket")
    [(_, told)] = [(path, told) for path, told in proxy.websocket.seen if path == "/websocket"]
    assert (told["Upgrade"], told["Connection"]) == ("websocket", "upgrade")
    assert told["X-Forwarded-Proto"] == "https"
    assert proxy.questions("/websocket") == []


def test_many_phones_reading_the_menu_are_one_question(proxy):
    before = len(proxy.questions(MENU_PATH))
    answers = []
    phones = [threading.Thread(target=lambda: answers.append(proxy.get(MENU_PATH))) for _ in range(20)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    assert [(status, body) for status, _, body in answers] == [(200, MENU)] * 20
    assert {headers["Cache-Control"] for _, headers, _ in answers} == {"public, max-age=0, must-revalidate"}
    # Twenty handshakes may take longer than the time that the answer is kept.
    assert len(proxy.questions(MENU_PATH)) - before <= 3


def test_menu_is_asked_for_again_after_two_seconds_and_only_conditionally(proxy):
    proxy.get(MENU_PATH)
    time.sleep(KEPT_SECONDS)
    before = len(proxy.questions(MENU_PATH))
    assert proxy.get(MENU_PATH)[::2] == (200, MENU)
    [told] = proxy.questions(MENU_PATH)[before:]
    assert told["If-None-Match"] == ETAG


def test_phone_that_has_the_menu_gets_304(proxy):
    status, headers, body = proxy.get(MENU_PATH, If_None_Match=ETAG)
    assert (status, headers["ETag"], body) == (304, ETAG, b"")


def test_menu_is_compressed_and_its_weak_etag_gets_304_too(proxy):
    status, headers, body = proxy.get(MENU_PATH, Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"], headers["ETag"]) == (200, "gzip", f"W/{ETAG}")
    assert gzip.decompress(body) == MENU
    assert len(body) < len(MENU) / 10
    assert proxy.get(MENU_PATH, Accept_Encoding="gzip", If_None_Match=f"W/{ETAG}")[0] == 304


def test_pictures_are_kept(proxy):
    for _ in range(3):
        assert proxy.get("/diancan/v1/images/7/abc.jpg")[::2] == (200, b"picture")
    assert len(proxy.questions("/diancan/v1/images/7/")) == 1


def test_other_answers_of_the_api_are_not_kept(proxy):
    for _ in range(3):
        assert proxy.get("/diancan/v1/stores/1/availability")[0] == 200
    assert len(proxy.questions("/diancan/v1/stores/1/availability")) == 3


def test_databases_are_not_managed_from_the_web(proxy):
    for path in ("/web/database/manager", "/web/database/selector", "/web/database/list"):
        assert proxy.get(path)[0] == 404
    assert proxy.questions("/web/database") == []


def test_a_body_far_beyond_any_order_is_refused_before_odoo(proxy):
    status, _, _ = proxy.get("/diancan/v1/auth/logout", method="POST", body=b"x" * 70_000)
    assert status == 413
    assert proxy.questions("/diancan/v1/auth/logout") == []


def test_who_guesses_passwords_is_slowed_down(proxy):
    before = len(proxy.questions("/web/login"))
    answers = [proxy.get("/web/login")[0] for _ in range(40)]
    assert set(answers) == {200, 429}
    assert len(proxy.questions("/web/login")) - before < 30


def test_table_codes_are_not_logged(proxy):
    proxy.get("/diancan/v1/scan?scene=aSecretTableCode0001")
    assert proxy.questions("/diancan/v1/scan?scene=aSecretTableCode0001")
    logged = (proxy.folder / "access.log").read_text()
    assert "/diancan/v1/scan" in logged
    assert "aSecretTableCode0001" not in logged
