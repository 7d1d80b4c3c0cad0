package vault;

/** Plain assertions, no framework: run with `java -ea`. */
public final class VaultTest {
  private static final TokenVault VAULT = new TokenVault(new byte[32], new byte[32]);

  public static void main(String[] arguments) {
    aCardKeepsItsToken();
    aTokenGivesTheCardBack();
    anErasedCardIsGone();
    aTypingErrorIsFound();
    aCardIsNeverPrintedInFull();
    System.out.println("5 tests passed");
  }

  static void aCardKeepsItsToken() {
    Pan pan = new Pan("4242424242424242");
    assert VAULT.tokenize(pan).equals(VAULT.tokenize(pan));
  }

  static void aTokenGivesTheCardBack() {
    Pan pan = new Pan("5555555555554444");
    assert VAULT.detokenize(VAULT.tokenize(pan)).orElseThrow().equals(pan);
  }

  static void anErasedCardIsGone() {
    String token = VAULT.tokenize(new Pan("378282246310005"));
    assert VAULT.erase(token);
    assert VAULT.detokenize(token).isEmpty();
    assert !VAULT.erase(token);
  }

  static void aTypingErrorIsFound() {
    try {
      new Pan("4242424242424241");
      throw new AssertionError("accepted");
    } catch (IllegalArgumentException expected) {
      assert expected.getMessage().contains("check digit");
    }
  }

  static void aCardIsNeverPrintedInFull() {
    assert new Pan("4242424242424242").toString().equals("424242******4242");
  }
}
