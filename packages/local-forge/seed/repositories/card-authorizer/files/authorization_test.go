package main

import (
	"errors"
	"testing"
	"time"
)

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func approved(t *testing.T) *Authorization {
	t.Helper()
	a := &Authorization{ID: "auth_1", Amount: 1000, Currency: "EUR", State: Pending}
	if err := a.Decide(true, monday); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestCapturesInParts(t *testing.T) {
	a := approved(t)
	for _, part := range []int64{400, 600} {
		if err := a.Capture(part, monday.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Capture(1, monday); !errors.Is(err, ErrAmount) {
		t.Fatalf("captured more than was reserved: %v", err)
	}
}

func TestAHoldExpires(t *testing.T) {
	a := approved(t)
	if err := a.Capture(1000, monday.Add(Hold)); !errors.Is(err, ErrState) {
		t.Fatalf("captured after the hold: %v", err)
	}
	if a.State != Expired {
		t.Fatalf("state is %s", a.State)
	}
}

func TestCapturedMoneyIsNotReversed(t *testing.T) {
	a := approved(t)
	_ = a.Capture(1, monday)
	if err := a.Reverse(monday); !errors.Is(err, ErrState) {
		t.Fatalf("reversed captured money: %v", err)
	}
}
