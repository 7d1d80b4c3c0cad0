"""POST /v1/scores {payment, shopper} answers probability, decision and reasons."""
import json
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from fraud.features import features
from fraud.score import MODEL, decide, reasons, score


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(200 if self.path == "/healthz" else 404, {"model": MODEL["version"]})

    def do_POST(self):
        try:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            probability, parts = score(features(body["payment"], body["shopper"]))
        except (KeyError, ValueError) as error:
            return self.answer(400, {"message": str(error)})
        self.answer(200, {
            "probability": round(probability, 4),
            "decision": decide(probability),
            "reasons": reasons(parts),
            "model": MODEL["version"],
        })

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


if __name__ == "__main__":
    ThreadingHTTPServer(("", int(os.environ.get("PORT", "8086"))), Handler).serve_forever()
