package binlookup

import (
	"errors"
	"testing"
)

func TestBrands(t *testing.T) {
	for number, brand := range map[string]string{
		"4242424242424242": "visa",
		"5555555555554444": "mastercard",
		"2223003122003222": "mastercard",
		"378282246310005":  "amex",
	} {
		card, err := Lookup(number)
		if err != nil || card.Brand != brand {
			t.Errorf("%s: %s, %v", number, card.Brand, err)
		}
	}
}

func TestATypingErrorIsFound(t *testing.T) {
	if _, err := Lookup("4242424242424241"); !errors.Is(err, ErrChecksum) {
		t.Errorf("got %v", err)
	}
}

func TestUnknownNumbers(t *testing.T) {
	for _, number := range []string{"", "42", "9999999999999995", "42424242424242", "4242x24242424242"} {
		if _, err := Lookup(number); err == nil {
			t.Errorf("%q was accepted", number)
		}
	}
}

func TestRangesAreInOrder(t *testing.T) {
	for i := 1; i < len(ranges); i++ {
		if ranges[i].low <= ranges[i-1].high {
			t.Errorf("range %d overlaps the one before", i)
		}
	}
}
