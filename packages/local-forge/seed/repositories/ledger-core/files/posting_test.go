package main

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func sale(id string, amount, fee int64) Posting {
	return Posting{ID: id, Reason: "sale", Entries: []Entry{
		{"acquirer-receivable", Debit, amount, "EUR"},
		{"merchant-payable", Credit, amount - fee, "EUR"},
		{"fee-income", Credit, fee, "EUR"},
	}}
}

func TestABalancedPostingIsBooked(t *testing.T) {
	book := NewBook(time.Now)
	if _, err := book.Post(sale("p1", 10_000, 140)); err != nil {
		t.Fatal(err)
	}
	if got := book.Balance("merchant-payable", "EUR"); got != -9_860 {
		t.Errorf("merchant-payable is %d", got)
	}
	if got := book.TrialBalance("EUR"); got != 0 {
		t.Errorf("trial balance is %d", got)
	}
}

func TestAnUnbalancedPostingIsRefused(t *testing.T) {
	p := sale("p1", 10_000, 140)
	p.Entries[2].Amount++
	if _, err := NewBook(time.Now).Post(p); !errors.Is(err, ErrUnbalanced) {
		t.Errorf("got %v", err)
	}
}

func TestCurrenciesDoNotBalanceEachOther(t *testing.T) {
	p := Posting{Entries: []Entry{{"a", Debit, 1, "EUR"}, {"b", Credit, 1, "USD"}}}
	if err := p.Check(); !errors.Is(err, ErrUnbalanced) {
		t.Errorf("got %v", err)
	}
}

func TestTheSamePostingTwiceIsBookedOnce(t *testing.T) {
	book := NewBook(time.Now)
	for range 2 {
		if _, err := book.Post(sale("p1", 500, 5)); err != nil {
			t.Fatal(err)
		}
	}
	if got := book.Balance("fee-income", "EUR"); got != -5 {
		t.Errorf("fee-income is %d", got)
	}
	if _, err := book.Post(sale("p1", 600, 5)); !errors.Is(err, ErrDuplicate) {
		t.Errorf("got %v", err)
	}
}

func TestAReversalLeavesNothing(t *testing.T) {
	book := NewBook(time.Now)
	p, _ := book.Post(sale("p1", 500, 5))
	if _, err := book.Post(p.Reversal("p2", "mistake")); err != nil {
		t.Fatal(err)
	}
	for _, account := range []string{"acquirer-receivable", "merchant-payable", "fee-income"} {
		if got := book.Balance(account, "EUR"); got != 0 {
			t.Errorf("%s is %d", account, got)
		}
	}
}

func TestHTTPSaysWhyAPostingIsRefused(t *testing.T) {
	w := httptest.NewRecorder()
	body := strings.NewReader(`{"entries":[{"account":"a","side":"debit","amount":1,"currency":"EUR"},{"account":"b","side":"credit","amount":2,"currency":"EUR"}]}`)
	handler(NewBook(time.Now)).ServeHTTP(w, httptest.NewRequest(http.MethodPut, "/v1/postings/p1", body))
	if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "differ by -1 EUR") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
