package vault;

/** A card number that is syntactically right. Never printed in full. */
record Pan(String digits) {
  Pan {
    if (!digits.matches("\\d{12,19}")) {
      throw new IllegalArgumentException("a card number has 12 to 19 digits");
    }
    if (!luhn(digits)) {
      throw new IllegalArgumentException("the check digit does not fit");
    }
  }

  static boolean luhn(String digits) {
    int sum = 0;
    for (int place = 0; place < digits.length(); place++) {
      int digit = digits.charAt(digits.length() - 1 - place) - '0';
      if (place % 2 == 1) {
        digit = digit > 4 ? digit * 2 - 9 : digit * 2;
      }
      sum += digit;
    }
    return sum % 10 == 0;
  }

  String masked() {
    return digits.substring(0, 6) + "******" + digits.substring(digits.length() - 4);
  }

  @Override
  public String toString() {
    return masked();
  }
}
