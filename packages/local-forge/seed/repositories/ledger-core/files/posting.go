package main

import (
	"errors"
	"fmt"
	"time"
)

// Side of an account that an entry is written on.
type Side string

const (
	Debit  Side = "debit"
	Credit Side = "credit"
)

// Entry is one line of a posting. Amounts are positive minor units.
type Entry struct {
	Account  string `json:"account"`
	Side     Side   `json:"side"`
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

// Posting is a balanced set of entries. It is never changed, only reversed.
type Posting struct {
	ID       string    `json:"id"`
	Reason   string    `json:"reason"`
	Entries  []Entry   `json:"entries"`
	PostedAt time.Time `json:"postedAt"`
	Reverses string    `json:"reverses,omitempty"`
}

var (
	ErrUnbalanced = errors.New("debits and credits differ")
	ErrEntry      = errors.New("invalid entry")
	ErrDuplicate  = errors.New("posting exists with other entries")
)

// Check refuses a posting that would break the books.
func (p Posting) Check() error {
	if len(p.Entries) < 2 {
		return fmt.Errorf("%w: a posting has at least two entries", ErrEntry)
	}
	balance := map[string]int64{}
	for i, e := range p.Entries {
		switch {
		case e.Account == "":
			return fmt.Errorf("%w %d: no account", ErrEntry, i)
		case e.Amount <= 0:
			return fmt.Errorf("%w %d: amount %d is not positive", ErrEntry, i, e.Amount)
		case e.Side == Debit:
			balance[e.Currency] += e.Amount
		case e.Side == Credit:
			balance[e.Currency] -= e.Amount
		default:
			return fmt.Errorf("%w %d: side %q", ErrEntry, i, e.Side)
		}
	}
	for currency, difference := range balance {
		if difference != 0 {
			return fmt.Errorf("%w by %d %s", ErrUnbalanced, difference, currency)
		}
	}
	return nil
}

// Reversal undoes a posting with a new one.
func (p Posting) Reversal(id, reason string) Posting {
	entries := make([]Entry, len(p.Entries))
	for i, e := range p.Entries {
		if e.Side == Debit {
			e.Side = Credit
		} else {
			e.Side = Debit
		}
		entries[i] = e
	}
	return Posting{ID: id, Reason: reason, Entries: entries, Reverses: p.ID}
}
