package main

import (
	"testing"
	"time"
)

func at(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

func TestClosingDays(t *testing.T) {
	for day, open := range map[string]bool{
		"2026-04-03": false, // Good Friday
		"2026-04-06": false, // Easter Monday
		"2026-04-07": true,
		"2026-05-01": false,
		"2026-12-25": false,
		"2026-12-28": true,
		"2026-11-21": false, // a Saturday
	} {
		if got := IsTargetDay(at(day + " 00:00")); got != open {
			t.Errorf("%s: %v", day, got)
		}
	}
}

var merchant = Balance{Merchant: "m1", Amount: 5_000, Minimum: 1_000, Since: at("2026-03-02 10:00")}

func TestPaysAfterTwoSettlementDays(t *testing.T) {
	if got := Plan([]Balance{merchant}, at("2026-03-03 09:00"), 2); len(got) != 0 {
		t.Errorf("paid a day early: %v", got)
	}
	got := Plan([]Balance{merchant}, at("2026-03-05 09:00"), 2)
	if len(got) != 1 || got[0].ID != "po_m1_2026-03-05" {
		t.Errorf("got %v", got)
	}
}

func TestAfterTheCutOffTheNextDayCounts(t *testing.T) {
	got := Plan([]Balance{merchant}, at("2026-03-06 14:00"), 2)
	if len(got) != 1 || got[0].Value != "2026-03-09" {
		t.Errorf("got %v", got)
	}
}

func TestSmallBalancesWait(t *testing.T) {
	small := merchant
	small.Amount = 999
	if got := Plan([]Balance{small}, at("2026-03-09 09:00"), 2); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
