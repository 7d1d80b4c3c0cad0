package main

import (
	"errors"
	"fmt"
	"time"
)

// State of an authorisation.
type State string

const (
	Pending  State = "pending"
	Approved State = "approved"
	Declined State = "declined"
	Captured State = "captured"
	Reversed State = "reversed"
	Expired  State = "expired"
)

// Hold is how long an issuer keeps money reserved for us.
const Hold = 7 * 24 * time.Hour

var (
	ErrState  = errors.New("not possible in this state")
	ErrAmount = errors.New("amount out of range")
)

// Authorization reserves an amount on a card. Amounts are minor units.
type Authorization struct {
	ID         string    `json:"id"`
	Token      string    `json:"token"`
	Amount     int64     `json:"amount"`
	Captured   int64     `json:"captured"`
	Currency   string    `json:"currency"`
	State      State     `json:"state"`
	ApprovedAt time.Time `json:"approvedAt,omitzero"`
}

// Decide records the issuer's answer.
func (a *Authorization) Decide(approved bool, at time.Time) error {
	if a.State != Pending {
		return fmt.Errorf("decide %s: %w: %s", a.ID, ErrState, a.State)
	}
	if !approved {
		a.State = Declined
		return nil
	}
	a.State, a.ApprovedAt = Approved, at
	return nil
}

// Capture takes a part of the reserved amount, more than once if need be.
func (a *Authorization) Capture(amount int64, at time.Time) error {
	a.expire(at)
	if a.State != Approved && a.State != Captured {
		return fmt.Errorf("capture %s: %w: %s", a.ID, ErrState, a.State)
	}
	if amount <= 0 || amount > a.Amount-a.Captured {
		return fmt.Errorf("capture %s: %w: %d of %d left", a.ID, ErrAmount, amount, a.Amount-a.Captured)
	}
	a.Captured += amount
	a.State = Captured
	return nil
}

// Reverse gives the reserved money back; what was captured must be refunded instead.
func (a *Authorization) Reverse(at time.Time) error {
	a.expire(at)
	if a.State != Approved {
		return fmt.Errorf("reverse %s: %w: %s", a.ID, ErrState, a.State)
	}
	a.State = Reversed
	return nil
}

func (a *Authorization) expire(at time.Time) {
	if a.State == Approved && !at.Before(a.ApprovedAt.Add(Hold)) {
		a.State = Expired
	}
}
