package main

import (
	"reflect"
	"sync"
	"time"
)

// Book keeps postings in the order in which they came.
type Book struct {
	mu       sync.RWMutex
	postings []Posting
	byID     map[string]int
	balances map[[2]string]int64
	now      func() time.Time
}

func NewBook(now func() time.Time) *Book {
	return &Book{byID: map[string]int{}, balances: map[[2]string]int64{}, now: now}
}

// Post writes a posting once: the same again is no error and changes nothing.
func (b *Book) Post(p Posting) (Posting, error) {
	if err := p.Check(); err != nil {
		return Posting{}, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if i, known := b.byID[p.ID]; known {
		if !reflect.DeepEqual(b.postings[i].Entries, p.Entries) {
			return Posting{}, ErrDuplicate
		}
		return b.postings[i], nil
	}
	p.PostedAt = b.now()
	b.byID[p.ID] = len(b.postings)
	b.postings = append(b.postings, p)
	for _, e := range p.Entries {
		key := [2]string{e.Account, e.Currency}
		if e.Side == Debit {
			b.balances[key] += e.Amount
		} else {
			b.balances[key] -= e.Amount
		}
	}
	return p, nil
}

// Balance is debits minus credits.
func (b *Book) Balance(account, currency string) int64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.balances[[2]string{account, currency}]
}

// TrialBalance is the sum over all accounts; anything but zero is a disaster.
func (b *Book) TrialBalance(currency string) (sum int64) {
	b.mu.RLock()
	defer b.mu.RUnlock()
	for key, balance := range b.balances {
		if key[1] == currency {
			sum += balance
		}
	}
	return sum
}
