package vault;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Serves POST /v1/tokens (a card number as text) and DELETE /v1/tokens/{token}. Never gives a number back. */
public final class Main {
  public static void main(String[] arguments) throws IOException {
    HexFormat hex = HexFormat.of();
    TokenVault vault = new TokenVault(
        hex.parseHex(System.getenv("VAULT_ENCRYPTION_KEY")), hex.parseHex(System.getenv("VAULT_INDEX_KEY")));
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8082"));
    HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
    server.createContext("/healthz", exchange -> answer(exchange, 200, "{\"status\":\"ok\"}"));
    server.createContext("/v1/tokens", exchange -> {
      switch (exchange.getRequestMethod()) {
        case "POST" -> {
          String body = new String(exchange.getRequestBody().readNBytes(64), StandardCharsets.UTF_8);
          try {
            answer(exchange, 201, "{\"token\":\"" + vault.tokenize(new Pan(body.trim())) + "\"}");
          } catch (IllegalArgumentException e) {
            answer(exchange, 400, "{\"code\":\"invalid_card\"}");
          }
        }
        case "DELETE" -> {
          String token = exchange.getRequestURI().getPath().substring("/v1/tokens/".length());
          answer(exchange, vault.erase(token) ? 200 : 404, "{}");
        }
        default -> answer(exchange, 405, "{}");
      }
    });
    server.start();
  }

  private static void answer(com.sun.net.httpserver.HttpExchange exchange, int status, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
