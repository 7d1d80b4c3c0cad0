package vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Exchanges card numbers for tokens. Numbers are kept encrypted (AES-256-GCM), found by a keyed hash. */
final class TokenVault {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey encryptionKey;
  private final SecretKey indexKey;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, byte[]> sealedByToken = new ConcurrentHashMap<>();
  private final Map<String, String> tokenByIndex = new ConcurrentHashMap<>();

  TokenVault(byte[] encryptionKey, byte[] indexKey) {
    if (encryptionKey.length != 32 || indexKey.length != 32) {
      throw new IllegalArgumentException("both keys have 32 bytes");
    }
    this.encryptionKey = new SecretKeySpec(encryptionKey, "AES");
    this.indexKey = new SecretKeySpec(indexKey, "HmacSHA256");
  }

  /** The same card always gets the same token, so that merchants recognise it. */
  String tokenize(Pan pan) {
    return tokenByIndex.computeIfAbsent(index(pan), ignored -> {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      String token = "tok_" + HexFormat.of().formatHex(bytes);
      sealedByToken.put(token, seal(pan, token));
      return token;
    });
  }

  Optional<Pan> detokenize(String token) {
    return Optional.ofNullable(sealedByToken.get(token)).map(sealed -> open(sealed, token));
  }

  /** Forgets a card for good: the right to erasure. */
  boolean erase(String token) {
    boolean known = sealedByToken.remove(token) != null;
    tokenByIndex.values().removeIf(token::equals);
    return known;
  }

  private String index(Pan pan) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(indexKey);
      return HexFormat.of().formatHex(mac.doFinal(pan.digits().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] seal(Pan pan, String token) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] text = crypt(Cipher.ENCRYPT_MODE, nonce, token, pan.digits().getBytes(StandardCharsets.UTF_8), 0);
    byte[] sealed = new byte[NONCE_BYTES + text.length];
    System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
    System.arraycopy(text, 0, sealed, NONCE_BYTES, text.length);
    return sealed;
  }

  private Pan open(byte[] sealed, String token) {
    byte[] nonce = java.util.Arrays.copyOf(sealed, NONCE_BYTES);
    byte[] text = crypt(Cipher.DECRYPT_MODE, nonce, token, sealed, NONCE_BYTES);
    return new Pan(new String(text, StandardCharsets.UTF_8));
  }

  private byte[] crypt(int mode, byte[] nonce, String token, byte[] input, int offset) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, encryptionKey, new GCMParameterSpec(TAG_BITS, nonce));
      // A ciphertext that is moved to another token does not open.
      cipher.updateAAD(token.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input, offset, input.length - offset);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
