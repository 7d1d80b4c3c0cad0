package main

import (
	"fmt"
	"time"
)

// CutOff is when the bank stops taking files for the same day, local time of the bank.
const CutOff = 14 * time.Hour

// Balance is what a merchant has earned and not been paid.
type Balance struct {
	Merchant string    `json:"merchant"`
	Amount   int64     `json:"amount"`
	Minimum  int64     `json:"minimum"`
	Since    time.Time `json:"since"`
}

// Payout is a transfer to be made on a settlement day.
type Payout struct {
	ID       string `json:"id"`
	Merchant string `json:"merchant"`
	Amount   int64  `json:"amount"`
	Value    string `json:"value"`
}

// Plan pays every merchant that has reached its minimum, delayDays settlement days after the money came in.
func Plan(balances []Balance, now time.Time, delayDays int) []Payout {
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	if now.Sub(day) >= CutOff {
		day = day.AddDate(0, 0, 1)
	}
	value := NextTargetDay(day)
	var payouts []Payout
	for _, b := range balances {
		if b.Amount < max(b.Minimum, 1) || addTargetDays(b.Since, delayDays).After(value) {
			continue
		}
		date := value.Format(time.DateOnly)
		payouts = append(payouts, Payout{
			// The id follows from merchant and day: planning twice pays once.
			ID:       fmt.Sprintf("po_%s_%s", b.Merchant, date),
			Merchant: b.Merchant,
			Amount:   b.Amount,
			Value:    date,
		})
	}
	return payouts
}

func addTargetDays(day time.Time, count int) time.Time {
	for range count {
		day = NextTargetDay(day.AddDate(0, 0, 1))
	}
	return day
}
