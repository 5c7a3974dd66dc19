"""A small provider of OpenID Connect as a process of its own: the code flow with PKCE, and tokens signed by RS256.

    python tests/openid_provider.py

prints its address and serves until it is ended. Whoever is named in the form of `/authorize` is signed in. What a test
wants wrong in a token stands in that form too: its audience or its end.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "ballotworthy", "of a test"
FAR = 4_000_000_000
"""The end of a token that holds: a day of 2096."""
ASKED = {"client_id": CLIENT, "response_type": "code", "code_challenge_method": "S256"}
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Provider(BaseHTTPRequestHandler):
    """Answers as OpenID Connect Core 1.0, section 3.1, and RFC 7636 say."""

    codes: dict[str, dict[str, str]] = {}  # noqa: RUF012 # one server a process
    tokens: dict[str, str] = {}  # noqa: RUF012

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def do_GET(self) -> None:  # the library's
        path = urlsplit(self.path).path
        if path == "/authorize":
            self._say(200 if self._is_asked_well() else 400, {})
        elif path == "/userinfo":
            person = self.tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
            self._say(200 if person else 401, self._person(person) if person else {})
        elif path == "/.well-known/openid-configuration":
            self._say(200, self._about())
        elif path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._say(200, {"keys": [{**public, "kid": "1", "use": "sig", "alg": "RS256"}]})
        else:
            self._say(404, {})

    def do_POST(self) -> None:  # the library's
        sent = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()))
        if urlsplit(self.path).path == "/token":
            self._give_token(sent)
        elif urlsplit(self.path).path == "/authorize" and self._is_asked_well():
            asked, code = self._asked(), secrets.token_urlsafe(16)
            self.codes[code] = {**asked, **sent}
            self.send_response(302)
            self.send_header(
                "Location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            self.end_headers()
        else:
            self._say(400, {})

    def _give_token(self, sent: dict[str, str]) -> None:
        code = self.codes.pop(sent.get("code", ""), None)  # a code is good for once
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proved = code is not None and base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == code["code_challenge"]
        same = code is not None and sent.get("redirect_uri") == code["redirect_uri"]
        if code is None or not (proved and same and self._is_client(sent)):
            self._say(400, {"error": "invalid_grant"})
            return
        token = secrets.token_urlsafe(16)
        self.tokens[token] = code["person"]
        claims = {"iss": self.issuer, "aud": code.get("audience", CLIENT), "iat": 1, "exp": int(code.get("end", FAR))}
        signed = jwt.encode({**claims, **self._person(code["person"])}, KEY, "RS256", headers={"kid": "1"})
        self._say(200, {"access_token": token, "token_type": "Bearer", "id_token": signed})

    def _is_client(self, sent: dict[str, str]) -> bool:
        basic = f"Basic {base64.b64encode(f'{CLIENT}:{SECRET}'.encode()).decode()}"
        posted = (sent.get("client_id"), sent.get("client_secret")) == (CLIENT, SECRET)
        return posted or self.headers.get("Authorization") == basic

    def _asked(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query))

    def _is_asked_well(self) -> bool:
        asked = self._asked()
        named = {"state", "redirect_uri", "code_challenge"} <= asked.keys() and "openid" in asked.get(
            "scope", ""
        ).split()
        return named and ASKED.items() <= asked.items()

    def _person(self, person: str) -> dict[str, str]:
        return {"sub": f"s-{person}", "preferred_username": person}

    def _about(self) -> dict[str, object]:
        places = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        ends = {f"{name}_endpoint": f"{self.issuer}/{place}" for name, place in places.items()}
        return {
            "issuer": self.issuer, **ends, "jwks_uri": f"{self.issuer}/keys", "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }  # fmt: skip

    def _say(self, status: int, said: dict[str, object] | dict[str, str]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    with HTTPServer(("127.0.0.1", 0), Provider) as server:
        print(f"http://127.0.0.1:{server.server_port}", flush=True)  # noqa: T201 # its address
        server.serve_forever()
