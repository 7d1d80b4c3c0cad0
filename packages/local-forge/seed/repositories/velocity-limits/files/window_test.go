package main

import (
	"testing"
	"time"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func TestTheWindowSlides(t *testing.T) {
	c := NewCounter(Limit{Name: "2 a minute", Window: time.Minute, Count: 2})
	for i, want := range []bool{true, true, false, false, true} {
		at := noon.Add(time.Duration(i) * 16 * time.Second)
		if _, ok := c.Take("card", 1, at); ok != want {
			t.Errorf("event %d: %v", i, ok)
		}
	}
}

func TestAmountsAreSummed(t *testing.T) {
	c := NewCounter(Limit{Name: "100 a day", Window: 24 * time.Hour, Amount: 100})
	c.Take("card", 60, noon)
	if broken, ok := c.Take("card", 41, noon); ok || broken != "100 a day" {
		t.Errorf("%s %v", broken, ok)
	}
	if _, ok := c.Take("card", 40, noon); !ok {
		t.Error("a refused event was counted")
	}
}

func TestCardsDoNotShareALimit(t *testing.T) {
	c := NewCounter(Limit{Name: "one", Window: time.Hour, Count: 1})
	c.Take("a", 1, noon)
	if _, ok := c.Take("b", 1, noon); !ok {
		t.Error("b pays for a")
	}
}
